package theory

import (
	"fmt"
	"math"
)

// AGS solves the replica-symmetric equations of Amit, Gutfreund and Sompolinsky
// (Ann. Phys. 173, 30 (1987)) at temperature 0 ≤ T < 1,
//
//	m = ∫Dz tanh β(√(αr) z + m),
//	q = ∫Dz tanh² β(√(αr) z + m),
//	r = q/(1−C)²,  C = β(1−q),
//
// for the retrieval state. Its free energy per neuron is
//
//	f = α/2 + m²/2 + (α/2β)[ln(1−C) − βq/(1−C)] + αrC/2
//	    − (1/β) ∫Dz ln 2cosh β(√(αr) z + m),
//
// where the first α/2 is the self-energy K/2N taken out by J_ii = 0; the
// spin-glass state is the solution with m = 0.
//
// At given T both solutions with m > 0 lie on one curve with the parameter
// y = m/(√2 Δ), Δ = √(αr): for each y the first equation has one root Δ(y),
// because its right-hand side is concave in Δ, and then
//
//	α(y) = Δ²(1−C)²/q
//
// has one maximum, the fold α_c(T). The retrieval state is the root of α(y) = α
// beyond the maximum, the unstable one the root before it. At T = 0 all this is
// [AGSZero]. Outside 0 < α ≤ α_c(T) (10⁻²⁰ ≤ α at T > 0), 0 ≤ T < 1 the error is a [*DomainError].
func AGS(alpha, temperature float64) (AGSPoint, error) {
	const smallest = 1e-20 // below, 1−C of the spin glass is lost in rounding
	switch {
	case temperature == 0:
		return AGSZero(alpha)
	case alpha > 0 && alpha < smallest:
		return AGSPoint{}, &DomainError{"alpha", alpha, "alpha >= 1e-20 at T > 0"}
	}
	retrieval, err := retrievalState(alpha, temperature)
	if err != nil {
		return AGSPoint{}, err
	}
	unstable, err := unstableState(alpha, temperature)
	if err != nil {
		return AGSPoint{}, err
	}
	glass, err := spinGlassAt(alpha, temperature)
	if err != nil {
		return AGSPoint{}, err
	}
	return AGSPoint{
		Alpha: alpha, T: temperature,
		M: retrieval.m, Q: retrieval.q(), R: retrieval.r(), C: retrieval.c, Error: retrieval.wrong,
		FRetrieval: retrieval.freeEnergy(alpha), FSpinGlass: glass.freeEnergy(alpha),
		MUnstable: unstable.m,
	}, nil
}

// belowCurie demands 0 ≤ T < 1: at T ≥ 1 there is no retrieval state even at α = 0.
func belowCurie(temperature float64) error {
	if !(temperature >= 0 && temperature < 1) {
		return &DomainError{"T", temperature, "0 <= T < 1"}
	}
	return nil
}

// AGSCapacityAt returns the fold α_c(T) of the retrieval state and the overlap
// there, 0 ≤ T < 1: the maximum over y of α(y) in [AGS]. With C′ = ∂C/∂m and
// C″ = ∂²C/∂m² at fixed Δ, and ∂/∂Δ = Δ ∂²/∂m² for a Gaussian average, it is at
//
//	2/Δ² = [2/(1−C) − T/(1−TC)] [C′²/(1−C) + C″].
func AGSCapacityAt(temperature float64) (alphaC, mC float64, err error) {
	if err := belowCurie(temperature); err != nil {
		return 0, 0, err
	}
	if temperature == 0 {
		alphaC, mC = AGSCapacity()
		return alphaC, mC, nil
	}
	fold, err := agsFoldAt(temperature)
	return fold.alpha(), fold.m, err
}

// An agsState is a solution of the first two equations of [AGS].
type agsState struct {
	fieldAverage
	y, delta, temperature float64
}

func (s agsState) q() float64 { return 1 - s.temperature*s.c }
func (s agsState) r() float64 { return s.q() / ((1 - s.c) * (1 - s.c)) }

// alpha is the load at which the state also solves the third equation.
func (s agsState) alpha() float64 {
	scaled := s.delta * (1 - s.c)
	return scaled * scaled / s.q()
}

// freeEnergy is f of [AGS], with αr = Δ² and αq/(1−C) = Δ²(1−C), which do not
// amplify the rounding of 1−C.
func (s agsState) freeEnergy(alpha float64) float64 {
	return alpha/2 + s.m*s.m/2 + alpha/2*s.temperature*math.Log1p(-s.c) -
		s.delta*s.delta*(1-2*s.c)/2 - s.phi
}

