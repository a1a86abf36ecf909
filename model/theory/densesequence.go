package theory

import (
	"fmt"
	"math"
)

// A SequenceClosure says what follows the last pattern of a sequence. It decides how
// many of the K patterns have a successor, and so how many are noise to one of them.
type SequenceClosure int

const (
	Cyclic SequenceClosure = iota // the first pattern: K transitions
	Open                          // nothing: K−1 transitions
)

func (c SequenceClosure) String() string { return [...]string{"cyclic", "open"}[c] }

// transitions returns the number of patterns with a successor.
func (c SequenceClosure) transitions(k float64) float64 { return k - float64(c) }

// DenseSequenceError returns the probability that a neuron is wrong after one step
// from an exact pattern of
//
//	s_i' = sgn Σ_μ ξ_i^{μ+1} f(m_i^μ),  m_i^μ = (1/(N−1)) Σ_{j≠i} ξ_j^μ s_j,  f(x) = x^d
//
// (Chaudhry, Zavatone-Veth, Krotov and Pehlevan, NeurIPS 2023), the noise taken as
// Gaussian with its exact variance. With X a sum of n = N−1 signs and ν the number of
// other patterns that have a successor (K−1 if cyclic, K−2 if open)
//
//	error = ½ erfc(1/√(2νv)),  v = ⟨X^{2d}⟩/n^{2d},
//
// n^d v = 3 − 2/n and 15 − 30/n + 16/n² for d = 2, 3, and (2d−1)!! for N → ∞. d = 1 is
// the asymmetric Hebb rule without diagonal.
//
// Validity: 1 ≤ d ≤ 100, 2 ≤ N ≤ 10⁶, N^d ≤ 10³⁰⁰, K ≥ 2.
func DenseSequenceError(degree, n, k int, closure SequenceClosure) (float64, error) {
	variance, err := denseSequenceVariance(degree, n)
	if err := first(err, denseSequencePatterns(k, closure)); err != nil {
		return 0, err
	}
	return gaussianError((closure.transitions(float64(k)) - 1) * variance), nil
}

// DenseSequenceErrorExact is [DenseSequenceError] with the exact law of the noise, a
// sum of ν terms ±X^d, instead of a Gaussian. A zero field, which keeps the spin,
// counts as half an error, since the spin belongs to another pattern.
//
// Validity: as [NewDenseOneStep], (N−1)^d < 2⁶².
func DenseSequenceErrorExact(degree, n, k int, closure SequenceClosure) (float64, error) {
	if err := first(within("degree", float64(degree), 1, 100), within("N", float64(n), 2, 1e6),
		within("K", float64(k), 2, 1e15), denseSequencePatterns(k, closure)); err != nil {
		return 0, err
	}
	steps, err := newSequenceSteps(degree, n)
	if err != nil {
		return 0, err
	}
	others := int(closure.transitions(float64(k))) - 1
	if others == 0 {
		return 0, nil
	}
	beyond, err1 := steps.error(others + 1)
	steps.signal--
	from, err2 := steps.error(others + 1)
	return (beyond + from) / 2, first(err1, err2)
}

func denseSequencePatterns(k int, closure SequenceClosure) error {
	return first(atLeast("K", k, 2), within("closure", float64(closure), 0, 1))
}

// newSequenceSteps is the law of one term: |X|^d for X a sum of N−1 signs.
func newSequenceSteps(degree, n int) (denseSteps, error) {
	var s denseSteps
	if float64(degree)*math.Log2(float64(n-1)) >= 62 {
		return s, &DomainError{"N", float64(n), fmt.Sprintf("(N-1)^%d < 2^62", degree)}
	}
	for wrong := (n - 1) / 2; wrong >= 0; wrong-- {
		x, power := int64(n-1-2*wrong), int64(1)
		for range degree {
			power *= x
		}
		p := 2 * fairProb(float64(n-1), float64(wrong))
		if x == 0 {
			p /= 2
		}
		s.d, s.p, s.signal = append(s.d, power), append(s.p, p), power
	}
	return s, nil
}

// gaussianError returns ½ erfc(1/√(2·variance)).
func gaussianError(variance float64) float64 {
	return math.Erfc(1/math.Sqrt(2*variance)) / 2
}

// denseSequenceVariance returns v of [DenseSequenceError].
func denseSequenceVariance(degree, n int) (float64, error) {
	if err := first(within("degree", float64(degree), 1, 100), within("N", float64(n), 2, 1e6)); err != nil {
		return 0, err
	}
	if float64(degree)*math.Log10(float64(n)) > 300 {
		return 0, &DomainError{"degree", float64(degree), fmt.Sprintf("N^degree <= 1e300 at N = %d", n)}
	}
	signs, sum := float64(n-1), 0.0
	for wrong := (n - 1) / 2; wrong >= 0; wrong-- { // the smallest terms last, but for the middle
		x := (signs - 2*float64(wrong)) / signs
		sum += 2 * fairProb(signs, float64(wrong)) * math.Pow(x, 2*float64(degree))
	}
	return sum, nil
}

// DenseSequenceCapacity is the number of patterns in a sequence that is recalled.
type DenseSequenceCapacity struct {
	N                     int
	KTransition           float64 // one transition has no error with probability 1−c
	KSequence             float64 // none of all transitions has, with probability 1−c
	KTransitionAsymptotic float64 // leading order, N → ∞, at any fixed c
	KSequenceAsymptotic   float64 // the same; 0 where none is known
	Variance              float64 // v, the noise of one pattern
}

