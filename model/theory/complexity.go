package theory

import (
	"fmt"
	"math"
)

// Complexity returns g = (1/N) ln ⟨number of fixed points⟩ at T = 0 as N → ∞: the
// number of states with s_i h_i > 0 for every neuron, averaged over the patterns
// (annealed), whatever their overlap with a pattern. It is g(α, m) of
// [ComplexityAt] at its maximum, m = 0. For α → ∞ it tends to 0.1992, the value of
// the Sherrington–Kirkpatrick spin glass.
func Complexity(alpha float64) (float64, error) { return ComplexityAt(alpha, 0) }

// ComplexityAt returns g(α, m), the same for the states of overlap m with one
// pattern (E. Gardner, J. Phys. A 19, L1047 (1986)), −1 ≤ m ≤ 1:
//
//	g = S(m) + (α/2) ln(σ²/α) + α/2 + σ²u²/2 − σ²u + Σ_± p_± ln Φ(x_±),
//	x_± = (±m − α)/σ + σu,  p_± = (1±m)/2,  S = −Σ_± p_± ln p_±,
//
// stationary in σ and u, Φ the normal distribution function. It follows from
//
//	⟨Π_i θ(s_i h_i)⟩ = ∫_0^∞ Π_i dλ_i ∫ Π_i (dx_i/2π) e^{ix_i(λ_i ∓ m + α)} [(1+ic)² + v]^{−αN/2}
//
// with s_i h_i = ±m − α + (1/√N) Σ_μ η_i^μ a^μ, a^μ = Σ_j η_j^μ/√N and independent signs
// η: the −α is J_ii = 0, and a^μ and b^μ = Σ_j x_j η_j^μ/√N are Gaussian with
// covariances ⟨a²⟩ = 1, ⟨ab⟩ = c = Σx/N, ⟨b²⟩ = v = Σx²/N. With σ² conjugate to v,
// D = (1+ic)² + v is stationary at α/σ², and u = 1+ic. With R = φ/Φ the saddle is
//
//	u = 1 − (1/σ) Σ_± p_± R(x_±),
//	uσ² = α(2−u) − (m/σ)(p_+ R(x_+) − p_− R(x_−)),
//
// at p_− → 0, α → 0 the unconstrained σ² = α, u = 1 with g = S. For α < 0.113 a
// band of states around the pattern with g ≥ 0 is separated by g < 0 from the rest
// ([ComplexityBandJoins]).
//
// The loads are 10⁻⁶ ≤ α ≤ 10⁴.
func ComplexityAt(alpha, m float64) (float64, error) {
	const smallest, largest = 1e-6, 1e4
	if err := first(within("alpha", alpha, smallest, largest), within("m", m, -1, 1)); err != nil {
		return 0, err
	}
	s, err := countFixedPoints(alpha, math.Abs(m))
	if err != nil {
		return 0, err
	}
	return s.complexity(), nil
}

// ComplexityBandJoins returns the load above which the band of fixed points
// around a pattern is no longer separated by a gap with g < 0 from the rest, and
// the overlap at which the gap closes: g = ∂g/∂m = 0 there.
func ComplexityBandJoins() (alpha, m float64, err error) {
	x := []float64{math.Log(0.4), 0.9, 0.113, 0.983}
	err = newton("end of the gap in g(alpha, m)", func(dst, x []float64) {
		s := newFixedPointCount(x[2], x[3], x[0], x[1])
		s.residuals(dst)
		dst[2], dst[3] = s.complexity(), s.slope()
	}, x)
	return x[2], x[3], err
}

// countFixedPoints follows the saddle from m = 1, where it is near the
// unconstrained one, in steps that grow with the distance from it.
func countFixedPoints(alpha, m float64) (fixedPointCount, error) {
	const (
		steps   = 60
		nearest = 1e-9 // the first 1 − m
	)
	x := []float64{math.Log(alpha) / 2, 1}
	for k := range steps + 1 {
		at := math.Max(m, 1-math.Pow(nearest, 1-float64(k)/steps))
		err := newton(fmt.Sprintf("number of fixed points at alpha = %.6g, m = %.6g", alpha, at),
			func(dst, x []float64) { newFixedPointCount(alpha, at, x[0], x[1]).residuals(dst) }, x)
		if err != nil {
			return fixedPointCount{}, err
		}
		if at == m {
			break
		}
	}
	return newFixedPointCount(alpha, m, x[0], x[1]), nil
}

// A fixedPointCount is the exponent of [ComplexityAt] at given σ and u; index 0
// is the sign +.
type fixedPointCount struct {
	alpha, m, sigma, u float64
	p, x               [2]float64
}

func newFixedPointCount(alpha, m, logSigma, u float64) fixedPointCount {
	s := fixedPointCount{alpha: alpha, m: m, sigma: math.Exp(logSigma), u: u}
	for i, sign := range []float64{1, -1} {
		s.p[i] = (1 + sign*m) / 2
		s.x[i] = (sign*m-alpha)/s.sigma + s.sigma*u
	}
	return s
}

// residuals are the two equations of the saddle.
func (s fixedPointCount) residuals(dst []float64) {
	right, wrong := s.p[0]*hazard(s.x[0]), s.p[1]*hazard(s.x[1])
	dst[0] = s.u - 1 + (right+wrong)/s.sigma
	dst[1] = (s.u*s.sigma*s.sigma+s.m/s.sigma*(right-wrong))/s.alpha - (2 - s.u)
}

func (s fixedPointCount) complexity() float64 {
	variance := s.sigma * s.sigma
	g := s.alpha/2*(math.Log(variance/s.alpha)+1) + variance*s.u*(s.u/2-1)
	for i, p := range s.p {
		if p > 0 {
			g += p * (logDistribution(s.x[i]) - math.Log(p))
		}
	}
	return g
}

// slope is ∂g/∂m: σ and u are stationary.
func (s fixedPointCount) slope() float64 {
	return (math.Log(s.p[1]/s.p[0])+logDistribution(s.x[0])-logDistribution(s.x[1]))/2 +
		(s.p[0]*hazard(s.x[0])-s.p[1]*hazard(s.x[1]))/s.sigma
}

// hazard returns R(x) = φ(x)/Φ(x).
func hazard(x float64) float64 {
	if x < farTail {
		return -x / tailSeries(x)
	}
	return normal(x) / distribution(x)
}

// logDistribution returns ln Φ(x).
func logDistribution(x float64) float64 {
	switch {
	case x < farTail:
		return -x*x/2 - math.Log(-x*math.Sqrt(2*math.Pi)) + math.Log(tailSeries(x))
	case x > 0:
		return math.Log1p(-distribution(-x))
	}
	return math.Log(distribution(x))
}

// farTail is where Φ and φ near the end of the range of float64 and the
// asymptotic series of their ratio is exact to rounding.
const farTail = -30

// tailSeries returns |x| Φ(x)/φ(x) = 1 − 1/x² + 3/x⁴ − 15/x⁶ + ….
func tailSeries(x float64) float64 {
	sum, term := 1.0, 1.0
	for k := 1.0; k < 14; k += 2 {
		term *= -k / (x * x)
		sum += term
	}
	return sum
}
