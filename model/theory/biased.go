package theory

import (
	"fmt"
	"math"
)

// A BiasedPoint is the replica-symmetric retrieval state at T = 0 of biased patterns.
type BiasedPoint struct {
	Alpha, Bias float64
	M           float64 // overlap Σ(ξ_i−a)s_i/(N(1−a²)) with the retrieved pattern
	Error       float64 // the share of wrong neurons
	Mean        float64 // (1/N) Σ s_i, a in a pattern
	C           float64 // (1−a²) times the susceptibility
}

// Biased solves the replica-symmetric equations at T = 0 for patterns with
// P(ξ = 1) = (1+a)/2 and the covariance rule without threshold,
//
//	J_ij = (1/N) Σ_μ (ξ_i^μ − a)(ξ_j^μ − a),  J_ii = 0
//
// (Amit, Gutfreund and Sompolinsky, Phys. Rev. A 35, 2293 (1987)). With
// M = (1−a²)m and x = M/σ
//
//	M = ⟨(ξ−a) erf((ξ−a)x/√2)⟩,  C = (1−a²)(2/σ)⟨φ((ξ−a)x)⟩,
//	σ² = α(1−a²)²/(1−C)²,
//
// φ the normal density: given x all is explicit, and α(x) has one maximum with C < 1, α_c(a),
// beyond which lies the retrieval state. α_c falls with |a|, as a neuron of the more
// frequent sign sees the weaker field. a = 0 is [AGSZero].
//
// Validity: |a| ≤ 0.999, 10⁻²⁰ ≤ α ≤ α_c(a).
func Biased(alpha, bias float64) (BiasedPoint, error) {
	top, err := biasedTop(bias)
	if err != nil {
		return BiasedPoint{}, err
	}
	alpha, err = belowCapacity(alpha, 1e-20, biasedState(bias, top).alpha(), fmt.Sprintf("at a = %.12g", bias))
	if err != nil {
		return BiasedPoint{}, err
	}
	// m < 1 and C > 0 make α less than (2/x)².
	x, err := zero(fmt.Sprintf("biased patterns, a = %.6g, alpha = %.6g", bias, alpha), func(x float64) float64 {
		return biasedState(bias, x).alpha() - alpha
	}, top, math.Max(top, (1+1e-9)*2/math.Sqrt(alpha)))
	if err != nil {
		return BiasedPoint{}, err
	}
	return newBiasedPoint(alpha, biasedState(bias, x)), nil
}

// BiasedCapacity returns α_c(a) of [Biased] and the state there, |a| ≤ 0.999.
func BiasedCapacity(bias float64) (BiasedPoint, error) {
	top, err := biasedTop(bias)
	if err != nil {
		return BiasedPoint{}, err
	}
	s := biasedState(bias, top)
	return newBiasedPoint(s.alpha(), s), nil
}

// BiasedThresholdCapacity returns α_c(a) at the best threshold θ, s_i = sgn(h_i − θ),
// the state there, and θ: the capacity then rises with |a| (Amit et al. 1987).
//
// A ±1 neuron is the 0/1 neuron V = (1+s)/2. Its fields are 2(1−a²) times the fields of
// V − ½ in [NewSparseCapacity] at f = (1+a)/2. The capacity is the maximum over both
// variables there.
func BiasedThresholdCapacity(bias float64) (p BiasedPoint, theta float64, err error) {
	if err := within("a", bias, -0.999, 0.999); err != nil {
		return BiasedPoint{}, 0, err
	}
	s, err := sparseOptimum((1+bias)/2, fieldsOnSpins)
	if err != nil {
		return BiasedPoint{}, 0, err
	}
	return newBiasedPoint(s.alpha(), s), 2 * (1 - bias) * (1 + bias) * s.theta(), nil
}

func newBiasedPoint(alpha float64, s sparseState) BiasedPoint {
	return BiasedPoint{
		Alpha: alpha, Bias: 2*s.f - 1, M: s.m(),
		Error: s.f*tail(-s.x1) + (1-s.f)*tail(s.x0),
		Mean:  2*s.activity() - 1, C: s.susceptibility(),
	}
}

// biasedState returns the state with the given x, without threshold.
func biasedState(bias, x float64) sparseState {
	return sparseState{(1 + bias) / 2, fieldsOnSpins, -(1 - bias) * x, (1 + bias) * x}
}

// biasedTop returns the x of the maximum of α.
func biasedTop(bias float64) (float64, error) {
	if err := within("a", bias, -0.999, 0.999); err != nil {
		return 0, err
	}
	const ratio = 1.1
	alpha := func(x float64) float64 { return biasedState(bias, x).alpha() }
	x := 1.5
	for !(alpha(x) > 0 && alpha(ratio*x) <= alpha(x)) { // C > 1 at small x
		x *= ratio
	}
	return maximum(alpha, x/ratio, x*ratio), nil
}
