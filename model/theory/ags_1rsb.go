package theory

import (
	"fmt"
	"math"
	"sync"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/mat"
)

// An RSBPoint is the retrieval state at T = 0 with one step of replica-symmetry
// breaking.
type RSBPoint struct {
	Alpha  float64
	M      float64 // overlap with the retrieved pattern
	Q0     float64 // overlap of two replicas in different blocks; within a block it is 1
	C      float64 // β(1−q1)
	Omega  float64 // ω = βx, x the Parisi block parameter, which vanishes with T
	Energy float64 // per neuron
}

// AGSOneStep solves the Hopfield network at T = 0 with one step of
// replica-symmetry breaking (Crisanti, Amit and Gutfreund, Europhys. Lett. 2, 337
// (1986); Steffan and Kühn, Z. Phys. B 95, 249 (1994)). With q1 → 1 at finite
// C = β(1−q1) and ω = βx, the energy per neuron is
//
//	e = α/2 + m²/2 + (α/2ω) ln(λ2/λ1) − αq0/(2λ2) + αC r1/2 + (αω/2)(r1 − r0 q0)
//	    − (1/ω) ∫Dz ln ∫Dy exp(ω|m + √(αr0) z + √(α(r1−r0)) y|),
//	λ1 = 1 − C,  λ2 = 1 − C − ω(1−q0),
//
// stationary in all of m, q0, C, r0, r1 and ω. With ⟨·⟩ the average over y with
// weight exp(ω|h|) at given z, and h the field between the bars, that is
//
//	m  = ∫Dz ⟨sgn h⟩,      r0 = q0/λ2²,
//	q0 = ∫Dz ⟨sgn h⟩²,     r1 = r0 + (1−q0)/(λ1λ2),
//	C  = 2 ∫Dz ⟨δ(h)⟩,
//	0  = (α/2)[ln(1−d/λ1) + d/λ2] − αωd/(2λ1λ2) − ∫Dz (1 − ω∂/∂ω) ln ∫Dy exp(ω|h|),
//
// d = ω(1−q0). Replica symmetry is q0 = 1.
//
// The capacity at which this solution disappears is published as 0.144 (Crisanti
// et al.) and as 0.138186 (Steffan and Kühn). [AGSOneStepCapacity] finds
// 0.13818649…: it confirms the second. Neither is the first the fold for some
// other ω: with ω held fixed and the last equation left out, the fold lies
// between the replica-symmetric 0.137906 (ω → 0 or ∞) and 0.138197 (ω ≈ 25). The tests
// check that the solution is a stationary point of e by other quadratures.
//
// The loads are 0.001 ≤ α ≤ α_c. For α → 0, ω grows as fast as e^{1/2α} and
// 1 − q0 is about 1/(αω²), so below 0.001 the state agrees with [AGSZero] in all
// digits. Any other load is a [*DomainError].
func AGSOneStep(alpha float64) (RSBPoint, error) {
	fold, err := rsbFold()
	if err != nil {
		return RSBPoint{}, err
	}
	const printed = 1e-12 // a load of 12 digits may be the rounded α_c
	if !(alpha >= 0.001 && alpha <= fold.alpha()+printed) {
		return RSBPoint{}, &DomainError{"alpha", alpha, fmt.Sprintf(
			"0.001 <= alpha <= %.12g, the fold with broken replica symmetry", fold.alpha())}
	}
	alpha = math.Min(alpha, fold.alpha())
	var failed error
	y, err := zero("load with broken replica symmetry", func(y float64) float64 {
		s, err := newRSBState(y)
		failed = first(failed, err)
		return s.alpha() - alpha
	}, fold.y, 1.01/math.Sqrt(2*alpha)) // α < 1/(2y²), up to rounding
	if err := first(failed, err); err != nil {
		return RSBPoint{}, err
	}
	s, err := newRSBState(y)
	if err != nil {
		return RSBPoint{}, err
	}
	return RSBPoint{Alpha: alpha, M: s.m(), Q0: s.q0(), C: s.c, Omega: s.omega, Energy: s.energy()}, nil
}

// AGSOneStepCapacity returns the load at which the state of [AGSOneStep]
// disappears, and its overlap there.
func AGSOneStepCapacity() (alphaC, mC float64, err error) {
	fold, err := rsbFold()
	if err != nil {
		return 0, 0, err
	}
	return fold.alpha(), fold.m(), nil
}

