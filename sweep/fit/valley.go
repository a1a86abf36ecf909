package fit

import (
	"maps"
	"math"
	"slices"
	"sort"
)

// A criterion lies in the valley between the two peaks of the final overlap where
// overlaps within valleyReach of it are at most valleyDepth times as frequent as at
// the lower peak.
const (
	valleyReach = 0.025
	valleyDepth = 0.07
)

// byLoad are the final overlaps of one size by load, sorted.
type byLoad map[float64][]float64

// inValley says whether a criterion separates two peaks. Each load counts the same,
// however many trials it has been given.
func (o byLoad) inValley(at float64) bool {
	below, above := 0.0, 0.0
	for percent := -100; percent <= 100; percent++ {
		m := float64(percent) / 100
		switch {
		case m <= at-2*valleyReach:
			below = max(below, o.frequency(m))
		case m >= at+2*valleyReach:
			above = max(above, o.frequency(m))
		}
	}
	return o.frequency(at) <= valleyDepth*min(below, above)
}

// frequency is the share of overlaps within valleyReach of m, summed over loads.
func (o byLoad) frequency(m float64) float64 {
	sum := 0.0
	for _, alpha := range slices.Sorted(maps.Keys(o)) {
		overlaps := o[alpha]
		within := sort.SearchFloat64s(overlaps, m+valleyReach) - sort.SearchFloat64s(overlaps, m-valleyReach)
		sum += float64(within) / float64(len(overlaps))
	}
	return sum
}

// nearest are the overlaps at the load nearest to one.
func (o byLoad) nearest(alpha float64) []float64 {
	best := math.Inf(1)
	for _, a := range slices.Sorted(maps.Keys(o)) {
		if math.Abs(a-alpha) < math.Abs(best-alpha) {
			best = a
		}
	}
	return o[best]
}
