package theory

import (
	"fmt"
	"math"
)

// An Order says how much of the past statistical neurodynamics keeps.
type Order int

const (
	// FirstOrder is Amari and Maginu (Neural Networks 1, 63 (1988)): the noise is
	// Gaussian, and its correlation with the previous state is computed as for
	// independent errors. With m and σ² the mean and variance of the local field,
	//
	//	m_{t+1}  = erf(m_t/(√2 σ_t)),
	//	σ²_{t+1} = α + U² σ²_t + 2α U m_t m_{t+1},  U = (2/σ_t) φ(m_t/σ_t),
	//
	// φ the normal density, σ²_0 = α.
	FirstOrder Order = iota
	// AllOrders is Okada (Neural Networks 8, 833 (1995)): the noise of all times is
	// one Gaussian process. The overlap with another pattern, a_t/√N, obeys
	// a_{t+1} = ã_{t+1} + U_{t+1} a_t with ⟨ã_t ã_τ⟩ = q_tτ = ⟨s_t s_τ⟩. So, with
	// C_tτ = α⟨a_t a_τ⟩ the covariance of the noise and G_tτ = ⟨ã_t a_τ⟩,
	//
	//	m_{t+1}   = erf(m_t/(√2 σ_t)),  σ²_t = C_tt,  U_{t+1} = (2/σ_t) φ(m_t/σ_t),
	//	q_{t+1,0} = m_{t+1} m_0,  q_{t+1,τ+1} = ⟨sgn(m_t + z_t) sgn(m_τ + z_τ)⟩_C,
	//	G_{t,0}   = q_{t,0},      G_{t,τ} = q_{t,τ} + U_τ G_{t,τ−1},
	//	C_{t+1,τ} = α G_{t+1,τ} + U_{t+1} C_{t,τ},  0 ≤ τ ≤ t+1,  C_00 = α.
	//
	// It leaves out only the action of a spin on itself through its neighbours (the
	// term αU in [NewTwoStep]).
	AllOrders
)

func (o Order) String() string {
	if o == AllOrders {
		return "all"
	}
	return "1"
}

// A FieldMoment is one time of a trajectory: the overlap of the state and the
// deviation of the local field that it makes.
type FieldMoment struct {
	Step     int
	M, Sigma float64
}

// A NeurodynamicsPoint is the retrieval state of parallel dynamics and its basin.
type NeurodynamicsPoint struct {
	Alpha    float64
	M0C      float64 // the initial overlap above which a cue is retrieved
	M, Sigma float64 // overlap and noise of the retrieval state
}

// A history is the past of one trajectory of statistical neurodynamics.
type history interface {
	now() FieldMoment
	advance()
}

func newHistory(order Order, alpha, m0 float64) history {
	if order == AllOrders {
		return newOkada(alpha, m0)
	}
	return &amariMaginu{alpha, FieldMoment{0, m0, math.Sqrt(alpha)}}
}

// NeurodynamicsTrajectory returns the states at times 0 to steps from a random
// cue of overlap 0 < m0 ≤ 1.
func NeurodynamicsTrajectory(order Order, alpha, m0 float64, steps int) ([]FieldMoment, error) {
	const longest = 10000
	if err := first(positive("alpha", alpha), positive("m0", m0), within("m0", m0, 0, 1), within("steps", float64(steps), 0, longest)); err != nil {
		return nil, err
	}
	h := newHistory(order, alpha, m0)
	trajectory := []FieldMoment{h.now()}
	for range steps {
		h.advance()
		trajectory = append(trajectory, h.now())
	}
	return trajectory, nil
}

type amariMaginu struct {
	alpha float64
	state FieldMoment
}

func (h *amariMaginu) now() FieldMoment { return h.state }

func (h *amariMaginu) advance() {
	m, sigma := h.state.M, h.state.Sigma
	next := math.Erf(m / (math.Sqrt2 * sigma))
	u := response(m, sigma)
	variance := h.alpha + u*u*sigma*sigma + 2*h.alpha*u*m*next
	h.state = FieldMoment{h.state.Step + 1, next, math.Sqrt(variance)}
}

// Neurodynamics returns the retrieval state of statistical neurodynamics at load
// α and the boundary m0_c of its basin: the random cue from which the trajectory
// ends in the unstable fixed point. Beyond the capacity the error is a
// [*DomainError].
//
// The fixed points have the parameter u = m/σ: m = erf(u/√2), σ = m/u, and to
// first order
//
//	α = (σ² − 4φ(u)²)/(1 + 4um φ(u)),
//
// which has one maximum, the capacity; the retrieval state lies beyond it, the
// unstable one before it. To all orders a fixed point is taken to be a frozen
// state, q_tτ = 1; then σ = √α/(1−U), the replica-symmetric state of [AGSZero],
// as Okada remarks. (Its recursion does not quite freeze: where q_tτ = 1 − ε a
// step makes it 1 − O(√ε), so that a trajectory settles where a fraction of the
// neurons keeps flipping, 1 − q = 5·10⁻⁵ at α = 0.1, and reaches m = 0.99799930
// for 0.99799927. True parallel dynamics, which keeps the action of a spin on
// itself, does freeze.)
//
// Below α = 0.001 the unstable state is left so slowly that m0_c is not resolved:
// a [*DomainError] as well.
func Neurodynamics(order Order, alpha float64) (NeurodynamicsPoint, error) {
	if alpha > 0 && alpha < 0.001 {
		return NeurodynamicsPoint{}, &DomainError{"alpha", alpha, "alpha >= 0.001"}
	}
	retrieval, unstable, err := neurodynamicsFixedPoints(order, alpha)
	if err != nil {
		return NeurodynamicsPoint{}, err
	}
	boundary, err := basinBoundary(order, alpha, retrieval.M, unstable.M)
	return NeurodynamicsPoint{alpha, boundary, retrieval.M, retrieval.Sigma}, err
}

