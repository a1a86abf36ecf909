package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
)

// A theoryTable is a curve as rows of numbers, names, and nil where there is
// nothing.
type theoryTable struct {
	columns []string
	rows    [][]any
}

func newTheoryTable(columns ...string) *theoryTable { return &theoryTable{columns: columns} }

func (t *theoryTable) add(row ...any) { t.rows = append(t.rows, row) }

func (t *theoryTable) print(w io.Writer, format string) error {
	switch format {
	case "csv":
		return t.printCSV(w)
	case "json":
		return t.printJSON(w)
	}
	return t.printAligned(w)
}

func (t *theoryTable) printAligned(w io.Writer) error {
	aligned := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(aligned, strings.Join(t.columns, "\t"))
	for _, row := range t.rows {
		fmt.Fprintln(aligned, strings.Join(cells(row, "-"), "\t"))
	}
	return aligned.Flush()
}

func (t *theoryTable) printCSV(w io.Writer) error {
	c := csv.NewWriter(w)
	_ = c.Write(t.columns) // an error stays until Flush
	for _, row := range t.rows {
		_ = c.Write(cells(row, ""))
	}
	c.Flush()
	return c.Error()
}

// printJSON writes a list of objects, their keys in the order of the columns.
func (t *theoryTable) printJSON(w io.Writer) error {
	var b strings.Builder
	b.WriteString("[")
	for i, row := range t.rows {
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
			fmt.Fprintf(&b, "%q: %s", t.columns[j], cell)
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
			texts = append(texts, digits12(v))
		default:
			texts = append(texts, fmt.Sprint(v))
		}
	}
	return texts
}
