package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"hopcap/sweep"
)

func exportCommand() *cobra.Command {
	var table, format, out string
	c := &cobra.Command{
		Use:   "export DIR",
		Short: "Write records or estimates as CSV, JSON or Parquet",
		Long: `export writes one table: trials (a row for each cue of each sample) or estimates
(a row for each grid point), in canonical order. What is not defined is empty in
CSV and null in JSON.`,
		Example: `  hopcap export results/capacity --table estimates
  hopcap export results/capacity --table trials --format parquet -o trials.parquet`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if !slices.Contains(sweep.Formats, format) {
				return usageError{fmt.Errorf("--format %s: must be one of %s", format, strings.Join(sweep.Formats, ", "))}
			}
			results, err := openResults(args[0])
			if err != nil {
				return err
			}
			if err := knownTable(results, table); err != nil {
				return err
			}
			if out == "" || out == "-" {
				return sweep.Export(c.OutOrStdout(), results, table, format)
			}
			return sweep.ExportFile(out, results, table, format)
		},
	}
	c.Flags().StringVar(&table, "table", "trials", "trials or estimates")
	c.Flags().StringVar(&format, "format", "csv", strings.Join(sweep.Formats, ", "))
	c.Flags().StringVarP(&out, "output", "o", "", "file to write (default: standard output)")
	return c
}

func knownTable(r *sweep.Results, name string) error {
	names := []string{"estimates"}
	for _, t := range r.Config.Experiment.Tables {
		names = append(names, t.Name)
	}
	if !slices.Contains(names, name) {
		return usageError{fmt.Errorf("--table %s: must be one of %s", name, strings.Join(names, ", "))}
	}
	return nil
}

// writeEstimates writes estimates.csv and says what to beware of.
func writeEstimates(wErr io.Writer, r *sweep.Results, dir string) (string, error) {
	estimates, err := r.Estimates()
	if err != nil {
		return "", err
	}
	warn(wErr, estimates)
	path := filepath.Join(dir, "estimates.csv")
	return path, sweep.ExportFile(path, r, "estimates", "csv")
}

// warn prints each warning once, with the quantities and the number of points
// that share it.
func warn(w io.Writer, e *sweep.Estimates) {
	type shared struct {
		quantities []string
		points     map[int]bool
	}
	all := map[string]*shared{}
	var order []string
	for i, p := range e.Points {
		for _, warning := range p.Warnings {
			quantity, text, ok := strings.Cut(warning, ": ")
			if !ok {
				quantity, text = "", warning
			}
			if all[text] == nil {
				all[text] = &shared{points: map[int]bool{}}
				order = append(order, text)
			}
			s := all[text]
			if !slices.Contains(s.quantities, quantity) {
				s.quantities = append(s.quantities, quantity)
			}
			s.points[i] = true
		}
	}
	for _, text := range order {
		about := strings.Join(all[text].quantities, ", ")
		if about != "" {
			about += ": "
		}
		fmt.Fprintf(w, "warning: %s%s (%d of %d points)\n", about, text, len(all[text].points), len(e.Points))
	}
}
