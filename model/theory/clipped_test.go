package theory

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

func TestClippedNoise(t *testing.T) {
	for _, c := range []struct {
		k    int
		zero ClippedZero
		want float64
	}{{20, KeepZero, 0.327}, {20, RandomZero, 0.611}, {21, KeepZero, 0.534}, {21, RandomZero, 0.534}, {1, KeepZero, 0}} {
		f, err := Clipped(c.k, c.zero)
		if err != nil || math.Abs(f.Noise()-c.want) > 5e-4 {
			t.Errorf("%+v: %v, %v", c, f.Noise(), err)
		}
	}
	near(t, "limit", ClippedLimit().Noise(), math.Pi/2-1, 1e-14)
	large, _ := Clipped(1<<40, RandomZero)
	near(t, "K = 2⁴⁰", large.Noise(), math.Pi/2-1, 1e-11)
}

// The second route: the sum over the binomial law.
func TestNonlinearityAgainstClosedForms(t *testing.T) {
	sign := func(x float64) float64 {
		if x == 0 {
			return 0
		}
		return math.Copysign(1, x)
	}
	for _, k := range []int{1, 2, 3, 20, 21, 1000} {
		got, err := NewNonlinearity(k, sign)
		want, _ := Clipped(k, KeepZero)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "a", got.A, want.A, 1e-13)
		near(t, "F²", got.Square, want.Square, 1e-13)
		identity, _ := NewNonlinearity(k, func(x float64) float64 { return x })
		near(t, "a of Hebb", identity.A, 1, 1e-13)
		near(t, "F² of Hebb", identity.Square, 1, 1e-13)
	}
	const theta = 0.7
	clamp, _ := NewNonlinearity(1_000_001, func(x float64) float64 { return math.Max(-theta, math.Min(theta, x)) })
	want, _ := ClampLimit(theta)
	near(t, "clamp", clamp.Noise(), want.Noise(), 1e-5)
	cut, _ := NewNonlinearity(1_000_001, func(x float64) float64 {
		if math.Abs(x) > theta {
			return x
		}
		return 0
	})
	want, _ = DeletionLimit(theta)
	near(t, "deletion", cut.Noise(), want.Noise(), 3e-3)
	small, _ := ClampLimit(1e-6)
	near(t, "clamp at θ → 0", small.Noise(), math.Pi/2-1, 1e-5)
	var domain *DomainError
	for _, f := range []func(float64) float64{math.Abs, func(x float64) float64 { return -x }, func(float64) float64 { return math.NaN() }} {
		if _, err := NewNonlinearity(5, f); !errors.As(err, &domain) {
			t.Errorf("not odd, or of negative a: %v", err)
		}
	}
}

func TestNonlinearHebbCapacity(t *testing.T) {
	alphaC, mC, err := NonlinearHebbCapacity(0)
	wantAlpha, wantM := AGSCapacity()
	if err != nil {
		t.Fatal(err)
	}
	near(t, "alpha_c of Hebb", alphaC, wantAlpha, 1e-14)
	near(t, "m_c of Hebb", mC, wantM, 1e-13)
	clipped, _, _ := NonlinearHebbCapacity(ClippedLimit().Noise())
	if math.Abs(clipped-0.102) > 5e-4 { // Sompolinsky (1986)
		t.Errorf("alpha_c of clipped couplings = %v", clipped)
	}
	// Noise alone: α·noise → 2/π.
	large, _, _ := NonlinearHebbCapacity(1e12)
	near(t, "noise alpha_c", 1e12*large, 2/math.Pi, 1e-3)
	for _, noise := range []float64{0, 0.1, 0.57, 3, 100, 1e6} {
		y, err := staticNoise{1, noise}.fold()
		if err != nil {
			t.Fatal(err)
		}
		near(t, "y of the fold", maximum(staticNoise{1, noise}.alpha, y/2, 2*y), y, 1e-7)
	}
}

// The state obeys the equation in its first form.
func TestNonlinearHebbObeysItsEquations(t *testing.T) {
	for _, c := range []struct{ alpha, noise float64 }{{0.05, 0.57}, {0.1, 0.57}, {0.1, 0.1}, {1e-3, 30}, {1e-9, 2}} {
		p, err := NonlinearHebb(c.alpha, c.noise)
		if err != nil {
			t.Fatal(err)
		}
		deviation := math.Sqrt(c.alpha/((1-p.C)*(1-p.C)) + c.alpha*c.noise)
		near(t, "error", p.Error, math.Erfc(p.M/(math.Sqrt2*deviation))/2, 1e-8)
		near(t, "C", p.C, response(p.M, deviation), 1e-8)
		if p.MUnstable >= p.M {
			t.Errorf("%+v: unstable state %v above %v", c, p.MUnstable, p.M)
		}
	}
	zero, _ := NonlinearHebb(0.1, 0)
	want, _ := AGSZero(0.1)
	near(t, "m of Hebb", zero.M, want.M, 1e-13)
	near(t, "unstable m of Hebb", zero.MUnstable, want.MUnstable, 1e-12)
}

// One parallel step of a clipped network: noise of variance α⟨F²⟩/a².
func TestClippedNoiseAgainstSimulation(t *testing.T) {
	const n, k, m0, samples = 500, 20, 0.2, 2000
	rng := rand.New(rand.NewPCG(9, 10))
	f, _ := Clipped(k, KeepZero)
	want := math.Erf(m0 / math.Sqrt(2*k/float64(n)*(1+f.Noise())))
	var sum float64
	for range samples {
		sum += clippedNeuron(rng, n, k, m0)
	}
	mean := sum / samples
	stderr := math.Sqrt((1 - mean*mean) / samples)
	hebb := math.Erf(m0 / math.Sqrt(2*k/float64(n)))
	if math.Abs(mean-want) > 4*stderr || hebb-want < 3*stderr {
		t.Errorf("simulated %.4f ± %.4f, theory %.4f, Hebb %.4f", mean, stderr, want, hebb)
	}
}

// clippedNeuron returns ±1 as a neuron is right after one step.
func clippedNeuron(rng *rand.Rand, n, k int, m0 float64) float64 {
	own := make([]int, k)
	for mu := range own {
		own[mu] = 2*rng.IntN(2) - 1
	}
	field := 0
	for j := range n - 1 {
		sum, cued := 0, 0
		for mu := range own {
			xi := 2*rng.IntN(2) - 1
			sum += own[mu] * xi
			if mu == 0 {
				cued = xi
			}
		}
		if float64(j) < float64(n)*(1-m0)/2 {
			cued = -cued
		}
		switch {
		case sum > 0:
			field += cued
		case sum < 0:
			field -= cued
		}
	}
	switch field *= own[0]; {
	case field > 0:
		return 1
	case field < 0:
		return -1
	}
	return m0
}

func TestNonlinearHebbOfBadArguments(t *testing.T) {
	var domain *DomainError
	for _, c := range []struct{ alpha, noise float64 }{{0.11, 0.57}, {0.1, -0.1}, {0, 0.5}, {math.NaN(), 0.5}, {0.1, math.NaN()}} {
		if _, err := NonlinearHebb(c.alpha, c.noise); !errors.As(err, &domain) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	if _, err := Clipped(0, KeepZero); !errors.As(err, &domain) {
		t.Errorf("no patterns: %v", err)
	}
}
