package theory

import (
	"fmt"
	"math"
)

// A Nonlinearity is an odd function F in the couplings
//
//	J_ij = (√K/N) F(T_ij),  T_ij = K^{−1/2} Σ_μ ξ_i^μ ξ_j^μ,  J_ii = 0,
//
// by the two averages over T = x that count for N → ∞ (Sompolinsky, Phys. Rev. A
// 34, 2571 (1986); van Hemmen, Phys. Rev. A 36, 1959 (1987)).
type Nonlinearity struct {
	A      float64 // a = ⟨x F(x)⟩: the couplings contain a times Hebb's
	Square float64 // ⟨F(x)²⟩
}

// Noise returns Δ²/α = ⟨F²⟩/a² − 1. The rest F(x) − ax is uncorrelated with x and
// acts as Gaussian noise of variance Δ² on the field, in units where Hebb's part has
// the coefficient 1.
func (f Nonlinearity) Noise() float64 { return f.Square/f.A/f.A - 1 }

// NewNonlinearity averages F over T = S/√K with S a sum of K independent signs,
// exactly, 1 ≤ K ≤ 10⁷. F must be odd and take no infinite value on these points, and
// a must be positive.
func NewNonlinearity(k int, f func(x float64) float64) (Nonlinearity, error) {
	if err := first(atLeast("K", k, 1), within("K", float64(k), 1, 1e7)); err != nil {
		return Nonlinearity{}, err
	}
	var average Nonlinearity
	root := math.Sqrt(float64(k))
	for heads := 0; 2*heads <= k; heads++ {
		x := float64(k-2*heads) / root
		p, value, mirror := 2*fairProb(float64(k), float64(heads)), f(x), f(-x)
		if 2*heads == k {
			p /= 2
		}
		if !(value == -mirror) || math.IsInf(value, 0) {
			return Nonlinearity{}, &DomainError{"F(-x)", mirror, fmt.Sprintf("-F(x) = %.12g at x = %.12g", -value, x)}
		}
		average.A += p * x * value
		average.Square += p * value * value
	}
	if !(average.A > 0) {
		return Nonlinearity{}, &DomainError{"<xF(x)>", average.A, "<xF(x)> > 0"}
	}
	return average, nil
}

// A ClippedZero says what becomes of a coupling whose sum Σ_μ ξ_i^μ ξ_j^μ is zero,
// which occurs for even K.
type ClippedZero int

// What becomes of such a coupling.
const (
	KeepZero   ClippedZero = iota // J_ij = 0
	RandomZero                    // J_ij = J_ji = ±1 at random
)

func (z ClippedZero) String() string { return [...]string{"keep", "random"}[z] }

// Clipped returns the averages of F = sgn at K patterns, K ≥ 1, from
//
//	a = √K C(2n,n)/4ⁿ, n = ⌊K/2⌋,  ⟨F²⟩ = 1, less C(K,K/2)/2^K if zeros are kept.
//
// A kept zero costs no signal, since xF(x) = 0 there, and no noise.
func Clipped(k int, zero ClippedZero) (Nonlinearity, error) {
	if err := first(atLeast("K", k, 1), within("zero", float64(zero), 0, 1)); err != nil {
		return Nonlinearity{}, err
	}
	even := float64(k - k%2)
	middle := fairProb(even, even/2)
	f := Nonlinearity{math.Sqrt(float64(k)) * middle, 1}
	if zero == KeepZero && k%2 == 0 {
		f.Square -= middle
	}
	return f, nil
}

// ClippedLimit is F = sgn for K → ∞: a = √(2/π), Δ²/α = π/2 − 1.
func ClippedLimit() Nonlinearity { return Nonlinearity{math.Sqrt(2 / math.Pi), 1} }

// DeletionLimit is F(x) = x for |x| > θ and 0 else, K → ∞, 0 ≤ θ ≤ 37:
//
//	a = ⟨F²⟩ = 2θφ(θ) + erfc(θ/√2).
func DeletionLimit(theta float64) (Nonlinearity, error) {
	if err := within("theta", theta, 0, 37); err != nil {
		return Nonlinearity{}, err
	}
	a := 2*theta*normal(theta) + math.Erfc(theta/math.Sqrt2)
	return Nonlinearity{a, a}, nil
}

// ClampLimit is F(x) = x for |x| < θ and θ sgn x else, K → ∞, 10⁻⁶ ≤ θ ≤ 10⁶:
//
//	a = erf(θ/√2),  ⟨F²⟩ = a − 2θφ(θ) + θ² erfc(θ/√2).
//
// θ → 0 is [ClippedLimit].
func ClampLimit(theta float64) (Nonlinearity, error) {
	if err := within("theta", theta, 1e-6, 1e6); err != nil {
		return Nonlinearity{}, err
	}
	a := math.Erf(theta / math.Sqrt2)
	return Nonlinearity{a, a - 2*theta*normal(theta) + theta*theta*math.Erfc(theta/math.Sqrt2)}, nil
}

