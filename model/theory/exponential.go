package theory

import "math"

// ExponentialThresholds are the largest loads α = (ln K)/N of the network with
// F = exp (Demircigil, Heusel, Löwe, Upgang and Vermet, J. Stat. Phys. 168, 288
// (2017)) at which a cue with a fraction ρ of flipped neurons is corrected in one
// update.
type ExponentialThresholds struct {
	Rho          float64
	AlphaAll     float64 // every pattern
	AlphaTypical float64 // a typical pattern
}

// NewExponentialThresholds evaluates, for 0 ≤ ρ ≤ ½ and δ = 1−2ρ,
//
//	AlphaAll     = I(δ)/2,
//	AlphaTypical = I(δ)             if δ ≤ tanh 2,
//	               2δ − ln cosh 2   if δ > tanh 2,
//	I(x) = ½[(1+x) ln(1+x) + (1−x) ln(1−x)].
//
// The first is theirs, by a union over patterns and neurons. The second is a
// random-energy argument: a neuron sees the signal e^{Nδ} against the sum of
// e^{αN} terms ±e^{Nx} whose overlaps x have probability e^{−NI(x)}. The square
// of that noise is Σ e^{2Nx}, with exponent max{α − I(x) + 2x : I(x) ≤ α}. The
// maximum is at x = tanh 2 where I(tanh 2) < α, giving α + ln cosh 2, and at the
// largest overlap present, I(x) = α, where not; it must be below 2δ. At δ = tanh 2
// the two expressions agree.
func NewExponentialThresholds(rho float64) (ExponentialThresholds, error) {
	if err := within("rho", rho, 0, 0.5); err != nil {
		return ExponentialThresholds{}, err
	}
	delta := 1 - 2*rho
	rate := overlapRate(delta)
	t := ExponentialThresholds{rho, rate / 2, rate}
	if delta > math.Tanh(2) {
		t.AlphaTypical = 2*delta - logCosh(2)
	}
	return t, nil
}

// overlapRate returns I(x) of [NewExponentialThresholds], the rate at which the
// probability of an overlap x of two random states falls: with x artanh x
// instead of a sum of logarithms that cancel at small x.
func overlapRate(x float64) float64 {
	if x >= 1 {
		return math.Ln2
	}
	return x*math.Atanh(x) + math.Log1p(-x*x)/2
}

func logCosh(x float64) float64 { return math.Abs(x) + math.Log1p(math.Exp(-2*math.Abs(x))) - math.Ln2 }

// LogSumExpThresholds are the largest loads α = (ln K)/N at which the network of
// Ramsauer et al. (2020), E = −(1/λ) ln Σ_μ e^{λ ξ^μ·x} + x²/2, retrieves a typical
// pattern, for three ensembles of patterns with ξ² = N.
type LogSumExpThresholds struct {
	Lambda                                     float64
	AlphaBinary, AlphaSpherical, AlphaGaussian float64
}

// NewLogSumExpThresholds compares, for λ > 0, the term of the pattern itself,
// e^{λN}, with the sum of all others, a random-energy model (Lucibello and
// Mézard, Phys. Rev. Lett. 132, 077301 (2024)). With ζ(λ) = (1/N) ln ⟨e^{λ ξ^μ·ξ}⟩
// that sum has the exponent
//
//	α + ζ(λ)     if α > λζ'(λ) − ζ(λ),
//	λ r_max(α)   else (condensed on the largest overlap present),
//
// and α is the load where it equals λ. For ±1 patterns and patterns on the
// sphere ζ' < 1 and the threshold is never condensed; Gaussian patterns, whose
// overlaps are not bounded by 1, condense at λ = 1:
//
//	binary:    ζ = ln cosh λ,                              α = λ − ζ,
//	spherical: ζ = λr + ½ ln(1−r²), r = 2λ/(1+√(1+4λ²)),    α = λ − ζ,
//	Gaussian:  ζ = λ²/2,                                   α = λ − λ²/2, ½ for λ ≥ 1.
func NewLogSumExpThresholds(lambda float64) (LogSumExpThresholds, error) {
	if err := positive("lambda", lambda); err != nil {
		return LogSumExpThresholds{}, err
	}
	bounded := math.Min(lambda, 1)
	return LogSumExpThresholds{
		Lambda:         lambda,
		AlphaBinary:    -math.Log1p(math.Expm1(-2*lambda) / 2), // λ − ln cosh λ
		AlphaSpherical: sphericalThreshold(lambda),
		AlphaGaussian:  bounded - bounded*bounded/2,
	}, nil
}

// sphericalThreshold returns λ(1−r) − ½ ln(1−r²), where 1−r² = r/λ, and 1−r is
// taken from 1−r = (1−r²)/(1+r) to keep its digits at large λ.
func sphericalThreshold(lambda float64) float64 {
	r := 2 * lambda / (1 + math.Hypot(1, 2*lambda))
	if lambda < 1 {
		return r/(1+r) - math.Log1p(-r*r)/2
	}
	return r/(1+r) - math.Log(r/lambda)/2
}
