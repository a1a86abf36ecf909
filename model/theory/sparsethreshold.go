package theory

import (
	"fmt"
	"math"
)

// Sparse returns the retrieval state of [NewSparseCapacity] at a given load and
// threshold −f < θ < 1−f. Outside this range no pattern is kept at any load. The states
// of a given threshold are a curve θ(x₁, x₀) = θ. It comes from the pattern, at
// −x₁, x₀ → ∞ and α → 0, and is followed until its load falls, which is the fold
// α_c(f, θ).
//
// Below f = 0.07 or so the state of [NewSparseCapacity] lies beyond this fold: it has
// many missing ones, and is not reached from the pattern by a rising load. At its
// threshold the fold is at a smaller load, 4.088 instead of 4.368 at f = 0.01, fields
// on V.
//
// Validity: 10⁻⁶ ≤ f ≤ 0.99, α at least 10⁻⁹ of the capacity; θ not closer to −f and
// 1−f than 10⁻³ f and 10⁻³(1−f).
func Sparse(alpha, f, theta float64, fields SparseFields) (SparsePoint, error) {
	curve, err := newSparseCurve(f, theta, fields)
	if err != nil {
		return SparsePoint{}, err
	}
	s, err := curve.atLoad(alpha)
	if err != nil {
		return SparsePoint{}, err
	}
	return s.point(alpha), nil
}

// SparseThresholdCapacity returns the fold α_c(f, θ) of [Sparse] and the state there.
func SparseThresholdCapacity(f, theta float64, fields SparseFields) (SparsePoint, error) {
	curve, err := newSparseCurve(f, theta, fields)
	if err != nil {
		return SparsePoint{}, err
	}
	path, err := curve.path(math.Inf(1))
	if err != nil {
		return SparsePoint{}, err
	}
	top := path[len(path)-1]
	return top.point(top.alpha()), nil
}

// BiasedThreshold is [Biased] with a threshold θ, s_i = sgn(h_i − θ): the retrieval state
// at a given load, for thresholds at which a pattern is kept,
// −(1+a)(1−a²) < θ < (1−a)(1−a²).
func BiasedThreshold(alpha, bias, theta float64) (BiasedPoint, error) {
	curve, err := newBiasedCurve(bias, theta)
	if err != nil {
		return BiasedPoint{}, err
	}
	s, err := curve.atLoad(alpha)
	if err != nil {
		return BiasedPoint{}, err
	}
	return newBiasedPoint(alpha, s), nil
}

// BiasedCapacityAt returns the largest load with a retrieval state at the threshold θ,
// and the state there.
func BiasedCapacityAt(bias, theta float64) (BiasedPoint, error) {
	curve, err := newBiasedCurve(bias, theta)
	if err != nil {
		return BiasedPoint{}, err
	}
	path, err := curve.path(math.Inf(1))
	if err != nil {
		return BiasedPoint{}, err
	}
	top := path[len(path)-1]
	return newBiasedPoint(top.alpha(), top), nil
}

// A sparseCurve is the set of states with a given threshold.
type sparseCurve struct {
	f, theta float64
	fields   SparseFields
}

func newSparseCurve(f, theta float64, fields SparseFields) (sparseCurve, error) {
	if err := first(within("f", f, 1e-6, 0.99), within("fields", float64(fields), 0, 2)); err != nil {
		return sparseCurve{}, err
	}
	return sparseCurve{f, theta, fields}, within("theta", theta, -0.999*f, 0.999*(1-f))
}

// newBiasedCurve is the curve of the 0/1 network with the fields of V − ½. These are
// 1/(2(1−a²)) times the fields of the spins.
func newBiasedCurve(bias, theta float64) (sparseCurve, error) {
	if err := within("a", bias, -0.999, 0.999); err != nil {
		return sparseCurve{}, err
	}
	rest := (1 - bias) * (1 + bias)
	curve := sparseCurve{(1 + bias) / 2, theta / (2 * rest), fieldsOnSpins}
	return curve, within("theta", theta, -0.999*(1+bias)*rest, 0.999*(1-bias)*rest)
}

// between returns the state of the curve beside the point at a share of the way from one
// state to another: by Newton's method along the gradient of θ.
func (c sparseCurve) between(from, to sparseState, share float64) (sparseState, error) {
	s := from
	s.x1 += share * (to.x1 - from.x1)
	s.x0 += share * (to.x0 - from.x0)
	const steps = 50
	for range steps {
		g1, g0 := s.thetaSlopes()
		excess := s.theta() - c.theta
		factor := excess / (g1*g1 + g0*g0)
		s.x1 -= factor * g1
		s.x0 -= factor * g0
		if math.Abs(excess) <= 32*epsilon*(1+math.Abs(c.theta)) {
			return s, nil
		}
		if !(s.x0 > s.x1) {
			break
		}
	}
	return s, &ConvergenceError{fmt.Sprintf("sparse network, f = %.6g, theta = %.6g", c.f, c.theta)}
}