// A StaticNoisePoint is the replica-symmetric retrieval state at T = 0 of couplings
// that are Hebb's and static noise.
type StaticNoisePoint struct {
	Alpha     float64
	M         float64 // overlap with the retrieved pattern
	Error     float64 // (1−m)/2
	C         float64 // the susceptibility
	MUnstable float64 // overlap of the second solution, which meets M at the fold
}

// NonlinearHebb solves the replica-symmetric equations at T = 0 of the couplings of
// [Nonlinearity] with Δ² = noise·α (Sompolinsky 1986),
//
//	m = erf(y),  C = (2/√π)(y/m) e^{−y²},
//	(m/y)²/2 = α/(1−C)² + Δ²,
//
// noise ≥ 0: only Hebb's part is amplified by the response of the patterns that are
// not retrieved. With σ = m/(√2 y) and g = σ(1−C) = σ − √(2/π) e^{−y²},
//
//	1/α = 1/g² + noise/σ²,
//
// whose minimum over y is the fold. noise = 0 is [AGSZero].
func NonlinearHebb(alpha, noise float64) (StaticNoisePoint, error) {
	if err := within("noise", noise, 0, largestNoise); err != nil {
		return StaticNoisePoint{}, err
	}
	return staticNoise{1, noise}.at(alpha, fmt.Sprintf("at noise = %.12g", noise))
}

// NonlinearHebbCapacity returns the fold α_c of [NonlinearHebb] and the overlap
// there: 0.1018… for clipped couplings (0.102, Sompolinsky 1986).
func NonlinearHebbCapacity(noise float64) (alphaC, mC float64, err error) {
	if err := within("noise", noise, 0, largestNoise); err != nil {
		return 0, 0, err
	}
	return staticNoise{1, noise}.capacity()
}

// largestNoise keeps the fold away from y = 0, where float64 ends.
const largestNoise = 1e250

// A staticNoise is the equation
//
//	1/α = amplified/g² + static/σ²
//
// with σ and g as in [NonlinearHebb].
type staticNoise struct{ amplified, static float64 }

// sigma returns σ = erf(y)/(√2 y).
func sigma(y float64) float64 { return math.Erf(y) / (math.Sqrt2 * y) }

func (s staticNoise) alpha(y float64) float64 {
	g, sigma := agsLoad(y)/math.Sqrt2, sigma(y)
	return 1 / (s.amplified/(g*g) + s.static/(sigma*sigma))
}

// fold returns the y at which α is largest. With d = √(2/π) e^{−y²}, σ' = −g/y and
// g' = 2yd − g/y, the condition is
//
//	amplified (2y²d/g − 1) σ³ = static g³.
func (s staticNoise) fold() (float64, error) {
	return zero("fold with static noise", func(y float64) float64 {
		g, sigma := agsLoad(y)/math.Sqrt2, sigma(y)
		d := 2 * normal(math.Sqrt2*y)
		return s.amplified*(2*y*y*d/g-1)*sigma*sigma*sigma - s.static*g*g*g
	}, 1e-60, 3)
}

func (s staticNoise) capacity() (alphaC, mC float64, err error) {
	y, err := s.fold()
	if err != nil {
		return 0, 0, err
	}
	return s.alpha(y), math.Erf(y), nil
}

// at returns the state at a load. As g ≤ σ ≤ 1/(√2 y), y is at most
// 1/√(2α(amplified+static)).
func (s staticNoise) at(alpha float64, where string) (StaticNoisePoint, error) {
	fold, err := s.fold()
	if err != nil {
		return StaticNoisePoint{}, err
	}
	if alpha, err = belowCapacity(alpha, s.smallest(), s.alpha(fold), where); err != nil {
		return StaticNoisePoint{}, err
	}
	excess := func(y float64) float64 { return s.alpha(y) - alpha }
	end := math.Max(fold, (1+1e-9)/math.Sqrt(2*alpha*(s.amplified+s.static)))
	y, err := zero("retrieval state with static noise", excess, fold, end)
	if err != nil {
		return StaticNoisePoint{}, err
	}
	unstable, err := zero("unstable state with static noise", excess, 1e-120, fold)
	m := math.Erf(y)
	return StaticNoisePoint{
		Alpha: alpha, M: m, Error: math.Erfc(y) / 2,
		C: 2 / math.SqrtPi * y / m * math.Exp(-y*y), MUnstable: math.Erf(unstable),
	}, err
}

// smallest is the smallest load that at takes.
func (s staticNoise) smallest() float64 { return 1e-20 * s.alpha(1) }
