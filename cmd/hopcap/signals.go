package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"hopcap/sweep"
)

// A command that receives a signal has a short time to end by itself. After that time the
// process exits, whatever it is doing. This is safe because nothing is ever half written:
// a file is there whole or not at all, and so is a record in the database. A run has more
// time, because it waits for its trials and saves what they have finished.
const (
	grace      = time.Second
	graceOfRun = 1800 * time.Millisecond
	lastWords  = 50 * time.Millisecond // for a message that a stopped terminal may not take
)

// An interruption is the signal that ended a command.
type interruption struct{ syscall.Signal }

func (i interruption) Error() string { return "ended by a signal: " + i.String() }

// code is the exit code that shells give to a program that a signal has ended.
func (i interruption) code() int { return 128 + int(i.Signal) }

// underSignals runs a command line and ends it on INT, TERM or HUP. A second signal ends it
// at once. If the reader of the output goes away, no signal ends the command: the write
// fails, and the command decides what to do.
func underSignals(args []string, w, wErr io.Writer) int {
	signal.Ignore(syscall.SIGPIPE)
	ctx, end := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, endings()...)
	go func() {
		first := interruption{(<-signals).(syscall.Signal)}
		code, patience, last := first.code(), grace, error(first)
		if saves(args) {
			code, patience, last = exitStopped, graceOfRun, sweep.ErrStopped
		}
		end(first)
		select {
		case <-signals:
		case <-time.After(patience):
		}
		sayBriefly(wErr, last)
		os.Exit(code)
	}()
	return hopcap(ctx, args, w, wErr)
}

// endings are the signals that end a command. HUP does not end it if it is ignored already,
// as under nohup.
func endings() []os.Signal {
	list := []os.Signal{syscall.SIGINT, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		list = append(list, syscall.SIGHUP)
	}
	return list
}

// saves reports whether the command of a command line saves what it has finished.
func saves(args []string) bool {
	c, _, err := rootCommand().Find(args)
	return err == nil && c.Name() == runName
}

// sayBriefly prints a message, but does not wait for one that nobody takes.
func sayBriefly(w io.Writer, err error) {
	said := make(chan struct{})
	go func() {
		fmt.Fprintln(w, "hopcap:", err)
		close(said)
	}()
	select {
	case <-said:
	case <-time.After(lastWords):
	}
}
