package tables

import (
	"errors"

	"hopcap/model/theory"
)

// sequenceCurves are about networks that recall sequences.
var sequenceCurves = []*Curve{sequenceCurve, denseSequenceCurve}

var sequenceCurve = &Curve{
	Name: "sequence", Group: sequencesGroup,
	Short: "Sequences of patterns: the exact recursion, its capacity and basin",
	Doc: `sequence is the exact theory of parallel dynamics with the couplings

  J_ij = (1/N) Σ_μ ξ_i^{μ+1} ξ_j^μ

(Amari 1972) for N → ∞ at K = αN: m_t is the overlap with the pattern that is due,

  m_{t+1}  = ∫Dz tanh β(m_t + σ_t z),      σ²_{t+1} = α + U_t² σ_t²,   σ²_0 = α,
  U_t      = ∫Dz β sech² β(m_t + σ_t z)

(Düring, Coolen and Sherrington, J. Phys. A 31, 8607 (1998)). m and sigma are those of
the stationary state in which the sequence is recalled.

With --capacity the fold α_c(T), 0.269062 at T = 0. With --basin the overlap m0_c of a
cue above which the sequence is recalled, at T = 0. With --m0 the trajectory of a cue.`,
	Example: `  hopcap theory sequence --alpha 0.1,0.2
  hopcap theory sequence --alpha 0.2 --m0 0.4 --steps 30
  hopcap theory sequence --basin --alpha 0.05:0.25:0.05`,
	Parameters: []Parameter{
		capacitySwitch,
		{Name: "basin", Kind: Switch, Doc: "give the basin instead"},
		{Name: "alpha", Doc: "load K/N (ten loads up to the fold)"},
		{Name: "T", Key: "temperature", Doc: "temperature, 0 <= T < 1", Default: []float64{0}},
		cue("follow a cue of this overlap"),
		{Name: "steps", Kind: Count, Doc: "how long, with --m0", Default: []float64{20}},
	},
	Variable: "alpha", Exclusive: [][]string{{"alpha", "capacity"}, {"m0", "capacity", "basin"}, {"T", "basin"}},
	Tables: []Table{
		foldAgainst("T", "temperature", fixed(mustRange(0, 0.9, 0.1)...), sequenceFold),
		table("basin", upTo(nil, "alpha", load(sequenceFold)), func(at At) (basin, error) {
			m0, err := theory.SequenceBasin(at.number("alpha"))
			return basin{at.number("alpha"), m0}, err
		}, []column[basin]{
			{"alpha", loadDoc, func(p basin) any { return p.alpha }},
			{"m0_c", "overlap of a cue above which the sequence is recalled", func(p basin) any { return p.m0 }},
		}),
		trajectory([]string{"alpha", "m0", "T"}, func(at At) ([]theory.FieldMoment, error) {
			return theory.SequenceTrajectory(at.number("alpha"), at.number("T"), at.number("m0"), at.count("steps"))
		}),
		table("", upTo(over("T"), "alpha", load(sequenceFold)), func(at At) (theory.SequencePoint, error) {
			return theory.Sequence(at.number("alpha"), at.number("T"))
		}, []column[theory.SequencePoint]{
			{"alpha", loadDoc, func(p theory.SequencePoint) any { return p.Alpha }},
			{"T", "temperature", func(p theory.SequencePoint) any { return p.T }},
			{"m", "overlap with the pattern that is due", func(p theory.SequencePoint) any { return p.M }},
			{"sigma", "deviation of the noise of the field", func(p theory.SequencePoint) any { return p.Sigma }},
			{"m_unstable", "overlap of the unstable solution", func(p theory.SequencePoint) any { return p.MUnstable }},
		}),
	},
}

type basin struct{ alpha, m0 float64 }

func sequenceFold(at At) (alphaC, mC float64, err error) {
	return theory.SequenceCapacity(at.number("T"))
}

