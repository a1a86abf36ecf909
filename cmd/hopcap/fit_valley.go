package main

import (
	"fmt"
	"maps"
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
	valleyDepth = 0.07
)

// inValley says whether a criterion separates two peaks. The overlaps are sorted and
// by load; each load counts the same, however many trials it has been given.
func inValley(overlaps map[float64][]float64, at float64) bool {
	below, above := 0.0, 0.0
	for percent := -100; percent <= 100; percent++ {
		m := float64(percent) / 100
		switch {
		case m <= at-2*valleyReach:
			below = max(below, frequency(overlaps, m))
		case m >= at+2*valleyReach:
			above = max(above, frequency(overlaps, m))
		}
	}
	return frequency(overlaps, at) <= valleyDepth*min(below, above)
}

// frequency is the share of overlaps within valleyReach of m, summed over loads.
func frequency(overlaps map[float64][]float64, m float64) float64 {
	sum := 0.0
	for _, alpha := range slices.Sorted(maps.Keys(overlaps)) {
		o := overlaps[alpha]
		sum += float64(sort.SearchFloat64s(o, m+valleyReach)-sort.SearchFloat64s(o, m-valleyReach)) / float64(len(o))
	}
	return sum
}

// leastSizes is how many it takes for a law with a free exponent to compete: with
// fewer the laws agree for want of a rival, not because they are right.
const leastSizes = 5

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

// keepTheValley sets sizes aside, unless too few were left.
func (s *fittedStudy) keepTheValley() {
	if s.setAside(s.curves, s.retrievedAt) >= leastSizes {
		return
	}
	for i := range s.curves {
		if s.curves[i].Aside {
			s.curves[i].Aside = false
			s.warnings = append(s.warnings, fmt.Sprintf("N = %d: the final overlap has no valley about %g, on which its threshold depends", s.curves[i].N, s.retrievedAt))
		}
	}
}

// sortFinals keeps the final overlaps of each size by load.
func (s *fittedStudy) sortFinals() {
	s.finals = map[int]map[float64][]float64{}
	for _, set := range s.sets {
		if s.finals[set.n] == nil {
			s.finals[set.n] = map[float64][]float64{}
		}
		s.finals[set.n][set.alpha] = append(s.finals[set.n][set.alpha], set.overlaps...)
	}
	for _, loads := range s.finals {
		for _, overlaps := range loads {
			slices.Sort(overlaps)
		}
	}
}

// rivals is how many laws the α_c of an extrapolation is the average of.
func rivals(a scaling.Average) int {
	laws := map[scaling.Law]bool{}
	for _, c := range a.Fits {
		if c.Weight > 0 {
			laws[c.Law] = true
		}
	}
	return len(laws)
}
