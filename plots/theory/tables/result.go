package tables

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
)

// Formats are those in which a result can be written.
var Formats = []string{"table", "csv", "json"}

// A Result is a table that was solved: rows of numbers, names, and nil where there is
// nothing.
type Result struct {
	Columns []string
	Rows    [][]any // (rows, columns): float64, int, string or nil
}

// Numbers returns a column of numbers, and whether there is such a column without
// empty cells.
func (r *Result) Numbers(name string) ([]float64, bool) {
	k := slices.Index(r.Columns, name)
	if k < 0 {
		return nil, false
	}
	var numbers []float64
	for _, row := range r.Rows {
		v, ok := row[k].(float64)
		if !ok {
			return nil, false
		}
		numbers = append(numbers, v)
	}
	return numbers, true
}

// Write writes a result in one of the Formats, numbers with 12 significant digits. An
// empty cell is "-" in a table, nothing in CSV and null in JSON.
func (r *Result) Write(w io.Writer, format string) error {
	switch format {
	case "csv":
		return r.writeCSV(w)
	case "json":
		return r.writeJSON(w)
	}
	return r.writeAligned(w)
}

func (r *Result) writeAligned(w io.Writer) error {
	aligned := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(aligned, strings.Join(r.Columns, "\t"))
	for _, row := range r.Rows {
		fmt.Fprintln(aligned, strings.Join(cells(row, "-"), "\t"))
	}
	return aligned.Flush()
}

func (r *Result) writeCSV(w io.Writer) error {
	c := csv.NewWriter(w)
	_ = c.Write(r.Columns) // an error stays until Flush
	for _, row := range r.Rows {
		_ = c.Write(cells(row, ""))
	}
	c.Flush()
	return c.Error()
}

// writeJSON writes a list of objects, their keys in the order of the columns.
func (r *Result) writeJSON(w io.Writer) error {
	var b strings.Builder
	b.WriteString("[")
	for i, row := range r.Rows {
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString("\n  {")
		for j, cell := range cells(row, "null") {
			if j > 0 {
				b.WriteString(", ")
			}
			if _, isText := row[j].(string); isText {
				cell = strconv.Quote(cell)
			}
			fmt.Fprintf(&b, "%q: %s", r.Columns[j], cell)
		}
		b.WriteString("}")
	}
	b.WriteString("\n]\n")
	if !json.Valid([]byte(b.String())) {
		return fmt.Errorf("a value that JSON cannot hold")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// cells writes a row: floats with 12 significant digits.
func cells(row []any, empty string) []string {
	var texts []string
	for _, cell := range row {
		switch v := cell.(type) {
		case nil:
			texts = append(texts, empty)
		case float64:
			texts = append(texts, Digits(v))
		default:
			texts = append(texts, fmt.Sprint(v))
		}
	}
	return texts
}
