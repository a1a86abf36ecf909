package tables

import "hopcap/model/theory"

// realCurves are about networks with real-valued states.
var realCurves = []*Curve{gradedCurve, softmaxCurve, softmaxBoundsCurve}

var gradedCurve = &Curve{
	Name: "graded", Group: realGroup,
	Short: "Graded neurons: the retrieval state by SCSNA",
	Doc: `graded is the self-consistent signal-to-noise analysis (SCSNA) of Shiino and Fukai (J.
Phys. A 25, L375 (1992); Phys. Rev. E 48, 867 (1993)) for the fixed points of

  du_i/dt = −u_i + Σ_j J_ij V_j,   V_i = tanh βu_i

(Hopfield, PNAS 81, 3088 (1984)) with Hebb's couplings, J_ii = 0, gain β > 1:

  Y(z) = tanh β(m + σz + ΓY),  Γ = αU/(1−U),   σ² = αq/(1−U)²,
  m = ∫Dz Y,   q = ∫Dz Y²,   U = (1/σ) ∫Dz zY.

With --capacity the fold α_c(β). It is not monotonic: it has a maximum of 0.13813 near
β = 25, above its limit 0.13791 for β → ∞, which is "ags".`,
	Example: `  hopcap theory graded --gain 5 --alpha 0.05,0.1
  hopcap theory graded --capacity --gain 2,5,10,25,100`,
	Parameters: []Parameter{
		capacitySwitch,
		{Name: "alpha", Doc: "load K/N (ten loads up to the fold)"},
		{Name: "gain", Symbol: "beta", Doc: "gain β of a neuron, 1.001 to 1e6", Default: []float64{10}},
	},
	Variable: "alpha", Exclusive: [][]string{{"alpha", "capacity"}},
	Tables: []Table{
		table("capacity", and(nil, "gain", fixed(1.1, 1.2, 1.5, 2, 3, 5, 10, 20, 25, 50, 100, 1000)), gradedFold, []column[theory.GradedPoint]{
			{"gain", "gain β of a neuron", func(p theory.GradedPoint) any { return p.Beta }},
			{"alpha_c", "the largest load with a retrieval state", func(p theory.GradedPoint) any { return p.Alpha }},
			{"m_c", "the overlap there", func(p theory.GradedPoint) any { return p.M }},
			{"q_c", "mean of V² there", func(p theory.GradedPoint) any { return p.Q }},
			{"cosine_c", "m/√q there", func(p theory.GradedPoint) any { return p.Direction }},
		}),
		table("", upTo(over("gain"), "alpha", gradedCapacity), func(at At) (theory.GradedPoint, error) {
			return theory.Graded(at.number("alpha"), at.number("gain"))
		}, []column[theory.GradedPoint]{
			{"alpha", loadDoc, func(p theory.GradedPoint) any { return p.Alpha }},
			{"gain", "gain β of a neuron", func(p theory.GradedPoint) any { return p.Beta }},
			{"m", "overlap with the pattern", func(p theory.GradedPoint) any { return p.M }},
			{"q", "mean of V²", func(p theory.GradedPoint) any { return p.Q }},
			{"cosine", "m/√q, between state and pattern", func(p theory.GradedPoint) any { return p.Direction }},
			{"U", "susceptibility", func(p theory.GradedPoint) any { return p.U }},
			{"sigma", "deviation of the noise of the field", func(p theory.GradedPoint) any { return p.Sigma }},
			{"gamma", "reaction of a neuron on itself", func(p theory.GradedPoint) any { return p.Gamma }},
		}),
	},
}

func gradedFold(at At) (theory.GradedPoint, error) { return theory.GradedCapacity(at.number("gain")) }

func gradedCapacity(at At) (float64, error) {
	p, err := gradedFold(at)
	return p.Alpha, err
}

var softmaxCurve = &Curve{
	Name: "softmax", Group: realGroup,
	Short: "The log-sum-exp network, K = exp(αN): a typical pattern, and all",
	Doc: `softmax gives the largest loads α = (ln K)/N at which the network of Ramsauer et al.
(ICLR 2021), energy −(1/λ) ln Σ exp(λ ξ·x) + x²/2, retrieves patterns with ξ² = N, from
the random-energy model (Lucibello and Mézard, Phys. Rev. Lett. 132, 077301 (2024)):

  alpha_1  a typical pattern: all others together weigh as much as it does
  alpha_c  every pattern: the most likely exception among exp(αN)

for ±1 patterns, patterns on the sphere and Gaussian ones. The two loads differ for
Gaussian patterns only, whose length varies.`,
	Example: "  hopcap theory softmax --lambda 0.5,1,2",
	Parameters: []Parameter{
		{Name: "lambda", Doc: "inverse temperature λ, above 0", Default: mustRange(0.2, 2, 0.2)},
	},
	Variable: "lambda",
	Tables: []Table{
		table("", over("lambda"), newSoftmax, []column[softmax]{
			{"lambda", "inverse temperature", func(p softmax) any { return p.typical.Lambda }},
			{"alpha_1_binary", "a typical ±1 pattern", func(p softmax) any { return p.typical.AlphaBinary }},
			{"alpha_1_spherical", "a typical pattern on the sphere", func(p softmax) any { return p.typical.AlphaSpherical }},
			{"alpha_1_gaussian", "a typical Gaussian pattern", func(p softmax) any { return p.typical.AlphaGaussian }},
			{"alpha_c_binary", "every ±1 pattern", func(p softmax) any { return p.all.AlphaBinary }},
			{"alpha_c_spherical", "every pattern on the sphere", func(p softmax) any { return p.all.AlphaSpherical }},
			{"alpha_c_gaussian", "every Gaussian pattern", func(p softmax) any { return p.all.AlphaGaussian }},
		}),
	},
}

