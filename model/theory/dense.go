package theory

import (
	"fmt"
	"math"
	"math/big"
	"sort"
)

// A DenseForm is the interaction of a dense memory of order n, up to the factor
// −1/(nN^{n−1}) of its energy, with M the overlap of the state with a pattern
// times N.
type DenseForm int

const (
	// Full is F(M) = Mⁿ (Krotov and Hopfield, NIPS 29 (2016)).
	Full DenseForm = iota
	// Rectified is F(M) = Mⁿ for M > 0 and 0 else (the same).
	Rectified
	// Distinct is n! times the sum of ξ_i s_i … over n different neurons, Mⁿ
	// without its self-interactions (Gardner, J. Phys. A 20, 3453 (1987); Abbott and
	// Arian, Phys. Rev. A 36, 5091 (1987)).
	Distinct
)

func (f DenseForm) String() string { return [...]string{"full", "rectified", "distinct"}[f] }

// noise returns the variance of the field of one other pattern, in units where
// the pattern's own field is 1 and as N → ∞, times N^{n−1}: ⟨x^{2n−2}⟩ = (2n−3)!! for
// a normal x, half of it where only x > 0 counts, (n−1)! without
// self-interactions.
func (f DenseForm) noise(degree int) float64 {
	switch f {
	case Rectified:
		return oddFactorial(2*degree-3) / 2
	case Distinct:
		return math.Gamma(float64(degree))
	}
	return oddFactorial(2*degree - 3)
}

// oddFactorial returns n!! = n(n−2)…1.
func oddFactorial(n int) float64 {
	product := 1.0
	for ; n > 1; n -= 2 {
		product *= float64(n)
	}
	return product
}

// DenseOneStep is the error of a stored pattern after one step of a dense memory.
type DenseOneStep struct {
	Degree, N, K    int
	ErrorExact      float64
	ErrorAsymptotic float64 // N → ∞ at α = K/N^{n−1}
}

// NewDenseOneStep evaluates the fraction of wrong neurons after one parallel
// step of Krotov and Hopfield from a stored pattern: each neuron takes the value
// of lower energy while the others stay, and keeps its value at a tie. Along its
// pattern, the difference is
//
//	d(N−1) + S,  S = Σ_{μ>1} η_μ d(X_μ),
//
// η_μ = ±1, X_μ a sum of N−1 independent signs, d(X) = F(X+1) − F(X−1), all
// independent, and the error is the probability that this is negative. S is a
// sum of K−1 independent terms with a lattice of values; its tail is summed
// exactly (see latticeSum). As N → ∞ it is Gaussian,
//
//	error = ½ erfc(1/√(2αc)),  c = (2n−3)!! full, (2n−3)!!/2 rectified, (n−1)! distinct.
//
// At n = 2 it is [OneStepError] at m0 = 1, but for the rectified form.
//
// Validity: n ≥ 2, 2 ≤ N ≤ 10⁶, K ≤ 10¹⁵, and d(N−1) < 2⁶², which bounds Nⁿ⁻¹. Where
// K is so small that the terms do not blur the lattice, and the lattice too large to
// be summed whole (degree 5, N = 50, K = 100: an error probability that hardly
// matters), the answer is a [*ConvergenceError].
func NewDenseOneStep(form DenseForm, degree, n, k int) (DenseOneStep, error) {
	steps, err := newDenseSteps(form, degree, n, k)
	if err != nil {
		return DenseOneStep{}, err
	}
	exact, err := steps.error(k)
	if err != nil {
		return DenseOneStep{}, err
	}
	alpha := float64(k) / math.Pow(float64(n), float64(degree-1))
	return DenseOneStep{degree, n, k, exact, math.Erfc(1/math.Sqrt(2*alpha*form.noise(degree))) / 2}, nil
}

// DenseCapacity is the number of patterns at a given one-step error.
type DenseCapacity struct {
	Degree, N  int
	KMax       int     // the largest K with exact error ≤ P
	AlphaN     float64 // lim K_max/N^{n−1} for N → ∞ at fixed P
	KErrorFree float64 // N^{n−1}/(2c ln N): the error of a pattern is below 1/N, N → ∞
}

