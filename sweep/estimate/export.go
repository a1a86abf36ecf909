package estimate

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"hopcap/sweep/disk"
)

// Formats are what Export can write.
var Formats = []string{"csv", "json", "parquet"}

// Export writes a table of records, or the estimates of one: "estimates" are those of
// the trials, "sets_estimates" those of the table sets. What is undefined is empty in
// CSV and null in JSON; floats are the shortest text that reads back as the same.
func Export(w io.Writer, r *Results, table, format string) error {
	if !slices.Contains(Formats, format) {
		return fmt.Errorf("format %q: must be one of %s", format, strings.Join(Formats, ", "))
	}
	if tables := r.Tables(); !slices.Contains(tables, table) {
		return fmt.Errorf("table %q: must be one of %s", table, strings.Join(tables, ", "))
	}
	t, err := r.Table(table)
	if err != nil {
		return err
	}
	switch t = t.flat(); format {
	case "csv":
		return t.writeCSV(w)
	case "json":
		return t.writeJSON(w)
	}
	return t.writeParquet(w)
}

// ExportFile writes the same to a file, by the rules of disk.WriteFile: it is there whole
// or not at all.
func ExportFile(path string, r *Results, table, format string) error {
	return disk.WriteFile(path, func(w io.Writer) error { return Export(w, r, table, format) })
}
