package theory

import (
	"fmt"
	"math"
)

// belowCapacity returns alpha if least ≤ alpha ≤ alphaC. A load that agrees with
// α_c to the 12 digits hopcap prints is taken as α_c.
func belowCapacity(alpha, least, alphaC float64, where string) (float64, error) {
	const printed = 1e-12
	switch {
	case alpha >= least && alpha <= alphaC:
		return alpha, nil
	case alpha > alphaC && alpha <= alphaC*(1+printed)+printed:
		return alphaC, nil
	}
	return 0, &DomainError{"alpha", alpha, fmt.Sprintf("%.12g <= alpha <= %.12g, the capacity %s", least, alphaC, where)}
}

// maximum returns the place of the maximum of f, which rises before it and falls
// after it, in [a, b], by golden section. A maximum is flat, so its place is good to
// the square root of the digits of f, and its value to all of them.
func maximum(f func(float64) float64, a, b float64) float64 {
	const (
		shrink = 0.6180339887498949 // (√5 − 1)/2
		steps  = 42                 // shrink⁴² is 2·10⁻⁹
	)
	x, y := b-shrink*(b-a), a+shrink*(b-a)
	fx, fy := f(x), f(y)
	for range steps {
		if fx > fy {
			b, y, fy = y, x, fx
			x = b - shrink*(b-a)
			fx = f(x)
		} else {
			a, x, fx = x, y, fy
			y = a + shrink*(b-a)
			fy = f(y)
		}
	}
	return parabolaTop(f, (a+b)/2, b-a)
}

// parabolaTop improves the place x of a maximum by the parabola through three points
// that are far enough apart for the rounding of f not to matter.
func parabolaTop(f func(float64) float64, x, uncertainty float64) float64 {
	h := 1e-3 * math.Max(math.Abs(x), uncertainty)
	// The points at ±h and ±2h together cancel the third derivative.
	f2, f1, f0, g1, g2 := f(x-2*h), f(x-h), f(x), f(x+h), f(x+2*h)
	slope := (8*(g1-f1) - (g2 - f2)) / (12 * h)
	bend := (16*(g1+f1) - (g2 + f2) - 30*f0) / (12 * h * h)
	step := -slope / bend
	if !(math.Abs(step) < h) {
		return x
	}
	return x + step
}
