package tables

import "hopcap/model/theory"

// denseCurves are about memories with interactions beyond pairs, of ±1 neurons.
var denseCurves = []*Curve{denseCurve, exponentialCurve}

var denseCurve = &Curve{
	Name: "dense", Group: denseGroup,
	Short: "Dense memories: one-step error, capacity, spinodal",
	Doc: `dense is about the memories of Krotov and Hopfield (2016) with the energy
E = −(1/(nN^{n−1})) Σ F(M), M = N m the overlap with a pattern, of degree n:

  full       F = Mⁿ
  rectified  F = Mⁿ for M > 0, else 0
  distinct   Mⁿ without self-interactions (Gardner 1987; Abbott and Arian 1987)

error_exact is the fraction of neurons of a stored pattern that are wrong after
each has taken the value of lower energy, the others kept (a tie keeps it), exact
at finite N and K. error_asymptotic is its limit at α = K/N^{n−1}, ½ erfc(1/√(2αc))
with c = (2n−3)!! full, half of that rectified, (n−1)! distinct.

With --error P: K_max, the largest K with error_exact <= P; alpha_n, the limit of
K_max/N^{n−1}; K_error_free = N^{n−1}/(2c ln N).

With --spinodal: the load alpha_c, in units of K/N^{n−1}, at which the replica-
symmetric retrieval state disappears at T = 0, and its overlap m_c; beside it
alpha_c·c (alpha_noise), alpha_c·(n−1)! (alpha_couplings, patterns per coupling of a
neuron) and alpha_c·n!/2 (alpha_hyperedges, K = 2αN^{n−1}/n!). For n >= 3 descent
at T = 0 does not jump there: states survive it.`,
	Example: `  hopcap theory dense --degree 3 --N 100 --K 1000 --form rectified
  hopcap theory dense --degree 2,3,4 --N 100 --error 0.005
  hopcap theory dense --spinodal`,
	Parameters: []Parameter{
		{Name: "degree", Kind: Counts, Doc: "interaction order n"},
		{Name: "N", Kind: Counts, Doc: "neurons", Default: []float64{100}},
		{Name: "K", Kind: Counts, Doc: "stored patterns"},
		{Name: "error", Key: "bit_error", Doc: "give the capacity at this error"},
		{Name: "spinodal", Kind: Switch, Doc: "give the spinodal"},
		{Name: "form", Kind: Choice, Doc: "full, rectified or distinct", Choices: []string{"full", "rectified", "distinct"}},
	},
	Variable: "K", Exclusive: [][]string{{"K", "error", "spinodal"}},
	Tables: []Table{denseSpinodal, denseCapacity, denseError},
}

var denseSpinodal = table("spinodal", and(nil, "degree", fixed(mustRange(2, 8, 1)...)), func(at At) (theory.DenseSpinodal, error) {
	return theory.NewDenseSpinodal(form(at), at.count("degree"))
}, []column[theory.DenseSpinodal]{
	{"degree", "interaction order n", func(p theory.DenseSpinodal) any { return p.Degree }},
	{"alpha_c", "end of the retrieval state, K/N^{n−1}", func(p theory.DenseSpinodal) any { return p.AlphaC }},
	{"m_c", "the overlap there", func(p theory.DenseSpinodal) any { return p.MC }},
	{"alpha_noise", "alpha_c in units of the noise of one pattern", func(p theory.DenseSpinodal) any { return p.AlphaNoise }},
	{"alpha_couplings", "in patterns per coupling of a neuron", func(p theory.DenseSpinodal) any { return p.AlphaCouplings }},
	{"alpha_hyperedges", "as K = 2αN^{n−1}/n!", func(p theory.DenseSpinodal) any { return p.AlphaHyperedges }},
})

var denseCapacity = table("error", and(denseSizes, "error", nil), func(at At) (theory.DenseCapacity, error) {
	return theory.NewDenseCapacity(form(at), at.count("degree"), at.count("N"), at.number("error"))
}, []column[theory.DenseCapacity]{
	{"degree", "interaction order n", func(p theory.DenseCapacity) any { return p.Degree }},
	{"N", "neurons", func(p theory.DenseCapacity) any { return p.N }},
	{"K_max", "the largest K with that error", func(p theory.DenseCapacity) any { return p.KMax }},
	{"alpha_n", "limit of K_max/N^{n−1}", func(p theory.DenseCapacity) any { return p.AlphaN }},
	{"K_error_free", "patterns without errors", func(p theory.DenseCapacity) any { return p.KErrorFree }},
})

