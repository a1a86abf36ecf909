package theory

import (
	"fmt"
	"math"

	equations "hopcap/model/theory"
)

// denseOf returns the form and degree of a dense memory.
func denseOf(at Settings) (form equations.DenseForm, degree int) {
	form = map[any]equations.DenseForm{nil: equations.Full, "full": equations.Full, "rectified": equations.Rectified, "distinct": equations.Distinct}[at["form"]]
	return form, int(at.number("degree", 2))
}

// denseCurve is the replica-symmetric retrieval overlap m = erf(y) at the load
// α = (erf(y)^{n−1}/y)²/2c, from its spinodal up. At n = 2 it is the overlap of the
// Hopfield network.
func denseCurve(_ string, at Settings, lo, hi float64) (xs, ys []float64, ok bool) {
	form, degree := denseOf(at)
	if degree == 2 && form != equations.Rectified {
		return tableCurve("ags", "m")("overlap_final", Settings{}, lo, hi)
	}
	s, err := equations.NewDenseSpinodal(form, degree)
	if err != nil {
		return nil, nil, false
	}
	lo, hi = aboveZero(lo, hi), math.Min(hi, s.AlphaC)
	noise := s.AlphaNoise / s.AlphaC
	least := math.Erfinv(s.MC)
	for i := range curvePoints {
		u := least * math.Pow(2, 2*float64(i)/(curvePoints-1)) // to four times y at the spinodal: m = 1 to a part in 10⁶
		root := math.Pow(math.Erf(u), float64(degree-1)) / u
		if alpha := root * root / (2 * noise); lo <= alpha && alpha <= hi*(1+1e-12) {
			xs, ys = append(xs, alpha), append(ys, math.Erf(u))
		}
	}
	return xs, ys, len(xs) > 1
}

func denseMarks(at Settings) []Mark {
	form, degree := denseOf(at)
	s, err := equations.NewDenseSpinodal(form, degree)
	if err != nil {
		return nil
	}
	return []Mark{{At: s.AlphaC, Label: fmt.Sprintf(`$\alpha_c = %.4f$`, s.AlphaC)}}
}

// signalToNoiseCurve is the overlap that Gaussian noise leaves after one step from
// the pattern, m = erf(1/√(2αc)).
func signalToNoiseCurve(_ string, at Settings, lo, hi float64) (xs, ys []float64, ok bool) {
	form, degree := denseOf(at)
	noise := 1.0
	if degree > 2 || form == equations.Rectified {
		s, err := equations.NewDenseSpinodal(form, max(degree, 3))
		if err != nil || degree < 3 {
			return nil, nil, false
		}
		noise = s.AlphaNoise / s.AlphaC
	}
	return sampled(aboveZero(lo, hi), hi, func(alpha float64) (float64, error) {
		return math.Erf(1 / math.Sqrt(2*alpha*noise)), nil
	})
}

// denseCapacityCurve is the largest K whose exact error after one step is at most
// bit_error.
func denseCapacityCurve(_ string, at Settings, lo, hi float64) (xs, ys []float64, ok bool) {
	form, degree := denseOf(at)
	return capacityCurve(lo, hi, func(n int) (int, error) {
		c, err := equations.NewDenseCapacity(form, degree, n, at.number("bit_error", 0.005))
		return c.KMax, err
	})
}

// exponentialCapacityCurve is the same of an exponential memory.
func exponentialCapacityCurve(_ string, at Settings, lo, hi float64) (xs, ys []float64, ok bool) {
	return capacityCurve(lo, hi, func(n int) (int, error) {
		return equations.NewExponentialCapacity(at.number("lambda", 1), n, at.number("bit_error", 0.005))
	})
}

// capacityCurve is K_max against N, on logarithmic scales a nearly straight line.
func capacityCurve(lo, hi float64, capacity func(n int) (int, error)) (xs, ys []float64, ok bool) {
	const points = 9
	for i := range points {
		n := int(math.Round(lo * math.Pow(hi/lo, float64(i)/(points-1))))
		k, err := capacity(n)
		if err != nil || k < 1 || len(xs) > 0 && xs[len(xs)-1] == float64(n) {
			continue
		}
		xs, ys = append(xs, float64(n)), append(ys, float64(k))
	}
	return xs, ys, len(xs) > 1
}

// exponentialMarks are the loads up to which one update of an exponential memory
// recalls all patterns, and a typical one.
func exponentialMarks(at Settings) []Mark {
	overlap := at.number("experiment_overlap", at.number("overlap", 1)) // its name where it is an axis
	rho := math.Round((1-overlap)/2*1e9) / 1e9
	e, err := equations.NewExponentialThresholds(rho)
	if err != nil {
		return nil
	}
	return []Mark{
		{At: e.AlphaAll, Label: fmt.Sprintf("$%.3f$", e.AlphaAll)},
		{At: e.AlphaTypical, Label: fmt.Sprintf("$%.3f$", e.AlphaTypical)},
	}
}
