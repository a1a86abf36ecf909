package theory

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/integrate/quad"
)

// Known numbers: mpmath with 30 digits for the first order; for all orders the
// recursion over the full past in NumPy with SciPy's Owen function.
func TestNeurodynamicsKnownNumbers(t *testing.T) {
	alphaC, mC, err := NeurodynamicsCapacity(FirstOrder)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "alpha_c", alphaC, 0.1596081342673312, 1e-14)
	near(t, "m_c", mC, 0.88711547899954953, 1e-12)
	p, err := Neurodynamics(FirstOrder, 0.1)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "m", p.M, 0.99801231489785102, 1e-14)
	near(t, "sigma", p.Sigma, 0.32276550610118583, 1e-14)
	p, err = Neurodynamics(FirstOrder, 0.08)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "m0_c", p.M0C, 0.1543124266304532, 2e-12)
	p, err = Neurodynamics(AllOrders, 0.1)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "m0_c to all orders", p.M0C, 0.378878351072, 1e-10)
	first, err := NeurodynamicsTrajectory(FirstOrder, 0.1, 0.5, 3)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "m_3", first[3].M, 0.9803123366474737, 1e-13)
	near(t, "sigma_3", first[3].Sigma, 0.3560981521143924, 1e-13)
	all, err := NeurodynamicsTrajectory(AllOrders, 0.1, 0.5, 10)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "m_10 to all orders", all[10].M, 0.9979978468211448, 1e-13)
}

// Both orders are exact for one step; without the reaction term αUs the second
// step of Gardner, Derrida and Mottishaw is theirs too.
func TestNeurodynamicsFirstSteps(t *testing.T) {
	const alpha, m0 = 0.2, 0.6
	exact, err := NewTwoStep(alpha, m0)
	if err != nil {
		t.Fatal(err)
	}
	u := response(m0, math.Sqrt(alpha))
	sigma := math.Sqrt(alpha * (1 + 2*u*m0*exact.M1 + u*u))
	for _, order := range []Order{FirstOrder, AllOrders} {
		trajectory, err := NeurodynamicsTrajectory(order, alpha, m0, 2)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "m_1", trajectory[1].M, exact.M1, 1e-15)
		near(t, "sigma_1", trajectory[1].Sigma, sigma, 1e-14)
		near(t, "m_2", trajectory[2].M, math.Erf(exact.M1/(math.Sqrt2*sigma)), 1e-14)
	}
}

// The fixed point to first order is where its trajectory ends.
func TestTrajectoryEndsInTheFixedPoint(t *testing.T) {
	for _, alpha := range []float64{0.02, 0.1, 0.155} {
		p, err := Neurodynamics(FirstOrder, alpha)
		if err != nil {
			t.Fatal(err)
		}
		trajectory, err := NeurodynamicsTrajectory(FirstOrder, alpha, 1, 500)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "m", trajectory[500].M, p.M, 1e-13)
		near(t, "sigma", trajectory[500].Sigma, p.Sigma, 1e-13)
	}
}

// To all orders it ends near the frozen state, and not in it.
func TestOkadaNearlyFreezes(t *testing.T) {
	trajectory, err := NeurodynamicsTrajectory(AllOrders, 0.1, 1, 100)
	if err != nil {
		t.Fatal(err)
	}
	frozen, err := Neurodynamics(AllOrders, 0.1)
	if err != nil {
		t.Fatal(err)
	}
	gap := trajectory[100].M - frozen.M
	if gap < 1e-8 || gap > 1e-7 {
		t.Errorf("m = %.12g at the end, %.12g frozen", trajectory[100].M, frozen.M)
	}
}

// A cue a little above the boundary is retrieved, one a little below is not.
func TestBasinBoundarySeparates(t *testing.T) {
	for _, order := range []Order{FirstOrder, AllOrders} {
		for _, alpha := range []float64{0.03, 0.12} {
			p, err := Neurodynamics(order, alpha)
			if err != nil {
				t.Fatal(err)
			}
			above, err := NeurodynamicsTrajectory(order, alpha, p.M0C*(1+1e-6), 300)
			if err != nil {
				t.Fatal(err)
			}
			below, err := NeurodynamicsTrajectory(order, alpha, p.M0C*(1-1e-6), 300)
			if err != nil {
				t.Fatal(err)
			}
			near(t, "m above", above[300].M, p.M, 1e-5)
			if below[300].M > 0.5*p.M {
				t.Errorf("order %v, alpha = %g: m = %g from below the boundary", order, alpha, below[300].M)
			}
		}
	}
}

// Another quadrature for the correlation of two signs: a one-dimensional integral
// split where its sign changes.
func TestSignCorrelation(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 100 {
		a, b, rho := 4*rng.Float64(), 4*rng.Float64(), 1.8*rng.Float64()-0.9
		f := func(x float64) float64 {
			return normal(x) * math.Erf((b+rho*x)/math.Sqrt(2*(1-rho*rho)))
		}
		want := quad.Fixed(f, -a, 10, 200, quad.Legendre{}, 0) - quad.Fixed(f, -14, -a, 200, quad.Legendre{}, 0)
		if got := signCorrelation(a, b, rho); math.Abs(got-want) > 1e-13 {
			t.Errorf("a = %.3f, b = %.3f, rho = %.3f: %.15f, want %.15f", a, b, rho, got, want)
		}
	}
	if got := signCorrelation(1.5, 1.5, 1); got != 1 {
		t.Errorf("equal signs correlate by %.17g", got)
	}
	near(t, "orthant at a = b → 0", signCorrelation(1e-9, 1e-9, 0.3), 2/math.Pi*math.Asin(0.3), 1e-8)
}

func TestNeurodynamicsOfBadArguments(t *testing.T) {
	var domain *DomainError
	for _, alpha := range []float64{0, -1, 1e-5, 0.16, math.NaN()} {
		for _, order := range []Order{FirstOrder, AllOrders} {
			if p, err := Neurodynamics(order, alpha); !errors.As(err, &domain) {
				t.Errorf("Neurodynamics(%v, %g) = %+v, %v: want a DomainError", order, alpha, p, err)
			}
		}
	}
	for _, bad := range []struct {
		alpha, m0 float64
		steps     int
	}{{0, 0.5, 1}, {0.1, 0, 1}, {0.1, 1.5, 1}, {0.1, math.NaN(), 1}, {0.1, 0.5, -1}, {math.NaN(), 0.5, 1}} {
		if p, err := NeurodynamicsTrajectory(FirstOrder, bad.alpha, bad.m0, bad.steps); !errors.As(err, &domain) {
			t.Errorf("%+v: %v, %v: want a DomainError", bad, p, err)
		}
	}
}
