package theory

import (
	"fmt"
	"math"
	"sort"
)

// A GradedPoint is the retrieval state of a network of graded neurons.
type GradedPoint struct {
	Alpha, Beta float64
	M           float64 // overlap (1/N) Σ ξ_i V_i
	Q           float64 // (1/N) Σ V_i²
	Direction   float64 // m/√q, the cosine between the state and the pattern
	U           float64 // the susceptibility ⟨∂V/∂h⟩
	Sigma       float64 // deviation of the noise of the local field
	Gamma       float64 // reaction of a neuron on itself
}

// Graded solves the self-consistent signal-to-noise analysis (SCSNA) of Shiino and
// Fukai (J. Phys. A 25, L375 (1992); Phys. Rev. E 48, 867 (1993)) for the fixed points of
//
//	du_i/dt = −u_i + Σ_j J_ij V_j,  V_i = tanh βu_i
//
// (Hopfield, PNAS 81, 3088 (1984)) with Hebb couplings, J_ii = 0, β > 1:
//
//	Y(z) = tanh β(m + σz + ΓY),  Γ = αU/(1−U),
//	m = ∫Dz Y,  q = ∫Dz Y²,  U = (1/σ) ∫Dz zY,  σ² = αq/(1−U)².
//
// Where βΓ > 1 the first equation has several solutions. Y is the solution with the sign
// of m + σz (Maxwell's rule). With x = m/σ, s = βσ and G = βΓ given, Y = tanh u
// is explicit in u,
//
//	β(m + σz) = u − G tanh u,
//
// over which the averages are taken, s follows from m = ⟨Y⟩, G from its definition, and
//
//	α(x) = σ²(1−U)²/q
//
// has one maximum, the fold α_c(β). For β → ∞ this is [AGSZero].
//
// Validity: 1.001 ≤ β ≤ 10⁶, 10⁻¹⁰ ≤ α ≤ α_c(β).
func Graded(alpha, beta float64) (GradedPoint, error) {
	const least, aboveAll = 1e-10, 0.2
	if err := within("alpha", alpha, least, aboveAll); err != nil {
		return GradedPoint{}, err
	}
	fold, err := gradedFold(beta)
	if err != nil {
		return GradedPoint{}, err
	}
	alpha, err = belowCapacity(alpha, least, fold.alpha(), fmt.Sprintf("at beta = %.12g", beta))
	if err != nil {
		return GradedPoint{}, err
	}
	var failed error
	// U < 1 and q ≥ m² make α less than 1/x².
	x, err := zero(fmt.Sprintf("graded neurons at alpha = %.6g, beta = %.6g", alpha, beta), func(x float64) float64 {
		s, err := newGradedState(beta, x)
		failed = first(failed, err)
		return s.alpha() - alpha
	}, fold.x, math.Max(fold.x, (1+1e-9)/math.Sqrt(alpha)))
	if err := first(failed, err); err != nil {
		return GradedPoint{}, err
	}
	s, err := newGradedState(beta, x)
	return s.point(alpha), err
}

// GradedCapacity returns the fold α_c(β) of [Graded] and the state there, for
// 1.001 ≤ β ≤ 10⁶. It is not monotonic: it has a maximum of 0.13813 near β = 25, above
// its limit 0.13791 for β → ∞.
func GradedCapacity(beta float64) (GradedPoint, error) {
	s, err := gradedFold(beta)
	if err != nil {
		return GradedPoint{}, err
	}
	return s.point(s.alpha()), nil
}

func gradedFold(beta float64) (gradedState, error) {
	if err := within("beta", beta, 1.001, 1e6); err != nil {
		return gradedState{}, err
	}
	var failed error
	x := maximum(func(x float64) float64 {
		s, err := newGradedState(beta, x)
		failed = first(failed, err)
		return s.alpha()
	}, 1.3, 4)
	if failed != nil {
		return gradedState{}, failed
	}
	return newGradedState(beta, x)
}

// A gradedState is a solution of [Graded] with a given x.
type gradedState struct {
	gradedAverage
	beta, x, s, g float64
}

func (s gradedState) sigma() float64 { return s.s / s.beta }

// alpha is the load of the state.
func (s gradedState) alpha() float64 {
	scaled := s.sigma() * (1 - s.u())
	return scaled * scaled / s.q
}

// u returns U.
func (s gradedState) u() float64 { return s.zy / s.sigma() }

