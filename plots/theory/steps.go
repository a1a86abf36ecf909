package theory

import (
	"math"

	equations "hopcap/model/theory"
)

// atWholePatterns is a curve of f over the loads K/N that a network of N neurons
// can have.
func atWholePatterns(n int, lo, hi float64, f func(k int) (float64, error)) (xs, ys []float64, ok bool) {
	if n < 2 {
		return nil, nil, false
	}
	last := 0
	for i := range curvePoints {
		alpha := lo + (hi-lo)*float64(i)/(curvePoints-1)
		k := int(math.Round(alpha * float64(n)))
		if k < 1 || k == last {
			continue
		}
		last = k
		y, err := f(k)
		if err != nil {
			return nil, nil, false
		}
		xs, ys = append(xs, float64(k)/float64(n)), append(ys, y)
	}
	return xs, ys, len(xs) > 1
}

// oneStepCurve is the mean overlap after one parallel step, exact at finite N.
func oneStepCurve(_ string, at Settings, lo, hi float64) (xs, ys []float64, ok bool) {
	n, overlap := int(at.number("N", 0)), at.number("overlap", 1)
	return atWholePatterns(n, lo, hi, func(k int) (float64, error) {
		e, err := equations.OneStepError(n, k, overlap)
		return 1 - 2*e, err
	})
}

// stableBitsCurve is the fraction of bits that one parallel step leaves unchanged,
// exact at finite N.
func stableBitsCurve(_ string, at Settings, lo, hi float64) (xs, ys []float64, ok bool) {
	n := int(at.number("N", 0))
	return atWholePatterns(n, lo, hi, func(k int) (float64, error) {
		e, err := equations.OneStepError(n, k, 1)
		return 1 - e, err
	})
}

// twoStepCurve is the overlap after two parallel steps in the limit N → ∞: a level
// to which finite networks tend.
func twoStepCurve(_ string, at Settings, lo, hi float64) (xs, ys []float64, ok bool) {
	p, err := equations.NewTwoStep(at.number("alpha", math.NaN()), at.number("overlap", 1))
	if err != nil {
		return nil, nil, false
	}
	return []float64{math.Max(lo, 0), hi}, []float64{p.M2, p.M2}, true
}

// trajectory is the overlap after each sweep of parallel dynamics from a cue. It is
// drawn at whole sweeps.
func trajectory(label string, overlaps func(alpha, m0 float64, steps int) ([]float64, error)) Theory {
	sweeps := func(_ string, at Settings, _, hi float64) (xs, ys []float64, ok bool) {
		ys, err := overlaps(at.number("alpha", 0), at.number("overlap", 1), int(hi))
		if err != nil {
			return nil, nil, false
		}
		for t := range ys {
			xs = append(xs, float64(t))
		}
		return xs, ys, true
	}
	return Theory{
		Label: label, holds: parallel, uses: []string{"alpha", "overlap"},
		x: []string{"sweep"}, y: []string{"m"}, curve: sweeps,
	}
}

// twoSteps are the cue and the first two steps (Gardner, Derrida and Mottishaw 1987).
func twoSteps(alpha, m0 float64, steps int) ([]float64, error) {
	p, err := equations.NewTwoStep(alpha, m0)
	return []float64{m0, p.M1, p.M2}[:min(steps, 2)+1], err
}

// neurodynamicsSteps are the steps of statistical neurodynamics.
func neurodynamicsSteps(order equations.Order) func(alpha, m0 float64, steps int) ([]float64, error) {
	return func(alpha, m0 float64, steps int) (m []float64, err error) {
		states, err := equations.NeurodynamicsTrajectory(order, alpha, m0, steps)
		for _, s := range states {
			m = append(m, s.M)
		}
		return m, err
	}
}

// basin is the critical initial overlap of statistical neurodynamics.
func basin(label string, order equations.Order) Theory {
	critical := func(_ string, _ Settings, lo, hi float64) (xs, ys []float64, ok bool) {
		return sampled(lo, hi, func(alpha float64) (float64, error) {
			p, err := equations.Neurodynamics(order, alpha)
			return p.M0C, err
		})
	}
	return Theory{Label: label, holds: hebbian, x: []string{"alpha"}, y: []string{"overlap_critical"}, curve: critical}
}

// slow is a theory whose curve takes half a minute.
func slow(t Theory) Theory {
	t.Slow = true
	return t
}

// mcElieceMarks are the loads of exact recall, in units of N/ln N.
func mcElieceMarks(Settings) []Mark {
	return []Mark{{At: 0.25, Label: "all"}, {At: 0.5, Label: "most"}}
}
