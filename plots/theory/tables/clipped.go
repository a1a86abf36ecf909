package tables

import (
	"slices"

	"hopcap/model/theory"
)

var clippedCurve = &Curve{
	Name: "clipped", Group: couplingsGroup,
	Short: "Clipped couplings, and other functions of Hebb's",
	Doc: `clipped is the replica-symmetric theory at T = 0 of couplings that are an odd function
of Hebb's,

  J_ij = (√K/N) F(T_ij),   T_ij = K^{−1/2} Σ_μ ξ_i^μ ξ_j^μ,   J_ii = 0

(Sompolinsky, Phys. Rev. A 34, 2571 (1986); van Hemmen, Phys. Rev. A 36, 1959 (1987)):

  sign      F(x) = sgn x
  clamp     F(x) = x for |x| < θ, else θ sgn x
  deletion  F(x) = x for |x| > θ, else 0

F adds to Hebb's rule static noise of variance noise·α, noise = ⟨F²⟩/⟨xF⟩² − 1, which
the network does not amplify: with σ² = α/(1−C)² + noise·α,

  m = erf(y),   y = m/(√2 σ),   C = (2/√π)(y/m) e^{−y²}.

The averages are those of K → ∞; with --K those of sgn at K patterns, where a sum of
zero, which occurs for even K, is kept as J_ij = 0 or replaced by ±1 at random.

With --capacity the fold α_c: 0.1018 for sgn.`,
	Example: `  hopcap theory clipped --alpha 0.05:0.1:0.01
  hopcap theory clipped --capacity --K 2:10:1 --zero random
  hopcap theory clipped --capacity --function deletion --theta 0.5:2:0.5`,
	Parameters: []Parameter{
		capacitySwitch,
		{Name: "alpha", Doc: "load K/N (ten loads up to the fold)"},
		{Name: "function", Kind: Choice, Doc: "sign, clamp or deletion", Choices: []string{"sign", "clamp", "deletion"}},
		{Name: "theta", Doc: "limit of clamp or deletion (0.5 to 2.5)"},
		{Name: "K", Kind: Counts, Doc: "patterns, with sign (K → ∞)"},
		{Name: "zero", Kind: Choice, Doc: "keep or random, with --K", Choices: []string{"keep", "random"}},
	},
	Variable: "alpha", Exclusive: [][]string{{"alpha", "capacity"}, {"theta", "K"}},
	Tables: []Table{
		table("capacity", clippedAxes, func(at At) (clippedPoint, error) {
			p, err := newClipped(at)
			if err == nil {
				p.Alpha, p.M, err = theory.NonlinearHebbCapacity(p.f.Noise())
			}
			return p, err
		}, slices.Concat(clippedInputs, []column[clippedPoint]{
			{"alpha_c", "the largest load with a retrieval state", func(p clippedPoint) any { return p.Alpha }},
			{"m_c", "the overlap there", func(p clippedPoint) any { return p.M }},
		})),
		table("", upTo(clippedAxes, "alpha", clippedFold), func(at At) (clippedPoint, error) {
			p, err := newClipped(at)
			if err == nil {
				p.StaticNoisePoint, err = theory.NonlinearHebb(at.number("alpha"), p.f.Noise())
			}
			return p, err
		}, slices.Concat(clippedInputs, []column[clippedPoint]{
			{"alpha", loadDoc, func(p clippedPoint) any { return p.Alpha }},
			{"m", "overlap with the pattern", func(p clippedPoint) any { return p.M }},
			{"error", "fraction of wrong neurons", func(p clippedPoint) any { return p.Error }},
			{"C", "susceptibility", func(p clippedPoint) any { return p.C }},
			{"m_unstable", "overlap of the unstable solution", func(p clippedPoint) any { return p.MUnstable }},
		})),
	},
}

// clippedInputs are the columns of a function F.
var clippedInputs = []column[clippedPoint]{
	{"K", "patterns; empty for K → ∞", func(p clippedPoint) any { return p.k }},
	{"theta", "limit of clamp or deletion", func(p clippedPoint) any { return p.theta }},
	{"a", "⟨xF⟩, the share of Hebb's rule", func(p clippedPoint) any { return p.f.A }},
	{"noise", "variance of the static noise / α", func(p clippedPoint) any { return p.f.Noise() }},
}

// A clippedPoint is a function F and the retrieval state of its couplings.
type clippedPoint struct {
	k     any // nil for K → ∞
	theta any // nil for sgn
	f     theory.Nonlinearity
	theory.StaticNoisePoint
}

// clippedAxes are those of F, 0 where F does not depend on them.
var clippedAxes = and(and(nil, "K", fixed(0)), "theta", func(at At) ([]float64, error) {
	if at.choice("function") == "sign" {
		return []float64{0}, nil
	}
	return mustRange(0.5, 2.5, 0.5), nil
})

// newClipped averages the function that is asked for.
func newClipped(at At) (p clippedPoint, err error) {
	function := at.choice("function")
	switch {
	case function != "sign" && at.given("K"):
		return p, &RequestError{"--K is for --function sign"}
	case function == "sign" && at.given("theta"):
		return p, &RequestError{"--theta is for --function clamp or deletion"}
	case at.given("zero") && !at.given("K"):
		return p, &RequestError{"--zero needs --K: no sum is zero for K → ∞"}
	}
	switch {
	case function == "clamp":
		p.theta = at.number("theta")
		p.f, err = theory.ClampLimit(at.number("theta"))
	case function == "deletion":
		p.theta = at.number("theta")
		p.f, err = theory.DeletionLimit(at.number("theta"))
	case at.given("K"):
		p.k = at.count("K")
		p.f, err = theory.Clipped(at.count("K"), named(at.choice("zero"), theory.KeepZero, theory.RandomZero))
	default:
		p.f = theory.ClippedLimit()
	}
	return p, err
}

func clippedFold(at At) (float64, error) {
	p, err := newClipped(at)
	if err != nil {
		return 0, err
	}
	alphaC, _, err := theory.NonlinearHebbCapacity(p.f.Noise())
	return alphaC, err
}
