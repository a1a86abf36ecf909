package estimate

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"hopcap/sweep/config"
	"hopcap/sweep/disk"
	"hopcap/sweep/study"
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
	s, err := r.sheet(table)
	if err != nil {
		return err
	}
	switch format {
	case "csv":
		return s.writeCSV(w)
	case "json":
		return s.writeJSON(w)
	}
	return s.writeParquet(w)
}

// ExportFile writes the same to a file, by the rules of disk.WriteFile: it is there whole
// or not at all.
func ExportFile(path string, r *Results, table, format string) error {
	return disk.WriteFile(path, func(w io.Writer) error { return Export(w, r, table, format) })
}

// A sheet is a table as it is exported: values by row and column, as int64,
// float64, bool, string, or nil.
type sheet struct {
	columns []sheetColumn
	rows    int
	fill    func(row int, values []any)
}

type sheetColumn struct {
	name string
	kind study.Type
}

// sheet lays out a table of records, or the estimates.
func (r *Results) sheet(table string) (*sheet, error) {
	e, err := r.EstimatesNamed(table)
	if err != nil {
		return nil, err
	}
	if e != nil {
		return e.sheet(), nil
	}
	records, err := r.Records(table)
	if err != nil {
		return nil, err
	}
	return rows{records}.sheet(), nil
}

func (r rows) sheet() *sheet {
	columns, settings := settingColumns(r.Points)
	n := len(columns)
	columns = append(columns, sheetColumn{"sample", study.Int})
	for _, name := range r.Table.Index {
		columns = append(columns, sheetColumn{name, study.Int})
	}
	for _, c := range r.Table.Columns {
		columns = append(columns, sheetColumn{c.Name, storedKind(c.Type)})
	}
	return &sheet{columns, r.Len(), func(row int, values []any) {
		copy(values, settings[r.Point[row]])
		copy(values[n:], r.Row(row))
	}}
}

// storedKind is the kind of a measured column in exports, where bools are 0 and 1.
func storedKind(k study.Type) study.Type {
	if k == study.Bool {
		return study.Int
	}
	return k
}

func (e *Estimates) sheet() *sheet {
	points := make([]*config.Point, len(e.Points))
	for i, p := range e.Points {
		points[i] = p.Point
	}
	columns, settings := settingColumns(points)
	n := len(columns)
	for _, name := range e.Counts() {
		columns = append(columns, sheetColumn{name, study.Int})
	}
	for _, name := range e.Names {
		columns = append(columns, sheetColumn{name, study.Decimal})
	}
	return &sheet{columns, len(e.Points), func(row int, values []any) {
		copy(values, settings[row])
		rest := values[n:n]
		for _, count := range e.CountsOf(row) {
			rest = append(rest, count)
		}
		for _, x := range e.Points[row].Values {
			rest = append(rest, defined(x))
		}
	}}
}

// Counts are the columns between the settings of a point and what is estimated:
// Table.By, if there is one, the number of samples, and the most cues that one of them
// has, or rows of a table that is not about cues.
func (e *Estimates) Counts() []string {
	last := "rows"
	if e.Table.Index[0] == "cue" {
		last = "cues"
	}
	if e.Table.By == "" {
		return []string{"samples", last}
	}
	return []string{e.Table.By, "samples", last}
}

// CountsOf are the values of these columns in a row.
func (e *Estimates) CountsOf(row int) []int64 {
	p := e.Points[row]
	counts := []int64{p.By, int64(p.Samples), int64(p.Cues)}
	if e.Table.By == "" {
		return counts[1:]
	}
	return counts
}

func defined(x float64) any {
	if math.IsNaN(x) {
		return nil
	}
	return x
}

// settingColumns are the columns that begin each record, and their values by
// point. A point that lacks one has nil there.
func settingColumns(points []*config.Point) (columns []sheetColumn, values [][]any) {
	at := map[string]int{}
	for _, p := range points {
		for _, s := range p.Columns {
			i, known := at[s.Name]
			if !known {
				i = len(columns)
				at[s.Name], columns = i, append(columns, sheetColumn{name: s.Name})
			}
			columns[i].kind = widen(columns[i].kind, s.Value)
		}
	}
	for _, p := range points {
		row := make([]any, len(columns))
		for _, s := range p.Columns {
			row[at[s.Name]] = convert(s.Value, columns[at[s.Name]].kind)
		}
		values = append(values, row)
	}
	return columns, values
}

// widen is the kind of a column that holds a value beside those of kind k.
func widen(k study.Type, v any) study.Type {
	is := study.Text
	switch v.(type) {
	case int64:
		is = study.Int
	case float64:
		is = study.Decimal
	case bool:
		is = study.Bool
	}
	switch {
	case k == 0 || k == is:
		return is
	case k == study.Int && is == study.Decimal, k == study.Decimal && is == study.Int:
		return study.Decimal
	}
	return study.Text
}

// convert makes a value one of a kind that widen gave.
func convert(v any, k study.Type) any {
	if n, ok := v.(int64); ok && k == study.Decimal {
		return float64(n)
	}
	if k == study.Text {
		return config.FormatValue(v)
	}
	return v
}
