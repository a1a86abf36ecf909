package theory

import (
	"fmt"
	"math"
)

// A Mixture is the symmetric mixture of n patterns, a state with the same overlap
// with each of them.
type Mixture struct {
	N         int     // patterns mixed
	M, Energy float64 // overlap with each, and energy per neuron, at α = 0 and T = 0
	Stable    bool    // false for even n: TStable and AlphaMax do not exist
	TStable   float64 // the temperature below which it is stable at α = 0
	AlphaMax  float64 // the load up to which it exists at T = 0
}

// NewMixture evaluates the symmetric mixture of n patterns, 2 ≤ n ≤ 10001 (Amit,
// Gutfreund and Sompolinsky, Phys. Rev. A 32, 1007 (1985), for α = 0; Ann. Phys.
// 173, 30 (1987) for α > 0). With z the sum of n independent signs and ⟨·⟩ the
// average over it, at α = 0
//
//	m = ⟨z tanh βmz⟩/n,
//
// so at T = 0 m = ⟨|z|⟩/n and E = −n m²/2: −0.375, −0.352, −0.342 for n = 3, 5, 7,
// towards −1/π. For odd n the state is sgn(Σ ξ^μ). The Hessian of the free
// energy has the smallest eigenvalue
//
//	1 − β(1−q) − βQ,  q = ⟨tanh² βmz⟩,  Q = ⟨ξ¹ξ² tanh² βmz⟩ = (⟨z² tanh² βmz⟩ − nq)/(n(n−1)),
//
// whose zero is TStable (in the variable x = βm everything is explicit: m from
// the first equation, T = m/x). For even n neurons with z = 0 make it negative at
// every T: there is no stable mixture. At T = 0 and load α,
//
//	m = ⟨z erf(yz)⟩/n,  √(2α) = m/y − (2/√π) ⟨e^{−y²z²}⟩,  y = m/√(2αr)
//
// generalise [AGSZero]; AlphaMax is the maximum over y of the second, near
// y = 1.7.
func NewMixture(n int) (Mixture, error) {
	const largest = 10001
	if n < 2 || n > largest {
		return Mixture{}, &DomainError{"n", float64(n), fmt.Sprintf("an integer from 2 to %d", largest)}
	}
	z := newSignSum(n)
	m := z.mean(math.Abs) / float64(n)
	mixture := Mixture{N: n, M: m, Energy: -float64(n) * m * m / 2, Stable: n%2 == 1}
	if !mixture.Stable {
		return mixture, nil
	}
	x, err := zero(fmt.Sprintf("T_stable of %d patterns", n), z.stiffness, 0.2, 3)
	if err != nil {
		return Mixture{}, err
	}
	mixture.TStable = z.magnetisation(x) / x
	y, err := zero(fmt.Sprintf("alpha_max of %d patterns", n), z.loadSlope, 1.3, 2.5)
	load := z.load(y)
	mixture.AlphaMax = load * load / 2
	return mixture, err
}

// A signSum is the distribution of the sum z of n independent signs.
type signSum struct {
	n    float64
	z, p []float64
}

func newSignSum(n int) signSum {
	s := signSum{n: float64(n)}
	for k := range n + 1 {
		s.z = append(s.z, float64(2*k-n))
		s.p = append(s.p, fairProb(float64(n), float64(k)))
	}
	return s
}

// mean returns ⟨f(z)⟩.
func (s signSum) mean(f func(z float64) float64) float64 {
	sum := 0.0
	for i, z := range s.z {
		sum += s.p[i] * f(z)
	}
	return sum
}

// magnetisation returns m at βm = x.
func (s signSum) magnetisation(x float64) float64 {
	return s.mean(func(z float64) float64 { return z * math.Tanh(x*z) }) / s.n
}

// stiffness returns T times the smallest eigenvalue of the Hessian at βm = x.
func (s signSum) stiffness(x float64) float64 {
	soft := s.mean(func(z float64) float64 { return sech2(x * z) })
	q := -s.mean(func(z float64) float64 { return (z*z - s.n) * sech2(x*z) }) / (s.n * (s.n - 1))
	return s.magnetisation(x)/x - soft - q
}

// load returns √(2α) at T = 0.
func (s signSum) load(y float64) float64 {
	m := s.mean(func(z float64) float64 { return z * math.Erf(y*z) }) / s.n
	return m/y - 2/math.SqrtPi*s.mean(func(z float64) float64 { return math.Exp(-y * y * z * z) })
}

// loadSlope returns the derivative of load.
func (s signSum) loadSlope(y float64) float64 {
	m := s.mean(func(z float64) float64 { return z * math.Erf(y*z) }) / s.n
	bend := 2 / math.SqrtPi * s.mean(func(z float64) float64 { return z * z * math.Exp(-y*y*z*z) })
	return bend/(s.n*y) - m/(y*y) + 2*y*bend
}