// foldSlope has the sign of dα/dy.
func (s agsState) foldSlope() float64 {
	load := 2/(1-s.c) - s.temperature/s.q()
	return load*(s.c1*s.c1/(1-s.c)+s.c2) - 2/(s.delta*s.delta)
}

// almeidaThouless is αβ²/(1−C)² ∫Dz sech⁴ β(√(αr) z + m): replica symmetry is
// stable where it is less than 1 (AGS 1987).
func (s agsState) almeidaThouless() float64 {
	return s.alpha() / ((1 - s.c) * (1 - s.c)) * s.c4
}

// newAGSState returns the state with m = √2 yΔ. By Newton's method from above:
// the mean field minus m is concave in Δ, so that no step passes the root, which
// is below erf(y)/(√2 y), its value at T = 0: the first step that does not go
// down is rounding.
func newAGSState(y, temperature float64) (agsState, error) {
	slope := math.Sqrt2 * y
	delta := math.Erf(y) / slope
	const steps = 200
	for range steps {
		a := averageField(slope*delta, delta, temperature)
		step := (a.m - slope*delta) / (slope*(1-a.c) - delta*a.c1)
		if !(step < -4*epsilon*delta) {
			return agsState{a, y, delta, temperature}, nil
		}
		delta += step
	}
	return agsState{}, &ConvergenceError{fmt.Sprintf("overlap at T = %.6g, y = %.6g", temperature, y)}
}

// retrievalState returns the state of [AGS] beyond the maximum of α(y). There
// q ≥ m² gives α ≤ 1/(2y²), which ends the search.
func retrievalState(alpha, temperature float64) (agsState, error) {
	fold, alpha, err := foldAbove(alpha, temperature)
	if err != nil {
		return agsState{}, err
	}
	return agsStateAt(alpha, temperature, fold.y, math.Max(fold.y, 1/math.Sqrt(2*alpha)))
}

// unstableState returns the state of [AGS] before the maximum of α(y).
func unstableState(alpha, temperature float64) (agsState, error) {
	fold, alpha, err := foldAbove(alpha, temperature)
	if err != nil {
		return agsState{}, err
	}
	return agsStateAt(alpha, temperature, 0, fold.y)
}

// foldAbove returns the state at the fold and the load, which must be below it.
func foldAbove(alpha, temperature float64) (agsState, float64, error) {
	if err := belowCurie(temperature); err != nil {
		return agsState{}, 0, err
	}
	fold, err := agsFoldAt(temperature)
	if err != nil {
		return agsState{}, 0, err
	}
	alpha, err = belowFold(alpha, temperature, fold.alpha())
	return fold, alpha, err
}

// agsFoldAt returns the state with the largest α(y).
func agsFoldAt(temperature float64) (agsState, error) {
	return agsStateWhere("AGS fold", temperature, 0.5, 4, agsState.foldSlope)
}

// agsStateAt returns the state with α(y) = α between y = a and b.
func agsStateAt(alpha, temperature, a, b float64) (agsState, error) {
	return agsStateWhere("AGS state", temperature, a, b, func(s agsState) float64 { return s.alpha() - alpha })
}

// agsStateWhere returns the state with f = 0 between y = a and b. The state y = 0
// has α = 0.
func agsStateWhere(what string, temperature, a, b float64, f func(agsState) float64) (agsState, error) {
	var failed error
	y, err := zero(fmt.Sprintf("%s at T = %.6g", what, temperature), func(y float64) float64 {
		if y == 0 {
			return f(agsState{delta: 0, temperature: temperature})
		}
		s, err := newAGSState(y, temperature)
		failed = first(failed, err)
		return f(s)
	}, a, b)
	if err := first(failed, err); err != nil {
		return agsState{}, err
	}
	return newAGSState(y, temperature)
}

// spinGlassAt returns the state with m = 0. On the branch C < 1, that is Δ above
// the root of C = 1, its load rises with Δ from 0. As C ≤ √(2/π)/Δ, its value at
// T = 0, that root is below 1, and Δ < √α + 1.
func spinGlassAt(alpha, temperature float64) (agsState, error) {
	state := func(delta float64) agsState {
		return agsState{averageField(0, delta, temperature), 0, delta, temperature}
	}
	low, err := zero("spin glass at alpha = 0", func(delta float64) float64 {
		return 1 - state(delta).c
	}, 0x1p-20, 1)
	if err != nil {
		return agsState{}, err
	}
	delta, err := zero("spin glass", func(delta float64) float64 {
		return state(delta).alpha() - alpha
	}, low, math.Sqrt(alpha)+1)
	return state(delta), err
}
