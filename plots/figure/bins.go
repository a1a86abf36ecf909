package figure

import (
	"math"
	"slices"

	"golang.org/x/exp/stats"
)

// Distributions are histograms of lists of values, one for each list, over common
// bins between the limits, or else over the range of all values. With bins = 0 their
// number suits the values.
func Distributions(lists [][]float64, limits []float64, bins int) []Histogram {
	every := slices.Concat(lists...)
	lo, hi := span(every, limits)
	if bins == 0 {
		bins = binsFor(every, len(lists), hi-lo)
	}
	var all []Histogram
	for _, values := range lists {
		edges, fractions := binned(values, lo, hi, bins)
		all = append(all, Histogram{Edges: edges, Values: fractions})
	}
	return all
}

// Limits of the number of bins that a histogram has by itself. Two peaks far apart
// make the quartiles' distance, and so the rule's bins, too wide: hence the lower
// one.
const fewBins, manyBins = 40, 80

// binsFor is how many bins suit values in so many series: their width is twice
// the quartiles' distance over the cube root of the values in a series (Freedman
// and Diaconis, Z. Wahrscheinlichkeitstheor. 57, 453 (1981)).
func binsFor(values []float64, series int, length float64) int {
	defined := slices.DeleteFunc(slices.Clone(values), math.IsNaN)
	if len(defined) == 0 {
		return fewBins
	}
	quartiles := stats.Quantiles(defined, 0.25, 0.75)
	width := 2 * (quartiles[1] - quartiles[0]) / math.Cbrt(float64(len(defined))/float64(series))
	if !(width > length/manyBins) {
		return manyBins
	}
	return max(fewBins, int(math.Ceil(length/width)))
}

// span is the range of bins: the limits of the axis, or the range of the values.
func span(values, limits []float64) (lo, hi float64) {
	if len(limits) == 2 {
		return limits[0], limits[1]
	}
	return rangeOf(values)
}

// binned counts values in equal bins from lo to hi, as fractions of all that
// are numbers. The last bin includes its end.
func binned(values []float64, lo, hi float64, bins int) (edges, fractions []float64) {
	for i := 0; i <= bins; i++ {
		edges = append(edges, lo+(hi-lo)*float64(i)/float64(bins))
	}
	fractions = make([]float64, bins)
	n := 0.0
	for _, v := range values {
		if math.IsNaN(v) {
			continue
		}
		n++
		if k := int(math.Floor((v - lo) / (hi - lo) * float64(bins))); v == hi {
			fractions[bins-1]++
		} else if k >= 0 && k < bins {
			fractions[k]++
		}
	}
	for i := range fractions {
		fractions[i] /= math.Max(1, n)
	}
	return edges, fractions
}
