package main

import (
	"slices"
	"sort"

	"hopcap/sweep/scaling"
)

// A criterion lies in the valley between the two peaks of the final overlap where
// overlaps within valleyReach of it are at most valleyDepth times as frequent as at
// the lower peak. Elsewhere the retrieved fraction, and α_½ with it, follow the
// criterion: small networks, whose peaks touch, have thresholds of no more than
// conventional meaning.
const (
	valleyReach = 0.025
	valleyDepth = 0.05
)

// inValley says whether a criterion separates two peaks of sorted overlaps.
func inValley(overlaps []float64, at float64) bool {
	about := func(m float64) int {
		return sort.SearchFloat64s(overlaps, m+valleyReach) - sort.SearchFloat64s(overlaps, m-valleyReach)
	}
	below, above := 0, 0
	for percent := -100; percent <= 100; percent++ {
		m := float64(percent) / 100
		switch {
		case m <= at-2*valleyReach:
			below = max(below, about(m))
		case m >= at+2*valleyReach:
			above = max(above, about(m))
		}
	}
	return float64(about(at)) <= valleyDepth*float64(min(below, above))
}

// leastSizes is how many a law needs that has two parameters.
const leastSizes = 4

// setAside marks the curves of sizes at which the criterion is not in the valley, and
// says how many are left.
func (s *fittedStudy) setAside(curves []scaling.Curve, at float64) (left int) {
	for i := range curves {
		curves[i].Aside = !inValley(s.finals[curves[i].N], at)
		if !curves[i].Aside {
			left++
		}
	}
	return left
}

// sortFinals keeps the final overlaps of each size, of all its loads.
func (s *fittedStudy) sortFinals() {
	s.finals = map[int][]float64{}
	for _, set := range s.sets {
		s.finals[set.n] = append(s.finals[set.n], set.overlaps...)
	}
	for n := range s.finals {
		slices.Sort(s.finals[n])
	}
}
