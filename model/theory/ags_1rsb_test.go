package theory

import (
	"errors"
	"math"
	"testing"

	"gonum.org/v1/gonum/integrate/quad"
)

// rsbEnergyByQuadrature is e of AGSOneStep with both integrals done numerically:
// the inner one split at the kink of |h|, the outer one by the trapezoidal rule.
func rsbEnergyByQuadrature(alpha, m, p, c, r0, spread, omega float64) float64 {
	q0 := 1 - p
	r1 := r0 + spread/(omega*omega*alpha)
	l1 := 1 - c
	l2 := l1 - omega*p
	const step = 1. / 256
	integral := 0.0
	for k := -8 * 256; k <= 8*256; k++ {
		z := step * float64(k)
		integral += step * normal(z) * softField(m+math.Sqrt(alpha*r0)*z, math.Sqrt(alpha*(r1-r0)), omega)
	}
	return alpha/2 + m*m/2 + alpha/(2*omega)*math.Log(l2/l1) - alpha*q0/(2*l2) +
		alpha*c*r1/2 + alpha*omega/2*(r1-r0*q0) - integral
}

// softField returns (1/ω) ln ∫Dy exp(ω|h + Δy|).
func softField(h, delta, omega float64) float64 {
	const end, points = 10, 40
	kink := math.Max(-end, math.Min(end, -h/delta))
	f := func(y float64) float64 {
		return normal(y) * math.Exp(omega*(math.Abs(h+delta*y)-math.Abs(h)))
	}
	sum := quad.Fixed(f, -end, kink, points, quad.Legendre{}, 0) + quad.Fixed(f, kink, end, points, quad.Legendre{}, 0)
	return math.Abs(h) + math.Log(sum)/omega
}

// Known numbers: the four equations with adaptive quadrature over z in mpmath, 22
// digits.
func TestBrokenReplicaSymmetryAgainstHighPrecision(t *testing.T) {
	for _, want := range []RSBPoint{
		{Alpha: 0.13, M: 0.98725752235814, Q0: 0.99932978982045, C: 0.02350710315591, Omega: 99.933611074293, Energy: -0.500911529206099},
		{Alpha: 0.138, M: 0.9707003165187, Q0: 0.99716287546883, C: 0.047494225547691, Omega: 41.993487694811, Energy: -0.501446739108423},
	} {
		got, err := AGSOneStep(want.Alpha)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "m", got.M, want.M, 1e-12)
		near(t, "q0", got.Q0, want.Q0, 1e-12)
		near(t, "C", got.C, want.C, 1e-10)
		near(t, "omega", got.Omega, want.Omega, 1e-10)
		near(t, "energy", got.Energy, want.Energy, 1e-13)
	}
}

// The second route: the solution is a stationary point of the energy in all six
// parameters, ω included.
func TestBrokenReplicaSymmetryIsStationary(t *testing.T) {
	for _, alpha := range []float64{0.13, 0.138} {
		p, err := AGSOneStep(alpha)
		if err != nil {
			t.Fatal(err)
		}
		l1 := 1 - p.C
		l2 := l1 - p.Omega*(1-p.Q0)
		// logarithms of m, 1−q0, C, r0, κ = ω²α(r1−r0), and ω
		at := []float64{
			math.Log(p.M), math.Log(1 - p.Q0), math.Log(p.C), math.Log(p.Q0 / (l2 * l2)),
			math.Log(alpha * p.Omega * p.Omega * (1 - p.Q0) / (l1 * l2)), math.Log(p.Omega),
		}
		energy := func(x []float64) float64 {
			return rsbEnergyByQuadrature(alpha, math.Exp(x[0]), math.Exp(x[1]), math.Exp(x[2]), math.Exp(x[3]), math.Exp(x[4]), math.Exp(x[5]))
		}
		near(t, "energy", p.Energy, energy(at), 1e-12)
		for i := range at {
			x := append([]float64(nil), at...)
			gradient := slope(func(v float64) float64 { x[i] = v; return energy(x) }, at[i], 0.02)
			if math.Abs(gradient) > 1e-11 {
				t.Errorf("alpha = %g: component %d of the gradient is %.2g", alpha, i, gradient)
			}
		}
	}
}

// Steffan and Kühn (1994): 0.138186. Crisanti et al. (1986) have 0.144.
func TestBrokenReplicaSymmetryCapacity(t *testing.T) {
	alphaC, mC, err := AGSOneStepCapacity()
	if err != nil {
		t.Fatal(err)
	}
	near(t, "alpha_c", alphaC, 0.138186, 4e-6)
	p, err := AGSOneStep(alphaC)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "m_c", p.M, mC, 1e-6)
}

// With ω held fixed no fold comes near 0.144.
func TestFoldAtFixedOmega(t *testing.T) {
	largest := 0.0
	for _, omega := range []float64{2, 5, 10, 20, 25, 37, 100, 400} {
		for y := 1.46; y < 1.56; y += 0.01 {
			largest = math.Max(largest, loadAtFixedOmega(t, y, omega))
		}
	}
	near(t, "largest fold", largest, 0.138197, 1e-5)
}

func loadAtFixedOmega(t *testing.T, y, omega float64) float64 {
	t.Helper()
	x := []float64{math.Log(0.4536), math.Log(0.85 * math.Pow(omega/37, 1.5))}
	state := func(x []float64) rsbState { return rsbStateOf(y, []float64{x[0], math.Log(omega), x[1]}) }
	if err := newton("fixed omega", func(dst, x []float64) {
		all := make([]float64, 3)
		state(x).residuals(all)
		copy(dst, all[:2])
	}, x); err != nil {
		t.Fatal(err)
	}
	return state(x).alpha()
}

// Where breaking is weak the state is nearly the replica-symmetric one. The energy
// is a maximum over ω, so it does not fall.
func TestBrokenReplicaSymmetryAtSmallLoad(t *testing.T) {
	for _, alpha := range []float64{0.001, 0.01, 0.05, 0.1} {
		broken, err := AGSOneStep(alpha)
		if err != nil {
			t.Fatal(err)
		}
		symmetric, err := AGSZero(alpha)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "m", broken.M, symmetric.M, 2e-7)
		near(t, "energy", broken.Energy, symmetric.FRetrieval, 1e-8)
		if broken.Energy < symmetric.FRetrieval-1e-15 {
			t.Errorf("alpha = %g: breaking lowers the energy from %.16g to %.16g", alpha, symmetric.FRetrieval, broken.Energy)
		}
	}
}

func TestSecondOrder(t *testing.T) {
	const x = 0.01
	near(t, "[ln(1-x) + x/(1-x)]/x²", secondOrder(x), (math.Log1p(-x)+x/(1-x))/(x*x), 1e-11)
}

func TestBrokenReplicaSymmetryOfBadArguments(t *testing.T) {
	for _, alpha := range []float64{0, -1, 1e-4, 0.1382, 0.144, math.NaN(), math.Inf(1)} {
		var domain *DomainError
		if _, err := AGSOneStep(alpha); !errors.As(err, &domain) {
			t.Errorf("AGSOneStep(%g): error %v, want a DomainError", alpha, err)
		}
	}
}
