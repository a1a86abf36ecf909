package theory

import (
	"errors"
	"math"
	"testing"
)

func TestZero(t *testing.T) {
	for _, c := range []struct {
		f          func(float64) float64
		a, b, want float64
	}{
		{func(x float64) float64 { return x*x - 2 }, 0, 2, math.Sqrt2},
		{func(x float64) float64 { return math.Cos(x) - x }, 0, 1, 0.7390851332151607},
		{func(x float64) float64 { return math.Expm1(20 * (x - 0.3)) }, 0, 10, 0.3},
		{func(x float64) float64 { return x - 1e-200 }, 0, 1e-190, 1e-200},
	} {
		got, err := zero("test", c.f, c.a, c.b)
		if err != nil || math.Abs(got-c.want) > 4*epsilon*math.Abs(c.want)+1e-100 {
			t.Errorf("root %.17g, want %.17g, %v", got, c.want, err)
		}
	}
}

// What is no root is not returned as one.
func TestZeroWithoutRoot(t *testing.T) {
	for name, f := range map[string]func(float64) float64{
		"no sign change": func(x float64) float64 { return 1 + x*x },
		"NaN at an end":  func(x float64) float64 { return math.Log(x - 1) },
		"NaN inside": func(x float64) float64 {
			if math.Abs(x) < 0.9 {
				return math.NaN()
			}
			return x
		},
	} {
		var convergence *ConvergenceError
		if x, err := zero(name, f, -1, 1.5); !errors.As(err, &convergence) {
			t.Errorf("%s: root %g, %v", name, x, err)
		}
	}
}

func TestLargestBelow(t *testing.T) {
	for _, limit := range []int{-1, 0, 1, 7, 1000, 12345} {
		for _, guess := range []int{0, 1, 10, 1000, 20000} {
			got, err := largestBelow(func(k int) (float64, error) { return math.Log((float64(k) + 0.5) / (float64(limit) + 1)), nil }, guess)
			if err != nil || got != limit {
				t.Errorf("limit %d from %d: %d, %v", limit, guess, got, err)
			}
		}
	}
}
