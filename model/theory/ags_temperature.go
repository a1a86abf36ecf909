package theory

import (
	"fmt"
	"math"
)

// AGS solves the replica-symmetric equations of Amit, Gutfreund and Sompolinsky
// (Ann. Phys. 173, 30 (1987), eqs. 3.14–3.17) at temperature 0 ≤ T < 1,
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
// [AGSZero]. Outside 0 < α ≤ α_c(T), 0 ≤ T < 1 the error is a [*DomainError].
func AGS(alpha, temperature float64) (AGSPoint, error) {
	if temperature == 0 {
		return AGSZero(alpha)
	}
	if err := belowCurie(temperature); err != nil {
		return AGSPoint{}, err
	}
	fold, err := agsFoldAt(temperature)
	if err != nil {
		return AGSPoint{}, err
	}
	if alpha, err = belowFold(alpha, temperature, fold.alpha()); err != nil {
		return AGSPoint{}, err
	}
	retrieval, err := agsStateAt(alpha, temperature, fold.y, retrievalEnd(alpha, temperature))
	if err != nil {
		return AGSPoint{}, err
	}
	unstable, err := agsStateAt(alpha, temperature, 0, fold.y)
	if err != nil {
		return AGSPoint{}, err
	}
	glass, err := spinGlassAt(alpha, temperature)
	if err != nil {
		return AGSPoint{}, err
	}
	return AGSPoint{
		Alpha: alpha, T: temperature,
		M: retrieval.m, Q: retrieval.q(), R: retrieval.r(), C: retrieval.c, Error: (1 - retrieval.m) / 2,
		FRetrieval: retrieval.freeEnergy(alpha), FSpinGlass: glass.freeEnergy(alpha),
		MUnstable: unstable.m,
	}, nil
}
