package theory

import (
	"fmt"
	"math"
)

// A DreamingPoint is the replica-symmetric retrieval state of the dreaming kernel
// at T = 0.
type DreamingPoint struct {
	Alpha, Sleep float64 // load and sleep time t
	M            float64 // overlap with the retrieved pattern
	Error        float64 // (1−m)/2
	Q            float64 // variance of the local field
	X            float64 // (1+t)χ, χ the susceptibility of the hidden layer
}

// Dreaming solves the replica-symmetric equations at T = 0 of the couplings
//
//	J_ij = (1/N) Σ_μν ξ_i^μ [(1+t)(1+tC)⁻¹]_μν ξ_j^ν,  J_ii = 0,
//	C_μν = (1/N) Σ_k ξ_k^μ ξ_k^ν
//
// (Fachechi, Agliari and Barra, Neural Networks 112, 24 (2019)), which are Hebb's
// at t = 0 and the pseudo-inverse for t → ∞. With τ = t/(1+t), s = 1/(1+t) and
//
//	M = m/(1+sτX),  y = M/√(2Q),  D = √(2/(πQ)) e^{−y²},
//
// they are
//
//	m = erf(y),
//	X = α(1+τX)/[s(1+τX) + τ − D],
//	Q = (X²/α) [1 − 2τ(Mm + QD) + τ²(M²+Q)]/(1+τX)².
//
// These unknowns stay finite for t → ∞, where the form with χ = X/(1+t) loses all
// digits. Given y, with a = erf(y)/(√2 y) and d = √(2/π) e^{−y²}, the last two
// equations are a cubic in X,
//
//	X[(1+sτX)² − 2τ(m²+da)(1+sτX) + τ²(m²+a²)] = a(a−d)(1+sτX)(1+τX),
//
// whose largest root is the retrieval branch, and
//
//	α = X(1+sτX)(1−d/a)/(1+τX),
//
// which has one maximum, the fold α_c(t). At t = 0 it is the curve of [AGSZero].
//
// α_c(t) passes 1 at t = 34.99, has a maximum of 1.06839 near t = 1900 and tends to
// 1.06782 for t → ∞. Fachechi et al. give 1 as the limit: the patterns themselves
// are fixed points for t → ∞ below α = 1 only, and the retrieval state beyond it has
// errors.
//
// Validity: 0 ≤ t ≤ 10¹⁵, 10⁻¹⁰⁰ ≤ α ≤ α_c(t); else the error is a [*DomainError].
func Dreaming(alpha, sleep float64) (DreamingPoint, error) {
	alphaC, _, err := DreamingCapacity(sleep)
	if err != nil {
		return DreamingPoint{}, err
	}
	alpha, err = belowCapacity(alpha, 1e-100, alphaC, fmt.Sprintf("at t = %.12g", sleep))
	if err != nil {
		return DreamingPoint{}, err
	}
	fold := dreamingFold(sleep)
	// At small loads y is (1+t)/√(2α) to all digits.
	end := math.Max(fold, (1+1e-9)*(1+sleep)/math.Sqrt(2*alpha))
	y, err := zero(fmt.Sprintf("dreaming at t = %.6g", sleep), func(y float64) float64 {
		return newDreamingState(y, sleep).alpha() - alpha
	}, fold, end)
	if err != nil {
		return DreamingPoint{}, err
	}
	s := newDreamingState(y, sleep)
	q := s.a / (1 + s.k*s.x)
	return DreamingPoint{
		Alpha: alpha, Sleep: sleep, M: math.Erf(y), Error: math.Erfc(y) / 2, Q: q * q, X: s.x,
	}, nil
}

// DreamingCapacity returns the fold α_c(t) of [Dreaming] and the overlap there,
// 0 ≤ t ≤ 10¹⁵.
func DreamingCapacity(sleep float64) (alphaC, mC float64, err error) {
	const longest = 1e15
	if err := within("t", sleep, 0, longest); err != nil {
		return 0, 0, err
	}
	y := dreamingFold(sleep)
	return newDreamingState(y, sleep).alpha(), math.Erf(y), nil
}

// dreamingFold returns the y at which α is largest, 1.51 at t = 0 to 2.46 for
// t → ∞. Where the branch ends, at a smaller y, α drops to another root.
func dreamingFold(sleep float64) float64 {
	return maximum(func(y float64) float64 { return newDreamingState(y, sleep).alpha() }, 1.2, 3.5)
}

// A dreamingState is a point of the retrieval branch: a, d, k = sτ and τ of
// [Dreaming], and the root x.
type dreamingState struct{ a, d, k, tau, x float64 }

func (s dreamingState) alpha() float64 {
	return s.x * (1 + s.k*s.x) * (1 - s.d/s.a) / (1 + s.tau*s.x)
}

// newDreamingState solves the cubic. Its coefficients are collected so that nothing
// cancels where s, 1−m² and a are all small.
func newDreamingState(y, sleep float64) dreamingState {
	tau, s := sleep/(1+sleep), 1/(1+sleep)
	wrong := math.Erfc(y)
	rest := wrong * (2 - wrong) // 1 − m²
	a, d := math.Erf(y)/(math.Sqrt2*y), 2*normal(math.Sqrt2*y)
	k := s * tau
	c := [4]float64{
		-a * (a - d),
		s*s + rest*tau*(1+s) - 2*k*a*a - d*a*tau*tau,
		k * (2*s + 2*tau*rest - tau*a*(a+d)),
		k * k,
	}
	return dreamingState{a, d, k, tau, largestRoot(c)}
}

// largestRoot returns the largest root of c₀ + c₁x + c₂x² + c₃x³, c₀ < 0 and the
// leading coefficient positive: by Newton's method from a bound above all roots,
// from where the steps go down to the root.
func largestRoot(c [4]float64) float64 {
	degree := 3
	for degree > 1 && c[degree] == 0 {
		degree--
	}
	x := 0.0
	for i := range degree { // Fujiwara's bound
		x = math.Max(x, 2*math.Pow(math.Abs(c[i])/c[degree], 1/float64(degree-i)))
	}
	const steps = 400
	for range steps {
		f := ((c[3]*x+c[2])*x+c[1])*x + c[0]
		slope := (3*c[3]*x+2*c[2])*x + c[1]
		next := x - f/slope
		if math.Abs(next-x) <= 2*epsilon*next {
			return next
		}
		x = next
	}
	return x
}
