package experiment

import (
	"math"
	"math/rand/v2"
	"testing"
)

// One update of an exponential memory recalls as often as in a simulation in
// floats, which serve at small N, with random numbers of its own.
func TestExponentialRecall(t *testing.T) {
	for _, c := range []struct {
		n              int
		alpha, overlap string
		k, flips       int
	}{{12, "0.6", "1", 1339, 0}, {20, "0.35", "0.8", 1097, 2}} {
		const samples = 600
		trial := compiled(t, exponentialPoint(settings{"N": c.n, "alpha": c.alpha, "overlap": c.overlap, "order": "parallel", "max_sweeps": 1}), 1)
		var got, want float64
		for _, exact := range trialColumn(t, trial, samples, 1, "exact") {
			got += exact / samples
		}
		r := rand.New(rand.NewPCG(1, uint64(c.k)))
		for range samples {
			if recalled(r, c.n, c.k, c.flips) {
				want += 1.0 / samples
			}
		}
		mean := (got + want) / 2
		z := (got - want) / math.Sqrt(2*mean*(1-mean)/samples)
		t.Logf("α = %s, overlap %s: %.3f recalled, %.3f in floats, z = %.1f", c.alpha, c.overlap, got, want, z)
		if math.Abs(z) > 4 {
			t.Errorf("α = %s, overlap %s: %.3f recalled, %.3f in floats", c.alpha, c.overlap, got, want)
		}
	}
}

// recalled stores the all-ones pattern and k−1 random ones, and steps the first
// with some neurons flipped.
func recalled(r *rand.Rand, n, k, flips int) bool {
	s := make([]float64, n)
	for i := range s {
		s[i] = 1
		if i < flips {
			s[i] = -1
		}
	}
	h := make([]float64, n)
	xi := make([]float64, n)
	for mu := range k {
		m := 0.0
		for i := range xi {
			xi[i] = 1
			if mu > 0 {
				xi[i] = float64(r.IntN(2)*2 - 1)
			}
			m += xi[i] * s[i]
		}
		for i := range h {
			h[i] += xi[i] * math.Exp(m-xi[i]*s[i])
		}
	}
	for i, v := range h {
		if v < 0 || v == 0 && s[i] < 0 {
			return false
		}
	}
	return true
}
