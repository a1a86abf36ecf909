package estimate

import (
	"fmt"
	"math"
	"slices"

	"hopcap/sweep/config"
	"hopcap/sweep/store"
	"hopcap/sweep/study"
	"hopcap/sweep/summary"
)

// Estimates are what the records of a table say: a row a point of the grid, or a row
// for each value of Table.By at it.
type Estimates struct {
	Table   study.Table
	Columns []Column
	Points  []Estimate
}

// A Column is what is estimated: a measured column, or a value of a category.
type Column struct {
	Name string
	Kind summary.Kind
}

// An Estimate is one row.
type Estimate struct {
	Point    *config.Point
	By       int64             // the value of Table.By
	Samples  int               // pattern sets with records
	Cues     int               // the most rows that any of them has
	Values   []summary.Summary // by Estimates.Columns
	Warnings []Warning         // of the point and of all values
}

// Of reduces records to estimates.
func Of(records *store.Records) *Estimates {
	e := newEstimates(records.Table)
	e.add(records, 0, len(records.Points))
	return e
}

// newEstimates has no points yet.
func newEstimates(t study.Table) *Estimates {
	e := &Estimates{Table: t}
	for _, c := range t.Columns {
		e.Columns = append(e.Columns, estimated(c)...)
	}
	return e
}

// add reduces the records of the points first … last−1 of the grid.
func (e *Estimates) add(records *store.Records, first, last int) {
	r, groups := rows{records}.groups(first, last)
	for _, g := range groups {
		e.Points = append(e.Points, r.estimate(g))
	}
}

// estimated is what a measured column is reduced to.
func estimated(c study.Column) []Column {
	switch c.Role {
	case study.Quantity:
		return []Column{{c.Name, summary.Mean}}
	case study.Threshold:
		return []Column{{c.Name, summary.Median}}
	case study.Rate:
		return []Column{{c.Name, summary.Fraction}}
	case study.Category:
		columns := make([]Column, len(c.Report))
		for i, v := range c.Report {
			columns[i] = Column{v, summary.Share}
		}
		return columns
	}
	return nil
}

// Column holds what is estimated of one column, or of a value of a category, by point;
// nil if there is no such column.
func (e *Estimates) Column(name string) []summary.Summary {
	at := slices.IndexFunc(e.Columns, func(c Column) bool { return c.Name == name })
	if at < 0 {
		return nil
	}
	values := make([]summary.Summary, len(e.Points))
	for i, p := range e.Points {
		values[i] = p.Values[at]
	}
	return values
}

// Any tells whether there are records behind the estimates.
func (e *Estimates) Any() bool {
	return slices.ContainsFunc(e.Points, func(p Estimate) bool { return p.Samples > 0 })
}

// rows are records to be reduced, and series a column of them.
type (
	rows   struct{ *store.Records }
	series struct{ *store.Series }
)

// estimate reduces the rows of a group.
func (r rows) estimate(g group) Estimate {
	p := r.Points[g.point]
	e := Estimate{Point: p, By: g.by}
	if p.Note != "" {
		e.Warnings = append(e.Warnings, Warning{Text: p.Note})
	}
	ends := r.ends(g.from, g.to)
	e.Samples = len(ends)
	for i, start := 0, g.from; i < len(ends); i, start = i+1, ends[i] {
		e.Cues = max(e.Cues, ends[i]-start)
	}
	for i := range r.Columns {
		values, warnings := series{&r.Columns[i]}.estimate(g.from, ends)
		e.Values, e.Warnings = append(e.Values, values...), append(e.Warnings, warnings...)
	}
	if empty := r.empty(g.from, ends); empty > 0 {
		e.Warnings = append(e.Warnings, Warning{Text: fmt.Sprintf("%d of %d samples have no values: the estimates are of the others", empty, e.Samples)})
	}
	if 0 < e.Samples && e.Samples < summary.FewSamples {
		e.Warnings = append(e.Warnings, Warning{Text: fmt.Sprintf("samples = %d: too few for error bars", e.Samples)})
	}
	return e
}

// ends are the rows at which the samples within from … to−1 end.
func (r rows) ends(from, to int) []int {
	var ends []int
	for row := from + 1; row <= to; row++ {
		if row == to || r.Sample[row] != r.Sample[row-1] {
			ends = append(ends, row)
		}
	}
	return ends
}

// empty is how many samples have no value in any column that is averaged, such as pattern
// sets that could not be stored.
func (r rows) empty(from int, ends []int) int {
	var averaged []*store.Series
	for i := range r.Columns {
		switch r.Columns[i].Role {
		case study.Quantity, study.Rate, study.Threshold:
			averaged = append(averaged, &r.Columns[i])
		}
	}
	empty := 0
	for _, to := range ends {
		valued := len(averaged) == 0
		for ; from < to; from++ {
			valued = valued || slices.ContainsFunc(averaged, func(c *store.Series) bool { return c.Null == nil || !c.Null[from] })
		}
		if !valued {
			empty++
		}
	}
	return empty
}

// estimate is what the column says about one point, whose first row and ends of
// samples are given.
func (s series) estimate(from int, ends []int) (values []summary.Summary, warnings []Warning) {
	switch s.Role {
	case study.Quantity, study.Threshold:
		samples := s.bySample(from, ends, s.Float)
		if s.Type == study.Decimal && summary.NewSamples(samples).Bimodal() { // a count of a few values has peaks at each
			warnings = append(warnings, bimodal(s.Name))
		}
		return []summary.Summary{s.center(samples)}, warnings
	case study.Rate:
		return []summary.Summary{summary.NewSamples(s.bySample(from, ends, s.Float)).Fraction()}, nil
	case study.Category:
		for _, v := range s.Report {
			share := summary.NewSamples(s.bySample(from, ends, s.is(v))).Share()
			values = append(values, share)
			if share.Center > 0 {
				warnings = append(warnings, Warning{Text: fmt.Sprintf("%s = %s in a fraction %.3g of the trials", s.Name, v, share.Center)})
			}
		}
	}
	return values, warnings
}

// center is the mean of a quantity, or the median of a threshold.
func (s series) center(samples [][]float64) summary.Summary {
	if s.Role == study.Threshold {
		return summary.MedianOf(samples)
	}
	return summary.NewSamples(samples).Mean()
}

// bySample are the values of each sample's cues.
func (s series) bySample(from int, ends []int, value func(row int) float64) [][]float64 {
	if len(ends) == 0 {
		return nil
	}
	values := make([]float64, 0, ends[len(ends)-1]-from)
	samples := make([][]float64, len(ends))
	for i, to := range ends {
		start := len(values)
		for ; from < to; from++ {
			values = append(values, value(from))
		}
		samples[i] = values[start:]
	}
	return samples
}

// is counts a row as 1 if it has the value, NaN if it has none.
func (s series) is(value string) func(row int) float64 {
	return func(row int) float64 {
		switch s.Value(row) {
		case nil:
			return math.NaN()
		case value:
			return 1
		}
		return 0
	}
}
