package theory

import "math"

// OneStep is the error after one parallel step of the Hopfield network, beside
// the number of patterns that can be recalled without error.
type OneStep struct {
	N, K            int
	M0              float64 // overlap of the cue, as asked for
	ErrorExact      float64 // finite N, K: [OneStepError]
	ErrorAsymptotic float64 // N → ∞ at α = K/N: [OneStepErrorAsymptotic]
	KMost, KAll     float64 // [McEliece]
}

// NewOneStep evaluates all columns of [OneStep].
func NewOneStep(n, k int, m0 float64) (OneStep, error) {
	exact, err := OneStepError(n, k, m0)
	if err != nil {
		return OneStep{}, err
	}
	asymptotic, err := OneStepErrorAsymptotic(float64(k)/float64(n), m0)
	if err != nil {
		return OneStep{}, err
	}
	most, all, err := McEliece(n)
	return OneStep{n, k, m0, exact, asymptotic, most, all}, err
}

// OneStepError is the exact expected fraction of wrong neurons after one
// parallel step at T = 0 from a cue in which exactly
//
//	F = ⌊N(1−m0)/2 + ½⌋
//
// neurons of a stored pattern ξ are flipped, so M = N − 2F = Σ_i ξ_i s_i. The
// field on neuron i, measured along its pattern, is
//
//	N h_i ξ_i = (M − ξ_i s_i) + S,  S = a sum of (K−1)(N−1) independent signs
//
// because J_ii = 0 takes the neuron's own term out of both parts, and for μ not
// the cued pattern the signs ξ_i ξ_i^μ ξ_j^μ s_j are independent. A zero field
// keeps the spin, so a flipped neuron stays wrong at a tie and any other stays
// right:
//
//	error = (1 − F/N) P(S < 1−M) + (F/N) P(S ≤ −M−1).
//
// At m0 = 1 this is P(S < −(N−1)), and 3.435·10⁻³ at (N, K) = (1000, 138). N and
// K are at most 10⁶, so that (K−1)(N−1) is an exact float64; a probability below
// 10⁻³⁰⁸ is returned as 0.
func OneStepError(n, k int, m0 float64) (float64, error) {
	const largest = 1_000_000
	if err := first(
		atLeast("N", n, 2), atLeast("K", k, 1), within("m0", m0, -1, 1),
		within("N", float64(n), 2, largest), within("K", float64(k), 1, largest),
	); err != nil {
		return 0, err
	}
	flipped := flips(n, m0)
	m := float64(n) - 2*flipped
	signs := float64(k-1) * float64(n-1)
	kept := signsBelow(signs, -m) // S is an integer
	wrong := signsBelow(signs, -m-1)
	share := flipped / float64(n)
	return (1-share)*kept + share*wrong, nil
}

// flips returns F = ⌊N(1−m0)/2 + ½⌋ for m0 the decimal that was written: at N = 30
// and m0 = 0.9, F is 2 although the float64 lies below 1.5 + ½.
func flips(n int, m0 float64) float64 {
	const digits = 1e9
	return math.Floor(math.Round(float64(n)*(1-m0)/2*digits)/digits + 0.5)
}

// OneStepErrorAsymptotic is the limit of [OneStepError] for N → ∞ at fixed load
// α = K/N, where S/N is Gaussian with variance α:
//
//	error = ½ erfc(m0/√(2α)).
func OneStepErrorAsymptotic(alpha, m0 float64) (float64, error) {
	if err := first(positive("alpha", alpha), within("m0", m0, -1, 1)); err != nil {
		return 0, err
	}
	return math.Erfc(m0/math.Sqrt(2*alpha)) / 2, nil
}

// McEliece returns the number of patterns for which, as N → ∞, most of them, or
// all of them, are recalled without error,
//
//	most = N/(2 ln N),  all = N/(4 ln N)
//
// (McEliece, Posner, Rodemich and Venkatesh, IEEE Trans. Inf. Theory 33, 461
// (1987)). It holds from any cue with m0 > 0 if the network may take several
// steps; for recall in a single step both carry a factor m0².
func McEliece(n int) (most, all float64, err error) {
	if err := atLeast("N", n, 2); err != nil {
		return 0, 0, err
	}
	most = float64(n) / (2 * math.Log(float64(n)))
	return most, most / 2, nil
}
