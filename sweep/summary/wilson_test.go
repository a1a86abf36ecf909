package summary

import (
	"math"
	"testing"
)

// TestWilson quotes Newcombe, Statistics in Medicine 17 (1998) 857, Table I,
// method 3.
func TestWilson(t *testing.T) {
	for _, c := range []struct{ r, n, low, high float64 }{
		{81, 263, 0.2553, 0.3662},
		{15, 148, 0.0624, 0.1605},
		{0, 20, 0.0000, 0.1611},
		{1, 29, 0.0061, 0.1718},
	} {
		low, high := Wilson(c.r/c.n, c.n)
		if math.Abs(low-c.low) > 5e-5 || math.Abs(high-c.high) > 5e-5 {
			t.Errorf("%v of %v: %.5f … %.5f, want %.4f … %.4f", c.r, c.n, low, high, c.low, c.high)
		}
	}
	if low, _ := Wilson(0, 20); low != 0 {
		t.Errorf("none of 20: from %v", low)
	}
	if _, high := Wilson(1, 20); high != 1 {
		t.Errorf("all of 20: to %v", high)
	}
}

// One standard error of a fraction in the middle is √(p(1−p)/n) but for terms of
// order 1/n, and an interval says of how many trials it is.
func TestWilsonAt(t *testing.T) {
	low, high := WilsonAt(0.3, 1e6, 1)
	if se := math.Sqrt(0.3 * 0.7 / 1e6); math.Abs((high-low)/2-se) > 1e-3*se || math.Abs((high+low)/2-0.3) > 1e-6 {
		t.Errorf("%v … %v, want 0.3 ± %v", low, high, se)
	}
	for _, p := range []float64{0, 0.001, 0.3, 0.5, 0.97, 1} {
		for _, n := range []float64{1, 2.5, 10, 400, 1e7} {
			low, high := Wilson(p, n)
			if got := wilsonSize(p, low, high); math.Abs(got-n) > 1e-6*n {
				t.Errorf("p = %v: the interval of %v trials looks like that of %v", p, n, got)
			}
		}
	}
}

// A fraction of zero has an upper limit, that of as many trials as there are samples, and a
// fraction of one a lower.
func TestWilsonOfNothing(t *testing.T) {
	for hit, want := range map[float64]Summary{0: {Low: 0, High: 0.1611}, 1: {Low: 0.8389, High: 1}} {
		samples := make([][]float64, 20)
		for i := range samples {
			samples[i] = []float64{hit, hit}
		}
		f := NewSamples(samples).Fraction()
		if f.Center != hit || math.Abs(f.Low-want.Low) > 5e-5 || math.Abs(f.High-want.High) > 5e-5 {
			t.Errorf("%v: %v … %v", hit, f.Low, f.High)
		}
		if low, high := f.Interval(1); !(f.Low <= low && low < high && high <= f.High) {
			t.Errorf("%v: at one standard error %v … %v", hit, low, high)
		}
	}
}
