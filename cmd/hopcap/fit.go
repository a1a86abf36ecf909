package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"hopcap/plots/canvas"
	"hopcap/plots/transition"
	"hopcap/sweep/disk"
	"hopcap/sweep/fit"
	"hopcap/sweep/scaling"
	"hopcap/sweep/store"
)

// A fitting is the choice of flags for a fit.
type fitting struct {
	dir     string
	formats []string
	scaling.Bootstrap
}

func fitCommand() *cobra.Command {
	var f fitting
	c := &cobra.Command{
		Use:   "fit DIR...",
		Short: "Find the load at which retrieval is lost, and extrapolate it to N → ∞",
		Long: `fit finds the load α_½ at which half of the patterns are retrieved, and the width of
the transition, for each N. It extrapolates α_½ to N → ∞ with several laws. Each law is
fitted several times, with more and more of the smallest sizes left out. The error of the
result has a statistical and a systematic part. Each directory is fitted by itself, and
so is each combination of values of the axes other than N and the load.

It writes thresholds.csv, scaling.json and four kinds of figures: the retrieved fraction
with its fits, the extrapolation, the collapse, and the distribution of the final
overlap. The method is described in "go doc ./sweep/scaling" and "go doc ./sweep/fit".`,
		Example: `  hopcap fit results/alpha-c
  hopcap fit results/protocol-* --out results/protocols`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := f.check(); err != nil {
				return usageError{err}
			}
			if f.dir == "" {
				f.dir = args[0]
			}
			return f.run(c.OutOrStdout(), c.ErrOrStderr(), args)
		},
	}
	c.Flags().StringVar(&f.dir, "out", "", "directory for tables and figures (default: the first DIR)")
	c.Flags().StringSliceVar(&f.formats, "format", paperFormats, "formats of the figures, separated by commas, among "+strings.Join(canvas.Formats(), ", "))
	c.Flags().IntVar(&f.Replicates, "replicates", 1000, "number of replicates of each bootstrap")
	c.Flags().Uint64Var(&f.Seed, "seed", 1, "seed of the bootstrap")
	return c
}

func (f fitting) check() error {
	for _, name := range f.formats {
		if !slices.Contains(canvas.Formats(), name) {
			return fmt.Errorf("--format %s: must be among %s", name, strings.Join(canvas.Formats(), ", "))
		}
	}
	if f.Replicates < 100 {
		return fmt.Errorf("--replicates %d: must be at least 100", f.Replicates)
	}
	return nil
}

func (f fitting) run(w, wErr io.Writer, dirs []string) error {
	studies, err := studiesIn(wErr, dirs)
	if err != nil {
		return err
	}
	var results []*fit.Result
	for _, s := range studies {
		r := s.Fit(f.Bootstrap)
		for _, text := range r.Warnings {
			fmt.Fprintf(wErr, "warning: %s: %s\n", r.Label, text)
		}
		fmt.Fprintln(wErr, fitSummary(r))
		results = append(results, r)
	}
	files, err := f.write(results)
	for _, file := range files {
		fmt.Fprintln(w, file)
	}
	return err
}

// studiesIn reads the trials of some directories.
func studiesIn(wErr io.Writer, dirs []string) ([]*fit.Study, error) {
	var all []*store.Results
	for _, dir := range dirs {
		r, err := openAndWarn(wErr, dir)
		if err != nil {
			return nil, err
		}
		all = append(all, r.Results)
	}
	studies, err := fit.Studies(all...)
	if errors.Is(err, fit.ErrNoOverlaps) {
		return nil, usageError{err}
	}
	return studies, err
}

// write writes tables and figures and returns their names.
func (f fitting) write(results []*fit.Result) (files []string, err error) {
	if err := os.MkdirAll(f.dir, 0o777); err != nil {
		return nil, err
	}
	for _, table := range []struct {
		name  string
		write func(w io.Writer) error
	}{
		{"thresholds.csv", func(w io.Writer) error { return fit.WriteThresholds(w, results) }},
		{"scaling.json", func(w io.Writer) error { return fit.WriteScaling(w, f.Bootstrap, results) }},
	} {
		path := filepath.Join(f.dir, table.name)
		if err := disk.WriteFile(path, table.write); err != nil {
			return files, err
		}
		files = append(files, path)
	}
	for _, figure := range transition.Figures(results) {
		made, err := figure.Write(f.dir, f.formats)
		files = append(files, made...)
		if err != nil {
			return files, err
		}
	}
	return files, nil
}

// fitSummary is the result in one line.
func fitSummary(r *fit.Result) string {
	q := r.Quoted()
	switch {
	case errors.Is(q.Err, scaling.ErrNoFit):
		return fmt.Sprintf("%s: no α_c: only %d sizes have a threshold with an error, and no law fits them with two degrees of freedom left", r.Label, q.Sizes())
	case q.Err != nil:
		return fmt.Sprintf("%s: no α_c: %v", r.Label, q.Err)
	}
	c := r.Critical
	return fmt.Sprintf("%s: α_c = %.5f ± %.5f (statistical) ± %.5f (systematic: laws %.5f, criterion %s, estimator %s)",
		r.Label, c.Value, c.Statistical, c.Systematic(), c.Laws, orUnknown(c.Criterion), orUnknown(c.Estimator))
}

// orUnknown writes an error that may not be known.
func orUnknown(x float64) string {
	if math.IsNaN(x) {
		return "unknown"
	}
	return fmt.Sprintf("%.5f", x)
}
