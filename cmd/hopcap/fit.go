package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"hopcap/plots/canvas"
	"hopcap/sweep/scaling"
)

// A fitting says how results are to be extrapolated.
type fitting struct {
	dir     string
	formats []string
	scaling.Bootstrap
}

func fitCommand() *cobra.Command {
	var f fitting
	c := &cobra.Command{
		Use:   "fit DIR...",
		Short: "Find the load at which retrieval is lost, and take it to N → ∞",
		Long: `fit finds for each N the load α_½ at which half of the patterns are retrieved, and
the width of the transition; takes them to N → ∞ by several laws, each from every
smallest N on; and says what of the error is statistical and what is not. Each
choice of the axes other than N and the load is a study of its own, and so is each
directory.

It writes thresholds.csv, scaling.json, and figures: the retrieved fraction with
its fits, the extrapolation, the collapse, and the distribution of the final
overlap. The method is described in the package documentation: go doc ./sweep/scaling`,
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
	c.Flags().StringVar(&f.dir, "out", "", "directory of what is written (default: the first DIR)")
	c.Flags().StringSliceVar(&f.formats, "format", paperFormats, "of the figures, comma-separated, among "+strings.Join(canvas.Formats(), ", "))
	c.Flags().IntVar(&f.Replicates, "replicates", 1000, "of each bootstrap")
	c.Flags().Uint64Var(&f.Seed, "seed", 1, "of the bootstrap")
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
	studies, err := measuredStudies(dirs)
	if err != nil {
		return err
	}
	for _, s := range studies {
		s.extrapolate(f.Bootstrap)
		for _, text := range s.warnings {
			fmt.Fprintf(wErr, "warning: %s: %s\n", s.label, text)
		}
		fmt.Fprintln(wErr, s.summary())
	}
	files, err := f.write(studies)
	for _, file := range files {
		fmt.Fprintln(w, file)
	}
	return err
}

// write writes tables and figures and returns their names.
func (f fitting) write(studies []*fittedStudy) ([]string, error) {
	files, err := writeFits(f.dir, f, studies)
	if err != nil {
		return files, err
	}
	for _, figure := range fitFigures(studies) {
		made, err := figure.Write(f.dir, f.formats)
		files = append(files, made...)
		if err != nil {
			return files, err
		}
	}
	return files, nil
}
