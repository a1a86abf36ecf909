package theory

import "math"

// ExponentialOneStep is the error of a stored pattern after one step of an
// exponential memory.
type ExponentialOneStep struct {
	Lambda float64
	N, K   int
	Error  float64
}

// NewExponentialOneStep evaluates the fraction of wrong neurons after one parallel
// step from a stored pattern of the network with F(x) = e^{λx}. Along its pattern
// a neuron has the field e^{λ(N−1)}(1 + S),
//
//	S = Σ_{μ>1} η_μ e^{−2λJ_μ},
//
// η_μ = ±1, J_μ the number of N−1 fair coins that fall tails, all independent, and
// the error is the probability of S < −1. By the formula of Gil-Pelaez (Biometrika
// 38, 481 (1951)), with φ(t) = Σ_j p_j cos(t e^{−2λj}) for one term,
//
//	error = ½ − (1/π) ∫₀^∞ φ(t)^{K−1} (sin t)/t dt.
//
// The integrand is damped by e^{−(σt)²/2}, which blurs S by a Gaussian of width
// σ = 0.003: where few patterns leave S discrete, what is within σ of −1 counts as
// half an error, the tie S = −1 included.
//
// Validity: 2 ≤ N ≤ 1000, K ≤ 10¹⁵, 0.1 ≤ λ ≤ 100; absolute accuracy 10⁻¹⁰ of the blurred
// probability.
func NewExponentialOneStep(lambda float64, n, k int) (ExponentialOneStep, error) {
	err := first(within("lambda", lambda, 0.1, 100), within("N", float64(n), 2, 1000), within("K", float64(k), 1, 1e15))
	if err != nil {
		return ExponentialOneStep{}, err
	}
	return ExponentialOneStep{lambda, n, k, newExponentialTerm(lambda, n).error(k)}, nil
}

// NewExponentialCapacity returns the largest K at which the error of
// [NewExponentialOneStep] is at most p, 0 < p < ½.
func NewExponentialCapacity(lambda float64, n int, p float64) (int, error) {
	if !(p > 0 && p < 0.5) {
		return 0, &DomainError{"error", p, "0 < error < 0.5"}
	}
	if _, err := NewExponentialOneStep(lambda, n, 1); err != nil {
		return 0, err
	}
	term := newExponentialTerm(lambda, n)
	most := 1 << 49
	if n < 50 {
		most = 1 << n // more than there are states
	}
	others, err := largestBelow(func(others int) (float64, error) {
		return math.Log(term.error(min(others, most)+1) / p), nil
	}, min(most/100, int(1/term.square)))
	return others + 1, err
}

// exponentialTerm is the distribution of one |η e^{−2λJ}|, terms that are too rare
// or too small to matter left out.
type exponentialTerm struct {
	x, p   []float64
	square float64 // ⟨x²⟩
}

func newExponentialTerm(lambda float64, n int) (t exponentialTerm) {
	for j := range n {
		x, p := math.Exp(-2*lambda*float64(j)), fairProb(float64(n-1), float64(j))
		if x < 1e-150 {
			break
		}
		t.x, t.p = append(t.x, x), append(t.p, p)
		t.square += p * x * x
	}
	return t
}

var unitPanel = newRule(16, 1, func(float64) float64 { return 1 })

// error integrates panel by panel up to where the integrand is below 10⁻¹⁵.
func (e exponentialTerm) error(k int) float64 {
	if k < 2 {
		return 0
	}
	const blur, least = 0.003, 36.0
	others := float64(k - 1)
	half := math.Min(1, 1/math.Sqrt(others*e.square)) / 2
	integral := 0.0
	for from := 0.0; from*blur < math.Sqrt(2*least); from += 2 * half {
		smallest := math.Inf(1)
		for i, u := range unitPanel.x {
			t := from + half*(1+u)
			decay := (blur*t)*(blur*t)/2 - others*math.Log1p(-math.Min(e.lost(t), 1))
			smallest = math.Min(smallest, decay)
			integral += half * unitPanel.w[i] * math.Sin(t) / t * math.Exp(-decay)
		}
		if smallest > least {
			break
		}
	}
	return 0.5 - integral/math.Pi
}

// lost returns 1 − φ(t).
func (e exponentialTerm) lost(t float64) (sum float64) {
	for j, x := range e.x {
		s := math.Sin(t * x / 2)
		sum += 2 * e.p[j] * s * s
	}
	return sum
}
