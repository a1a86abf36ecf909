package theory

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"testing"
)

// All sums of four other patterns at N = 6, one by one; ties count as half.
func TestExponentialErrorByEnumeration(t *testing.T) {
	const n, k = 6, 5
	sums := map[float64]float64{0: 1}
	for range k - 1 {
		next := map[float64]float64{}
		for s, p := range sums {
			for j := range n {
				x, q := math.Exp(-2*float64(j)), fairProb(n-1, float64(j))/2
				next[s+x] += p * q
				next[s-x] += p * q
			}
		}
		sums = next
	}
	want := 0.0
	for s, p := range sums {
		switch {
		case math.Abs(s+1) < 1e-12:
			want += p / 2
		case s < -1:
			want += p
		}
	}
	got, err := NewExponentialOneStep(1, n, k)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "error", got.Error, want, 1e-4*want)
}

// Patterns drawn: at N = 12, K = 60 and λ = 1, and at λ = 0.5.
func TestExponentialErrorBySimulation(t *testing.T) {
	const n, k, samples = 12, 60, 50000
	r := rand.New(rand.NewPCG(1, 2))
	for _, lambda := range []float64{1, 0.5} {
		wrong := 0.0
		for range samples {
			s := 1.0
			for range k - 1 {
				x := r.Uint64()
				tails := bits.OnesCount64(x & (1<<(n-1) - 1))
				s += (2*float64(x>>63) - 1) * math.Exp(-2*lambda*float64(tails))
			}
			if s < 0 {
				wrong++
			}
		}
		got, err := NewExponentialOneStep(lambda, n, k)
		if err != nil {
			t.Fatal(err)
		}
		p := wrong / samples
		if z := (p - got.Error) / math.Sqrt(p*(1-p)/samples); math.Abs(z) > 4 {
			t.Errorf("λ = %g: %g drawn, %g computed, z = %.1f", lambda, p, got.Error, z)
		}
	}
}

// The capacity is where the error crosses, and at these N most errors are made by
// the one pattern that differs in that neuron alone, so that it grows as 2^N.
func TestExponentialCapacity(t *testing.T) {
	last := 0
	for _, n := range []int{14, 16, 18} {
		k, err := NewExponentialCapacity(1, n, 0.005)
		if err != nil {
			t.Fatal(err)
		}
		at, _ := NewExponentialOneStep(1, n, k)
		next, _ := NewExponentialOneStep(1, n, k+1)
		if at.Error > 0.005 || next.Error <= 0.005 {
			t.Errorf("N = %d: errors %g, %g at K = %d and %d", n, at.Error, next.Error, k, k+1)
		}
		if ratio := float64(k) / float64(last); last > 0 && math.Abs(ratio-4) > 0.1 {
			t.Errorf("K_max grows by %g between N = %d and %d", ratio, n-2, n)
		}
		last = k
	}
	if _, err := NewExponentialCapacity(1, 10, 0.6); err == nil {
		t.Error("an error of 0.6 is taken")
	}
	if _, err := NewExponentialOneStep(1, 1, 2); err == nil {
		t.Error("N = 1 is taken")
	}
}