// rsbFold returns the state with the largest α(y).
var rsbFold = sync.OnceValues(func() (rsbState, error) {
	var failed error
	y, err := zero("fold with broken replica symmetry", func(y float64) float64 {
		return slope(func(y float64) float64 {
			s, err := newRSBState(y)
			failed = first(failed, err)
			return s.alpha()
		}, y, 0.02)
	}, 1.45, 1.57)
	if err := first(failed, err); err != nil {
		return rsbState{}, err
	}
	return newRSBState(y)
})

// slope returns f'(x) by central differences of eighth order: with h = 0.02 and
// a smooth f the error is rounding, about 10⁻¹⁴/h.
func slope(f func(float64) float64, x, h float64) float64 {
	sum := 0.0
	for k, weight := range []float64{4. / 5, -1. / 5, 4. / 105, -1. / 280} {
		step := h * float64(k+1)
		sum += weight * (f(x+step) - f(x-step))
	}
	return sum / h
}

// An rsbState is a solution at given y = m/(√2 Δ), Δ = √(αr0), of the equations
// of [AGSOneStep] in the unknowns Δ, ω and κ = ω²α(r1−r0); the load follows from
// them, as in the replica-symmetric case.
//
// Where |h| is large, a neuron follows its field and the solution is replica
// symmetric. What differs comes from |h| of order 1/ω, where t = ωh is of order
// 1, so all averages are written as the replica-symmetric value and an integral
// over t. With A = e^t Φ((κ+t)/√κ), B = e^{−t} Φ((κ−t)/√κ), Φ the normal
// distribution function,
//
//	∫Dy e^{|t+√κ y|} = e^{κ/2}(A + B),   1 − ⟨sgn h⟩ = 2B/(A+B) (t > 0),
//	⟨δ(h)⟩ = ωg,  g = e^{−t²/2κ − κ/2}/(√(2πκ) (A+B)).
type rsbState struct {
	y, delta, omega, kappa float64
	rsbAverage
}

// An rsbAverage holds the averages over t; those marked ω are integrals over t
// instead of h = t/ω, so that they stay of the order of the density of h at 0.
type rsbAverage struct {
	overlap float64 // ∫Dz ⟨sgn h⟩
	c       float64
	d       float64 // ω(1−q0)
	log     float64 // ω ∫Dz [ln(A+B) − |t|]
	balance float64 // ω ∫Dz [(1 − ω∂/∂ω) ln ∫Dy e^{ω|h|} + κ/2]
}

func (s rsbState) m() float64       { return math.Sqrt2 * s.y * s.delta }
func (s rsbState) q0() float64      { return 1 - s.d/s.omega }
func (s rsbState) lambda1() float64 { return 1 - s.c }
func (s rsbState) lambda2() float64 { return 1 - s.c - s.d }
func (s rsbState) r0() float64      { return s.q0() / (s.lambda2() * s.lambda2()) }
func (s rsbState) alpha() float64   { return s.delta * s.delta / s.r0() }

// energy is e of [AGSOneStep] with the terms κ/2ω, which cancel, left out.
func (s rsbState) energy() float64 {
	alpha, m := s.alpha(), s.m()
	r1 := s.r0() + s.d/(s.omega*s.lambda1()*s.lambda2())
	field := m*math.Erf(s.y) + 2*s.delta*normal(math.Sqrt2*s.y) // ∫Dz |m + Δz|
	return alpha/2 + m*m/2 + alpha/(2*s.omega)*math.Log1p(-s.d/s.lambda1()) -
		alpha*s.q0()/(2*s.lambda2()) + alpha*s.c*r1/2 + alpha*s.r0()*s.d/2 -
		field - s.log/(s.omega*s.omega)
}

// residuals are the equations for m, for r1 − r0 and for ω, each divided by its
// own size: at small α the two sides of the last are below 10⁻⁴⁰⁰.
func (s rsbState) residuals(dst []float64) {
	alpha, l1, l2 := s.alpha(), s.lambda1(), s.lambda2()
	dst[0] = s.overlap/s.m() - 1
	dst[1] = alpha*s.d*s.omega/(s.kappa*l1*l2) - 1
	dst[2] = s.balance/s.d - alpha/2*s.omega*s.d/(l1*l1)*secondOrder(s.d/l1)
}

