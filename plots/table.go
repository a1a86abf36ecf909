package plots

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"hopcap/sweep/summary"
)

// A Table is records or estimates. A row holds for each of Columns an int64, float64,
// bool, string, or nil where a value is undefined; after these, for each of Estimated a
// summary.Summary.
type Table struct {
	Columns   []string
	Estimated []Estimated
	Rows      [][]any
}

// An Estimated is a column of summaries.
type Estimated struct {
	Name string
	Kind summary.Kind
}

// A Source is the data of one result directory for figures.
type Source struct {
	Name   string           // tells it apart in a legend
	Tables map[string]Table // "estimates", "trials", …
	Fixed  map[string]any   // the settings that are the same at all points
	Setup  []string         // what captions say of them: "parallel updates"
}

// index returns where a column stands, −1 for nowhere.
func (t Table) index(column string) int { return slices.Index(t.Columns, column) }

// column is index, or an error that says what there is.
func (t Table) column(name string) (int, error) {
	i := t.index(name)
	if i < 0 {
		return i, fmt.Errorf("no column %q: there are %s", name, strings.Join(t.names(), ", "))
	}
	return i, nil
}

// names are the names of all columns, and of the numbers as which estimates are written.
func (t Table) names() []string {
	names := slices.Clone(t.Columns)
	for _, e := range t.Estimated {
		for _, p := range e.Kind.Parts() {
			names = append(names, e.Name+p.Suffix)
		}
	}
	return names
}

// axes are the columns that say which point a row belongs to: those before the
// number of samples, or before the sample's own. K is none where there is alpha,
// which with N says the same.
func (t Table) axes() []string {
	end := slices.IndexFunc(t.Columns, func(c string) bool { return c == "samples" || c == "sample" })
	axes := slices.Clone(t.Columns[:max(0, end)])
	if slices.Contains(axes, "alpha") {
		axes = slices.DeleteFunc(axes, func(c string) bool { return c == "K" })
	}
	return axes
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

// A reading is a value with the ends of its error bar, NaN where there is none.
type reading struct{ v, low, high float64 }

// A measure reads a quantity from the rows of a table.
type measure struct {
	read func(row []any) reading
	bars bars
}

// measure finds a column, what the estimates of a column are called, or
// arithmetic on such columns. Error bars are so many standard errors long.
func (t Table) measure(source string, errors float64) (measure, error) {
	e, err := parseExpr(source)
	if err != nil {
		return measure{}, err
	}
	parts := map[string]measure{}
	var of bars
	for _, name := range e.names {
		m, err := t.single(name, errors)
		if err != nil {
			return measure{}, err
		}
		if parts[name] = m; m.bars.kind != 0 {
			of = m.bars
		}
	}
	if e.isName(source) {
		return parts[source], nil
	}
	return measure{func(row []any) reading { return e.read(row, parts) }, of}, nil
}

// single finds one column, an estimate with its error bar, or one number of an estimate
// as exports have it, without.
func (t Table) single(name string, errors float64) (measure, error) {
	if i := t.index(name); i >= 0 {
		return measure{read: func(row []any) reading { return reading{toNumber(row[i]), math.NaN(), math.NaN()} }}, nil
	}
	for k, e := range t.Estimated {
		at := func(row []any) summary.Summary { return row[len(t.Columns)+k].(summary.Summary) }
		if e.Name == name {
			return measure{func(row []any) reading {
				low, high := at(row).Interval(errors)
				return reading{at(row).Center, low, high}
			}, bars{e.Kind, errors}}, nil
		}
		for _, p := range e.Kind.Parts() {
			if e.Name+p.Suffix == name {
				return measure{read: func(row []any) reading { return reading{p.Of(at(row)), math.NaN(), math.NaN()} }}, nil
			}
		}
	}
	_, err := t.column(name)
	return measure{}, err
}

// read evaluates an expression. Its error bar is computed from the error bar of the measured
// column. If there are several measured columns, their contributions are added in
// quadrature.
func (e expr) read(row []any, parts map[string]measure) reading {
	values := map[string]reading{}
	for name, m := range parts {
		values[name] = m.read(row)
	}
	at := func(moved string, to float64) float64 {
		return e.eval(func(name string) float64 {
			if name == moved {
				return to
			}
			return values[name].v
		})
	}
	r := reading{at("", 0), math.NaN(), math.NaN()}
	below, above := 0.0, 0.0
	for name, v := range values {
		if math.IsNaN(v.low) {
			continue
		}
		a, b := at(name, v.low), at(name, v.high)
		below = math.Hypot(below, r.v-math.Min(a, b))
		above = math.Hypot(above, math.Max(a, b)-r.v)
		r.low, r.high = r.v-below, r.v+above
	}
	return r
}

// where returns the rows with the given values, of a list any of them. Of a number with a point the
// nearest is taken, within 2 %, for each value of the first column: a load of
// 0.155 is 78/500 at one size and 310/2000 at another.
func (t Table) where(want map[string]any) ([][]any, error) {
	rows := t.Rows
	for column, v := range want {
		i, err := t.column(column)
		if err != nil {
			return nil, err
		}
		values, several := v.([]any)
		if !several {
			values = []any{v}
		}
		rows = withAny(rows, i, values)
	}
	return rows, nil
}

// withAny returns the rows that have one of these values in a column.
func withAny(rows [][]any, column int, values []any) [][]any {
	type place struct{ first, value any }
	nearest := map[place]float64{}
	for _, row := range rows {
		for _, v := range values {
			d, at := distance(row[column], v), place{first: row[0], value: v}
			if old, ok := nearest[at]; !ok || d < old {
				nearest[at] = d
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(rows), func(row []any) bool {
		return !slices.ContainsFunc(values, func(v any) bool {
			d := distance(row[column], v)
			return d <= nearest[place{first: row[0], value: v}] && d <= 0.02
		})
	})
}

// distance is 0 for equal values; between numbers with a point it is relative;
// else it is infinite.
func distance(a, b any) float64 {
	x, y := toNumber(a), toNumber(b)
	if a == b || x == y {
		return 0
	}
	if _, ok := a.(float64); ok && !math.IsNaN(y) {
		return math.Abs(x-y) / math.Max(math.Abs(x), math.Abs(y))
	}
	return math.Inf(1)
}
