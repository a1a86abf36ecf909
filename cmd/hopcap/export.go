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

// warn prints each warning once, with the number of points that share it.
func warn(w io.Writer, e *sweep.Estimates) {
	count := map[string]int{}
	var order []string
	for _, p := range e.Points {
		for _, text := range p.Warnings {
			if count[text] == 0 {
				order = append(order, text)
			}
			count[text]++
		}
	}
	for _, text := range order {
		fmt.Fprintf(w, "warning: %s (%d of %d points)\n", text, count[text], len(e.Points))
	}
}
