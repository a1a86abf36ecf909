package theory

import (
	"errors"
	"math"
	"testing"
)

// The limits: without corruption all patterns are kept up to (ln 2)/2; with half
// of the neurons flipped none is.
func TestExponentialLimits(t *testing.T) {
	clean, err := NewExponentialThresholds(0)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "alpha_all", clean.AlphaAll, math.Ln2/2, 1e-15)
	near(t, "alpha_typical", clean.AlphaTypical, 2-math.Log(math.Cosh(2)), 1e-15)
	random, err := NewExponentialThresholds(0.5)
	if err != nil || random.AlphaAll != 0 || random.AlphaTypical != 0 {
		t.Errorf("rho = 1/2: %+v, %v", random, err)
	}
}

// Both expressions for a typical pattern meet where the noise condenses.
func TestExponentialBranchesMeet(t *testing.T) {
	const small = 1e-9
	rho := (1 - math.Tanh(2)) / 2
	a, _ := NewExponentialThresholds(rho - small)
	b, _ := NewExponentialThresholds(rho + small)
	near(t, "alpha_typical", a.AlphaTypical, b.AlphaTypical, 1e-7)
}

// The second route: at the threshold the exponent of the noise, maximised over
// a fine grid of overlaps with I(x) ≤ α, is the signal's.
func TestExponentialThresholdByMaximisation(t *testing.T) {
	for _, rho := range []float64{0, 0.01, 0.1, 0.3} {
		p, err := NewExponentialThresholds(rho)
		if err != nil {
			t.Fatal(err)
		}
		noise := 0.0
		for x := 0.0; x <= 1; x += 1e-6 {
			if rate := overlapRate(x); rate <= p.AlphaTypical {
				noise = math.Max(noise, p.AlphaTypical-rate+2*x)
			}
		}
		near(t, "exponent of the noise", noise, 2*(1-2*rho), 1e-5)
	}
}

// The same for the log-sum-exp: the largest of α − I(r) + λr is λ.
func TestLogSumExpByMaximisation(t *testing.T) {
	rates := []func(r float64) float64{
		overlapRate,
		func(r float64) float64 { return -math.Log1p(-r*r) / 2 },
		func(r float64) float64 { return r * r / 2 },
	}
	for _, lambda := range []float64{0.1, 0.7, 1, 3} {
		p, err := NewLogSumExpThresholds(lambda)
		if err != nil {
			t.Fatal(err)
		}
		for i, alpha := range []float64{p.AlphaBinary, p.AlphaSpherical, p.AlphaGaussian} {
			largest := 0.0
			for r := 0.0; r < 1; r += 1e-6 {
				if rate := rates[i](r); rate <= alpha {
					largest = math.Max(largest, alpha-rate+lambda*r)
				}
			}
			near(t, "exponent of the others", largest, lambda, 1e-5)
		}
	}
}

func TestLogSumExpLimits(t *testing.T) {
	cold, err := NewLogSumExpThresholds(1e8)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "binary", cold.AlphaBinary, math.Ln2, 1e-15)
	near(t, "Gaussian", cold.AlphaGaussian, 0.5, 1e-15)
	near(t, "spherical", cold.AlphaSpherical, math.Log(1e8)/2+0.5, 1e-9)
	hot, err := NewLogSumExpThresholds(1e-6)
	if err != nil {
		t.Fatal(err)
	}
	for _, alpha := range []float64{hot.AlphaBinary, hot.AlphaSpherical, hot.AlphaGaussian} {
		near(t, "alpha at small lambda", alpha, 1e-6, 1e-6)
	}
	near(t, "lambda = 1", mustLogSumExp(t, 1-1e-12).AlphaSpherical, mustLogSumExp(t, 1).AlphaSpherical, 1e-11)
}

func mustLogSumExp(t *testing.T, lambda float64) LogSumExpThresholds {
	t.Helper()
	p, err := NewLogSumExpThresholds(lambda)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestExponentialOfBadArguments(t *testing.T) {
	var domain *DomainError
	for _, rho := range []float64{-0.1, 0.6, 1, math.NaN()} {
		if p, err := NewExponentialThresholds(rho); !errors.As(err, &domain) {
			t.Errorf("NewExponentialThresholds(%g) = %+v, %v: want a DomainError", rho, p, err)
		}
	}
	for _, lambda := range []float64{0, -1, math.NaN(), math.Inf(1)} {
		if p, err := NewLogSumExpThresholds(lambda); !errors.As(err, &domain) {
			t.Errorf("NewLogSumExpThresholds(%g) = %+v, %v: want a DomainError", lambda, p, err)
		}
	}
}