// NewDenseCapacity returns the capacity at error probability 0 < P < ½ per
// neuron. With c as in [NewDenseOneStep],
//
//	α_n = 1/(2c (erfc⁻¹ 2P)²)
//
// is the coefficient of Krotov and Hopfield (2016), 0.14 for n = 2 and P = 0.5 %
// or so, and KErrorFree is their N^{n−1}/(2(2n−3)!! ln N).
func NewDenseCapacity(form DenseForm, degree, n int, p float64) (DenseCapacity, error) {
	if !(p > 0 && p < 0.5) {
		return DenseCapacity{}, &DomainError{"error", p, "0 < error < 0.5"}
	}
	steps, err := newDenseSteps(form, degree, n, 1)
	if err != nil {
		return DenseCapacity{}, err
	}
	x := math.Erfcinv(2 * p)
	alpha := 1 / (2 * form.noise(degree) * x * x)
	size := math.Pow(float64(n), float64(degree-1))
	most, err := steps.capacity(p, alpha*size)
	return DenseCapacity{degree, n, most, alpha, size / (2 * form.noise(degree) * math.Log(float64(n)))}, err
}

// DenseSpinodal is the load at which the replica-symmetric retrieval state of a
// dense memory disappears at T = 0.
type DenseSpinodal struct {
	Degree          int
	AlphaC, MC      float64 // in units of K/N^{n−1}
	AlphaNoise      float64 // α_c c: load in units of the noise of one pattern, the same for all forms of n ≥ 3
	AlphaCouplings  float64 // α_c (n−1)!: patterns per coupling of a neuron
	AlphaHyperedges float64 // α_c n!/2: K = 2αN^{n−1}/n!
}

// NewDenseSpinodal solves, for n ≥ 3, the replica-symmetric equation at T = 0
// (Gardner 1987),
//
//	m = erf(m^{n−1}/√(2αc)),
//
// c as in [NewDenseOneStep]: K ~ N^{n−1} patterns of overlap N^{−1/2} act like the
// couplings of an n-spin glass, whose noise is the same in every state, so that
// there is no susceptibility C as at n = 2. With y = m^{n−1}/√(2αc), m = erf(y) and
//
//	√(2αc) = erf(y)^{n−1}/y
//
// has its maximum where (2/√π)(n−1) y e^{−y²} = erf(y). At n = 2 it is
// [AGSCapacity]; the rectified form has no theory of this kind there.
//
// Zero-temperature descent does not jump here: it ends in states beyond the
// spinodal, for which replica symmetry is not a good description.
func NewDenseSpinodal(form DenseForm, degree int) (DenseSpinodal, error) {
	const largest = 100
	if err := within("degree", float64(degree), 2, largest); err != nil {
		return DenseSpinodal{}, err
	}
	if degree == 2 && form == Rectified {
		return DenseSpinodal{}, &DomainError{"degree", 2, "degree >= 3 for the rectified form"}
	}
	s := DenseSpinodal{Degree: degree}
	s.AlphaC, s.MC = AGSCapacity()
	if degree > 2 {
		power := float64(degree - 1)
		y, err := zero(fmt.Sprintf("spinodal of degree %d", degree), func(y float64) float64 {
			return math.Erf(y) - 2/math.SqrtPi*power*y*math.Exp(-y*y)
		}, 0.5, 5)
		if err != nil {
			return DenseSpinodal{}, err
		}
		s.MC = math.Erf(y)
		root := math.Pow(s.MC, power) / y
		s.AlphaC = root * root / (2 * form.noise(degree))
	}
	s.AlphaNoise = s.AlphaC * form.noise(degree)
	s.AlphaCouplings = s.AlphaC * math.Gamma(float64(degree))
	s.AlphaHyperedges = s.AlphaCouplings * float64(degree) / 2
	return s, nil
}

// denseSteps is the distribution of one term η d(X): value d[i] ≥ 0 or its
// negative, each with half of probability p[i].
type denseSteps struct {
	signal int64 // d(N−1)
	d      []int64
	p      []float64
}

