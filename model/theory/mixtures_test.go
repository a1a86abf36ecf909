package theory

import (
	"errors"
	"math"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/mat"
)

// Known numbers: AGS 1985a, where three digits are printed; the overlap is a
// binomial coefficient, m = C(n−1, (n−1)/2)/2^{n−1}.
func TestMixturesKnownNumbers(t *testing.T) {
	for _, c := range []struct {
		n                  int
		m, energy, tStable float64
	}{{3, 1. / 2, -3. / 8, 0.46}, {5, 3. / 8, -45. / 128, 0.39}, {7, 5. / 16, -175. / 512, 0.34}} {
		got, err := NewMixture(c.n)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "m", got.M, c.m, 1e-13)
		near(t, "energy", got.Energy, c.energy, 1e-13)
		near(t, "T_stable", got.TStable, c.tStable, 0.015)
	}
	three, err := NewMixture(3)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "alpha_max", three.AlphaMax, 0.03, 0.01)
	many, err := NewMixture(10001)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "energy of many", many.Energy, -1/math.Pi, 1e-4)
}

// One pattern as a mixture is AGSZero.
func TestMixtureOfOneIsThePattern(t *testing.T) {
	z := newSignSum(1)
	for _, y := range []float64{0.7, 1.5, 3} {
		near(t, "√(2α)", z.load(y), agsLoad(y), 1e-14)
	}
	near(t, "slope at the fold", 1+z.loadSlope(agsFold()), 1, 1e-14)
}

// The second route: the free energy ½ Σ m_μ² − T⟨ln 2cosh β Σ m_μ ξ^μ⟩, its
// patterns enumerated and its Hessian by differences, is stationary at T_stable
// and has the eigenvalue 0.
func TestMixtureIsMarginalAtTStable(t *testing.T) {
	for _, n := range []int{3, 5} {
		mixture, err := NewMixture(n)
		if err != nil {
			t.Fatal(err)
		}
		temperature := mixture.TStable
		z := newSignSum(n)
		m := 1.0
		for range 3000 {
			m = z.magnetisation(m / temperature)
		}
		f := func(m []float64) float64 { return mixtureFreeEnergy(m, temperature) }
		at := make([]float64, n)
		for i := range at {
			at[i] = m
		}
		for _, g := range fd.Gradient(nil, f, at, &fd.Settings{Formula: fd.Central}) {
			if math.Abs(g) > 1e-8 {
				t.Errorf("n = %d: gradient %.2g", n, g)
			}
		}
		hessian := mat.NewSymDense(n, nil)
		fd.Hessian(hessian, f, at, &fd.Settings{Formula: fd.Central, Step: 1e-3})
		var eigen mat.EigenSym
		if !eigen.Factorize(hessian, false) {
			t.Fatal("no eigenvalues")
		}
		if smallest := eigen.Values(nil)[0]; math.Abs(smallest) > 1e-5 {
			t.Errorf("n = %d: smallest eigenvalue %.3g at T_stable", n, smallest)
		}
	}
}

func mixtureFreeEnergy(m []float64, temperature float64) float64 {
	sum, energy := 0.0, 0.0
	for pattern := range 1 << len(m) {
		h := 0.0
		for mu, value := range m {
			h += value * float64(2*(pattern>>mu&1)-1)
		}
		sum += math.Log(2 * math.Cosh(h/temperature))
	}
	for _, value := range m {
		energy += value * value / 2
	}
	return energy - temperature*sum/float64(int(1)<<len(m))
}

// Another route to alpha_max: the equations for m and r, iterated from the state
// at α = 0, hold on to it just below alpha_max and lose it just above.
func TestMixtureIsLostAtAlphaMax(t *testing.T) {
	mixture, err := NewMixture(3)
	if err != nil {
		t.Fatal(err)
	}
	z := newSignSum(3)
	iterate := func(alpha float64) float64 {
		m, delta := mixture.M, math.Sqrt(alpha)
		for range 20000 {
			c := z.mean(func(z float64) float64 { return 2 * normal(m*z/delta) / delta })
			m = z.mean(func(z float64) float64 { return z * math.Erf(m*z/(math.Sqrt2*delta)) }) / 3
			delta = math.Sqrt(alpha) / (1 - c)
		}
		return m
	}
	if m := iterate(mixture.AlphaMax * (1 - 1e-4)); math.Abs(m-0.5) > 0.02 {
		t.Errorf("m = %g below alpha_max", m)
	}
	if m := iterate(mixture.AlphaMax * (1 + 1e-4)); math.Abs(m-0.5) < 0.02 {
		t.Errorf("m = %g above alpha_max", m)
	}
}

func TestEvenMixturesAreUnstable(t *testing.T) {
	for _, n := range []int{2, 4, 10} {
		mixture, err := NewMixture(n)
		if err != nil || mixture.Stable {
			t.Errorf("NewMixture(%d) = %+v, %v", n, mixture, err)
		}
		z := newSignSum(n)
		for x := 0.1; x < 20; x += 0.1 {
			if z.stiffness(x) > 0 {
				t.Errorf("%d patterns are stable at x = %g", n, x)
			}
		}
	}
}

func TestMixturesOfBadArguments(t *testing.T) {
	var domain *DomainError
	for _, n := range []int{-3, 0, 1, 20000} {
		if mixture, err := NewMixture(n); !errors.As(err, &domain) {
			t.Errorf("NewMixture(%d) = %+v, %v: want a DomainError", n, mixture, err)
		}
	}
}
