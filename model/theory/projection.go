package theory

import "math"

// ProjectionGlassLoad is the load α_g = 1 − 2/π = 0.36338… of the pseudo-inverse
// at which a spin-glass state becomes degenerate with the patterns (Kanter and
// Sompolinsky, Phys. Rev. A 35, 380 (1987)): the largest projection of a ±1 state on
// a random subspace of dimension αN, divided by its length √N, is
//
//	√(2(1−α)/π) + √(α(1−2/π))
//
// in replica symmetry, and reaches 1, the projection of a pattern, at α_g.
const ProjectionGlassLoad = 1 - 2/math.Pi

// A ProjectionStep is the first parallel step of the pseudo-inverse at T = 0,
// N → ∞.
type ProjectionStep struct {
	Alpha, M0 float64
	M1        float64 // overlap after the step, J_ii = 0
	M1Kept    float64 // the same with the diagonal J_ii = α kept
}

// NewProjectionStep evaluates the first step s' = sgn(Js) from a random cue of
// overlap m0 with a stored pattern, |m0| ≤ 1, for
//
//	J_ij = (1/N) Σ_μν ξ_i^μ (C⁻¹)_μν ξ_j^ν,  C_μν = (1/N) Σ_k ξ_k^μ ξ_k^ν,  0 < α < 1
//
// (Personnaz, Guyon and Dreyfus, J. Phys. Lett. 46, L359 (1985)). J is a
// projector with J_ii → α, and as Jξ = ξ, a neuron sees the signal m0(1−α) from
// the others and, since Σ_{j≠i} J_ij² = J_ii − J_ii², Gaussian noise of variance
// α(1−α)(1−m0²):
//
//	J_ii = 0:  m1 = erf(m0 √((1−α)/(2α(1−m0²)))),
//	kept:      m1 = Σ_{e=±1} (1+e m0)/2 erf((m0(1−α) + eα)/√(2α(1−α)(1−m0²))).
//
// A kept diagonal holds a wrong neuron back: one wrong neuron alone sees the field
// 1−2α along its pattern, against 1−α without diagonal, and is not corrected for
// α > ½.
//
// At finite N both overlaps lie below by O(1/N): by 3/N and 1.6/N at α = 0.6,
// m0 = 0.7.
func NewProjectionStep(alpha, m0 float64) (ProjectionStep, error) {
	if !(alpha > 0 && alpha < 1) {
		return ProjectionStep{}, &DomainError{"alpha", alpha, "0 < alpha < 1"}
	}
	if err := within("m0", m0, -1, 1); err != nil {
		return ProjectionStep{}, err
	}
	deviation := math.Sqrt(2 * alpha * (1 - alpha) * (1 - m0) * (1 + m0))
	step := ProjectionStep{alpha, m0, erfRatio(m0*(1-alpha), deviation), 0}
	for _, e := range []float64{1, -1} {
		if share := (1 + e*m0) / 2; share > 0 {
			step.M1Kept += share * erfRatio(m0*(1-alpha)+e*alpha, deviation)
		}
	}
	return step, nil
}

// erfRatio returns erf(x/d), the sign of x at d = 0.
func erfRatio(x, d float64) float64 {
	if x == 0 {
		return 0
	}
	return math.Erf(x / d)
}
