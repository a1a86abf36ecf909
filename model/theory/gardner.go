package theory

import (
	"fmt"
	"math"
)

// leastStability is the smallest κ of [GardnerCapacity]: below it α_c is no
// float64.
const leastStability = -37

// GardnerCapacity returns the largest load K/N at which couplings exist that give
// every bit of K random patterns a stability
//
//	ξ_i^μ Σ_j J_ij ξ_j^μ / |J_i| ≥ κ,
//
// with |J_i| the norm of row i, J_ii = 0 and N → ∞ (E. Gardner, J. Phys. A 21, 257
// (1988)),
//
//	1/α_c(κ) = ∫_{−κ}^∞ Dt (t+κ)² = (1+κ²)Φ(κ) + κφ(κ),
//
// φ the normal density and Φ its distribution. α_c(0) = 2, and α_c → 1/κ² for
// κ → ∞. The two terms cancel at negative κ, where the integral is taken by
// quadrature.
//
// For κ < 0 the solutions do not form a convex set and replica symmetry is broken:
// the formula is then an upper bound.
//
// Validity: −37 ≤ κ ≤ 10⁹.
func GardnerCapacity(kappa float64) (float64, error) {
	if err := within("kappa", kappa, leastStability, 1e9); err != nil {
		return 0, err
	}
	return 1 / stabilityCost(kappa), nil
}

// stabilityCost returns ∫_{−κ}^∞ Dt (t+κ)². At negative κ it is
// φ(κ) ∫₀^∞ u² e^{−u²/2 + κu} du, whose integrand is of one sign.
func stabilityCost(kappa float64) float64 {
	if kappa > -0.5 {
		return (1+kappa*kappa)*distribution(kappa) + kappa*normal(kappa)
	}
	const (
		range0 = 14 // e^{−u²/2} is negligible beyond
		decays = 50 // and e^{κu} beyond this many lengths 1/|κ|
	)
	half := math.Min(range0, -decays/kappa) / 2
	sum := 0.0
	for i, x := range tailPanel.x {
		u := half * (1 + x)
		sum += tailPanel.w[i] * u * u * math.Exp(u*(kappa-u/2))
	}
	return normal(kappa) * half * sum
}

var tailPanel = newRule(60, 1, func(float64) float64 { return 1 })

// GardnerStability returns κ_max(α), the largest stability that couplings can
// give every bit of K = αN random patterns: the inverse of [GardnerCapacity]. It is
// positive for α < 2, zero at α = 2 and negative beyond, where the patterns
// themselves cannot all be fixed points and, replica symmetry being broken, the
// value is an upper bound.
//
// A finite network has N−1 couplings per row, so its load is K/(N−1). The mean
// κ of the optimal rows still lies above κ_max, by about 1.5/N at α = 0.5 and 0.7/N
// at α = 1 (AdaTron, N = 50). Whether a solution exists at all is then a matter of chance, see
// [SeparableProbability].
//
// Validity: 10⁻¹⁸ ≤ α ≤ 10³⁰⁰.
func GardnerStability(alpha float64) (float64, error) {
	if err := within("alpha", alpha, 1e-18, 1e300); err != nil {
		return 0, err
	}
	// κ² + Φ(κ) ≤ 1/α_c for κ > 0, so κ_max < 1/√α.
	return zero(fmt.Sprintf("largest stability at alpha = %.6g", alpha), func(kappa float64) float64 {
		return math.Log(stabilityCost(kappa)) + math.Log(alpha)
	}, leastStability, 1/math.Sqrt(alpha)+1)
}

// GardnerMeanStability returns the mean stability of all bits in the couplings of
// largest least stability κ = κ_max(α). The stabilities of the optimum are max(t, κ) with
// a Gaussian t (Kepler and Abbott, J. Phys. France 49, 1657 (1988)),
//
//	⟨max(t, κ)⟩ = κΦ(κ) + φ(κ).
//
// It needs α < 2, as the optimum is unique for κ > 0 only.
func GardnerMeanStability(alpha float64) (float64, error) {
	if !(alpha < 2) {
		return 0, &DomainError{"alpha", alpha, "0 < alpha < 2"}
	}
	kappa, err := GardnerStability(alpha)
	return kappa*distribution(kappa) + normal(kappa), err
}

// SeparableProbability returns the probability that couplings exist which make one
// neuron of a network of N neurons right in all of K patterns (T. M. Cover, IEEE
// Trans. Electron. Comput. 14, 326 (1965)),
//
//	P = 2^{1−K} Σ_{k=0}^{N−2} C(K−1, k),
//
// the chance that at most N−2 of K−1 fair coins fall heads. It is exact for
// patterns in general position, as with real-valued bits. Patterns of ±1 are in
// general position but for a probability that falls exponentially with N. P = ½ at
// K = 2(N−1), the load 2 of [GardnerCapacity] at κ = 0. All N neurons are separable
// with about the N-th power.
//
// Validity: N ≥ 2, 1 ≤ K ≤ 10⁹.
func SeparableProbability(n, k int) (float64, error) {
	if err := first(atLeast("N", n, 2), atLeast("K", k, 1), within("K", float64(k), 1, 1e9)); err != nil {
		return 0, err
	}
	return fairBinomial(float64(k-1), float64(n-2)), nil
}