var denseSequenceCurve = &Curve{
	Name: "dense-sequence", Group: sequencesGroup,
	Short: "Dense sequences: one-step error and capacities at finite N",
	Doc: `dense-sequence is about the networks of Chaudhry, Zavatone-Veth, Krotov and Pehlevan
(NeurIPS 2023), the neuron itself excluded,

  s_i' = sgn Σ_μ ξ_i^{μ+1} f(m_i^μ),   m_i^μ = (1/(N−1)) Σ_{j≠i} ξ_j^μ s_j

with f(x) = x^d, or exponential e^{(N−1)(x−1)}. The noise of a neuron is taken as
Gaussian with its exact variance v per pattern:

  K_transition  one transition has no error, with probability 1−c
  K_sequence    none of all transitions has

beside their leading orders for N → ∞, N^d/(2(2d−1)!! ln N) and that over d+1.

With --K the probability that a neuron is wrong after one step from an exact pattern,
with Gaussian noise and (error_exact) with its exact law; empty where that is out of
reach.`,
	Example: `  hopcap theory dense-sequence --degree 1:4:1 --N 100,1000
  hopcap theory dense-sequence --degree 2 --N 50 --K 100,200
  hopcap theory dense-sequence --interaction exponential --N 20,40`,
	Parameters: []Parameter{
		{Name: "N", Kind: Counts, Doc: "neurons", Default: []float64{100}},
		{Name: "degree", Kind: Counts, Doc: "degree d of f, 1 to 100 (1 to 4)"},
		{Name: "K", Kind: Counts, Doc: "give the error with these numbers of patterns instead"},
		{Name: "failure", Symbol: "c", Doc: "probability c of an error", Default: []float64{0.01}},
		{Name: "interaction", Kind: Choice, Doc: "power or exponential", Choices: []string{"power", "exponential"}},
		{Name: "closure", Kind: Choice, Doc: "cyclic, the first pattern follows the last, or open", Choices: []string{"cyclic", "open"}},
	},
	Variable: "N", Exclusive: [][]string{{"K", "failure"}},
	Tables: []Table{
		table("K", and(denseSequenceAxes, "K", nil), newSequenceError, []column[sequenceError]{
			{"degree", "degree of f; empty if exponential", func(p sequenceError) any { return p.degree }},
			{"N", "neurons", func(p sequenceError) any { return p.n }},
			{"K", "patterns", func(p sequenceError) any { return p.k }},
			{"error", "fraction of wrong neurons, Gaussian noise", func(p sequenceError) any { return p.gaussian }},
			{"error_exact", "the same with the exact law", func(p sequenceError) any { return p.exact }},
		}),
		table("", and(denseSequenceAxes, "failure", nil), newSequenceCapacity, []column[sequenceCapacity]{
			{"degree", "degree of f; empty if exponential", func(p sequenceCapacity) any { return p.degree }},
			{"N", "neurons", func(p sequenceCapacity) any { return p.N }},
			{"failure", "probability of an error", func(p sequenceCapacity) any { return p.failure }},
			{"K_transition", "patterns, one transition right", func(p sequenceCapacity) any { return p.KTransition }},
			{"K_sequence", "patterns, all transitions right", func(p sequenceCapacity) any { return p.KSequence }},
			{"K_transition_asymptotic", "the first to leading order", func(p sequenceCapacity) any { return p.KTransitionAsymptotic }},
			{"K_sequence_asymptotic", "the second; empty if not known", func(p sequenceCapacity) any { return p.sequenceAsymptotic() }},
			{"variance", "noise v of one pattern", func(p sequenceCapacity) any { return p.Variance }},
		}),
	},
}

// denseSequenceAxes are the function f and the size. An exponential has no degree: 0.
var denseSequenceAxes = and(and(nil, "degree", func(at At) ([]float64, error) {
	if at.choice("interaction") == "exponential" {
		return []float64{0}, nil
	}
	return mustRange(1, 4, 1), nil
}), "N", nil)

// sequenceDegree returns the degree of f, nil for an exponential.
func sequenceDegree(at At) (any, error) {
	switch exponential := at.choice("interaction") == "exponential"; {
	case !exponential:
		return at.count("degree"), nil
	case at.given("degree"):
		return nil, &RequestError{"--degree is for --interaction power"}
	}
	return nil, nil
}

func closure(at At) theory.SequenceClosure {
	return named(at.choice("closure"), theory.Cyclic, theory.Open)
}

// A sequenceError is the error after one step.
type sequenceError struct {
	degree   any // nil for an exponential
	n, k     int
	gaussian float64
	exact    any // nil where it is out of reach
}

func newSequenceError(at At) (p sequenceError, err error) {
	p.n, p.k = at.count("N"), at.count("K")
	if p.degree, err = sequenceDegree(at); err != nil {
		return p, err
	}
	if p.degree == nil {
		if p.gaussian, err = theory.ExponentialSequenceError(p.n, p.k, closure(at)); err != nil {
			return p, err
		}
		p.exact, err = orOutOfReach(theory.ExponentialSequenceErrorExact(p.n, p.k, closure(at)))
		return p, err
	}
	if p.gaussian, err = theory.DenseSequenceError(at.count("degree"), p.n, p.k, closure(at)); err != nil {
		return p, err
	}
	p.exact, err = orOutOfReach(theory.DenseSequenceErrorExact(at.count("degree"), p.n, p.k, closure(at)))
	return p, err
}

// orOutOfReach returns the cell of an exact error, empty where it cannot be summed.
func orOutOfReach(value float64, err error) (any, error) {
	var convergence *theory.ConvergenceError
	if errors.As(err, &convergence) {
		return nil, nil
	}
	return orEmpty(value, err)
}

// A sequenceCapacity is the largest number of patterns at a probability of failure.
type sequenceCapacity struct {
	degree  any // nil for an exponential
	failure float64
	theory.DenseSequenceCapacity
}

// sequenceAsymptotic is nil where no leading order is known.
func (p sequenceCapacity) sequenceAsymptotic() any {
	if p.KSequenceAsymptotic == 0 {
		return nil
	}
	return p.KSequenceAsymptotic
}

func newSequenceCapacity(at At) (p sequenceCapacity, err error) {
	p.failure = at.number("failure")
	if p.degree, err = sequenceDegree(at); err != nil {
		return p, err
	}
	if p.degree == nil {
		p.DenseSequenceCapacity, err = theory.NewExponentialSequenceCapacity(at.count("N"), p.failure, closure(at))
	} else {
		p.DenseSequenceCapacity, err = theory.NewDenseSequenceCapacity(at.count("degree"), at.count("N"), p.failure, closure(at))
	}
	return p, err
}