var denseError = table("", and(denseSizes, "K", func(At) ([]float64, error) {
	return nil, &RequestError{"give --K, or --error P for the capacity, or --spinodal"}
}), func(at At) (theory.DenseOneStep, error) {
	return theory.NewDenseOneStep(form(at), at.count("degree"), at.count("N"), at.count("K"))
}, []column[theory.DenseOneStep]{
	{"degree", "interaction order n", func(p theory.DenseOneStep) any { return p.Degree }},
	{"N", "neurons", func(p theory.DenseOneStep) any { return p.N }},
	{"K", "stored patterns", func(p theory.DenseOneStep) any { return p.K }},
	{"error_exact", "fraction of wrong neurons", func(p theory.DenseOneStep) any { return p.ErrorExact }},
	{"error_asymptotic", "the same for N → ∞", func(p theory.DenseOneStep) any { return p.ErrorAsymptotic }},
})

// denseSizes are the axes of dense memories of finite size.
var denseSizes = and(and(nil, "degree", fixed(2, 3, 4)), "N", nil)

// form is the interaction of a dense memory.
func form(at At) theory.DenseForm {
	return named(at.choice("form"), theory.Full, theory.Rectified, theory.Distinct)
}

var exponentialCurve = &Curve{
	Name: "exponential", Group: denseGroup,
	Short: "Exponential memories, K = exp(αN): the largest loads",
	Doc: `exponential gives the largest load α = (ln K)/N of the network with F = exp that
corrects in one update a cue with a fraction ρ of its neurons flipped:

  alpha_all      every pattern: I(1−2ρ)/2, I(x) = ½[(1+x)ln(1+x) + (1−x)ln(1−x)]
                 (Demircigil et al., J. Stat. Phys. 168, 288 (2017))
  alpha_typical  a typical pattern: I(δ) for δ = 1−2ρ <= tanh 2, else 2δ − ln cosh 2
                 (the noise of a neuron as a random-energy model)

With --lambda the log-sum-exp network of Ramsauer et al. (2020), energy
−(1/λ) ln Σ exp(λ ξ·x) + x²/2, on patterns with ξ² = N: the load at which all other
patterns together weigh as much as the pattern itself (random-energy model:
Lucibello and Mézard, Phys. Rev. Lett. 132, 077301 (2024)), for ±1, spherical and
Gaussian patterns.`,
	Example: `  hopcap theory exponential --rho 0,0.1,0.2
  hopcap theory exponential --lambda 0.5:2:0.5`,
	Parameters: []Parameter{
		{Name: "rho", Doc: "fraction of flipped neurons, 0 to 0.5", Default: mustRange(0, 0.5, 0.05)},
		{Name: "lambda", Doc: "inverse temperature of the log-sum-exp"},
	},
	Variable: "rho", Exclusive: [][]string{{"rho", "lambda"}},
	Tables: []Table{
		table("lambda", over("lambda"), func(at At) (theory.LogSumExpThresholds, error) {
			return theory.NewLogSumExpThresholds(at.number("lambda"))
		}, []column[theory.LogSumExpThresholds]{
			{"lambda", "inverse temperature", func(p theory.LogSumExpThresholds) any { return p.Lambda }},
			{"alpha_binary", "largest (ln K)/N, ±1 patterns", func(p theory.LogSumExpThresholds) any { return p.AlphaBinary }},
			{"alpha_spherical", "patterns on the sphere", func(p theory.LogSumExpThresholds) any { return p.AlphaSpherical }},
			{"alpha_gaussian", "Gaussian patterns", func(p theory.LogSumExpThresholds) any { return p.AlphaGaussian }},
		}),
		table("", over("rho"), func(at At) (theory.ExponentialThresholds, error) {
			return theory.NewExponentialThresholds(at.number("rho"))
		}, []column[theory.ExponentialThresholds]{
			{"rho", "fraction of flipped neurons", func(p theory.ExponentialThresholds) any { return p.Rho }},
			{"alpha_all", "largest (ln K)/N, every pattern", func(p theory.ExponentialThresholds) any { return p.AlphaAll }},
			{"alpha_typical", "a typical pattern", func(p theory.ExponentialThresholds) any { return p.AlphaTypical }},
		}),
	},
}
