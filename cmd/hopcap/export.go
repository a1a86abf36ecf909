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
		Long: `export writes one table. The table trials has a row for each cue of each sample. The
table estimates has a row for each grid point. Some experiments have more tables, such
as sets or trace, with estimates of their own in sets_estimates and trace_estimates.
trace_estimates has a row for each grid point and sweep, sets_estimates for each grid
point and number of starts. The order of the rows is always the same. An undefined value
is empty in CSV and null in JSON.`,
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
	c.Flags().StringVar(&table, "table", "trials", "trials, estimates, or another table of the experiment")
	c.Flags().StringVar(&format, "format", "csv", "one of "+strings.Join(estimate.Formats, ", "))
	c.Flags().StringVarP(&out, "output", "o", "", "file to write (default: standard output)")
	return c
}

func knownTable(r *estimate.Results, name string) error {
	if names := r.Tables(); !slices.Contains(names, name) {
		return usageError{fmt.Errorf("--table %s: must be one of %s", name, strings.Join(names, ", "))}
	}
	return nil
}

// writeEstimates writes estimates.csv, and the estimates of every other table that has
// rows. It prints the warnings.
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
