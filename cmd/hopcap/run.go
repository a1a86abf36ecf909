package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"hopcap/model"
	"hopcap/sweep"
	"hopcap/sweep/estimate"
	"hopcap/sweep/store"
)

// runName is the name of the command that saves what it has finished.
const runName = "run"

type runFlags struct {
	out, shard, kernel string
	workers            int
	deadline           time.Duration
	set                []string
}

func runCommand() *cobra.Command {
	var f runFlags
	c := &cobra.Command{
		Use:   runName + " CONFIG",
		Short: "Run what is missing of a study, then write estimates and figures",
		Long: `run does every trial of the config that its directory does not have yet, then
writes estimates.csv and the figures there. Stop it at any time: what is finished
is saved, and the same command goes on with the rest.

CONFIG may be -, the standard input. --set gives a key of the config another value,
which is stored with the records.

With a [stop] in the config, the samples of [sweep] are the first of several rounds:
further ones go where they are needed until the errors are as small as wanted. A
shard can go on to the next round once all shards' records of this one are merged
into its directory; until then it exits with 75.

Exit codes: 0 done, 1 failed, 2 config or usage, 75 stopped early (run again). A
signal stops a run early; a command that saves nothing ends with 128 and the number of
the signal.`,
		Example: `  hopcap run configs/capacity.toml
  hopcap run configs/capacity.toml --workers 1 --out /tmp/capacity
  hopcap run configs/capacity.toml --set sweep.samples=50 --set max_sweeps=200
  hopcap run configs/capacity.toml --shard 0/4    one of four parts; see hopcap merge`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return run(c, args[0], f) },
	}
	c.Flags().StringVar(&f.out, "out", "", "directory of the results (default results/CONFIG)")
	f.addTo(c)
	c.Flags().DurationVar(&f.deadline, "deadline", 0, "stop after this long, everything saved (90m, 12h)")
	c.Flags().StringVar(&f.shard, "shard", "", "do part I of N only, as I/N with I from 0")
	return c
}

// ballast is memory that is never touched, and so never had. The collector waits
// for as much garbage as there is memory in use: without it, it would run each
// 4 MB, of which small trials make hundreds a second.
const ballast = 32 << 20

func run(c *cobra.Command, file string, f runFlags) error {
	defer runtime.KeepAlive(make([]byte, ballast))
	opt, err := f.options(c)
	if err != nil {
		return err
	}
	cfg, err := readConfig(c, file, f.set)
	if err != nil {
		return err
	}
	if opt.Dir = f.out; opt.Dir == "" {
		opt.Dir = defaultDir(file)
	}
	show := newProgress(c.ErrOrStderr())
	opt.Progress = show.update
	report, err := sweep.Run(c.Context(), cfg, opt)
	show.close()
	if err != nil {
		return asUsageError(err)
	}
	fmt.Fprintf(c.ErrOrStderr(), "%s: %d pattern sets, %d of them now, in %s on %d workers\n",
		report.Path, report.UnitsDone, report.Units, report.Elapsed.Round(10*time.Millisecond), report.Workers)
	if opt.Shard.Count > 1 {
		return nil
	}
	printCurves(c.ErrOrStderr(), report.Curves, cfg.Stop)
	return finish(c.Context(), c.OutOrStdout(), c.ErrOrStderr(), opt.Dir)
}

// addTo adds the flags that a run and its plan have in common.
func (f *runFlags) addTo(c *cobra.Command) {
	c.Flags().IntVar(&f.workers, "workers", 0, "trials at the same time (default: one a CPU)")
	c.Flags().StringVar(&f.kernel, "kernel", "", "force one kernel: "+kernelNames())
	c.Flags().StringArrayVar(&f.set, "set", nil, "give a key of the config another value: table.key=value, or key=value")
}

// options turns flags into options, but for the directory.
func (f runFlags) options(c *cobra.Command) (sweep.Options, error) {
	opt := sweep.Options{Version: physics, Provenance: provenance(), Workers: f.workers}
	if f.workers < 1 && c.Flags().Changed("workers") {
		return opt, usageError{fmt.Errorf("--workers %d: must be at least 1", f.workers)}
	}
	if f.deadline < 0 {
		return opt, usageError{fmt.Errorf("--deadline %s: must be positive", f.deadline)}
	}
	if f.deadline > 0 {
		opt.Deadline = time.Now().Add(f.deadline)
	}
	if err := useKernel(f.kernel); err != nil {
		return opt, err
	}
	opt.Provenance["kernel"] = model.ActiveKernel()
	if f.shard != "" {
		shard, err := store.ParseShard(f.shard)
		if err != nil {
			return opt, usageError{err}
		}
		opt.Shard = shard
	}
	return opt, nil
}

// asUsageError makes what sweep refuses to do a mistake of the user.
func asUsageError(err error) error {
	var refusal *store.Refusal
	if errors.As(err, &refusal) {
		return usageError{err}
	}
	return err
}

// finish writes what follows from the records: estimates and figures.
func finish(ctx context.Context, w, wErr io.Writer, dir string) error {
	results, err := openAndWarn(wErr, dir)
	if err != nil {
		return err
	}
	paths, err := writeEstimates(wErr, results, dir)
	if err != nil {
		return err
	}
	files, err := drawFigures(ctx, wErr, []*estimate.Results{results}, drawing{dir: dir})
	if err != nil {
		return err
	}
	showFigure(ctx, wErr, results)
	for _, f := range append(paths, files...) {
		fmt.Fprintln(w, f)
	}
	return nil
}
