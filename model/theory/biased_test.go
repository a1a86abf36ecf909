package theory

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

func TestBiasedWithoutBias(t *testing.T) {
	alphaC, mC := AGSCapacity()
	free, err1 := BiasedCapacity(0)
	best, theta, err2 := BiasedThresholdCapacity(0)
	if err := first(err1, err2); err != nil {
		t.Fatal(err)
	}
	near(t, "alpha_c", free.Alpha, alphaC, 1e-14)
	near(t, "m_c", free.M, mC, 1e-10)
	near(t, "alpha_c at the best threshold", best.Alpha, alphaC, 1e-14)
	if math.Abs(theta) > 1e-12 {
		t.Errorf("theta = %g", theta)
	}
	for _, alpha := range []float64{1e-6, 0.1, 0.137} {
		p, err := Biased(alpha, 0)
		want, _ := AGSZero(alpha)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "m", p.M, want.M, 1e-12)
		near(t, "error", p.Error, want.Error, 1e-9)
	}
}

// Without threshold the capacity falls with the bias, at the best threshold it rises
// (Amit, Gutfreund and Sompolinsky 1987).
func TestBiasedCapacityAgainstBias(t *testing.T) {
	free, best := math.Inf(1), 0.0
	for bias := 0.0; bias < 0.999; bias += 0.03 {
		p, err1 := BiasedCapacity(bias)
		mirror, err2 := BiasedCapacity(-bias)
		q, theta, err3 := BiasedThresholdCapacity(bias)
		r, opposite, err4 := BiasedThresholdCapacity(-bias)
		if err := first(err1, err2, err3, err4); err != nil {
			t.Fatal(err)
		}
		if !(p.Alpha > 0 && p.Alpha < free && q.Alpha > best) {
			t.Errorf("a = %g: alpha_c = %v, %v at the best threshold", bias, p.Alpha, q.Alpha)
		}
		free, best = p.Alpha, q.Alpha
		near(t, "alpha_c(-a)", mirror.Alpha, p.Alpha, 1e-13)
		near(t, "alpha_c(-a) at the best threshold", r.Alpha, q.Alpha, 1e-12)
		if math.Abs(theta+opposite) > 1e-9 {
			t.Errorf("a = %g: thresholds %v and %v", bias, theta, opposite)
		}
	}
}

// The solution obeys the equations in their first form, and α(x) has one maximum.
func TestBiasedObeysItsEquations(t *testing.T) {
	for _, c := range []struct{ alpha, bias float64 }{{0.05, 0.3}, {0.1, -0.2}, {0.0034, 0.8}, {1e-8, 0.9}} {
		p, err := Biased(c.alpha, c.bias)
		if err != nil {
			t.Fatal(err)
		}
		rest := 1 - c.bias*c.bias
		sigma := math.Sqrt(c.alpha) * rest / (1 - p.C)
		mean, slope := 0.0, 0.0
		for _, xi := range []float64{1, -1} {
			share, u := (1+xi*c.bias)/2, (xi-c.bias)*rest*p.M/sigma
			mean += share * (xi - c.bias) * math.Erf(u/math.Sqrt2)
			slope += share * 2 / sigma * normal(u)
		}
		near(t, "m", p.M, mean/rest, 1e-10)
		if math.Abs(p.C-rest*slope) > 1e-10 {
			t.Errorf("%+v: C = %v, want %v", c, p.C, rest*slope)
		}
	}
	for _, bias := range []float64{0, 0.2, 0.5, 0.9, 0.999} {
		tops, before, rising := 0, 0.0, true
		for x := 0.01; x < 1e5; x *= 1.02 {
			alpha := biasedState(bias, x).alpha()
			if rising && alpha < before && before > 0 {
				tops++
			}
			rising, before = alpha >= before, alpha
		}
		if tops != 1 {
			t.Errorf("a = %g: %d maxima", bias, tops)
		}
	}
}

// One parallel step from a pattern, N = 120: the noise of the field and its mean.
func TestBiasedAgainstSimulation(t *testing.T) {
	const n, k, bias, samples = 120, 24, 0.4, 4000
	rng := rand.New(rand.NewPCG(13, 14))
	rest := 1 - bias*bias
	// First step: M = (1−a²), σ² = α(1−a²)².
	x := rest / (math.Sqrt(float64(k)/n) * rest)
	s := biasedState(bias, x)
	want := s.f*tail(-s.x1) + (1-s.f)*tail(s.x0)
	wrong := 0.0
	for range samples {
		if biasedNeuron(rng, n, k, bias) {
			wrong++
		}
	}
	mean := wrong / samples
	if math.Abs(mean-want) > 4*math.Sqrt(want/samples) {
		t.Errorf("simulated error %.4f ± %.4f, theory %.4f", mean, math.Sqrt(want/samples), want)
	}
}

// biasedNeuron tells whether a neuron is wrong after one step from a pattern.
func biasedNeuron(rng *rand.Rand, n, k int, bias float64) bool {
	draw := func() float64 {
		if rng.Float64() < (1+bias)/2 {
			return 1
		}
		return -1
	}
	own := make([]float64, k)
	for mu := range own {
		own[mu] = draw()
	}
	field := 0.0
	for range n - 1 {
		var coupling, cued float64
		for mu, xi := range own {
			other := draw()
			coupling += (xi - bias) * (other - bias)
			if mu == 0 {
				cued = other
			}
		}
		field += coupling * cued
	}
	return field*own[0] < 0
}

func TestBiasedOfBadArguments(t *testing.T) {
	var domain *DomainError
	for _, c := range []struct{ alpha, bias float64 }{{0.14, 0}, {0.05, 0.5}, {0, 0.1}, {0.01, 1}, {math.NaN(), 0}, {0.01, math.NaN()}} {
		if _, err := Biased(c.alpha, c.bias); !errors.As(err, &domain) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
