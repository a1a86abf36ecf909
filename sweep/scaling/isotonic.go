package scaling

import "math"

// Isotonic assumes no more than that the fraction falls with the load: the
// falling step function of greatest likelihood, by pooling adjacent violators
// (Ayer, Brunk, Ewing, Reid & Silverman, Ann. Math. Stat. 26, 641 (1955)), read
// between the centres of its steps along straight lines.
type Isotonic struct{}

var _ Estimator = Isotonic{}

// Name is "isotonic".
func (Isotonic) Name() string { return "isotonic" }

// Estimate reads the crossings of ½, ¾ and ¼ off the pooled fractions.
func (Isotonic) Estimate(levels []Tally) (Transition, error) {
	blocks := pool(levels)
	half := crossing(blocks, 0.5)
	if math.IsNaN(half) {
		return Transition{}, noTransition("the retrieved fraction does not pass 1/2")
	}
	return Transition{half, crossing(blocks, 0.25) - crossing(blocks, 0.75)}, nil
}

// pool merges neighbours until the fractions fall strictly. A merged tally lies
// at the mean load of its cues.
func pool(levels []Tally) []Tally {
	var blocks []Tally
	for _, l := range levels {
		blocks = append(blocks, l)
		for n := len(blocks); n > 1 && blocks[n-2].Fraction() <= blocks[n-1].Fraction(); n-- {
			blocks[n-2] = merged(blocks[n-2], blocks[n-1])
			blocks = blocks[:n-1]
		}
	}
	return blocks
}

func merged(a, b Tally) Tally {
	cues := a.Cues + b.Cues
	return Tally{(a.Alpha*a.Cues + b.Alpha*b.Cues) / cues, a.Hits + b.Hits, cues}
}

// crossing is the load where falling fractions pass p, NaN if they do not.
func crossing(blocks []Tally, p float64) float64 {
	for i := range blocks[:max(0, len(blocks)-1)] {
		a, b := blocks[i], blocks[i+1]
		if above, below := a.Fraction(), b.Fraction(); above >= p && p >= below {
			return a.Alpha + (b.Alpha-a.Alpha)*(above-p)/(above-below)
		}
	}
	return math.NaN()
}
