package summary

import (
	"cmp"
	"math"
	"slices"
)

// MedianOf summarises thresholds by their median over cues, samples weighing the same.
// A threshold that is NaN is beyond all others, and so is what the median is said to
// be where it is beyond what is defined. Mean and Stderr are over the defined ones.
//
// The interval is that of Woodruff (J. Am. Stat. Assoc. 47, 635 (1952)): where half of
// the thresholds have been passed, as a rate, has the Wilson interval of one half, and
// the thresholds at its ends are those of the median. It supposes nothing about
// their distribution, and what cues of a sample have in common is in the width of the
// rate. For one cue a sample it lies at order statistics, of n = 50 between the 18th and
// 19th and between the 32nd and 33rd.
func MedianOf(thresholds [][]float64) Summary {
	defined := NewSamples(thresholds)
	q := newQuantiles(thresholds)
	all := float64(len(thresholds))
	middle := q.at(all / 2)
	n := NewSamples(reached(thresholds, middle)).size()
	low, high := Wilson(0.5, n)
	wider := 1 + 1/n // the i-th of n lies at i/(n+1), not at (i−½)/n
	return Summary{
		Kind:      Median,
		Center:    finite(middle),
		Low:       finite(q.at(all * (0.5 + (low-0.5)*wider))),
		High:      finite(q.at(all * (0.5 + (high-0.5)*wider))),
		Mean:      defined.mean(),
		Stderr:    defined.stderr(),
		Effective: n,
	}
}

// reached has 1 for each threshold that is at most x, and 0 for others.
func reached(thresholds [][]float64, x float64) [][]float64 {
	out := make([][]float64, len(thresholds))
	for i, cues := range thresholds {
		out[i] = make([]float64, len(cues))
		for k, t := range cues {
			if t <= x {
				out[i][k] = 1
			}
		}
	}
	return out
}

// finite is x, or NaN if it is infinite.
func finite(x float64) float64 {
	if math.IsInf(x, 0) {
		return math.NaN()
	}
	return x
}

// A quantile is a value and its place among all: half of its own weight and the weight
// of those below it. A sample weighs 1.
type quantile struct{ value, weight, place float64 }

type quantiles []quantile

// newQuantiles are the thresholds in order, an undefined one last.
func newQuantiles(thresholds [][]float64) quantiles {
	var q quantiles
	for _, cues := range thresholds {
		for _, x := range cues {
			if math.IsNaN(x) {
				x = math.Inf(1)
			}
			q = append(q, quantile{x, 1 / float64(len(cues)), 0})
		}
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
