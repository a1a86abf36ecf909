package scaling

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// A Goodness says how well a curve fits.
type Goodness struct {
	ChiSquare float64
	Freedom   int
	// P is the probability that a right curve fits no better than this. NaN without
	// degrees of freedom.
	P float64
}

// leastExpected is how many hits and misses a group of levels must lead one to
// expect for the χ² distribution to hold (Cochran, Biometrics 10, 417 (1954)).
const leastExpected = 5

// Goodness compares hits with those expected,
//
//	χ² = Σ_g (h_g − ĥ_g)² / (deff · Σ_{l∈g} n_l P_l (1−P_l)),
//
// over groups of neighbouring levels large enough for it, with the design effect
// of several cues a pattern set (Rao & Scott, Ann. Stat. 12, 46 (1984)). Two
// degrees of freedom have gone into the fit.
func (f LinkFit) Goodness(levels []Tally, designEffect float64) Goodness {
	var chi2 float64
	groups := f.groups(levels, designEffect)
	for _, g := range groups {
		chi2 += (g.hits - g.expected) * (g.hits - g.expected) / (designEffect * g.variance)
	}
	return goodness(chi2, len(groups)-2)
}

func goodness(chi2 float64, freedom int) Goodness {
	g := Goodness{chi2, freedom, math.NaN()}
	if freedom > 0 {
		g.P = distuv.ChiSquared{K: float64(freedom)}.Survival(chi2)
	}
	return g
}

// group is a run of neighbouring levels.
type group struct{ hits, expected, unexpected, variance float64 }

func (g *group) add(o group) {
	g.hits += o.hits
	g.expected += o.expected
	g.unexpected += o.unexpected
	g.variance += o.variance
}

func (f LinkFit) groups(levels []Tally, designEffect float64) []group {
	var groups []group
	var open group
	for _, l := range levels {
		p := f.P(l.Alpha)
		open.add(group{l.Hits, l.Cues * p, l.Cues * (1 - p), l.Cues * p * (1 - p)})
		if min(open.expected, open.unexpected) >= leastExpected*designEffect {
			groups = append(groups, open)
			open = group{}
		}
	}
	if len(groups) > 0 {
		groups[len(groups)-1].add(open)
	}
	return groups
}
