package main

import (
	"errors"
	"fmt"
	"io"
	"syscall"
)

// An output is where results go. It keeps the first error, so that commands may print
// without looking at each, and is silent after it.
type output struct {
	io.Writer
	err error
}

func (o *output) Write(p []byte) (int, error) {
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.Writer.Write(p)
	if n < len(p) && err == nil {
		err = io.ErrShortWrite
	}
	o.err = err
	return n, err
}

// check returns the error of a command, or else the error of its output. A run may lose
// its terminal: its results are in files, so that this is no error.
func (o *output) check(command string, err error) error {
	switch {
	case o.err == nil, err != nil && !errors.Is(err, errIncomplete):
		return err
	case command == runName && vanished(o.err):
		return err
	}
	return fmt.Errorf("standard output: %w", o.err)
}

// vanished reports whether the reader of the output has gone away.
func vanished(err error) bool {
	return errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.EIO)
}