// NeurodynamicsCapacity returns the largest load with a retrieval state, and its
// overlap: 0.1596 to first order, α_c of [AGSCapacity] to all orders.
func NeurodynamicsCapacity(order Order) (alphaC, mC float64, err error) {
	if order == AllOrders {
		alphaC, mC = AGSCapacity()
		return alphaC, mC, nil
	}
	u, err := amariMaginuFold()
	return amariMaginuLoad(u), math.Erf(u / math.Sqrt2), err
}

// neurodynamicsFixedPoints returns the retrieval state and the unstable one.
func neurodynamicsFixedPoints(order Order, alpha float64) (retrieval, unstable FieldMoment, err error) {
	if order == AllOrders {
		p, err := AGSZero(alpha)
		if err != nil {
			return retrieval, unstable, err
		}
		return FieldMoment{M: p.M, Sigma: math.Sqrt(alpha * p.R)}, FieldMoment{M: p.MUnstable}, nil
	}
	fold, err := amariMaginuFold()
	if err != nil {
		return retrieval, unstable, err
	}
	if alphaC := amariMaginuLoad(fold); !(alpha > 0 && alpha <= alphaC) {
		return retrieval, unstable, &DomainError{"alpha", alpha, fmt.Sprintf(
			"0 < alpha <= %.12g, the capacity to first order", alphaC)}
	}
	excess := func(u float64) float64 { return amariMaginuLoad(u) - alpha }
	high, err := zero("retrieval state of neurodynamics", excess, fold, 1.01/math.Sqrt(alpha)+fold)
	if err != nil {
		return retrieval, unstable, err
	}
	low, err := zero("unstable state of neurodynamics", excess, 0, fold)
	return momentAt(high), momentAt(low), err
}

func momentAt(u float64) FieldMoment {
	m := math.Erf(u / math.Sqrt2)
	return FieldMoment{M: m, Sigma: m / u}
}

// amariMaginuLoad returns the load of the fixed point with m/σ = u.
func amariMaginuLoad(u float64) float64 {
	if u == 0 {
		return 0
	}
	p := momentAt(u)
	phi := normal(u)
	return (p.Sigma*p.Sigma - 4*phi*phi) / (1 + 4*u*p.M*phi)
}

// amariMaginuFold returns the u at which the load is largest: the derivatives are
// m' = 2φ, φ' = −uφ, σ' = (2φ − σ)/u.
func amariMaginuFold() (float64, error) {
	return zero("capacity of neurodynamics to first order", func(u float64) float64 {
		p := momentAt(u)
		phi := normal(u)
		numerator, denominator := p.Sigma*p.Sigma-4*phi*phi, 1+4*u*p.M*phi
		dn := 2*p.Sigma*(2*phi-p.Sigma)/u + 8*u*phi*phi
		dd := 4*p.M*phi*(1-u*u) + 8*u*phi*phi
		return dn*denominator - numerator*dd
	}, 1.5, 3)
}

// basinBoundary bisects m0 by the end of its trajectory.
func basinBoundary(order Order, alpha, retrieval, unstable float64) (float64, error) {
	low, high := 0.0, 1.0
	if ends(order, alpha, high, retrieval, unstable) != retrieved {
		return 0, &ConvergenceError{fmt.Sprintf("the pattern itself is not retrieved at alpha = %.6g", alpha)}
	}
	const wanted, enough = 1e-12, 1e-11 // relative
	for high-low > wanted*high {
		middle := (low + high) / 2
		switch ends(order, alpha, middle, retrieval, unstable) {
		case retrieved:
			high = middle
		case lost:
			low = middle
		case undecided:
			if high-low > enough*high {
				return 0, &ConvergenceError{fmt.Sprintf(
					"m0_c at alpha = %.6g: the cue m0 = %.12g stays at the unstable state", alpha, middle)}
			}
			return middle, nil
		}
	}
	return (low + high) / 2, nil
}

// An ending is what became of a trajectory.
type ending int

const (
	undecided ending = iota // it is still at the unstable state
	retrieved
	lost
)

// ends follows a trajectory until it slows down nearer to the retrieval state
// than to the unstable one, or keeps falling well below the unstable one.
func ends(order Order, alpha, m0, retrieval, unstable float64) ending {
	const (
		slow  = 1e-3 // a step, in units of the distance of the two states
		below = 0.8  // of the unstable overlap
		falls = 5    // in a row
	)
	h := newHistory(order, alpha, m0)
	falling := 0
	for range patience[order] {
		before := h.now().M
		h.advance()
		m := h.now().M
		falling++
		if m >= before {
			falling = 0
		}
		switch {
		case m > (retrieval+unstable)/2 && math.Abs(m-before) < slow*(retrieval-unstable):
			return retrieved
		case m < below*unstable && falling >= falls:
			return lost
		}
	}
	return undecided
}

// patience is the largest number of steps of a trajectory: a step to all orders
// takes time in proportion to the past.
var patience = [...]int{FirstOrder: 100000, AllOrders: 5000}
