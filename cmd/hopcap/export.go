package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"hopcap/sweep/estimate"
)

func exportCommand() *cobra.Command {
	var table, format, out string
	c := &cobra.Command{
		Use:   "export DIR",
		Short: "Write records or estimates as CSV, JSON or Parquet",
		Long: `export writes one table, in canonical order: trials (a row for each cue of each
sample) or estimates (a row for each grid point). An experiment may have further tables,
such as sets or trace, whose estimates are sets_estimates and trace_estimates: a row for
each grid point and number of starts, or sweep. What is not defined is empty in CSV and
null in JSON.`,
		Example: `  hopcap export results/capacity --table estimates
  hopcap export results/capacity --table trials --format parquet -o trials.parquet`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if !slices.Contains(estimate.Formats, format) {
				return usageError{fmt.Errorf("--format %s: must be one of %s", format, strings.Join(estimate.Formats, ", "))}
			}
			results, err := openAndWarn(c.ErrOrStderr(), args[0])
			if err != nil {
				return err
			}
			if err := knownTable(results, table); err != nil {
				return err
			}
			if out == "" || out == "-" {
				return estimate.Export(c.OutOrStdout(), results, table, format)
			}
			return estimate.ExportFile(out, results, table, format)
		},
	}
	c.Flags().StringVar(&table, "table", "trials", "trials, estimates, or another of the experiment")
	c.Flags().StringVar(&format, "format", "csv", strings.Join(estimate.Formats, ", "))
	c.Flags().StringVarP(&out, "output", "o", "", "file to write (default: standard output)")
	return c
}

func knownTable(r *estimate.Results, name string) error {
	if names := r.Tables(); !slices.Contains(names, name) {
		return usageError{fmt.Errorf("--table %s: must be one of %s", name, strings.Join(names, ", "))}
	}
	return nil
}

// writeEstimates writes estimates.csv, and those of other tables that have rows, and
// says what to beware of.
func writeEstimates(wErr io.Writer, r *estimate.Results, dir string) (paths []string, err error) {
	estimates, err := r.Estimates()
	if err != nil {
		return nil, err
	}
	for _, text := range estimates.Warnings() {
		fmt.Fprintln(wErr, "warning:", text)
	}
	for _, name := range r.Tables() {
		e, err := r.EstimatesNamed(name)
		if err != nil {
			return paths, err
		}
		if e == nil || e != estimates && !e.Any() {
			continue
		}
		path := filepath.Join(dir, name+".csv")
		if err := estimate.ExportFile(path, r, name, "csv"); err != nil {
			return paths, err
		}
		paths = append(paths, path)
	}
	return paths, nil
}
