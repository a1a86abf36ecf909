package theory

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"testing"
)

// The second route: the dynamics itself, extrapolated in 1/N from N and 2N. The
// case is one where the reaction term αUs matters.
func TestTwoStepAgainstSimulation(t *testing.T) {
	const n, samples = 256, 1500
	rng := rand.New(rand.NewPCG(3, 4))
	for _, c := range []struct{ alpha, m0 float64 }{{0.25, 0.5}, {0.125, 0.25}} {
		want, err := NewTwoStep(c.alpha, c.m0)
		if err != nil {
			t.Fatal(err)
		}
		small, smallError := simulateTwoSteps(rng, n, c.alpha, c.m0, 4*samples)
		large, largeError := simulateTwoSteps(rng, 2*n, c.alpha, c.m0, samples)
		for step, m := range []float64{want.M1, want.M2} {
			limit := 2*large[step] - small[step]
			stderr := math.Hypot(2*largeError[step], smallError[step])
			if z := (limit - m) / stderr; math.Abs(z) > 4 || stderr > 0.005 {
				t.Errorf("%+v: m%d = %.5f ± %.5f as N → ∞, theory %.5f", c, step+1, limit, stderr, m)
			}
		}
	}
}

// simulateTwoSteps returns the mean overlaps after one and two parallel steps and
// their standard errors. Pattern 0 is all ones, by the gauge symmetry; the bits
// of a word are neurons.
func simulateTwoSteps(rng *rand.Rand, n int, alpha, m0 float64, samples int) (mean, stderr [2]float64) {
	k := int(alpha * float64(n))
	patterns := make([][]uint64, k)
	for mu := range patterns {
		patterns[mu] = make([]uint64, n/64)
	}
	for w := range patterns[0] {
		patterns[0][w] = math.MaxUint64
	}
	var sum, squares [2]float64
	for range samples {
		for _, xi := range patterns[1:] {
			for w := range xi {
				xi[w] = rng.Uint64()
			}
		}
		state := make([]uint64, n/64)
		copy(state, patterns[0])
		for i := range int(flips(n, m0)) {
			state[i/64] ^= 1 << (i % 64)
		}
		for step := range 2 {
			state = parallelStep(patterns, state)
			m := float64(overlap(patterns[0], state)) / float64(n)
			sum[step] += m
			squares[step] += m * m
		}
	}
	for step := range mean {
		mean[step] = sum[step] / float64(samples)
		stderr[step] = math.Sqrt((squares[step]/float64(samples) - mean[step]*mean[step]) / float64(samples))
	}
	return mean, stderr
}

// overlap returns Σ_i ξ_i s_i.
func overlap(xi, state []uint64) int {
	different := 0
	for w := range xi {
		different += bits.OnesCount64(xi[w] ^ state[w])
	}
	return 64*len(xi) - 2*different
}

func parallelStep(patterns [][]uint64, state []uint64) []uint64 {
	field := make([]int, 64*len(state))
	for _, xi := range patterns {
		m := overlap(xi, state)
		for i := range field {
			field[i] += m * sign(xi, i)
		}
	}
	next := make([]uint64, len(state))
	for i, h := range field {
		h -= len(patterns) * sign(state, i)
		if h > 0 || h == 0 && sign(state, i) > 0 {
			next[i/64] |= 1 << (i % 64)
		}
	}
	return next
}

func sign(state []uint64, i int) int { return 2*int(state[i/64]>>(i%64)&1) - 1 }

// No signal in: by symmetry none out. A full signal at no load stays.
func TestTwoStepLimits(t *testing.T) {
	p, err := NewTwoStep(0.3, 0)
	if err != nil || p.M1 != 0 || p.M2 != 0 {
		t.Errorf("m0 = 0: %+v, %v", p, err)
	}
	p, err = NewTwoStep(1e-3, 0.5)
	if err != nil || p.M1 != 1 || p.M2 != 1 {
		t.Errorf("alpha = 0.001: %+v, %v", p, err)
	}
	a, _ := NewTwoStep(0.2, 0.4)
	b, _ := NewTwoStep(0.2, -0.4)
	near(t, "m2 of the negative cue", b.M2, -a.M2, 1e-15)
	for _, bad := range [][2]float64{{0, 0.5}, {-1, 0.5}, {0.1, 2}, {0.1, math.NaN()}, {math.NaN(), 0.1}} {
		if p, err := NewTwoStep(bad[0], bad[1]); err == nil {
			t.Errorf("NewTwoStep(%v) = %+v and no error", bad, p)
		}
	}
}
