package theory

import (
	"fmt"
	"math"
)

// A SequencePoint is the state in which a network recalls a sequence of patterns.
type SequencePoint struct {
	Alpha, T  float64
	M         float64 // overlap with the pattern that is due
	Sigma     float64 // deviation of the local field
	MUnstable float64 // overlap of the second solution, which meets M at the fold
}

// SequenceTrajectory returns the states at times 0 to steps of the parallel dynamics
// of
//
//	J_ij = (1/N) Σ_μ ξ_i^{μ+1} ξ_j^μ
//
// (Amari 1972) at temperature T ≥ 0 from a random cue of overlap 0 < m0 ≤ 1 with
// pattern 1, for N → ∞ at K = αN: M is the overlap with pattern 1+t. It is
//
//	m_{t+1}  = ∫Dz tanh β(m_t + σ_t z),    erf(m_t/(√2 σ_t)) at T = 0,
//	σ²_{t+1} = α + U_t² σ_t²,  σ²_0 = α,
//	U_t = ∫Dz β sech² β(m_t + σ_t z),      (2/σ_t) φ(m_t/σ_t) at T = 0,
//
// exactly (Düring, Coolen and Sherrington, J. Phys. A 31, 8607 (1998)): as the
// couplings are not symmetric, the noise has no further memory.
func SequenceTrajectory(alpha, temperature, m0 float64, steps int) ([]FieldMoment, error) {
	const longest = 10000
	if err := first(sequenceArguments(alpha, temperature), positive("m0", m0), within("m0", m0, 0, 1),
		within("steps", float64(steps), 0, longest)); err != nil {
		return nil, err
	}
	now := FieldMoment{0, m0, math.Sqrt(alpha)}
	trajectory := []FieldMoment{now}
	for range steps {
		now = sequenceStep(now, alpha, temperature)
		trajectory = append(trajectory, now)
	}
	return trajectory, nil
}

func sequenceArguments(alpha, temperature float64) error {
	return first(within("alpha", alpha, 1e-100, 1e100), zeroOrMore("T", temperature))
}

func sequenceStep(now FieldMoment, alpha, temperature float64) FieldMoment {
	m, u := 0.0, 0.0
	if temperature == 0 {
		m, u = math.Erf(now.M/(math.Sqrt2*now.Sigma)), response(now.M, now.Sigma)
	} else {
		a := averageField(now.M, now.Sigma, temperature)
		m, u = a.m, a.c
	}
	return FieldMoment{now.Step + 1, m, math.Sqrt(alpha + u*u*now.Sigma*now.Sigma)}
}

// Sequence returns the stationary states of [SequenceTrajectory], 0 ≤ T < 1. With the
// parameter y = m/(√2 σ),
//
//	α = σ²(1−U²),  at T = 0  m = erf(y),  α = σ² − (2/π) e^{−2y²},
//
// has one maximum, the fold α_c(T). Beyond it the error is a [*DomainError].
func Sequence(alpha, temperature float64) (SequencePoint, error) {
	alphaC, _, err := SequenceCapacity(temperature)
	if err != nil {
		return SequencePoint{}, err
	}
	alpha, err = belowCapacity(alpha, 1e-15, alphaC, fmt.Sprintf("at T = %.12g", temperature))
	if err != nil {
		return SequencePoint{}, err
	}
	fold, err := sequenceFold(temperature)
	if err != nil {
		return SequencePoint{}, err
	}
	var failed error
	solve := func(a, b float64) (sequenceState, error) {
		y, err := zero(fmt.Sprintf("sequence at alpha = %.6g, T = %.6g", alpha, temperature), func(y float64) float64 {
			s, err := newSequenceState(y, temperature)
			failed = first(failed, err)
			return s.alpha - alpha
		}, a, b)
		if err := first(failed, err); err != nil {
			return sequenceState{}, err
		}
		return newSequenceState(y, temperature)
	}
	// C < 1 and σ ≥ √α make y less than 1/√(2α).
	recalled, err1 := solve(fold, math.Max(fold, (1+1e-9)/math.Sqrt(2*alpha)))
	unstable, err2 := solve(1e-10, fold)
	return SequencePoint{alpha, temperature, recalled.m, recalled.sigma, unstable.m}, first(err1, err2)
}

// SequenceCapacity returns the fold α_c(T) of [Sequence] and the overlap there,
// 0 ≤ T < 1: 0.269062 at T = 0 (Düring, Coolen and Sherrington 1998: 0.269), with
// m = 0.834871.
func SequenceCapacity(temperature float64) (alphaC, mC float64, err error) {
	if err := belowCurie(temperature); err != nil {
		return 0, 0, err
	}
	y, err := sequenceFold(temperature)
	if err != nil {
		return 0, 0, err
	}
	s, err := newSequenceState(y, temperature)
	return s.alpha, s.m, err
}

// SequenceBasin returns the overlap m0_c above which a random cue is recalled at T = 0,
// 10⁻³ ≤ α ≤ α_c: by bisection of the trajectories.
func SequenceBasin(alpha float64) (float64, error) {
	const least = 1e-3
	if !(alpha >= least) {
		return 0, &DomainError{"alpha", alpha, "alpha >= 0.001"}
	}
	p, err := Sequence(alpha, 0)
	if err != nil {
		return 0, err
	}
	low, high := 0.0, 1.0
	for range 60 {
		middle := (low + high) / 2
		if sequenceRecalled(p, middle) {
			high = middle
		} else {
			low = middle
		}
	}
	return (low + high) / 2, nil
}

// sequenceRecalled follows a trajectory until it is at rest, or far on one side.
func sequenceRecalled(p SequencePoint, m0 float64) bool {
	const steps = 200000
	now := FieldMoment{0, m0, math.Sqrt(p.Alpha)}
	for range steps {
		next := sequenceStep(now, p.Alpha, 0)
		if math.Abs(next.M-now.M) < 1e-14 && math.Abs(next.Sigma-now.Sigma) < 1e-14 {
			break
		}
		now = next
	}
	return now.M > p.MUnstable
}

// A sequenceState is a stationary state with a given y.
type sequenceState struct{ m, sigma, alpha float64 }

func newSequenceState(y, temperature float64) (sequenceState, error) {
	if temperature == 0 {
		sigma, d := sigma(y), 2*normal(math.Sqrt2*y)
		return sequenceState{math.Erf(y), sigma, agsLoad(y) / math.Sqrt2 * (sigma + d)}, nil
	}
	s, err := newAGSState(y, temperature)
	return sequenceState{s.m, s.delta, s.delta * s.delta * (1 - s.c) * (1 + s.c)}, err
}

// sequenceFold returns the y at which α is largest, at T = 0 the root of
// σ(σ−d) = 2y²d², d = √(2/π) e^{−y²}.
func sequenceFold(temperature float64) (float64, error) {
	if temperature == 0 {
		return zero("capacity for sequences", func(y float64) float64 {
			d := 2 * normal(math.Sqrt2*y)
			return 2*y*y*d*d - sigma(y)*agsLoad(y)/math.Sqrt2
		}, 0.5, 2)
	}
	var failed error
	y := maximum(func(y float64) float64 {
		s, err := newSequenceState(y, temperature)
		failed = first(failed, err)
		return s.alpha
	}, 0.3, 3)
	return y, failed
}
