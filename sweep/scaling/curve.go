package scaling

import (
	"math"
	"slices"
)

// A Curve is the retrieved fraction of networks of one size against the load.
type Curve struct {
	N      int
	Levels []Level // by rising load
	// Aside says that the threshold is of interest, but not taken to N → ∞: what
	// counts as retrieved is a matter of taste at this size.
	Aside bool
}

// A Level is what was measured at one load.
type Level struct {
	Alpha    float64
	Outcomes []Outcome // by hits and cues, each once
}

// An Outcome is how many pattern sets had exactly Hits of their Cues retrieved.
type Outcome struct{ Hits, Cues, Sets int }

// Add records one pattern set: at load alpha, so many of its cues were retrieved.
func (c *Curve) Add(alpha float64, hits, cues int) {
	at, found := slices.BinarySearchFunc(c.Levels, alpha, func(l Level, a float64) int {
		switch {
		case l.Alpha < a:
			return -1
		case l.Alpha > a:
			return 1
		}
		return 0
	})
	if !found {
		c.Levels = slices.Insert(c.Levels, at, Level{Alpha: alpha})
	}
	c.Levels[at].add(hits, cues)
}

func (l *Level) add(hits, cues int) {
	for i := range l.Outcomes {
		if o := &l.Outcomes[i]; o.Hits == hits && o.Cues == cues {
			o.Sets++
			return
		}
	}
	// Kept sorted, so that a bootstrap does not depend on the order of records.
	at, _ := slices.BinarySearchFunc(l.Outcomes, Outcome{hits, cues, 0}, func(a, b Outcome) int {
		if a.Hits != b.Hits {
			return a.Hits - b.Hits
		}
		return a.Cues - b.Cues
	})
	l.Outcomes = slices.Insert(l.Outcomes, at, Outcome{hits, cues, 1})
}

// Sets is the number of pattern sets at the level.
func (l Level) Sets() int {
	sets := 0
	for _, o := range l.Outcomes {
		sets += o.Sets
	}
	return sets
}

// Tally adds up the cues of all pattern sets.
func (l Level) Tally() Tally {
	t := Tally{Alpha: l.Alpha}
	for _, o := range l.Outcomes {
		t.Hits += float64(o.Hits * o.Sets)
		t.Cues += float64(o.Cues * o.Sets)
	}
	return t
}

// Sets is the number of pattern sets of the curve.
func (c Curve) Sets() int {
	sets := 0
	for _, l := range c.Levels {
		sets += l.Sets()
	}
	return sets
}

// Tallies adds up the cues at each level.
func (c Curve) Tallies() []Tally {
	tallies := make([]Tally, len(c.Levels))
	for i, l := range c.Levels {
		tallies[i] = l.Tally()
	}
	return tallies
}

// A Tally is what an estimate needs to know of a level.
type Tally struct{ Alpha, Hits, Cues float64 }

// Fraction is the retrieved fraction.
func (t Tally) Fraction() float64 { return t.Hits / t.Cues }

// DesignEffect is the variance of a retrieved fraction over the variance that the same
// number of independent cues would have. It is not 1, because the cues of one pattern set
// share its disorder (Kish, Survey Sampling (1965), ch. 5):
//
//	Σ_l S_l/(S_l−1) Σ_s (h_ls − c_ls p_l)² / Σ_l Σ_s c_ls p_l (1−p_l)
//
// with h_ls hits of c_ls cues in set s of the S_l sets at level l, whose fraction
// is p_l. It is 1 for one cue a set, and where it cannot be known.
func (c Curve) DesignEffect() float64 {
	single := true
	between, binomial := 0.0, 0.0
	for _, l := range c.Levels {
		sets, p := float64(l.Sets()), l.Tally().Fraction()
		if sets < 2 {
			continue
		}
		for _, o := range l.Outcomes {
			single = single && o.Cues == 1
			d := float64(o.Hits) - float64(o.Cues)*p
			between += sets / (sets - 1) * float64(o.Sets) * d * d
			binomial += float64(o.Sets*o.Cues) * p * (1 - p)
		}
	}
	if single || binomial == 0 {
		return 1
	}
	return between / binomial
}

// smoothed is the fraction with half a hit and half a miss added, so that its
// standard error is never zero (Agresti & Coull, Am. Stat. 52, 119 (1998), add more).
func (t Tally) smoothed(designEffect float64) (fraction, stderr float64) {
	p := (t.Hits + 0.5) / (t.Cues + 1)
	return p, math.Sqrt(p * (1 - p) / (t.Cues + 1) * designEffect)
}
