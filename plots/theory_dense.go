package plots

import (
	"fmt"
	"math"

	"hopcap/model/theory"
)

// denseOf returns the form and degree of a dense memory.
func denseOf(at map[string]any) (form theory.DenseForm, degree int, ok bool) {
	form, known := map[any]theory.DenseForm{nil: theory.Full, "full": theory.Full, "rectified": theory.Rectified, "distinct": theory.Distinct}[at["form"]]
	return form, int(settingOr(at, "degree", 2)), known && at["model"] == "dense"
}

// denseCurve is the replica-symmetric retrieval overlap m = erf(y) at the load
// α = (erf(y)^{n−1}/y)²/2c, from its spinodal up; at n = 2 it is that of the
// Hopfield network.
func denseCurve(x, y string, at map[string]any, lo, hi float64) (xs, ys []float64, ok bool) {
	form, degree, dense := denseOf(at)
	if x != "alpha" || y != "overlap_final" || !dense || settingOr(at, "temperature", 0) != 0 {
		return nil, nil, false
	}
	if degree == 2 && form != theory.Rectified {
		return agsCurve(x, y, map[string]any{}, lo, hi)
	}
	s, err := theory.NewDenseSpinodal(form, degree)
	if err != nil {
		return nil, nil, false
	}
	lo, hi = math.Max(lo, hi/curvePoints/10), math.Min(hi, s.AlphaC)
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

func denseMarks(x string, at map[string]any) []Mark {
	form, degree, ok := denseOf(at)
	s, err := theory.NewDenseSpinodal(form, degree)
	if x != "alpha" || !ok || err != nil {
		return nil
	}
	return []Mark{{At: s.AlphaC, Label: fmt.Sprintf(`$\alpha_c = %.4f$`, s.AlphaC)}}
}

// signalToNoiseCurve is the overlap that Gaussian noise leaves after one step from
// the pattern, m = erf(1/√(2αc)).
func signalToNoiseCurve(x, y string, at map[string]any, lo, hi float64) (xs, ys []float64, ok bool) {
	form, degree, dense := denseOf(at)
	if x != "alpha" || y != "overlap_final" || !dense {
		return nil, nil, false
	}
	noise := 1.0
	if degree > 2 || form == theory.Rectified {
		s, err := theory.NewDenseSpinodal(form, max(degree, 3))
		if err != nil || degree < 3 {
			return nil, nil, false
		}
		noise = s.AlphaNoise / s.AlphaC
	}
	lo = math.Max(lo, hi/curvePoints/10)
	for i := range curvePoints {
		alpha := lo + (hi-lo)*float64(i)/(curvePoints-1)
		xs, ys = append(xs, alpha), append(ys, math.Erf(1/math.Sqrt(2*alpha*noise)))
	}
	return xs, ys, true
}

// denseCapacityCurve is the largest K whose exact error after one step is at most
// bit_error.
func denseCapacityCurve(x, y string, at map[string]any, lo, hi float64) (xs, ys []float64, ok bool) {
	form, degree, dense := denseOf(at)
	return capacityCurve(x, y, lo, hi, dense, func(n int) (int, error) {
		c, err := theory.NewDenseCapacity(form, degree, n, settingOr(at, "bit_error", 0.005))
		return c.KMax, err
	})
}

// exponentialCapacityCurve is the same of an exponential memory.
func exponentialCapacityCurve(x, y string, at map[string]any, lo, hi float64) (xs, ys []float64, ok bool) {
	return capacityCurve(x, y, lo, hi, at["model"] == "exponential", func(n int) (int, error) {
		return theory.NewExponentialCapacity(settingOr(at, "lambda", 1), n, settingOr(at, "bit_error", 0.005))
	})
}

// capacityCurve is K_max against N, on logarithmic scales a nearly straight line.
func capacityCurve(x, y string, lo, hi float64, serves bool, capacity func(n int) (int, error)) (xs, ys []float64, ok bool) {
	if x != "N" || y != "patterns_max" || !serves {
		return nil, nil, false
	}
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
func exponentialMarks(x string, at map[string]any) []Mark {
	overlap := settingOr(at, "experiment_overlap", settingOr(at, "overlap", 1)) // its name where it is an axis
	rho := math.Round((1-overlap)/2*1e9) / 1e9
	e, err := theory.NewExponentialThresholds(rho)
	if x != "alpha" || at["model"] != "exponential" || settingOr(at, "lambda", 1) != 1 || err != nil {
		return nil
	}
	return []Mark{
		{At: e.AlphaAll, Label: fmt.Sprintf("$%.3f$", e.AlphaAll)},
		{At: e.AlphaTypical, Label: fmt.Sprintf("$%.3f$", e.AlphaTypical)},
	}
}
