package theory

import "math"

// TwoStep is the parallel dynamics at T = 0 after one and two steps, N → ∞.
type TwoStep struct {
	Alpha, M0 float64
	M1, M2    float64 // overlap with the cued pattern after one and two steps
}

// NewTwoStep evaluates the exact result of Gardner, Derrida and Mottishaw (J.
// Phys. France 48, 741 (1987)) for the first two steps s' = sgn(Js) with J_ii = 0
// from a random cue of overlap m0, |m0| ≤ 1, at load α > 0:
//
//	m1 = erf(m0/√(2α)),
//	m2 = Σ_{s=±1} (1 + s m0)/2 · erf((m1 + αUs)/√(2α(1 + 2U m0 m1 + U²))),
//	U = √(2/(πα)) e^{−m0²/2α}.
//
// U is the response ⟨∂s'/∂h⟩ of a spin to its first field. The overlap of the
// state with another pattern, a/√N, changes by a₁ = ã₁ + U a₀, with ã₁ and a₀ of
// unit variance and correlation ⟨s's⟩ = m0 m1: that is the variance of the noise.
// A spin s acts on its neighbours' first step and so, through Σ_j J_ij² = α, back
// on its own field at the second: that is αUs.
//
// At finite N, m2 is biased by O(1/N).
func NewTwoStep(alpha, m0 float64) (TwoStep, error) {
	if err := first(positive("alpha", alpha), within("m0", m0, -1, 1)); err != nil {
		return TwoStep{}, err
	}
	m1 := math.Erf(m0 / math.Sqrt(2*alpha))
	u := response(m0, math.Sqrt(alpha))
	deviation := math.Sqrt(2 * alpha * (1 + 2*u*m0*m1 + u*u))
	m2 := 0.0
	for _, s := range []float64{1, -1} {
		m2 += (1 + s*m0) / 2 * math.Erf((m1+alpha*u*s)/deviation)
	}
	return TwoStep{alpha, m0, m1, m2}, nil
}

// response returns U = (2/σ) φ(m/σ), φ the normal density: the mean of ∂ sgn(h)/∂h
// = 2δ(h) over a field of mean m and deviation σ.
func response(m, sigma float64) float64 { return 2 * normal(m/sigma) / sigma }
