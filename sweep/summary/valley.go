package summary

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat"
)

// What Bimodal calls a valley.
const (
	valleyWidth   = 0.75 // in standard deviations of the samples
	valleySpacing = 4    // the least width, in spacings of a lattice of values
	valleyDepth   = 0.25 // relative to the lower peak
	valleyShare   = 0.05 // of the samples, at least, on either side
	valleyLevel   = 0.01 // the chance of a false valley, shared by as many windows as samples
)

// Bimodal tells whether the samples have two peaks with a valley between them, so that
// their mean describes neither peak. It counts samples in windows of one width. A
// window is a valley if it holds at most a quarter as many samples as some window on
// each side, and if this is no chance: of so many samples in two windows that are
// equally likely, so few are rarely in one. A tail has no valley, even behind a
// peak of equal values. Neither has a uniform distribution.
//
// Values on a lattice, as overlaps are, leave gaps everywhere. A window is therefore
// at least four lattice spacings wide. The spacing is the least difference of two
// different values. If there are two values only, and they differ by more than a tenth,
// they are two peaks.
func (s Samples) Bimodal() bool {
	n := len(s.averages)
	if n < 2*FewSamples {
		return false
	}
	x := slices.Sorted(slices.Values(s.averages))
	width := max(valleyWidth*stat.StdDev(x, nil), valleySpacing*spacing(x))
	if !(width > 0) {
		return false
	}
	below, above := peaks(x, width)
	few := int(valleyShare * float64(n))
	for i, end := 0, 0; i < n-1; i++ { // the window is the open interval from x[i] to x[i]+width
		for end < n && x[end] < x[i]+width {
			end++
		}
		if x[i+1] == x[i] || i+1 < few || n-end < few || end == n {
			continue
		}
		if isValley(end-i-1, min(below[i], above[end]), n) {
			return true
		}
	}
	return false
}

// spacing is the least difference of two different values of x, which is sorted; 0 if
// all are equal, or if there are two values that differ by more than a tenth. Values that
// differ by rounding are equal.
func spacing(x []float64) float64 {
	size := max(math.Abs(x[0]), math.Abs(x[len(x)-1]))
	values, least := 1, math.Inf(1)
	for i := 1; i < len(x); i++ {
		if d := x[i] - x[i-1]; d > 1e-9*size {
			values, least = values+1, min(least, d)
		}
	}
	if values == 1 || values == 2 && least > size/10 {
		return 0
	}
	return least
}

// peaks are the most values of x, which is sorted, in a window of a width: of the windows
// that end with x[i], the first, or earlier, and of those that begin with x[i] or later.
func peaks(x []float64, width float64) (below, above []int) {
	below, above = make([]int, len(x)), make([]int, len(x))
	for i, start := 0, 0; i < len(x); i++ {
		for x[start] <= x[i]-width {
			start++
		}
		below[i] = i + 1 - start
		if i > 0 {
			below[i] = max(below[i], below[i-1])
		}
	}
	for i, end := len(x)-1, len(x); i >= 0; i-- {
		for x[end-1] >= x[i]+width {
			end--
		}
		above[i] = end - i
		if i < len(x)-1 {
			above[i] = max(above[i], above[i+1])
		}
	}
	return below, above
}

// isValley compares the number of samples in a window with the lower peak beside it; n
// is the number of all samples.
func isValley(within, peak, n int) bool {
	if float64(within) > valleyDepth*float64(peak) {
		return false
	}
	// P(X ≤ within) for X binomial with within + peak trials of probability ½
	return mathext.RegIncBeta(float64(peak), float64(within+1), 0.5) <= valleyLevel/float64(n)
}