// NewDenseSequenceCapacity returns the capacities of f(x) = x^d at the probability c of
// failure, 0 < c < 1, from the error p of [DenseSequenceError]: K_T is where
// (1−p)^N = 1−c, and K_S where (1−p)^{N·transitions} = 1−c, both real numbers. Their
// leading orders are (Chaudhry et al. 2023)
//
//	K_T = N^d/(2(2d−1)!! ln N),  K_S = K_T/(d+1).
//
// With the exact v both rise with d for ever, as v falls; only (2d−1)!! has an optimum.
//
// Validity: as [DenseSequenceError], and at least two patterns, else a [*DomainError].
func NewDenseSequenceCapacity(degree, n int, c float64, closure SequenceClosure) (DenseSequenceCapacity, error) {
	variance, err := denseSequenceVariance(degree, n)
	if err != nil {
		return DenseSequenceCapacity{}, err
	}
	capacity, err := sequenceCapacity(n, variance, c, closure)
	size := math.Pow(float64(n), float64(degree)) / oddFactorial(2*degree-1)
	capacity.KTransitionAsymptotic = size / (2 * math.Log(float64(n)))
	capacity.KSequenceAsymptotic = capacity.KTransitionAsymptotic / float64(degree+1)
	return capacity, err
}

// ExponentialSequenceError is [DenseSequenceError] for f(x) = e^{(N−1)(x−1)}, where
//
//	v = ⟨e^{2(X−n)}⟩ = (cosh 2/e²)^{N−1} = 1.9640…^{−(N−1)}.
//
// The true law of the noise is far from Gaussian below N = 60 or so (Chaudhry et al.
// 2023), see [ExponentialSequenceErrorExact]: at N = 40, K = 2³⁵ the Gaussian error is 6
// times too small.
//
// Validity: 2 ≤ N ≤ 1000, K ≥ 2.
func ExponentialSequenceError(n, k int, closure SequenceClosure) (float64, error) {
	if err := first(within("N", float64(n), 2, 1000), denseSequencePatterns(k, closure)); err != nil {
		return 0, err
	}
	return gaussianError((closure.transitions(float64(k)) - 1) * exponentialSequenceVariance(n)), nil
}

// ExponentialSequenceErrorExact is [ExponentialSequenceError] with the exact law of the
// noise. The noise and the validity are as in [NewExponentialOneStep] at λ = 1.
func ExponentialSequenceErrorExact(n, k int, closure SequenceClosure) (float64, error) {
	if err := denseSequencePatterns(k, closure); err != nil {
		return 0, err
	}
	p, err := NewExponentialOneStep(1, n, k-int(closure))
	return p.Error, err
}

// NewExponentialSequenceCapacity is [NewDenseSequenceCapacity] for
// f(x) = e^{(N−1)(x−1)}, with K_T = 1.9640…^{N−1}/(2 ln N) to leading order, N ≤ 1000.
func NewExponentialSequenceCapacity(n int, c float64, closure SequenceClosure) (DenseSequenceCapacity, error) {
	if err := within("N", float64(n), 2, 1000); err != nil {
		return DenseSequenceCapacity{}, err
	}
	variance := exponentialSequenceVariance(n)
	capacity, err := sequenceCapacity(n, variance, c, closure)
	capacity.KTransitionAsymptotic = 1 / (2 * variance * math.Log(float64(n)))
	return capacity, err
}

func exponentialSequenceVariance(n int) float64 {
	return math.Pow((1+math.Exp(-4))/2, float64(n-1))
}

// sequenceCapacity solves for K at the variance v of one pattern.
func sequenceCapacity(n int, variance, c float64, closure SequenceClosure) (DenseSequenceCapacity, error) {
	if !(c > 1e-15 && c < 1-1e-15) {
		return DenseSequenceCapacity{}, &DomainError{"c", c, "1e-15 < c < 1 - 1e-15"}
	}
	if err := within("closure", float64(closure), 0, 1); err != nil {
		return DenseSequenceCapacity{}, err
	}
	lost := math.Log1p(-c) / float64(n) // ln(1−p) at one transition
	p := -math.Expm1(lost)
	most := math.Inf(1)
	if p < 0.5 {
		x := math.Erfcinv(2 * p)
		most = 1/(2*variance*x*x) + 1 + float64(closure)
	}
	few := &DomainError{"c", c, fmt.Sprintf("a probability at which a sequence of two patterns or more is recalled, N = %d", n)}
	if math.IsInf(most, 1) || most < 2 {
		return DenseSequenceCapacity{}, few
	}
	excess := func(k float64) float64 {
		transitions := closure.transitions(k)
		return transitions*math.Log1p(-gaussianError((transitions-1)*variance)) - lost
	}
	least := 2 + float64(closure)
	if most <= least || excess(least) < 0 {
		return DenseSequenceCapacity{}, few
	}
	k, err := zero(fmt.Sprintf("whole sequence at N = %d", n), excess, least, most)
	return DenseSequenceCapacity{N: n, KTransition: most, KSequence: k, Variance: variance}, err
}
