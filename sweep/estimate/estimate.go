package estimate

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"

	"hopcap/sweep/config"
	"hopcap/sweep/store"
	"hopcap/sweep/study"
	"hopcap/sweep/summary"
)

// Estimates are what the records of a table say: a row a point of the grid, or a row
// for each value of Table.By at it.
type Estimates struct {
	Table  study.Table
	Names  []string // of the estimated columns: overlap_final_mean, …
	Points []Estimate
}

// An Estimate is one row. Values go with Estimates.Names, NaN where undefined.
type Estimate struct {
	Point    *config.Point
	By       int64 // the value of Table.By
	Samples  int   // pattern sets with records
	Cues     int   // the most rows that any of them has
	Values   []float64
	Warnings []string
	counts   []float64 // how many independent trials are behind each value
}

// fewSamples is below what an error bar can be trusted.
const fewSamples = 10

// Of reduces records to estimates.
func Of(records *store.Records) *Estimates {
	e := &Estimates{Table: records.Table}
	for _, c := range records.Table.Columns {
		e.Names = append(e.Names, reductions(c)...)
	}
	r, groups := rows{records}.groups()
	for _, g := range groups {
		e.Points = append(e.Points, r.estimate(g))
	}
	return e
}

// rows are records to be reduced, and series a column of them.
type (
	rows   struct{ *store.Records }
	series struct{ *store.Series }
)

// Column holds the values of one name by point, or nil.
func (e *Estimates) Column(name string) []float64 {
	c := slices.Index(e.Names, name)
	if c < 0 {
		return nil
	}
	values := make([]float64, len(e.Points))
	for i, p := range e.Points {
		values[i] = p.Values[c]
	}
	return values
}

// Any tells whether there are records behind the estimates.
func (e *Estimates) Any() bool {
	return slices.ContainsFunc(e.Points, func(p Estimate) bool { return p.Samples > 0 })
}

// Warnings are those of all points, each with its point.
func (e *Estimates) Warnings() []string {
	var all []string
	for _, p := range e.Points {
		for _, w := range p.Warnings {
			all = append(all, p.Point.Name()+": "+w)
		}
	}
	return all
}

// reductions names what a column is reduced to.
func reductions(c study.Column) []string {
	switch c.Role {
	case study.Quantity:
		return []string{c.Name + "_mean", c.Name + "_stderr"}
	case study.Threshold:
		return []string{c.Name + "_mean", c.Name + "_stderr", c.Name + "_median", c.Name + "_median_low", c.Name + "_median_high"}
	case study.Rate:
		return []string{c.Name + "_fraction", c.Name + "_low", c.Name + "_high"}
	case study.Category:
		names := make([]string, len(c.Report))
		for i, v := range c.Report {
			names[i] = v + "_fraction"
		}
		return names
	}
	return nil
}

// estimate reduces the rows of a group.
func (r rows) estimate(g group) Estimate {
	p := r.Points[g.point]
	e := Estimate{Point: p, By: g.by}
	if p.Note != "" {
		e.Warnings = append(e.Warnings, p.Note)
	}
	ends := r.ends(g.from, g.to)
	e.Samples = len(ends)
	for i, start := 0, g.from; i < len(ends); i, start = i+1, ends[i] {
		e.Cues = max(e.Cues, ends[i]-start)
	}
	for i := range r.Columns {
		series{&r.Columns[i]}.estimate(&e, g.from, ends)
	}
	if 0 < e.Samples && e.Samples < fewSamples {
		e.Warnings = append(e.Warnings, fmt.Sprintf("samples = %d: too few for its error bars", e.Samples))
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

// estimate adds what the column says about one point, whose first row and ends of
// samples are given.
func (s series) estimate(e *Estimate, from int, ends []int) {
	switch s.Role {
	case study.Quantity, study.Threshold:
		m := s.means(from, ends, s.Float)
		e.add(m, m.mean(), m.stderr())
		if s.Role == study.Threshold {
			e.add(m, s.median(from, ends)...)
		}
		if s.Type == study.Decimal && m.bimodal() { // a count of a few values has peaks at each
			e.Warnings = append(e.Warnings, s.Name+": two peaks, its mean describes neither")
		}
	case study.Rate:
		m := s.means(from, ends, s.Float)
		low, high := m.wilson()
		e.add(m, m.mean(), low, high)
	case study.Category:
		for _, v := range s.Report {
			m := s.means(from, ends, s.is(v))
			e.add(m, m.mean())
			if m.mean() > 0 {
				e.Warnings = append(e.Warnings, fmt.Sprintf("%s = %s in a fraction %.3g of the trials", s.Name, v, m.mean()))
			}
		}
	}
}

// add appends values that m gave.
func (e *Estimate) add(m means, values ...float64) {
	for _, v := range values {
		e.Values, e.counts = append(e.Values, v), append(e.counts, m.size())
	}
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

// A means holds the average over the cues of each sample that has any. Samples are
// independent and weigh the same; the cues of one share its disorder.
type means struct {
	bySample []float64
	cues     int // in all
}

func (s series) means(from int, ends []int, value func(row int) float64) means {
	m := means{bySample: make([]float64, 0, len(ends))}
	for _, to := range ends {
		sum, n := 0.0, 0
		for ; from < to; from++ {
			if x := value(from); !math.IsNaN(x) {
				sum, n = sum+x, n+1
			}
		}
		if n > 0 {
			m.bySample, m.cues = append(m.bySample, sum/float64(n)), m.cues+n
		}
	}
	return m
}

// mean is over samples; NaN if there is none.
func (m means) mean() float64 {
	if len(m.bySample) == 0 {
		return math.NaN()
	}
	return stat.Mean(m.bySample, nil)
}

// stderr is the standard error of the mean; NaN if there are not two samples.
func (m means) stderr() float64 {
	n := len(m.bySample)
	if n < 2 {
		return math.NaN()
	}
	return stat.StdErr(stat.StdDev(m.bySample, nil), float64(n))
}

// wilson is the 95 % interval of a rate.
func (m means) wilson() (low, high float64) {
	if len(m.bySample) == 0 {
		return math.NaN(), math.NaN()
	}
	return summary.Wilson(m.mean(), m.size())
}

// size is the number of independent trials that would give a rate with the same
// error: p(1−p)/se², kept between the number of samples and that of cues.
func (m means) size() float64 {
	samples, cues := float64(len(m.bySample)), float64(m.cues)
	p, se := m.mean(), m.stderr()
	if math.IsNaN(se) || p == 0 || p == 1 {
		return samples
	}
	return max(samples, min(p*(1-p)/(se*se), cues))
}

// bimodal goes by Sarle's coefficient (skewness² + 1) / kurtosis, which is 1 for
// two sharp peaks, 5/9 for the uniform and the exponential distribution, and less
// for one peak.
func (m means) bimodal() bool {
	const peaks = 0.8
	if len(m.bySample) < 2*fewSamples {
		return false
	}
	skewness := stat.Skew(m.bySample, nil)
	kurtosis := stat.ExKurtosis(m.bySample, nil) + 3
	return (skewness*skewness+1)/kurtosis > peaks
}