func (s gradedState) point(alpha float64) GradedPoint {
	return GradedPoint{
		Alpha: alpha, Beta: s.beta, M: s.m, Q: s.q, Direction: s.m / math.Sqrt(s.q),
		U: s.u(), Sigma: s.sigma(), Gamma: s.g / s.beta,
	}
}

// newGradedState solves for G, with s at each G.
func newGradedState(beta, x float64) (gradedState, error) {
	var state gradedState
	var failed error
	excess := func(g float64) float64 {
		var err error
		state, err = gradedStateAt(beta, x, g)
		failed = first(failed, err)
		sigma, u := state.sigma(), state.u()
		return g - beta*sigma*sigma*u*(1-u)/state.q
	}
	if excess(0) >= 0 { // U vanishes but for rounding
		return state, failed
	}
	high := 1e-3
	for failed == nil && excess(high) < 0 {
		high *= 4
	}
	if failed != nil {
		return gradedState{}, failed
	}
	g, err := zero(fmt.Sprintf("reaction of graded neurons at beta = %.6g, m/sigma = %.6g", beta, x), excess, 0, high)
	excess(g)
	return state, first(failed, err)
}

// gradedStateAt solves m = ⟨Y⟩ for s. As |Y| < 1, ⟨Y⟩ is less than erf(x/√2).
func gradedStateAt(beta, x, g float64) (gradedState, error) {
	onset := gradedOnset(g)
	high := beta * math.Erf(x/math.Sqrt2) / x
	s, err := zero(fmt.Sprintf("overlap of graded neurons at beta = %.6g, m/sigma = %.6g", beta, x), func(s float64) float64 {
		return beta*averageGraded(x, s, g, onset).m/s - x
	}, 1e-3*high, (1+1e-9)*high)
	return gradedState{averageGraded(x, s, g, onset), beta, x, s, g}, err
}

// gradedOnset returns the u at which the field is zero on the branch of Maxwell's rule:
// 0, or the positive root of u = G tanh u if G > 1.
func gradedOnset(g float64) float64 {
	if g <= 1 {
		return 0
	}
	return gradedU(0, g)
}

// gradedU returns the largest u at which u − G tanh u is the field: by Newton's method
// from above, where that function is convex.
func gradedU(field, g float64) float64 {
	u := field + g
	for range 200 {
		y := math.Tanh(u)
		next := u - (u-g*y-field)/(1-g*(1-y)*(1+y))
		if !(next < u) {
			break
		}
		u = next
	}
	return u
}

// A gradedAverage holds m = ⟨Y⟩, q = ⟨Y²⟩ and zy = ⟨zY⟩.
type gradedAverage struct{ m, q, zy float64 }

// averageGraded integrates over u from the onset to 20, in panels no wider than a few
// deviations of the field or a few units of u. Beyond, Y is ±1.
func averageGraded(x, s, g, onset float64) gradedAverage {
	const saturated, reach = 20.0, 9.0
	var a gradedAverage
	field := func(u float64) float64 { return u - g*math.Tanh(u) }
	low, top := math.Max(0, (x-reach)*s), (x+reach)*s
	if rest := math.Max(0, field(math.Max(saturated, onset))); rest < top {
		above, below := (rest-x*s)/s, (rest+x*s)/s // in z: of +field and of −field
		a.m += tail(above) - tail(below)
		a.q += tail(above) + tail(below)
		a.zy += normal(above) + normal(below)
	}
	if onset >= saturated {
		return a
	}
	ends := []float64{math.Max(onset, gradedU(low, g)), math.Min(gradedU(top, g), saturated)}
	if ends[0] >= ends[1] {
		return a
	}
	for deviations := -6.0; deviations <= 6; deviations += 3 {
		if h := (x + deviations) * s; h > 0 {
			ends = append(ends, gradedU(h, g))
		}
	}
	ends = append(ends, onset+1, onset+3, onset+6, onset+11)
	sort.Float64s(ends[2:])
	from := ends[0]
	for _, to := range append(ends[2:], ends[1]) {
		to = math.Min(to, ends[1])
		if to <= from {
			continue
		}
		half := (to - from) / 2
		for i, v := range gradedPanel.x {
			u := from + half*(1+v)
			y := math.Tanh(u)
			h := (u - g*y) / s
			weight := half * gradedPanel.w[i] * (1 - g*(1-y)*(1+y)) / s
			above, below := weight*normal(h-x), weight*normal(h+x)
			a.m += y * (above - below)
			a.q += y * y * (above + below)
			a.zy += y * ((h-x)*above + (h+x)*below)
		}
		from = to
	}
	return a
}

var gradedPanel = newRule(20, 1, func(float64) float64 { return 1 })
