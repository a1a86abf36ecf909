package tables

import "hopcap/model/theory"

// patternsCurves are about patterns that are not independent ±1 with equal
// probability.
var patternsCurves = []*Curve{biasedCurve, sparseCurve, randomFeaturesCurve}

// optimalSwitch asks for the best threshold.
var optimalSwitch = Parameter{Name: "optimal", Kind: Switch, Doc: "the same at the best threshold"}

var biasedCurve = &Curve{
	Name: "biased", Group: patternsGroup,
	Short: "Biased patterns and the covariance rule",
	Doc: `biased is the replica-symmetric theory at T = 0 of patterns with a bias a,
P(ξ = 1) = (1+a)/2, the covariance rule and a threshold θ,

  J_ij = (1/N) Σ_μ (ξ_i^μ − a)(ξ_j^μ − a),   J_ii = 0,   s_i = sgn(h_i − θ)

(Amit, Gutfreund and Sompolinsky, Phys. Rev. A 35, 2293 (1987)). The overlap is centred,
m = Σ(ξ_i−a)s_i/(N(1−a²)). Without threshold the capacity falls with |a|, as a neuron of
the more frequent sign sees the weaker field. At the best threshold it rises.

With --capacity the fold α_c(a) at the thresholds asked for, with --optimal at the best
one.`,
	Example: `  hopcap theory biased --bias 0.5 --alpha 0.05,0.1
  hopcap theory biased --optimal --bias 0:0.9:0.1`,
	Parameters: []Parameter{
		capacitySwitch,
		optimalSwitch,
		{Name: "alpha", Doc: "load K/N (ten loads up to the fold)"},
		{Name: "bias", Symbol: "a", Doc: "bias a of the patterns, -0.999 to 0.999", Default: []float64{0.5}},
		{Name: "threshold", Symbol: "theta", Doc: "threshold θ of the fields", Default: []float64{0}},
	},
	Variable: "alpha", Exclusive: [][]string{{"alpha", "capacity", "optimal"}, {"threshold", "optimal"}},
	Tables: []Table{
		biasedFolds("optimal", biasedAxes[:1], func(at At) (p biased, err error) {
			p.BiasedPoint, p.theta, err = theory.BiasedThresholdCapacity(at.number("bias"))
			return p, err
		}),
		biasedFolds("capacity", biasedAxes, biasedFold),
		table("", upTo(over("bias", "threshold"), "alpha", biasedCapacity), newBiased, []column[biased]{
			{"alpha", loadDoc, func(p biased) any { return p.Alpha }},
			{"bias", "bias a of the patterns", func(p biased) any { return p.Bias }},
			{"threshold", "threshold θ of the fields", func(p biased) any { return p.theta }},
			{"m", "centred overlap with the pattern", func(p biased) any { return p.M }},
			{"error", "fraction of wrong neurons", func(p biased) any { return p.Error }},
			{"mean", "mean of the state, a in a pattern", func(p biased) any { return p.Mean }},
			{"C", "(1−a²) times the susceptibility", func(p biased) any { return p.C }},
		}),
	},
}

// A biased state has its threshold.
type biased struct {
	theta float64
	theory.BiasedPoint
}

// biasedAxes are those of capacities.
var biasedAxes = and(and(nil, "bias", fixed(mustRange(0, 0.9, 0.1)...)), "threshold", nil)

// biasedFolds is a table of capacities.
func biasedFolds(when string, axes []axis, solve func(at At) (biased, error)) Table {
	return table(when, axes, solve, []column[biased]{
		{"bias", "bias a of the patterns", func(p biased) any { return p.Bias }},
		{"threshold", "threshold θ of the fields", func(p biased) any { return p.theta }},
		{"alpha_c", "the largest load with a retrieval state", func(p biased) any { return p.Alpha }},
		{"m_c", "the centred overlap there", func(p biased) any { return p.M }},
		{"error_c", "the fraction of wrong neurons there", func(p biased) any { return p.Error }},
	})
}

func newBiased(at At) (p biased, err error) {
	p.theta = at.number("threshold")
	if p.theta == 0 {
		p.BiasedPoint, err = theory.Biased(at.number("alpha"), at.number("bias"))
	} else {
		p.BiasedPoint, err = theory.BiasedThreshold(at.number("alpha"), at.number("bias"), p.theta)
	}
	return p, err
}

func biasedFold(at At) (p biased, err error) {
	p.theta = at.number("threshold")
	if p.theta == 0 {
		p.BiasedPoint, err = theory.BiasedCapacity(at.number("bias"))
	} else {
		p.BiasedPoint, err = theory.BiasedCapacityAt(at.number("bias"), p.theta)
	}
	return p, err
}

func biasedCapacity(at At) (float64, error) {
	p, err := biasedFold(at)
	return p.Alpha, err
}

