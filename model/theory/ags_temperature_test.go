package theory

import (
	"errors"
	"math"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
)

// freeEnergyByTrapezoid is f of AGS as a function of (m, q, r), with its
// integral over z by the trapezoidal rule: another formula and another
// quadrature than the solver's.
func freeEnergyByTrapezoid(m, q, r, alpha, temperature float64) float64 {
	const step = 1. / 512
	integral := 0.0
	for k := -9 * 512; k <= 9*512; k++ {
		z := step * float64(k)
		x := math.Abs(m+math.Sqrt(alpha*r)*z) / temperature
		integral += step * normal(z) * (x + math.Log1p(math.Exp(-2*x)))
	}
	beta := 1 / temperature
	c := beta * (1 - q)
	return alpha/2 + m*m/2 + alpha/(2*beta)*(math.Log(1-c)-beta*q/(1-c)) +
		alpha*beta/2*r*(1-q) - temperature*integral
}

// Known numbers: the three equations and f by mpmath's adaptive quadrature and
// Newton's method, 25 digits.
func TestAGSAgainstHighPrecision(t *testing.T) {
	for _, want := range []AGSPoint{
		{Alpha: 0.05, T: 0.3, M: 0.991164995701532, Q: 0.982960950215784, R: 1.10490709944938, FRetrieval: -0.501236169945599, FSpinGlass: -0.509338415415091, MUnstable: 0.712645957369597},
		{Alpha: 0.13, T: 0.07, M: 0.984814848841898, Q: 0.992777071893697, R: 1.2343709958118, FRetrieval: -0.501085619344839, FSpinGlass: -0.602544586440248, MUnstable: 0.931586468326477},
		{Alpha: 0.005, T: 0.8, M: 0.67902286789799, Q: 0.47034961185131, R: 4.1185966620727, FRetrieval: -0.586128238724255, FSpinGlass: -0.585459395904044, MUnstable: 0.400251288444497},
		{Alpha: 0.12, T: 0.01, M: 0.99322007673824, Q: 0.999443213803233, R: 1.12077511149357, FRetrieval: -0.500528523270431, FSpinGlass: -0.594067198111524, MUnstable: 0.907839384298704},
	} {
		got, err := AGS(want.Alpha, want.T)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "m", got.M, want.M, 1e-13)
		near(t, "q", got.Q, want.Q, 1e-13)
		near(t, "r", got.R, want.R, 1e-12)
		near(t, "f_retrieval", got.FRetrieval, want.FRetrieval, 1e-13)
		near(t, "f_spin_glass", got.FSpinGlass, want.FSpinGlass, 1e-13)
		near(t, "m_unstable", got.MUnstable, want.MUnstable, 1e-12)
		near(t, "error", got.Error, (1-want.M)/2, 1e-12)
	}
}

// The second route: every solution is a stationary point of the free energy.
func TestAGSIsStationary(t *testing.T) {
	for _, c := range []struct{ alpha, temperature float64 }{{0.02, 0.5}, {0.1, 0.2}, {0.05, 0.05}, {0.001, 0.9}} {
		retrieval, err := retrievalState(c.alpha, c.temperature)
		if err != nil {
			t.Fatal(err)
		}
		unstable, err := unstableState(c.alpha, c.temperature)
		if err != nil {
			t.Fatal(err)
		}
		glass, err := spinGlassAt(c.alpha, c.temperature)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []agsState{retrieval, unstable, glass} {
			f := func(x []float64) float64 { return freeEnergyByTrapezoid(x[0], x[1], x[2], c.alpha, c.temperature) }
			at := []float64{s.m, s.q(), s.r()}
			near(t, "f", s.freeEnergy(c.alpha), f(at), 1e-12)
			gradient := fd.Gradient(nil, f, at, &fd.Settings{Formula: fd.Central, Step: 1e-6})
			for i, g := range gradient {
				if math.Abs(g) > 3e-7 {
					t.Errorf("alpha = %g, T = %g: component %d of the gradient at %v is %.2g", c.alpha, c.temperature, i, at, g)
				}
			}
		}
	}
}

// The entropy is −∂f/∂T.
func TestEntropyIsTheSlopeOfTheFreeEnergy(t *testing.T) {
	const alpha, temperature = 0.05, 0.3
	s, err := retrievalState(alpha, temperature)
	if err != nil {
		t.Fatal(err)
	}
	slope := fd.Derivative(func(temperature float64) float64 {
		return freeEnergyByTrapezoid(s.m, s.q(), s.r(), alpha, temperature)
	}, temperature, &fd.Settings{Formula: fd.Central, Step: 1e-4})
	near(t, "entropy", s.entropy(alpha), -slope, 1e-5)
}

// The error keeps its digits where m rounds to 1.
func TestSmallErrorAtLowTemperature(t *testing.T) {
	cold, err := AGS(0.01, 1e-6)
	if err != nil {
		t.Fatal(err)
	}
	zero, err := AGSZero(0.01)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "error", cold.Error, zero.Error, 1e-4)
}

// Both forms of a Gaussian average hold where either may be used.
func TestAveragesAgree(t *testing.T) {
	for _, m := range []float64{0, 0.3, 1} {
		a, b := averageOverNoise(m, 0.5, 0.5), averageOverThermal(m, 0.5, 0.5)
		for _, pair := range [][2]float64{{a.m, b.m}, {a.wrong, b.wrong}, {a.c, b.c}, {a.c1, b.c1}, {a.c2, b.c2}, {a.c4, b.c4}, {a.phi, b.phi}} {
			if math.Abs(pair[0]-pair[1]) > 1e-12 {
				t.Errorf("m = %g: over noise %v, over thermal %v", m, a, b)
			}
		}
	}
}

// T → 0 is the closed form of AGSZero.
func TestAGSMeetsZeroTemperature(t *testing.T) {
	for _, alpha := range []float64{1e-4, 0.05, 0.13} {
		cold, err := AGS(alpha, 1e-9)
		if err != nil {
			t.Fatal(err)
		}
		zero, err := AGS(alpha, 0)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "m", cold.M, zero.M, 1e-8)
		near(t, "r", cold.R, zero.R, 1e-7)
		near(t, "f_retrieval", cold.FRetrieval, zero.FRetrieval, 1e-8)
		near(t, "f_spin_glass", cold.FSpinGlass, zero.FSpinGlass, 1e-8)
		near(t, "m_unstable", cold.MUnstable, zero.MUnstable, 1e-8)
	}
}

// α → 0 is the Curie–Weiss magnet, m = tanh βm.
func TestAGSOfOnePatternIsCurieWeiss(t *testing.T) {
	p, err := AGS(1e-9, 0.6)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "m", p.M, math.Tanh(p.M/0.6), 1e-7)
	near(t, "q", p.Q, p.M*p.M, 1e-7)
}

func TestAGSOfBadArguments(t *testing.T) {
	for _, c := range []struct{ alpha, temperature float64 }{
		{0, 0.1}, {-1, 0.1}, {0.14, 0.1}, {0.1, 0.5}, {0.01, 1}, {0.01, -0.1}, {math.NaN(), 0.1}, {0.1, math.NaN()}, {math.Inf(1), 0.5},
	} {
		var domain *DomainError
		if _, err := AGS(c.alpha, c.temperature); !errors.As(err, &domain) {
			t.Errorf("AGS(%g, %g): error %v, want a DomainError", c.alpha, c.temperature, err)
		}
	}
}