// softmax are the largest loads for a typical pattern and for all.
type softmax struct {
	typical theory.LogSumExpThresholds
	all     theory.LogSumExpCapacities
}

func newSoftmax(at At) (p softmax, err error) {
	if p.typical, err = theory.NewLogSumExpThresholds(at.number("lambda")); err != nil {
		return p, err
	}
	p.all, err = theory.NewLogSumExpCapacities(at.number("lambda"))
	return p, err
}

var softmaxBoundsCurve = &Curve{
	Name: "softmax-bounds", Group: realGroup,
	Short: "The bounds of Ramsauer et al. for the softmax update",
	Doc: `softmax-bounds evaluates the bounds of Ramsauer et al. (ICLR 2021, arXiv 2008.02217) for
the update ξ' = Σ_μ softmax(βξ·x)_μ x_μ. Theorem 3: random patterns on the sphere of
radius k√(d−1) in d dimensions are stored with probability 1−p up to at least

  K = √p C^{(d−1)/4},   C = b/W₀(e^{a + ln b}),
  a = 2(1 + ln(2βk²p(d−1)))/(d−1),   b = 2k²β/5,

W₀ Lambert's function; holds is 0 where the condition of the theorem is not met.

With --K: the separation Δ = |x|² − max x·x' above which a pattern among K of length M
has a fixed point within 1/(βKM) (Lemma A7), and the bound on the error of one update at
that separation from a state at a distance (Theorem 5).`,
	Example: `  hopcap theory softmax-bounds --beta 1 --radius 3 --dimension 20,50
  hopcap theory softmax-bounds --K 100 --length 4`,
	Parameters: []Parameter{
		{Name: "beta", Doc: "inverse temperature β", Default: []float64{1}},
		{Name: "radius", Symbol: "k", Doc: "length of the patterns / √(d−1)", Default: []float64{3}},
		{Name: "dimension", Kind: Counts, Symbol: "d", Doc: "dimension d of the patterns", Default: []float64{20, 50, 100, 200}},
		{Name: "failure", Symbol: "p", Doc: "probability p of failure", Default: []float64{0.001}},
		{Name: "K", Kind: Counts, Doc: "give the separation for these numbers of patterns instead"},
		{Name: "length", Symbol: "M", Doc: "largest length M of a pattern, with --K", Default: []float64{10}},
		{Name: "distance", Doc: "distance of the state, with --K", Default: []float64{0}},
	},
	Variable: "beta", Exclusive: [][]string{{"K", "radius"}, {"K", "dimension"}, {"K", "failure"}},
	Tables: []Table{
		table("K", over("beta", "K", "length", "distance"), newSeparation, []column[separation]{
			{"beta", "inverse temperature", func(p separation) any { return p.beta }},
			{"K", "patterns", func(p separation) any { return p.k }},
			{"length", "largest length of a pattern", func(p separation) any { return p.length }},
			{"distance", "distance of the state from the pattern", func(p separation) any { return p.distance }},
			{"separation", "the least separation that suffices", func(p separation) any { return p.least }},
			{"error", "bound on the error of one update there", func(p separation) any { return p.error }},
		}),
		table("", over("beta", "radius", "dimension", "failure"), newSoftmaxBound, []column[softmaxBound]{
			{"beta", "inverse temperature", func(p softmaxBound) any { return p.beta }},
			{"radius", "length of the patterns / √(d−1)", func(p softmaxBound) any { return p.radius }},
			{"dimension", "dimension of the patterns", func(p softmaxBound) any { return p.dimension }},
			{"failure", "probability of failure", func(p softmaxBound) any { return p.failure }},
			{"C", "base of the bound", func(p softmaxBound) any { return p.C }},
			{"ln_K", "logarithm of the number of patterns", func(p softmaxBound) any { return p.LogPatterns }},
			{"holds", "1 if the condition of the theorem is met, else 0", func(p softmaxBound) any { return p.holds() }},
		}),
	},
}

// A separation is what a pattern needs to be a fixed point.
type separation struct {
	beta             float64
	k                int
	length, distance float64
	least, error     float64
}

func newSeparation(at At) (p separation, err error) {
	p = separation{beta: at.number("beta"), k: at.count("K"), length: at.number("length"), distance: at.number("distance")}
	if p.least, err = theory.RamsauerSeparation(p.beta, p.k, p.length); err != nil {
		return p, err
	}
	p.error, err = theory.RamsauerError(p.beta, p.k, p.length, p.least, p.distance)
	return p, err
}

// A softmaxBound is the number of random patterns that are stored at least.
type softmaxBound struct {
	beta, radius float64
	dimension    int
	failure      float64
	theory.RamsauerCapacity
}

func newSoftmaxBound(at At) (p softmaxBound, err error) {
	p = softmaxBound{beta: at.number("beta"), radius: at.number("radius"), dimension: at.count("dimension"), failure: at.number("failure")}
	p.RamsauerCapacity, err = theory.NewRamsauerCapacity(p.beta, p.radius, p.dimension, p.failure)
	return p, err
}

func (p softmaxBound) holds() int {
	if p.Holds {
		return 1
	}
	return 0
}
