package tables

import (
	"fmt"
	"math"
	"slices"

	"hopcap/model/theory"
)

// dilutedCurves are about networks in which couplings are missing.
var dilutedCurves = []*Curve{dilutedCurve, extremeDilutionCurve, dilutedOneStepCurve}

var dilutedCurve = &Curve{
	Name: "diluted", Group: couplingsGroup,
	Short: "Symmetrically diluted couplings",
	Doc: `diluted is the replica-symmetric theory at T = 0 of Hebb's couplings of which a share c
is present, c_ij = c_ji = 1 with probability c,

  J_ij = (c_ij/(cN)) Σ_μ ξ_i^μ ξ_j^μ

(Sompolinsky, Phys. Rev. A 34, 2571 (1986); Canning and Gardner, J. Phys. A 21, 3275
(1988)). What is missing is static noise:

  m = erf(y),   C = (2/√π)(y/m) e^{−y²},   (m/y)²/2 = α'[c/(1−C)² + 1 − c],

with α' = K/(cN), patterns per coupling of a neuron (alpha_couplings), which is not
alpha = K/N. c = 1 is "ags"; α'_c → 2/π for c → 0.

With --capacity the fold α_c.`,
	Example: `  hopcap theory diluted --connectivity 0.5 --alpha 0.05,0.08
  hopcap theory diluted --capacity --connectivity 0.1:1:0.1`,
	Parameters: []Parameter{
		capacitySwitch,
		{Name: "alpha", Doc: "load K/N (ten loads up to the fold)"},
		{Name: "connectivity", Symbol: "c", Doc: "share c of the couplings that are present, 0 < c <= 1", Default: []float64{0.5}},
	},
	Variable: "alpha", Exclusive: [][]string{{"alpha", "capacity"}},
	Tables: []Table{
		table("capacity", and(nil, "connectivity", fixed(0.001, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1)), func(at At) (diluted, error) {
			p := diluted{c: at.number("connectivity")}
			var err error
			p.Alpha, p.M, err = theory.DilutedCapacity(p.c)
			return p, err
		}, []column[diluted]{
			{"connectivity", "share of the couplings", func(p diluted) any { return p.c }},
			{"alpha_c", "the largest K/N with a retrieval state", func(p diluted) any { return p.c * p.Alpha }},
			{"alpha_couplings", "the same as K/(cN)", func(p diluted) any { return p.Alpha }},
			{"m_c", "the overlap there", func(p diluted) any { return p.M }},
		}),
		table("", upTo(over("connectivity"), "alpha", dilutedFold), newDiluted, []column[diluted]{
			{"alpha", loadDoc, func(p diluted) any { return p.c * p.Alpha }},
			{"alpha_couplings", "load K/(cN)", func(p diluted) any { return p.Alpha }},
			{"connectivity", "share of the couplings", func(p diluted) any { return p.c }},
			{"m", "overlap with the pattern", func(p diluted) any { return p.M }},
			{"error", "fraction of wrong neurons", func(p diluted) any { return p.Error }},
			{"C", "susceptibility", func(p diluted) any { return p.C }},
			{"m_unstable", "overlap of the unstable solution", func(p diluted) any { return p.MUnstable }},
		}),
	},
}

// A diluted state has its connectivity, and a load in patterns per coupling.
type diluted struct {
	c float64
	theory.StaticNoisePoint
}

func newDiluted(at At) (p diluted, err error) {
	p.c = at.number("connectivity")
	perCoupling := at.number("alpha") / p.c
	if p.StaticNoisePoint, err = theory.Diluted(perCoupling, p.c); err != nil {
		err = fmt.Errorf("the load as K/(cN): %w", err)
	}
	return p, err
}

// dilutedFold is the largest K/N.
func dilutedFold(at At) (float64, error) {
	c := at.number("connectivity")
	alphaC, _, err := theory.DilutedCapacity(c)
	return c * alphaC, err
}

