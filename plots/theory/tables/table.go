package tables

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"hopcap/model/theory"
)

// A Table is the answer of a curve to one question: a row for each combination of
// some parameters, or for each step of a trajectory.
type Table struct {
	When    string // the parameter that asks for it; "" for the table that is given else
	Columns []Column

	over []axis
	rows func(at At) ([][]any, error)
}

// A Column is a column of a table, and what it means.
type Column struct{ Name, Doc string }

// An axis is a parameter whose values make the rows.
type axis struct {
	parameter string
	otherwise values                       // the values where none are given; nil for the parameter's default
	end       func(at At) (float64, error) // the largest value that has a row; nil if there is none
}

// values are those of a parameter where none are given. They may depend on other
// parameters.
type values func(at At) ([]float64, error)

// over are axes with the parameters' own defaults, the outermost first.
func over(parameters ...string) []axis {
	var axes []axis
	for _, name := range parameters {
		axes = append(axes, axis{parameter: name})
	}
	return axes
}

// and adds an axis inside the others.
func and(axes []axis, parameter string, otherwise values) []axis {
	return append(slices.Clip(axes), axis{parameter: parameter, otherwise: otherwise})
}

// fixed are values that depend on nothing.
func fixed(list ...float64) values {
	return func(At) ([]float64, error) { return list, nil }
}

// upTo adds the axis of a load inside the others, by default ten loads up to the
// largest.
func upTo(axes []axis, parameter string, largest func(at At) (float64, error)) []axis {
	return append(slices.Clip(axes), axis{parameter, tenLoads(largest), largest})
}

func tenLoads(largest func(at At) (float64, error)) values {
	return func(at At) ([]float64, error) {
		last, err := largest(at)
		var loads []float64
		for k := 1; k <= 10; k++ {
			loads = append(loads, last*float64(k)/10)
		}
		return loads, err
	}
}

// A column is a column with how it follows from a solution P. A value is a float64,
// an int, a string, or nil where there is none.
type column[P any] struct {
	name, doc string
	of        func(P) any
}

// table is a table of one solution at each combination of the axes.
func table[P any](when string, axes []axis, solve func(at At) (P, error), columns []column[P]) Table {
	return listTable(when, axes, func(at At) ([]P, error) {
		p, err := solve(at)
		return []P{p}, err
	}, columns)
}

// listTable is a table of several solutions at each combination of the axes.
func listTable[P any](when string, axes []axis, solve func(at At) ([]P, error), columns []column[P]) Table {
	t := Table{When: when, over: axes}
	for _, c := range columns {
		t.Columns = append(t.Columns, Column{c.name, c.doc})
	}
	t.rows = func(at At) ([][]any, error) {
		solutions, err := solve(at)
		if err != nil {
			return nil, err
		}
		var rows [][]any
		for _, p := range solutions {
			var row []any
			for _, c := range columns {
				row = append(row, c.of(p))
			}
			rows = append(rows, row)
		}
		return rows, nil
	}
	return t
}

// each calls f at each combination of the axes, the first the outermost.
func (t Table) each(at At, axes []axis, f func(at At) error) error {
	if len(axes) == 0 {
		return f(at)
	}
	list, err := at.along(axes[0])
	if err != nil {
		return err
	}
	for _, v := range list {
		if err := t.each(at.with(axes[0].parameter, v), axes[1:], f); err != nil {
			return err
		}
	}
	return nil
}

// At is where a table is solved: a request, and a value of each axis.
type At struct {
	curve   *Curve
	request Request
	values  map[string]float64
}

// with returns the place with the value of one more axis.
func (at At) with(name string, v float64) At {
	values := maps.Clone(at.values)
	if values == nil {
		values = map[string]float64{}
	}
	values[name] = v
	return At{at.curve, at.request, values}
}

// along returns the values of an axis.
func (at At) along(a axis) ([]float64, error) {
	if a.otherwise == nil || at.request.Given(a.parameter) {
		return at.list(a.parameter), nil
	}
	return a.otherwise(at)
}

// list returns all values of a parameter: those given, or its default.
func (at At) list(name string) []float64 {
	p := at.parameter(name)
	if given := at.request.Values[name]; len(given) > 0 {
		return given
	}
	return p.Default
}

// number returns the value of an axis, or the first value of another parameter.
func (at At) number(name string) float64 {
	if v, ok := at.values[name]; ok {
		return v
	}
	return at.list(name)[0]
}

// count returns a number that is an integer.
func (at At) count(name string) int { return int(at.number(name)) }

// choice returns the word of a Choice.
func (at At) choice(name string) string {
	if word, ok := at.request.Choices[name]; ok {
		return word
	}
	return at.parameter(name).Choices[0]
}

// named returns the one of some values that has a name.
func named[V fmt.Stringer](name string, values ...V) V {
	return values[slices.IndexFunc(values, func(v V) bool { return v.String() == name })]
}

// given tells whether a parameter was asked for.
func (at At) given(name string) bool { return at.request.Given(name) }

// parameter returns a parameter that a table needs.
func (at At) parameter(name string) Parameter {
	p, ok := at.curve.Parameter(name)
	if !ok {
		panic(fmt.Sprintf("tables: %s has no parameter %s", at.curve.Name, name))
	}
	return p
}

// orEmpty returns the cell of a value that need not exist.
func orEmpty(value float64, err error) (any, error) {
	var domain *theory.DomainError
	if errors.As(err, &domain) {
		return nil, nil
	}
	return value, err
}
