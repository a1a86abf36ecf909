package estimate

import (
	"cmp"
	"math"
	"slices"

	"hopcap/sweep/summary"
)

// median returns the median of a threshold over cues, samples weighing the same, and
// the ends of its 95 % interval; NaN where that is beyond what is defined.
//
// The interval is that of Woodruff (J. Am. Stat. Assoc. 47, 635 (1952)): where half of
// the thresholds have been passed, as a rate, has the Wilson interval of one half, and
// the thresholds at its ends are those of the median. It supposes nothing about
// their distribution, and what cues of a sample have in common is in the width of the
// rate. For one cue a sample it lies at order statistics, of n = 50 between the 18th and
// 19th and between the 32nd and 33rd.
func (s series) median(from int, ends []int) []float64 {
	q := s.quantiles(from, ends)
	samples := float64(len(ends))
	middle := q.at(samples / 2)
	n := s.means(from, ends, s.reaches(middle)).size()
	low, high := summary.Wilson(0.5, n)
	wider := 1 + 1/n // the i-th of n lies at i/(n+1), not at (i−½)/n
	return []float64{
		finite(middle),
		finite(q.at(samples * (0.5 + (low-0.5)*wider))),
		finite(q.at(samples * (0.5 + (high-0.5)*wider))),
	}
}

// reaches counts a row as 1 if its threshold is at most x.
func (s series) reaches(x float64) func(row int) float64 {
	return func(row int) float64 {
		if s.Float(row) <= x {
			return 1
		}
		return 0
	}
}

// finite is x, or NaN if it is infinite.
func finite(x float64) float64 {
	if math.IsInf(x, 0) {
		return math.NaN()
	}
	return x
}

// A quantile is a value and its place among all: half of its own weight and that of
// those below it. A sample weighs 1.
type quantile struct{ value, weight, place float64 }

type quantiles []quantile

// quantiles are the values of the rows in order, an undefined one last.
func (s series) quantiles(from int, ends []int) quantiles {
	var q quantiles
	for _, to := range ends {
		for row := from; row < to; row++ {
			x := s.Float(row)
			if math.IsNaN(x) {
				x = math.Inf(1)
			}
			q = append(q, quantile{x, 1 / float64(to-from), 0})
		}
		from = to
	}
	slices.SortFunc(q, func(a, b quantile) int { return cmp.Compare(a.value, b.value) })
	below := 0.0
	for i := range q {
		q[i].place = below + q[i].weight/2
		below += q[i].weight
	}
	return q
}

// at returns the value at a place, linearly between two; infinite beyond the first and
// the last and where nothing is defined.
func (q quantiles) at(place float64) float64 {
	above := slices.IndexFunc(q, func(a quantile) bool { return a.place >= place })
	switch {
	case above < 0:
		return math.Inf(1)
	case q[above].place == place, math.IsInf(q[above].value, 1):
		return q[above].value
	case above == 0:
		return math.Inf(-1)
	}
	a, b := q[above-1], q[above]
	return a.value + (b.value-a.value)*(place-a.place)/(b.place-a.place)
}
