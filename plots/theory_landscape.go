package plots

import (
	"math"
	"strings"

	"hopcap/model/theory"
)

// sampled is a curve of f over lo … hi, without the points where f is undefined.
func sampled(lo, hi float64, f func(x float64) (float64, error)) (xs, ys []float64, ok bool) {
	for i := range curvePoints {
		x := lo + (hi-lo)*float64(i)/(curvePoints-1)
		if y, err := f(x); err == nil {
			xs, ys = append(xs, x), append(ys, y)
		}
	}
	return xs, ys, len(xs) > 1
}

// energyCurve is the energy at T = 0 of stored patterns, 3-mixtures or spin-glass
// states, replica-symmetric (Amit, Gutfreund and Sompolinsky 1985, 1987).
func energyCurve(x, y string, at map[string]any, lo, hi float64) (xs, ys []float64, ok bool) {
	if x != "alpha" || !hebbian(at) || settingOr(at, "temperature", 0) != 0 {
		return nil, nil, false
	}
	lo = math.Max(lo, hi/curvePoints/10)
	switch y {
	case "energy_stored":
		return sampled(lo, hi, func(alpha float64) (float64, error) {
			p, err := theory.AGSZero(alpha)
			return p.FRetrieval, err
		})
	case "energy_mixture":
		return sampled(lo, hi, func(alpha float64) (float64, error) {
			_, e, err := theory.MixtureAt(3, alpha)
			return e, err
		})
	case "energy_spin_glass":
		return sampled(lo, hi, func(alpha float64) (float64, error) {
			return -1/math.Pi - math.Sqrt(2*alpha/math.Pi), nil
		})
	}
	return nil, nil, false
}

// groundStateCurve is the lower of the energies at T = 0 of stored patterns and of
// spin-glass states.
func groundStateCurve(x, y string, at map[string]any, lo, hi float64) (xs, ys []float64, ok bool) {
	if y != "energy" {
		return nil, nil, false
	}
	xs, ys, ok = energyCurve(x, "energy_spin_glass", at, lo, hi)
	for i, alpha := range xs {
		if p, err := theory.AGSZero(alpha); err == nil {
			ys[i] = min(ys[i], p.FRetrieval)
		}
	}
	return xs, ys, ok
}

// complexityCurve is Gardner's annealed complexity g(α), beside the logarithm of a
// number of minima per neuron.
func complexityCurve(x, y string, at map[string]any, lo, hi float64) (xs, ys []float64, ok bool) {
	if x != "alpha" || !hebbian(at) || !strings.HasPrefix(y, "ln(") || !strings.Contains(y, "strict") {
		return nil, nil, false
	}
	return sampled(math.Max(lo, hi/curvePoints/10), hi, theory.Complexity)
}

// basinCurve is the critical initial overlap of statistical neurodynamics.
func basinCurve(order theory.Order) func(x, y string, at map[string]any, lo, hi float64) (xs, ys []float64, ok bool) {
	return func(x, y string, at map[string]any, lo, hi float64) (xs, ys []float64, ok bool) {
		if x != "alpha" || y != "overlap_critical" || !hebbian(at) {
			return nil, nil, false
		}
		return sampled(lo, hi, func(alpha float64) (float64, error) {
			p, err := theory.Neurodynamics(order, alpha)
			return p.M0C, err
		})
	}
}

// trajectory is the overlap after each sweep of parallel dynamics from a cue. It is
// drawn at whole sweeps.
func trajectory(label string, overlaps func(alpha, m0 float64, steps int) ([]float64, error)) Theory {
	return Theory{
		Label: label,
		Uses:  []string{"model", "order", "alpha", "overlap"},
		Curve: func(x, y string, at map[string]any, _, hi float64) (xs, ys []float64, ok bool) {
			if x != "sweep" || y != "m" || !hebbian(at) || at["order"] != "parallel" {
				return nil, nil, false
			}
			ys, err := overlaps(settingOr(at, "alpha", 0), settingOr(at, "overlap", 1), int(hi))
			if err != nil {
				return nil, nil, false
			}
			for t := range ys {
				xs = append(xs, float64(t))
			}
			return xs, ys, true
		},
	}
}

// neurodynamicsSteps are those of statistical neurodynamics.
func neurodynamicsSteps(order theory.Order) func(alpha, m0 float64, steps int) ([]float64, error) {
	return func(alpha, m0 float64, steps int) (m []float64, err error) {
		states, err := theory.NeurodynamicsTrajectory(order, alpha, m0, steps)
		for _, s := range states {
			m = append(m, s.M)
		}
		return m, err
	}
}

// twoSteps are the cue and the first two steps (Gardner, Derrida and Mottishaw 1987).
func twoSteps(alpha, m0 float64, steps int) ([]float64, error) {
	p, err := theory.NewTwoStep(alpha, m0)
	return []float64{m0, p.M1, p.M2}[:min(steps, 2)+1], err
}

// stableBitsCurve is the fraction of bits that one parallel step leaves unchanged,
// exact at finite N.
func stableBitsCurve(x, y string, at map[string]any, lo, hi float64) (xs, ys []float64, ok bool) {
	n := int(settingOr(at, "N", 0))
	if x != "alpha" || y != "bits_stable" || !hebbian(at) || n < 2 {
		return nil, nil, false
	}
	last := 0
	for i := range curvePoints {
		k := int(math.Round((lo + (hi-lo)*float64(i)/(curvePoints-1)) * float64(n)))
		if k < 1 || k == last {
			continue
		}
		last = k
		e, err := theory.OneStepError(n, k, 1)
		if err != nil {
			return nil, nil, false
		}
		xs, ys = append(xs, float64(k)/float64(n)), append(ys, 1-e)
	}
	return xs, ys, len(xs) > 1
}

// mcElieceMarks are the loads of exact recall, in units of N/ln N.
func mcElieceMarks(x string, _ map[string]any) []Mark {
	if strings.ReplaceAll(x, " ", "") != "K*ln(N)/N" {
		return nil
	}
	return []Mark{{At: 0.25, Label: "all"}, {At: 0.5, Label: "most"}}
}

func noCurve(string, string, map[string]any, float64, float64) (xs, ys []float64, ok bool) {
	return nil, nil, false
}