var extremeDilutionCurve = &Curve{
	Name: "extreme-dilution", Group: couplingsGroup,
	Short: "Extremely and asymmetrically diluted couplings, exact",
	Doc: `extreme-dilution is exact for networks of c inputs per neuron, c_ij and c_ji
independent, 1 ≪ c ≪ ln N,

  J_ij = (c_ij/c) Σ_μ ξ_i^μ ξ_j^μ

(Derrida, Gardner and Zippelius, Europhys. Lett. 4, 167 (1987)). The fields of different
times are independent, so parallel dynamics is

  m_{t+1} = ∫Dz tanh β(m_t + √α z)      erf(m_t/√(2α)) at T = 0,

and m its fixed point. It vanishes continuously at α_c(T), 2/π at T = 0. The load is
α = K/c here, patterns per input.

With --capacity α_c(T), with --m0 the trajectory of a cue.`,
	Example: `  hopcap theory extreme-dilution --T 0,0.5
  hopcap theory extreme-dilution --alpha 0.5 --m0 0.2 --steps 10`,
	Parameters: []Parameter{
		capacitySwitch,
		{Name: "alpha", Doc: "load K/c (ten loads up to α_c)"},
		{Name: "T", Key: "temperature", Doc: "temperature, from 0", Default: []float64{0}},
		cue("follow a cue of this overlap"),
		{Name: "steps", Kind: Count, Doc: "how long, with --m0", Default: []float64{20}},
	},
	Variable: "alpha", Exclusive: [][]string{{"alpha", "capacity"}, {"m0", "capacity"}},
	Tables: []Table{
		table("capacity", and(nil, "T", fixed(mustRange(0, 0.9, 0.1)...)), func(at At) (fold, error) {
			alphaC, err := extremeCapacity(at)
			return fold{parameter: at.number("T"), alphaC: alphaC}, err
		}, []column[fold]{
			{"T", "temperature", func(p fold) any { return p.parameter }},
			{"alpha_c", "the load K/c at which m vanishes", func(p fold) any { return p.alphaC }},
		}),
		trajectory([]string{"alpha", "m0", "T"}, extremeTrajectory),
		table("", upTo(over("T"), "alpha", extremeCapacity), func(at At) (extreme, error) {
			alpha, temperature := at.number("alpha"), at.number("T")
			m, err := theory.ExtremeDilution(alpha, temperature)
			return extreme{alpha, temperature, m}, err
		}, []column[extreme]{
			{"alpha", "load K/c", func(p extreme) any { return p.alpha }},
			{"T", "temperature", func(p extreme) any { return p.temperature }},
			{"m", "overlap with the pattern, 0 beyond α_c", func(p extreme) any { return p.m }},
		}),
	},
}

type extreme struct{ alpha, temperature, m float64 }

func extremeCapacity(at At) (float64, error) { return theory.ExtremeDilutionCapacity(at.number("T")) }

// extremeTrajectory follows a cue. The variance of the noise is α at all times.
func extremeTrajectory(at At) ([]theory.FieldMoment, error) {
	const longest = 100000
	steps, alpha := at.count("steps"), at.number("alpha")
	if steps < 0 || steps > longest {
		return nil, &theory.DomainError{Name: "steps", Value: float64(steps), Allowed: fmt.Sprintf("0 <= steps <= %d", longest)}
	}
	var states []theory.FieldMoment
	m := at.number("m0")
	for t := range steps + 1 {
		states = append(states, theory.FieldMoment{Step: t, M: m, Sigma: math.Sqrt(alpha)})
		var err error
		if m, err = theory.ExtremeDilutionStep(m, alpha, at.number("T")); err != nil {
			return nil, err
		}
	}
	return states, nil
}