func newDenseSteps(form DenseForm, degree, n, k int) (denseSteps, error) {
	if err := first(atLeast("degree", degree, 2), atLeast("N", n, 2), atLeast("K", k, 1),
		within("degree", float64(degree), 2, 100), within("N", float64(n), 2, 1e6), within("K", float64(k), 1, 1e15)); err != nil {
		return denseSteps{}, err
	}
	if form == Distinct && degree > n {
		return denseSteps{}, &DomainError{"degree", float64(degree), "degree <= N for the distinct form"}
	}
	weight := map[int64]float64{}
	var s denseSteps
	for wrong := n - 1; wrong >= 0; wrong-- {
		d, err := form.difference(degree, n-1, n-1-2*wrong)
		if err != nil {
			return denseSteps{}, err
		}
		weight[max(d, -d)] += fairProb(float64(n-1), float64(wrong))
		s.signal = d
	}
	for d := range weight {
		s.d = append(s.d, d)
	}
	sort.Slice(s.d, func(i, j int) bool { return s.d[i] < s.d[j] })
	for _, d := range s.d {
		s.p = append(s.p, weight[d])
	}
	return s, nil
}

// difference returns d(X) for X a sum of the given number of signs; d/n! for the
// distinct form, where it is the elementary symmetric polynomial e_{n−1} of the
// signs, from k e_k = X e_{k−1} − (signs−k+2) e_{k−2}.
func (f DenseForm) difference(degree, signs, x int) (int64, error) {
	value := new(big.Int)
	if f == Distinct {
		before, value2 := new(big.Int), big.NewInt(1)
		for k := 1; k < degree; k++ {
			next := new(big.Int).Mul(big.NewInt(int64(x)), value2)
			next.Sub(next, new(big.Int).Mul(big.NewInt(int64(signs-k+2)), before))
			before, value2 = value2, next.Quo(next, big.NewInt(int64(k)))
		}
		value = value2
	} else {
		value.Sub(f.power(degree, x+1), f.power(degree, x-1))
	}
	if value.BitLen() > 62 {
		return 0, &DomainError{"N", float64(signs + 1), fmt.Sprintf("d(N-1) < 2^62 at degree %d, about N^%d < 10^18", degree, degree-1)}
	}
	return value.Int64(), nil
}

func (f DenseForm) power(degree, x int) *big.Int {
	if f == Rectified && x < 0 {
		return new(big.Int)
	}
	return new(big.Int).Exp(big.NewInt(int64(x)), big.NewInt(int64(degree)), nil)
}

// capacity returns the largest K with error ≤ p, near a first guess. K of either
// parity is searched by itself, as only one of them may have ties.
func (s denseSteps) capacity(p, guess float64) (int, error) {
	most := 0
	for parity := range 2 {
		k, err := largestBelow(func(half int) (float64, error) {
			e, err := s.error(2*half + parity + 1)
			return math.Log(e / p), err
		}, int(guess/2))
		if err != nil {
			return 0, err
		}
		if k >= 0 {
			most = max(most, 2*k+parity+1)
		}
	}
	return most, nil
}

// largestBelow returns the largest integer ≥ −1 at which the rising function f is
// at most 0; f(−1) counts as −∞. By interpolation, and bisection every third time.
func largestBelow(f func(int) (float64, error), guess int) (int, error) {
	low, high := -1, -1
	flow, fhigh := math.Inf(-1), 0.0
	for width := max(1, guess/20); high < 0; width *= 2 {
		x := guess + width
		value, err := f(x)
		if err != nil {
			return 0, err
		}
		if value > 0 {
			high, fhigh = x, value
		} else {
			low, flow = x, value
		}
	}
	for turn := 0; high-low > 1; turn++ {
		x := low + (high-low)/2
		if turn%3 != 2 && !math.IsInf(flow, -1) {
			x = low + int(float64(high-low)*flow/(flow-fhigh))
			x = min(max(x, low+1), high-1)
		} else if turn == 0 {
			x = max(low+1, min(high-1, guess-guess/20))
		}
		value, err := f(x)
		switch {
		case err != nil:
			return 0, err
		case value > 0:
			high, fhigh = x, value
		default:
			low, flow = x, value
		}
	}
	return low, nil
}