var sparseCurve = &Curve{
	Name: "sparse", Group: patternsGroup,
	Short: "Sparse patterns of 0/1 neurons: capacity, best threshold, bits",
	Doc: `sparse is the replica-symmetric theory at T = 0 of 0/1 neurons and patterns with a share
f of ones,

  J_ij = (1/(Nf(1−f))) Σ_μ (η_i^μ − f)(η_j^μ − f),   J_ii = 0,   V_i = 1 if h_i > θ,

else 0 (Tsodyks and Feigel'man, Europhys. Lett. 6, 101 (1988)), −f < θ < 1−f. The fields
act

  V      on V, the bits of a pattern independent
  V-f    on V − f, the bits independent
  exact  on V, each pattern with exactly fN ones

The overlap is m = Σ(η_i−f)V_i/(Nf(1−f)). bits is what is stored, α times the entropy of
a bit of a pattern, per coupling; bits_gained is α times the mutual information of a bit
and its neuron. asymptote is 1/(2f|ln f|), which is approached extremely slowly.

With --capacity the fold α_c(f, θ), reached from the pattern by a rising load; with
--optimal the largest load of any retrieval state, at the best threshold. Below f = 0.07
or so it lies beyond the fold at that threshold. Without --threshold θ is that best one.`,
	Example: `  hopcap theory sparse --optimal --activity 0.001,0.01,0.1
  hopcap theory sparse --activity 0.1 --threshold 0.4 --alpha 0.2,0.4`,
	Parameters: []Parameter{
		capacitySwitch,
		optimalSwitch,
		{Name: "alpha", Doc: "load K/N (ten loads up to the fold)"},
		{Name: "activity", Symbol: "f", Doc: "share f of ones in a pattern, up to 0.99", Default: []float64{0.1}},
		{Name: "threshold", Symbol: "theta", Doc: "threshold θ of the fields (the best one)"},
		{Name: "fields", Kind: Choice, Doc: "what fields act on: V, V-f or exact", Choices: []string{"V", "V-f", "exact"}},
	},
	Variable: "alpha", Exclusive: [][]string{{"alpha", "capacity", "optimal"}, {"threshold", "optimal"}},
	Tables: []Table{
		sparseFolds("optimal", sparseAxes[:1], func(at At) (sparse, error) {
			p, err := theory.NewSparseCapacity(at.number("activity"), sparseFields(at))
			return withAsymptote(p, err)
		}),
		sparseFolds("capacity", sparseAxes, sparseFold),
		table("", upTo(and(over("activity"), "threshold", bestThreshold), "alpha", sparseCapacity), func(at At) (theory.SparsePoint, error) {
			return theory.Sparse(at.number("alpha"), at.number("activity"), at.number("threshold"), sparseFields(at))
		}, []column[theory.SparsePoint]{
			{"alpha", loadDoc, func(p theory.SparsePoint) any { return p.Alpha }},
			{"activity", "share f of ones in a pattern", func(p theory.SparsePoint) any { return p.F }},
			{"threshold", "threshold θ of the fields", func(p theory.SparsePoint) any { return p.Theta }},
			{"m", "overlap with the pattern", func(p theory.SparsePoint) any { return p.M }},
			{"activity_state", "mean activity of the state", func(p theory.SparsePoint) any { return p.Activity }},
			{"missing", "share of the ones that are 0", func(p theory.SparsePoint) any { return p.Missing }},
			{"spurious", "share of the zeros that are 1", func(p theory.SparsePoint) any { return p.Spurious }},
			{"C", "susceptibility", func(p theory.SparsePoint) any { return p.C }},
			{"bits", "stored bits per coupling", func(p theory.SparsePoint) any { return p.Bits }},
			{"bits_gained", "retrieved bits per coupling", func(p theory.SparsePoint) any { return p.BitsGained }},
		}),
	},
}

// A sparse capacity stands beside its limit for f → 0.
type sparse struct {
	asymptote float64
	theory.SparsePoint
}

func withAsymptote(p theory.SparsePoint, err error) (sparse, error) {
	if err != nil {
		return sparse{}, err
	}
	limit, err := theory.SparseAsymptote(p.F)
	return sparse{limit, p}, err
}

// sparseAxes are those of capacities.
var sparseAxes = and(
	and(nil, "activity", fixed(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5)), "threshold", bestThreshold,
)

// sparseFolds is a table of capacities.
func sparseFolds(when string, axes []axis, solve func(at At) (sparse, error)) Table {
	return table(when, axes, solve, []column[sparse]{
		{"activity", "share f of ones in a pattern", func(p sparse) any { return p.F }},
		{"threshold", "threshold θ of the fields", func(p sparse) any { return p.Theta }},
		{"alpha_c", "the largest load with a retrieval state", func(p sparse) any { return p.Alpha }},
		{"m_c", "the overlap there", func(p sparse) any { return p.M }},
		{"missing", "share of the ones that are 0", func(p sparse) any { return p.Missing }},
		{"spurious", "share of the zeros that are 1", func(p sparse) any { return p.Spurious }},
		{"bits", "stored bits per coupling", func(p sparse) any { return p.Bits }},
		{"bits_gained", "retrieved bits per coupling", func(p sparse) any { return p.BitsGained }},
		{"asymptote", "1/(2f|ln f|)", func(p sparse) any { return p.asymptote }},
	})
}

// sparseFields says on which states the fields act.
func sparseFields(at At) theory.SparseFields {
	return named(at.choice("fields"), theory.FieldsOnV, theory.FieldsOnVMinusF, theory.ExactCounts)
}

func bestThreshold(at At) ([]float64, error) {
	p, err := theory.NewSparseCapacity(at.number("activity"), sparseFields(at))
	return []float64{p.Theta}, err
}

func sparseFold(at At) (sparse, error) {
	return withAsymptote(theory.SparseThresholdCapacity(at.number("activity"), at.number("threshold"), sparseFields(at)))
}

func sparseCapacity(at At) (float64, error) {
	p, err := sparseFold(at)
	return p.Alpha, err
}
