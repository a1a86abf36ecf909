package theory

import (
	"fmt"
	"math"
)

// LogSumExpCapacities are the largest loads α = (ln K)/N at which the network of
// [LogSumExpThresholds] retrieves every one of its patterns.
type LogSumExpCapacities struct {
	Lambda                                     float64
	AlphaBinary, AlphaSpherical, AlphaGaussian float64
}

// NewLogSumExpCapacities returns α_c(λ), λ > 0, from the most likely exception among
// e^{αN} patterns (Lucibello and Mézard, Phys. Rev. Lett. 132, 077301 (2024), give
// it as a lower bound). A binary or a spherical pattern has no overlap with another that
// is larger than its own, so α_c is the threshold α₁ of [NewLogSumExpThresholds].
//
// A Gaussian pattern has |ξ|² = nN, n ≠ 1, with probability e^{−NI(n)},
// I(n) = ½(n − 1 − ln n), and its overlap with another is normal, of variance nN. It
// is lost
//
//	to all others together, whose sum has the exponent α + λ²n/2, if
//	    α > I(n) and α + λ²n/2 > λn, λ < 1,
//	to a single one of overlap nN, if 2α > I(n) + n/2.
//
// The smallest α of the first kind is cn, c = λ − λ²/2, at the root n < 1 of I(n) = cn,
// and (ln 2)/4 of the second, at n = ½. α_c is the smaller of the two: the first below
// λ = 0.7009….
func NewLogSumExpCapacities(lambda float64) (LogSumExpCapacities, error) {
	typical, err := NewLogSumExpThresholds(lambda)
	if err != nil {
		return LogSumExpCapacities{}, err
	}
	gaussian, err := gaussianCapacity(lambda)
	return LogSumExpCapacities{lambda, typical.AlphaBinary, typical.AlphaSpherical, gaussian}, err
}

func gaussianCapacity(lambda float64) (float64, error) {
	const pair = math.Ln2 / 4
	if lambda >= 1 {
		return pair, nil
	}
	c := lambda * (1 - lambda/2)
	// I(n) = cn with n = 1−e: −ln(1−e) − e = 2c(1−e), where e ≤ 1 − 1/e.
	lost, err := zero("capacity for Gaussian patterns", func(e float64) float64 {
		return excessLog(e) - 2*c*(1-e)
	}, 0, 1-math.Exp(-1)+1e-9)
	return math.Min(pair, c*(1-lost)), err
}

// excessLog returns −ln(1−e) − e, by its series at small e.
func excessLog(e float64) float64 {
	if e > 0.05 {
		return -math.Log1p(-e) - e
	}
	sum, power := 0.0, e
	for k := 2.0; k < 14; k++ {
		power *= e
		sum += power / k
	}
	return sum
}

// RamsauerSeparation returns the separation Δ_μ = |x_μ|² − max_ν x_μ·x_ν above which
// the update ξ' = Σ_μ softmax(βξ·x)_μ x_μ of K ≥ 2 patterns no longer than M has a fixed
// point within 1/(βKM) of x_μ (Ramsauer et al., ICLR 2021, arXiv 2008.02217, Lemma A7),
//
//	Δ_μ ≥ 2/(βK) + (1/β) ln(2(K−1)KβM²).
//
// The bound needs a positive logarithm to say anything, else the error is a
// [*DomainError].
func RamsauerSeparation(beta float64, k int, length float64) (float64, error) {
	if err := first(within("beta", beta, 1e-100, 1e100), atLeast("K", k, 2), within("M", length, 1e-100, 1e100)); err != nil {
		return 0, err
	}
	count := float64(k)
	logarithm := math.Log(2*(count-1)*count) + math.Log(beta) + 2*math.Log(length)
	if logarithm <= 0 {
		return 0, &DomainError{"beta", beta, fmt.Sprintf("2(K-1)K beta M^2 > 1 at K = %d, M = %.6g", k, length)}
	}
	return (2/count + logarithm) / beta, nil
}

// RamsauerError returns the bound on the error of one update, if the state and the fixed
// point are both within the given distance from x_μ, for a separation Δ_μ (Ramsauer et
// al. 2021, Theorem 5),
//
//	|ξ' − x*| ≤ 2(K−1) e^{−β(Δ_μ − 2·distance·M)} M.
func RamsauerError(beta float64, k int, length, separation, distance float64) (float64, error) {
	if err := first(within("beta", beta, 1e-100, 1e100), atLeast("K", k, 2), within("M", length, 1e-100, 1e100),
		within("separation", separation, 0, 1e100), within("distance", distance, 0, 1e100)); err != nil {
		return 0, err
	}
	exponent := -beta * (separation - 2*distance*length)
	bound := 2 * float64(k-1) * math.Exp(math.Min(exponent, 700)) * length
	if exponent > 600 || math.IsInf(bound, 0) {
		return 0, &DomainError{"distance", distance, "a distance at which the bound is below 10^260"}
	}
	return bound, nil
}

// A RamsauerCapacity is the number of random patterns that a network of dimension d
// stores at least (Ramsauer et al. 2021, Theorem 3).
type RamsauerCapacity struct {
	C           float64 // the base of the bound
	LogPatterns float64 // ln K, K = √p C^{(d−1)/4}
	Holds       bool    // whether C ≥ (2/√p)^{4/(d−1)}, which the theorem needs
}

// NewRamsauerCapacity evaluates the bound for random patterns on the sphere of radius
// M = k√(d−1) in d ≥ 2 dimensions: with probability 1−p at least
//
//	K = √p C^{(d−1)/4},  C = b/W₀(e^{a + ln b}),
//	a = 2(1 + ln(2βk²p(d−1)))/(d−1),  b = 2k²β/5
//
// patterns are stored, W₀ Lambert's function. C = 3.1546 at β = 1, k = 3, d = 20,
// p = 0.001, and 1.3718 at β = 1, k = 1, d = 75 (their numbers).
//
// Validity: 10⁻⁶ ≤ β, k ≤ 10⁶, d ≤ 10⁹, 10⁻¹⁵ ≤ p < 1.
func NewRamsauerCapacity(beta, k float64, d int, p float64) (RamsauerCapacity, error) {
	if err := first(within("beta", beta, 1e-6, 1e6), within("k", k, 1e-6, 1e6), atLeast("d", d, 2), within("d", float64(d), 2, 1e9)); err != nil {
		return RamsauerCapacity{}, err
	}
	if !(p >= 1e-15 && p < 1) {
		return RamsauerCapacity{}, &DomainError{"p", p, "1e-15 <= p < 1"}
	}
	rest := float64(d - 1)
	a := 2 * (1 + math.Log(2*beta*k*k*p*rest)) / rest
	b := 2 * k * k * beta / 5
	logW, err := logLambert(a + math.Log(b))
	logC := math.Log(b) - logW
	return RamsauerCapacity{
		C:           math.Exp(logC),
		LogPatterns: math.Log(p)/2 + rest/4*logC,
		Holds:       rest/4*logC >= math.Log(2)-math.Log(p)/2,
	}, err
}

// logLambert returns ln W₀(e^y), the root v of e^v + v = y.
func logLambert(y float64) (float64, error) {
	low, high := y-1, y
	if y > 1 {
		low, high = math.Log(y)-1, math.Log(y)
	} else if y > 0 {
		low = -1
	}
	return zero("Lambert's function", func(v float64) float64 { return math.Exp(v) + v - y }, low, high)
}