// secondOrder returns [ln(1−x) + x/(1−x)]/x².
func secondOrder(x float64) float64 {
	if x > 0.01 {
		return (math.Log1p(-x) + x/(1-x)) / (x * x)
	}
	sum, power := 0.0, 1.0
	for k := 2.0; k < 10; k++ {
		sum += power * (1 - 1/k)
		power *= x
	}
	return sum
}

// newRSBState solves for Δ, ω and κ by Newton's method in their logarithms. It
// starts from the replica-symmetric Δ and the limit α → 0 of the others: with p
// the density of h at 0, ω = κ/(2αp I), I = ∫₀^∞ (1−⟨sgn h⟩²) dt, and κ, the root of
// balance = κI/4, is 1.1116, where I = 0.7660.
func newRSBState(y float64) (rsbState, error) {
	delta := math.Erf(y) / (math.Sqrt2 * y)
	density := normal(math.Sqrt2*y) / delta
	x := []float64{math.Log(delta), math.Log(1.1116 / (2 * delta * delta * density * 0.766)), math.Log(1.1116)}
	f := func(dst, x []float64) { rsbStateOf(y, x).residuals(dst) }
	if err := newton(fmt.Sprintf("broken replica symmetry at y = %.6g", y), f, x); err != nil {
		return rsbState{}, err
	}
	return rsbStateOf(y, x), nil
}

func rsbStateOf(y float64, x []float64) rsbState {
	s := rsbState{y: y, delta: math.Exp(x[0]), omega: math.Exp(x[1]), kappa: math.Exp(x[2])}
	s.rsbAverage = averageRSB(s)
	return s
}

// newton improves x until f(x) = 0 to rounding, with a Jacobian by differences.
func newton(what string, f func(dst, x []float64), x []float64) error {
	n := len(x)
	value := make([]float64, n)
	jacobian := mat.NewDense(n, n, nil)
	const (
		steps   = 50
		largest = 0.5 // of a step, in every variable
	)
	for range steps {
		f(value, x)
		fd.Jacobian(jacobian, f, x, &fd.JacobianSettings{Formula: fd.Forward, Step: 1e-7})
		var step mat.VecDense
		if err := step.SolveVec(jacobian, mat.NewVecDense(n, value)); err != nil {
			return &ConvergenceError{what}
		}
		size := mat.Norm(&step, math.Inf(1))
		shrink := math.Min(1, largest/size)
		for i := range x {
			x[i] -= shrink * step.AtVec(i)
		}
		if size < 1e-13 {
			return nil
		}
	}
	return &ConvergenceError{what}
}

// averageRSB integrates over t > 0, with the density G of h at ±t/ω. All
// integrands fall like e^{−2t} or faster.
func averageRSB(s rsbState) rsbAverage {
	var a rsbAverage
	root := math.Sqrt(s.kappa)
	for i, t := range soft.x {
		w := soft.w[i]
		plus := normal((t/s.omega-s.m())/s.delta) / s.delta
		minus := normal((t/s.omega+s.m())/s.delta) / s.delta
		both := w * (plus + minus)
		up := distribution((s.kappa + t) / root)
		down := math.Exp(-2*t) * distribution((s.kappa-t)/root)
		turned := 2 * down / (up + down) // 1 − ⟨sgn h⟩
		g := normal((s.kappa+t)/root) / (root * (up + down))
		log := math.Log(up + down)
		a.overlap -= w * turned * (plus - minus)
		a.c += 2 * both * g
		a.d += both * turned * (2 - turned)
		a.log += both * log
		a.balance += both * (log + t*turned - 2*s.kappa*g)
	}
	a.overlap = math.Erf(s.y) + a.overlap/s.omega
	return a
}

// distribution is Φ(x), the normal distribution function.
func distribution(x float64) float64 { return math.Erfc(-x/math.Sqrt2) / 2 }

// soft is Gauss–Legendre on panels of 0 < t < 22, finer where the integrands bend.
var soft = panels(40, 0, 0.5, 1, 2, 4, 8, 14, 22)
