// Command hopcap measures how much an associative memory can store.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"hopcap/sweep"
	"hopcap/sweep/config"
)

// Exit codes: scripts and batch systems rely on them. If a signal ends a command that saves
// nothing, the exit code is 128 plus the number of the signal, as in a shell.
const (
	exitDone    = 0
	exitFailed  = 1
	exitUsage   = 2
	exitStopped = 75 // stopped early with everything saved: run it again
)

func main() {
	if err := checkLimits(); err != nil {
		report(os.Stderr, err)
		os.Exit(exitFailed)
	}
	code := underSignals(os.Args[1:], os.Stdout, os.Stderr)
	if err := os.Stdout.Close(); err != nil && code == exitDone { // a full disk may tell only now
		report(os.Stderr, err)
		code = exitFailed
	}
	os.Exit(code)
}

// hopcap runs one command line and returns its exit code. Results go to w,
// everything else to wErr.
func hopcap(ctx context.Context, args []string, w, wErr io.Writer) int {
	err := execute(ctx, args, &output{Writer: w}, wErr)
	if cause := context.Cause(ctx); errors.Is(err, context.Canceled) && cause != nil {
		err = cause
	}
	report(wErr, err)
	return exitCode(err)
}

// execute runs one command line. It returns a panic as an error.
func execute(ctx context.Context, args []string, w *output, wErr io.Writer) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = newFault(v, args)
		}
	}()
	root := rootCommand()
	root.SetArgs(args)
	root.SetOut(w)
	root.SetErr(wErr)
	c, err := root.ExecuteContextC(ctx)
	return w.check(c.Name(), err)
}

// report says what went wrong: the faults of a config each begin with their place.
func report(w io.Writer, err error) {
	var faults config.Faults
	switch {
	case err == nil:
	case errors.As(err, &faults):
		fmt.Fprintln(w, faults)
	default:
		fmt.Fprintln(w, "hopcap:", err)
	}
}

// A usageError is a mistake on the command line or in a config.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// errIncomplete says that a study is not complete yet.
var errIncomplete = errors.New("not complete yet")

func exitCode(err error) int {
	var usage usageError
	var signal interruption
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &signal):
		return signal.code()
	case errors.As(err, &usage):
		return exitUsage
	case errors.Is(err, sweep.ErrStopped), errors.Is(err, errIncomplete):
		return exitStopped
	}
	return exitFailed
}

func rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "hopcap",
		Short: "How much can an associative memory store?",
		Long: `hopcap measures how much an associative memory can store.

A config is a TOML file. It names a model, an experiment, and a grid over N and
K = αN. hopcap draws random ±1 patterns, stores them in a network, and lets the
network relax from cues. It writes records, estimates and figures.`,
		Example: `  hopcap run configs/capacity.toml      measure the collapse at K = 0.138 N
  hopcap plan configs/capacity.toml     forecast its time and memory
  hopcap theory ags --alpha 0.12        the overlap that theory predicts`,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError{fmt.Errorf("unknown command %q: hopcap help lists them", args[0])}
			}
			return c.Help()
		},
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(
		runCommand(), planCommand(), statusCommand(), plotCommand(), exportCommand(),
		replayCommand(), compareCommand(), mergeCommand(), fitCommand(), theoryCommand(), benchCommand(), versionCommand(),
	)
	for _, c := range root.Commands() {
		c.Args = asUsage(c.Args)
	}
	return root
}

// asUsage makes a wrong number of arguments a usage error.
func asUsage(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if check == nil {
			check = cobra.NoArgs
		}
		if err := check(c, args); err != nil {
			return usageError{err}
		}
		return nil
	}
}
