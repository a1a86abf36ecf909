package scaling

import (
	"math"
	"testing"
)

// Weights 1, 4, 1 at x = 0, 1, 3, whose mean is 7/6; the fourth point weighs nothing.
func TestStraightLineByHand(t *testing.T) {
	l, ok := StraightLine([]XY{{0, 1, 1}, {1, 2.5, 0.5}, {3, 4, 1}, {7, 2, math.Inf(1)}})
	if !ok {
		t.Fatal("no line")
	}
	// Σ w (x − x̄)² = 174/36 and Σ w (x − x̄)(y − ȳ) = 162/36.
	near(t, "x̄", l.MeanX, 7./6, 1e-15)
	near(t, "ȳ", l.MeanY, 15./6, 1e-15)
	near(t, "slope", l.Slope, 162./174, 1e-15)
	near(t, "error of the slope", l.SlopeError, math.Sqrt(36./174), 1e-15)
	y, stderr := l.At(0)
	near(t, "offset", y, 15./6-162./174*7/6, 1e-15)
	near(t, "its error", stderr, math.Sqrt(1./6+49./174), 1e-15)
	chi2 := 0.0
	for _, p := range []XY{{0, 1, 1}, {1, 2.5, 0.5}, {3, 4, 1}} {
		y, _ := l.At(p.X)
		chi2 += (p.Y - y) * (p.Y - y) / (p.StdErr * p.StdErr)
	}
	near(t, "χ²", l.ChiSquare, chi2, 1e-15)
}

// Sums about zero would lose all digits here.
func TestStraightLineFarFromZero(t *testing.T) {
	const far = 1 << 30
	near0, _ := StraightLine([]XY{{0, 1, 1}, {1, 2.5, 0.5}, {3, 4, 1}})
	l, ok := StraightLine([]XY{{far, 1, 1}, {far + 1, 2.5, 0.5}, {far + 3, 4, 1}})
	if !ok {
		t.Fatal("no line")
	}
	near(t, "slope", l.Slope, near0.Slope, 1e-6)
	near(t, "its error", l.SlopeError, near0.SlopeError, 1e-6)
	near(t, "χ²", l.ChiSquare, near0.ChiSquare, 1e-6)
}

func TestStraightLineNeedsTwoPlaces(t *testing.T) {
	for _, points := range [][]XY{nil, {{1, 2, 1}}, {{1, 2, 1}, {1, 3, 1}}} {
		if l, ok := StraightLine(points); ok {
			t.Errorf("%+v through %v", l, points)
		}
	}
}
