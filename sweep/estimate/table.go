package estimate

import (
	"math"
	"slices"

	"hopcap/sweep/config"
	"hopcap/sweep/store"
	"hopcap/sweep/study"
	"hopcap/sweep/summary"
)

// A Table is records or estimates laid out for readers, a row a line: first the settings
// of the point, then sample and index or how many there are, then what was measured.
type Table struct {
	Columns []TableColumn

	each eachRow
}

// An eachRow calls f with the cells of each row, which are written over for the next.
type eachRow func(f func(cells []any) error) error

// A TableColumn is one column of a Table. Its cells are int64, float64, bool, string, or
// nil where undefined; where Kind is given each is a summary.Summary.
type TableColumn struct {
	Name string
	Type study.Type
	Kind summary.Kind
}

// Table lays out a table of records, or the estimates of one, by the name that Export
// knows it by.
func (r *Results) Table(name string) (*Table, error) {
	e, err := r.EstimatesNamed(name)
	if err != nil {
		return nil, err
	}
	if e != nil {
		return e.table(), nil
	}
	return r.records(name), nil
}

// Rows are the cells of all rows, by column.
func (t *Table) Rows() ([][]any, error) {
	var all [][]any
	err := t.each(func(cells []any) error {
		all = append(all, slices.Clone(cells))
		return nil
	})
	return all, err
}

// flat has a column of plain numbers for each part of a summary.
func (t *Table) flat() *Table {
	flat := &Table{}
	for _, c := range t.Columns {
		if c.Kind == 0 {
			flat.Columns = append(flat.Columns, c)
		}
		for _, p := range c.Kind.Parts() {
			flat.Columns = append(flat.Columns, TableColumn{Name: c.Name + p.Suffix, Type: study.Decimal})
		}
	}
	values := make([]any, 0, len(flat.Columns))
	flat.each = func(f func([]any) error) error {
		return t.each(func(cells []any) error {
			values = values[:0]
			for i, c := range t.Columns {
				if c.Kind == 0 {
					values = append(values, cells[i])
				}
				for _, p := range c.Kind.Parts() {
					values = append(values, defined(p.Of(cells[i].(summary.Summary))))
				}
			}
			return f(values)
		})
	}
	return flat
}

func defined(x float64) any {
	if math.IsNaN(x) {
		return nil
	}
	return x
}

// records lays out a table of records. They are read as they are asked for.
func (r *Results) records(name string) *Table {
	var t study.Table
	for _, known := range r.Config.Experiment.Tables {
		if known.Name == name {
			t = known
		}
	}
	columns, settings := settingColumns(r.Config.Points)
	n := len(columns)
	columns = append(columns, TableColumn{Name: "sample", Type: study.Int})
	for _, index := range t.Index {
		columns = append(columns, TableColumn{Name: index, Type: study.Int})
	}
	for _, c := range t.Columns {
		columns = append(columns, TableColumn{Name: c.Name, Type: storedType(c.Type)})
	}
	return &Table{columns, func(f func([]any) error) error {
		cells := make([]any, len(columns))
		return r.EachOf(name, true, func(_ store.Part, records *store.Records) error {
			for row := range records.Len() {
				copy(cells, settings[records.Point[row]])
				copy(cells[n:], records.Row(row))
				if err := f(cells); err != nil {
					return err
				}
			}
			return nil
		})
	}}
}

// storedType is the type of a measured column in records, where bools are 0 and 1.
func storedType(t study.Type) study.Type {
	if t == study.Bool {
		return study.Int
	}
	return t
}

// table lays out estimates.
func (e *Estimates) table() *Table {
	points := make([]*config.Point, len(e.Points))
	for i, p := range e.Points {
		points[i] = p.Point
	}
	columns, settings := settingColumns(points)
	for _, name := range e.counts() {
		columns = append(columns, TableColumn{Name: name, Type: study.Int})
	}
	for _, c := range e.Columns {
		columns = append(columns, TableColumn{Name: c.Name, Kind: c.Kind})
	}
	return &Table{columns, func(f func([]any) error) error {
		cells := make([]any, len(columns))
		for row, p := range e.Points {
			cells = append(cells[:0], settings[row]...)
			for _, count := range e.countsOf(row) {
				cells = append(cells, count)
			}
			for _, v := range p.Values {
				cells = append(cells, v)
			}
			if err := f(cells); err != nil {
				return err
			}
		}
		return nil
	}}
}

// counts are the columns between the settings of a point and what is estimated:
// Table.By, if there is one, the number of samples, and the most cues that one of them
// has, or rows of a table that is not about cues.
func (e *Estimates) counts() []string {
	last := "rows"
	if e.Table.Index[0] == "cue" {
		last = "cues"
	}
	if e.Table.By == "" {
		return []string{"samples", last}
	}
	return []string{e.Table.By, "samples", last}
}

// countsOf are the values of these columns in a row.
func (e *Estimates) countsOf(row int) []int64 {
	p := e.Points[row]
	counts := []int64{p.By, int64(p.Samples), int64(p.Cues)}
	if e.Table.By == "" {
		return counts[1:]
	}
	return counts
}

// settingColumns are the columns that begin each row, and their values by point. A
// point that lacks one has nil there.
func settingColumns(points []*config.Point) (columns []TableColumn, values [][]any) {
	at := map[string]int{}
	for _, p := range points {
		for _, s := range p.Columns {
			i, known := at[s.Name]
			if !known {
				i = len(columns)
				at[s.Name], columns = i, append(columns, TableColumn{Name: s.Name})
			}
			columns[i].Type = widen(columns[i].Type, s.Value)
		}
	}
	for _, p := range points {
		row := make([]any, len(columns))
		for _, s := range p.Columns {
			row[at[s.Name]] = convert(s.Value, columns[at[s.Name]].Type)
		}
		values = append(values, row)
	}
	return columns, values
}

// widen is the type of a column that holds a value beside those of type t, which is 0
// as long as there is none. What is undefined is of any type.
func widen(t study.Type, v any) study.Type {
	is := study.Text
	switch v.(type) {
	case nil:
		return t
	case int64:
		is = study.Int
	case float64:
		is = study.Decimal
	case bool:
		is = study.Bool
	}
	switch {
	case t == 0 || t == is:
		return is
	case t == study.Int && is == study.Decimal, t == study.Decimal && is == study.Int:
		return study.Decimal
	}
	return study.Text
}

// convert makes a value one of a type that widen gave.
func convert(v any, t study.Type) any {
	if n, ok := v.(int64); ok && t == study.Decimal {
		return float64(n)
	}
	if v != nil && t == study.Text {
		return config.FormatValue(v)
	}
	return v
}
