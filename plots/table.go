package plots

import (
	"math"
	"slices"
)

// A Table is what an export holds: rows of int64, float64, bool, string, or nil
// where a value is undefined.
type Table struct {
	Columns []string
	Rows    [][]any
}

// A Source is what one result directory offers to figures.
type Source struct {
	Name   string           // tells it apart in a legend
	Tables map[string]Table // "estimates", "trials", …
	Fixed  map[string]any   // the settings that are the same at all points
}

// index returns where a column stands, −1 for nowhere.
func (t Table) index(column string) int { return slices.Index(t.Columns, column) }

// axes are the columns that say which point a row belongs to: those before the
// number of samples, or before the sample's own.
func (t Table) axes() []string {
	for i, c := range t.Columns {
		if c == "samples" || c == "sample" {
			return t.Columns[:i]
		}
	}
	return nil
}

// toNumber is a value on an axis: NaN where it is undefined or a text.
func toNumber(v any) float64 {
	switch v := v.(type) {
	case int64:
		return float64(v)
	case int:
		return float64(v)
	case float64:
		return v
	case bool:
		if v {
			return 1
		}
		return 0
	}
	return math.NaN()
}

// A measure reads a quantity with its error bar from the rows of a table.
type measure struct {
	value, stderr, low, high int // columns; −1 for none
}

// measure finds a column, or what the estimates of a column are called.
func (t Table) measure(name string) (measure, bool) {
	m := measure{t.index(name), -1, -1, -1}
	if m.value >= 0 {
		return m, true
	}
	if m.value = t.index(name + "_mean"); m.value >= 0 {
		m.stderr = t.index(name + "_stderr")
		return m, true
	}
	if m.value = t.index(name + "_fraction"); m.value >= 0 {
		m.low, m.high = t.index(name+"_low"), t.index(name+"_high")
		return m, true
	}
	return m, false
}

// read returns the value and the ends of its error bar.
func (m measure) read(row []any) (v, low, high float64) {
	cell := func(i int) float64 {
		if i < 0 {
			return math.NaN()
		}
		return toNumber(row[i])
	}
	v = cell(m.value)
	if m.stderr >= 0 {
		e := cell(m.stderr)
		return v, v - e, v + e
	}
	return v, cell(m.low), cell(m.high)
}