// thetaSlopes returns the derivatives of θ with respect to x₁ and x₀, by differences.
func (s sparseState) thetaSlopes() (d1, d0 float64) {
	slope := func(x *float64) float64 {
		middle, h := *x, 1e-6*(1+math.Abs(*x))
		*x = middle + h
		above := s.theta()
		*x = middle - h
		below := s.theta()
		*x = middle
		return (above - below) / (2 * h)
	}
	return slope(&s.x1), slope(&s.x0)
}

// path follows the curve from the pattern to the fold, its last state; alpha is a load
// below which it must begin. A step is short where the curve bends.
func (c sparseCurve) path(alpha float64) ([]sparseState, error) {
	start, err := c.start(alpha)
	if err != nil {
		return nil, err
	}
	const stride, bend, shortest = 0.03, 0.05, 1e-9
	path := []sparseState{start}
	t1, t0 := 1.0, -1.0 // the direction so far
	step := math.Inf(1)
	for range 20000 {
		last := path[len(path)-1]
		g1, g0 := last.thetaSlopes()
		forward := math.Copysign(1/math.Hypot(g1, g0), t0*g1-t1*g0)
		t1, t0 = -g0*forward, g1*forward
		step = math.Min(1.5*step, stride*math.Hypot(last.x1, last.x0))
		for ; step > shortest; step /= 2 {
			ahead := last
			ahead.x1 += step * t1
			ahead.x0 += step * t0
			next, err := c.between(ahead, ahead, 0)
			if err == nil && math.Hypot(next.x1-ahead.x1, next.x0-ahead.x0) < bend*step {
				path = append(path, next)
				break
			}
		}
		if path[len(path)-1] == last {
			break
		}
		if !(path[len(path)-1].alpha() > last.alpha()) {
			return c.endAtFold(path)
		}
	}
	return nil, &ConvergenceError{fmt.Sprintf("capacity at f = %.6g, theta = %.6g", c.f, c.theta)}
}

// endAtFold replaces the last two states of a path by the fold, which lies within the
// last two steps.
func (c sparseCurve) endAtFold(path []sparseState) ([]sparseState, error) {
	var failed error
	keep := max(len(path)-2, 1)
	from, to := path[keep-1], path[len(path)-1]
	at := func(share float64) sparseState {
		s, err := c.between(from, to, share)
		failed = first(failed, err)
		return s
	}
	top := at(maximum(func(share float64) float64 { return at(share).alpha() }, 0, 1))
	return append(path[:keep], top), failed
}

// start returns a state near the pattern, with a smaller load.
func (c sparseCurve) start(alpha float64) (sparseState, error) {
	const large, huge = 12, 1e15
	for b := large / math.Min(c.theta+c.f, 1-c.f-c.theta); b < huge; b *= 2 {
		far := sparseState{c.f, c.fields, -(1 - c.f - c.theta) * b, (c.theta + c.f) * b}
		s, err := c.between(far, far, 0)
		if err != nil || s.alpha() < alpha {
			return s, err
		}
	}
	return sparseState{}, &DomainError{"alpha", alpha, fmt.Sprintf("a load that is not so small at f = %.6g, theta = %.6g", c.f, c.theta)}
}

// atLoad returns the state of the path with the load α.
func (c sparseCurve) atLoad(alpha float64) (sparseState, error) {
	path, err := c.path(alpha)
	if err != nil {
		return sparseState{}, err
	}
	top := len(path) - 1
	capacity := path[top].alpha()
	alpha, err = belowCapacity(alpha, 1e-9*capacity, capacity*(1+1e-12), fmt.Sprintf("at f = %.12g, theta = %.12g", c.f, c.theta))
	if err != nil {
		return sparseState{}, err
	}
	to := 1
	for to < top && path[to].alpha() < alpha {
		to++
	}
	if path[to].alpha() <= alpha {
		return path[to], nil
	}
	var failed error
	share, err := zero(fmt.Sprintf("sparse network at alpha = %.6g, f = %.6g", alpha, c.f), func(share float64) float64 {
		s, err := c.between(path[to-1], path[to], share)
		failed = first(failed, err)
		return s.alpha() - alpha
	}, 0, 1)
	if err := first(failed, err); err != nil {
		return sparseState{}, err
	}
	return c.between(path[to-1], path[to], share)
}