var dilutedOneStepCurve = &Curve{
	Name: "diluted-one-step", Group: couplingsGroup,
	Short: "The first parallel step with few inputs per neuron, exact at finite K",
	Doc: `diluted-one-step is the overlap after the first parallel step at T = 0 of a network
whose neurons have few inputs, N → ∞ at finite c and K. Along its pattern, c times the
field of a neuron is

  (right − wrong) + S,   S a sum of (right+wrong)(K−1) independent signs,

each input wrong with probability (1−m0)/2; a zero field keeps the spin. Neurons have
c inputs each, or a Poisson number of mean c (independent couplings). It holds for
quenched couplings too; later steps follow it only for c ≪ ln N.

With --connectivity the same at finite N: couplings present with that probability and a
cue with exactly ⌊N(1−m0)/2 + ½⌋ wrong neurons.`,
	Example: `  hopcap theory diluted-one-step --inputs 20 --K 5,10 --m0 0.8
  hopcap theory diluted-one-step --connectivity 0.05 --N 1000 --K 10`,
	Parameters: []Parameter{
		{Name: "K", Kind: Counts, Doc: "stored patterns, 1 to 100000", Default: []float64{2, 5, 10, 20}},
		{Name: "inputs", Doc: "inputs c of a neuron, a mean with --law poisson", Default: []float64{20}},
		cue(cueDoc, 1),
		{Name: "law", Kind: Choice, Doc: "law of the number of inputs: fixed or poisson", Choices: []string{"fixed", "poisson"}},
		{Name: "connectivity", Doc: "share of the couplings that are present, at finite N"},
		{Name: "N", Kind: Counts, Doc: "neurons, with --connectivity", Default: []float64{1000}},
	},
	Variable: "K", Exclusive: [][]string{{"inputs", "connectivity"}, {"inputs", "N"}, {"law", "connectivity"}, {"law", "N"}},
	Tables: []Table{
		table("connectivity", over("N", "connectivity", "K", "m0"), func(at At) (dilutedStep, error) {
			n, c := at.count("N"), at.number("connectivity")
			p, err := theory.NewDilutedOneStepBinomial(n, c, at.count("K"), at.number("m0"))
			return dilutedStep{n, c, p}, err
		}, slices.Concat([]column[dilutedStep]{
			{"N", "neurons", func(p dilutedStep) any { return p.n }},
			{"connectivity", "share of the couplings", func(p dilutedStep) any { return p.c }},
		}, dilutedStepColumns)),
		table("", over("inputs", "K", "m0"), newDilutedStep, slices.Concat([]column[dilutedStep]{
			{"inputs", "inputs of a neuron", func(p dilutedStep) any { return p.c }},
		}, dilutedStepColumns)),
	},
}

var dilutedStepColumns = []column[dilutedStep]{
	{"K", "stored patterns", func(p dilutedStep) any { return p.K }},
	{"m0", cueDoc, func(p dilutedStep) any { return p.M0 }},
	{"m1", "overlap after the step", func(p dilutedStep) any { return p.M1 }},
	{"error", "fraction of wrong neurons", func(p dilutedStep) any { return p.Error }},
}

// A dilutedStep is a first step with c inputs, or at finite N with a share c of all.
type dilutedStep struct {
	n int
	c float64
	theory.DilutedOneStep
}

func newDilutedStep(at At) (p dilutedStep, err error) {
	if at.given("N") {
		return p, &RequestError{"--N needs --connectivity: with --inputs it is infinite"}
	}
	p.c = at.number("inputs")
	switch c := int(p.c); {
	case at.choice("law") == "poisson":
		p.DilutedOneStep, err = theory.NewDilutedOneStepPoisson(p.c, at.count("K"), at.number("m0"))
	case float64(c) != p.c:
		err = &theory.DomainError{Name: "inputs", Value: p.c, Allowed: "an integer, or any number with --law poisson"}
	default:
		p.DilutedOneStep, err = theory.NewDilutedOneStep(c, at.count("K"), at.number("m0"))
	}
	return p, err
}
