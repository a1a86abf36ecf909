package fit

import (
	"cmp"
	"slices"

	"hopcap/sweep/scaling"
	"hopcap/sweep/study"
)

// A Study is what was measured with one choice of everything but N and the load.
type Study struct {
	// Label tells the study from others: the name of its config, or the settings that
	// it does not share with them.
	Label string
	// Title is the title of the config if only the config tells the study from others;
	// otherwise it is empty.
	Title string
	// Axes are the values of the study on the axes other than N and the load.
	Axes []study.Setting
	// Settings are the settings of its first point; nil if they are not known.
	Settings study.Settings
	// RetrievedAt is the final overlap from which a cue counts as retrieved.
	RetrievedAt float64
	// CutShort is the number of trials that the limit on sweeps ended.
	CutShort int

	sets []patternSet
}

// A patternSet is the final overlaps of its cues.
type patternSet struct {
	n        int
	alpha    float64
	overlaps []float64
}

// Add records one pattern set: at size n and load alpha = K/n, its cues ended with
// these overlaps, −1 … 1, with their patterns. Order does not matter.
func (s *Study) Add(n int, alpha float64, overlaps ...float64) {
	s.sets = append(s.sets, patternSet{n, alpha, overlaps})
}

// CurvesAt are the retrieved fractions by rising N, if a cue counts as retrieved from
// some final overlap on.
func (s *Study) CurvesAt(retrievedAt float64) []scaling.Curve {
	bySize := map[int]*scaling.Curve{}
	for _, set := range s.sets {
		c := bySize[set.n]
		if c == nil {
			c = &scaling.Curve{N: set.n}
			bySize[set.n] = c
		}
		hits := 0
		for _, m := range set.overlaps {
			if m >= retrievedAt {
				hits++
			}
		}
		c.Add(set.alpha, hits, len(set.overlaps))
	}
	var curves []scaling.Curve
	for _, c := range bySize {
		curves = append(curves, *c)
	}
	slices.SortFunc(curves, func(a, b scaling.Curve) int { return cmp.Compare(a.N, b.N) })
	return curves
}

// finals are the final overlaps of each size by load, sorted.
func (s *Study) finals() map[int]byLoad {
	finals := map[int]byLoad{}
	for _, set := range s.sets {
		if finals[set.n] == nil {
			finals[set.n] = byLoad{}
		}
		finals[set.n][set.alpha] = append(finals[set.n][set.alpha], set.overlaps...)
	}
	for _, loads := range finals {
		for _, overlaps := range loads {
			slices.Sort(overlaps)
		}
	}
	return finals
}
