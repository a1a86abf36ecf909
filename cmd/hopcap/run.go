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
		Short: "Run the missing trials of a study, then write estimates and figures",
		Long: `run does all trials of the config whose records are not in the directory yet. Then
it writes estimates.csv and the figures there. You may stop it at any time. Finished
trials are saved, and the same command continues with the rest.

If CONFIG is -, the config is read from standard input. --set changes the value of a
key. The changed value is stored with the records.

If the config has a [stop] table, the study runs in rounds. The samples of [sweep] are
the first round. Further rounds add samples at the points where they reduce the error
most, until the errors are as small as [stop] asks. If the study is split into shards,
a shard exits with 75 after each round. Merge the records of all shards into its
directory, and run it again for the next round.

Exit codes: 0 done, 1 failed, 2 wrong config or usage, 75 stopped early (run it
again). INT, TERM and HUP stop a run early, with code 75. They end any other command
with code 128 plus the number of the signal.`,
		Example: `  hopcap run configs/capacity.toml
  hopcap run configs/capacity.toml --workers 1 --out /tmp/capacity
  hopcap run configs/capacity.toml --set sweep.samples=50 --set max_sweeps=200
  hopcap run configs/capacity.toml --shard 0/4    the first of four parts; see hopcap merge`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return run(c, args[0], f) },
	}
	c.Flags().StringVar(&f.out, "out", "", "directory of the results (default results/CONFIG)")
	f.addTo(c)
	c.Flags().DurationVar(&f.deadline, "deadline", 0, "stop after this time with all finished trials saved, such as 90m or 12h")
	c.Flags().StringVar(&f.shard, "shard", "", "run only part I of N parts, written I/N, with I from 0 to N−1")
	return c
}

// ballast is memory that is never touched, so the system never provides it. The garbage
// collector waits until there is as much garbage as memory in use. Small trials make
// hundreds of MB of garbage a second, and without the ballast the collector would run
// after every 4 MB.
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
	fmt.Fprintf(c.ErrOrStderr(), "%s: %d pattern sets done, %d of them in this run, in %s on %d workers\n",
		report.Path, report.UnitsDone, report.Units, report.Elapsed.Round(10*time.Millisecond), report.Workers)
	if opt.Shard.Count > 1 {
		return nil
	}
	printCurves(c.ErrOrStderr(), report.Curves, cfg.Stop)
	return finish(c.Context(), c.OutOrStdout(), c.ErrOrStderr(), opt.Dir)
}

// addTo adds the flags that a run and its plan have in common.
func (f *runFlags) addTo(c *cobra.Command) {
	c.Flags().IntVar(&f.workers, "workers", 0, "number of trials at the same time (default: the number of CPUs)")
	c.Flags().StringVar(&f.kernel, "kernel", "", "use this kernel, one of "+kernelNames())
	c.Flags().StringArrayVar(&f.set, "set", nil, "change the value of a key: table.key=value, or key=value if only one table has the key")
}

// options turns flags into options. It leaves the directory empty.
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

// asUsageError turns a refusal of package store into a usage error.
func asUsageError(err error) error {
	var refusal *store.Refusal
	if errors.As(err, &refusal) {
		return usageError{err}
	}
	return err
}

// finish computes estimates from the records and writes estimates and figures.
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
