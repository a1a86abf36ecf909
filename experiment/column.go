package experiment

import "hopcap/sweep/study"

// A column records one value of each outcome O. It joins the name and the description
// of the value with the function that reads it, so that no two values can be swapped.
type column[O any] struct {
	name   string
	role   study.Role
	report []string // the values of a Category that are counted
	axis   string
	lead   bool // a default figure shows it
	doc    string
	of     value[O]
}

// A value is how a column is read from an outcome, and the type of what is read.
type value[O any] struct {
	typ study.Type
	get func(o *O) any // int64, float64 or string; nil where it is undefined
}

// decimal is a value that every outcome has.
func decimal[O any](of func(o *O) float64) value[O] {
	return value[O]{study.Decimal, func(o *O) any { return of(o) }}
}

// decimalOrNil is a value that is undefined where the second result is false.
func decimalOrNil[O any](of func(o *O) (float64, bool)) value[O] {
	return value[O]{study.Decimal, func(o *O) any {
		if v, defined := of(o); defined {
			return v
		}
		return nil
	}}
}

// count is an integer that every outcome has.
func count[O any](of func(o *O) int) value[O] {
	return value[O]{study.Int, func(o *O) any { return int64(of(o)) }}
}

// countOrNil is an integer that is undefined where the second result is false.
func countOrNil[O any](of func(o *O) (int, bool)) value[O] {
	return value[O]{study.Int, func(o *O) any {
		if v, defined := of(o); defined {
			return int64(v)
		}
		return nil
	}}
}

// zeroOne is 0 or 1.
func zeroOne[O any](of func(o *O) bool) value[O] {
	return value[O]{study.Int, func(o *O) any { return indicator(of(o)) }}
}

// zeroOneOrNil is 0 or 1, or undefined where the second result is false.
func zeroOneOrNil[O any](of func(o *O) (is, defined bool)) value[O] {
	return value[O]{study.Int, func(o *O) any {
		if is, defined := of(o); defined {
			return indicator(is)
		}
		return nil
	}}
}

// text is a word that every outcome has.
func text[O any](of func(o *O) string) value[O] {
	return value[O]{study.Text, func(o *O) any { return of(o) }}
}

// textOrNil is a word that is undefined where it is empty.
func textOrNil[O any](of func(o *O) string) value[O] {
	return value[O]{study.Text, func(o *O) any {
		if v := of(o); v != "" {
			return v
		}
		return nil
	}}
}

// lifted are the columns of a part P, for outcomes O that contain such a part.
func lifted[O, P any](columns []column[P], part func(o *O) *P) []column[O] {
	list := make([]column[O], len(columns))
	for i, c := range columns {
		get := c.of.get
		list[i] = column[O]{c.name, c.role, c.report, c.axis, c.lead, c.doc,
			value[O]{c.of.typ, func(o *O) any { return get(part(o)) }}}
	}
	return list
}

// A table is one kind of record. Each outcome O makes a row.
type table[O any] struct {
	name    string
	index   []index[O]
	columns []column[O]
	by      string // see study.Table
	lasts   bool
}

// An index is one of the numbers that distinguish the rows of a sample, as the cue.
type index[O any] struct {
	name string
	of   func(o *O) int
}

// study is the table as the sweep knows it.
func (t *table[O]) study() study.Table {
	s := study.Table{Name: t.name, By: t.by, Lasts: t.lasts}
	for _, i := range t.index {
		s.Index = append(s.Index, i.name)
	}
	for _, c := range t.columns {
		s.Columns = append(s.Columns, study.Column{Name: c.name, Type: c.of.typ, Role: c.role, Report: c.report, Axis: c.axis, Lead: c.lead, Doc: c.doc})
	}
	return s
}

// row returns the row of an outcome: its indices, then its columns.
func (t *table[O]) row(o *O) []any {
	row := make([]any, 0, len(t.index)+len(t.columns))
	for i := range t.index {
		row = append(row, int64(t.index[i].of(o)))
	}
	for i := range t.columns {
		row = append(row, t.columns[i].of.get(o))
	}
	return row
}

// rows returns the rows of outcomes.
func (t *table[O]) rows(outcomes []O) [][]any {
	rows := make([][]any, len(outcomes))
	for i := range outcomes {
		rows[i] = t.row(&outcomes[i])
	}
	return rows
}
