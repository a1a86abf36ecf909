package theory

import (
	"fmt"
	"math"
)

// zero returns the root of f in [a, b], where f changes sign, to the last bits
// of x (so not a root at 0, which has none, unless an end hits it). The method is
// Chandrupatla's (Adv. Eng. Softw. 28, 145 (1997)): inverse quadratic
// interpolation where it is safe, bisection elsewhere.
//
// Gonum exports no root finder, and its minimisers applied to f² find a root to
// half the digits only.
func zero(what string, f func(float64) float64, a, b float64) (float64, error) {
	fa, fb := f(a), f(b)
	switch {
	case fa == 0:
		return a, nil
	case fb == 0:
		return b, nil
	case math.IsNaN(fa) || math.IsNaN(fb) || (fa > 0) == (fb > 0):
		return 0, &ConvergenceError{fmt.Sprintf("%s: no change of sign between %.6g (%.3g) and %.6g (%.3g)", what, a, fa, b, fb)}
	}
	const steps = 200
	t := 0.5
	for range steps {
		x := a + t*(b-a)
		fx := f(x)
		if math.IsNaN(fx) {
			break
		}
		c, fc := a, fa
		if (fx > 0) != (fa > 0) {
			c, fc = b, fb
			b, fb = a, fa
		}
		a, fa = x, fx
		best, fbest := a, fa
		if math.Abs(fb) < math.Abs(fa) {
			best, fbest = b, fb
		}
		tol := 2 * epsilon * math.Abs(best)
		width := math.Abs(b - a)
		if fbest == 0 || width <= tol {
			return best, nil
		}
		t = interpolate(a, b, c, fa, fb, fc)
		margin := math.Min(0.5, tol/(2*width))
		t = math.Max(margin, math.Min(1-margin, t))
	}
	return 0, &ConvergenceError{what}
}

// epsilon is the spacing of float64 at 1.
const epsilon = 0x1p-52

// interpolate gives the next point of zero as a fraction of the way from a to
// b: inverse quadratic through the three points where that is monotonic, ½ else.
func interpolate(a, b, c, fa, fb, fc float64) float64 {
	xi := (a - b) / (c - b)
	phi := (fa - fb) / (fc - fb)
	if !(phi*phi < xi && (1-phi)*(1-phi) < 1-xi) {
		return 0.5
	}
	return fa/(fb-fa)*fc/(fb-fc) + (c-a)/(b-a)*fa/(fc-fa)*fb/(fc-fb)
}
