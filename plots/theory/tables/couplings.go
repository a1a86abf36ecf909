package tables

import "hopcap/model/theory"

// couplingsCurves are about rules for pair couplings other than Hebb's.
var couplingsCurves = []*Curve{
	gardnerCurve, separableCurve, pseudoInverseCurve, dreamingCurve, clippedCurve, marginalistCurve,
}

var gardnerCurve = &Curve{
	Name: "gardner", Group: couplingsGroup,
	Short: "The largest stability of any couplings, and their capacity",
	Doc: `gardner is about the best couplings: those that give every bit of K = αN random
patterns a stability of at least κ,

  ξ_i Σ_j J_ij ξ_j / |J_i| >= κ,   |J_i| the norm of row i, J_ii = 0, N → ∞

(E. Gardner, J. Phys. A 21, 257 (1988)). They exist up to

  1/α_c(κ) = ∫_{−κ}^∞ Dt (t+κ)²,

2 at κ = 0. kappa_max(α) is the inverse. kappa_mean is the mean stability of all bits
in the couplings of largest least stability (Kepler and Abbott, J. Phys. France 49,
1657 (1988)); it needs α < 2. Beyond α = 2, κ is negative, replica symmetry is
broken, and both lines are upper bounds.

With --kappa the capacity. A network of N neurons has N−1 couplings a row, so its load
here is K/(N−1).`,
	Example: `  hopcap theory gardner --alpha 0.5,1
  hopcap theory gardner --kappa 0:2:0.25`,
	Parameters: []Parameter{
		{Name: "alpha", Doc: loadDoc, Default: mustRange(0.1, 2, 0.1)},
		{Name: "kappa", Doc: "give alpha_c at these stabilities instead, at least -37"},
	},
	Variable: "alpha", Exclusive: [][]string{{"alpha", "kappa"}},
	Tables: []Table{
		table("kappa", over("kappa"), func(at At) (stability, error) {
			alphaC, err := theory.GardnerCapacity(at.number("kappa"))
			return stability{alpha: alphaC, most: at.number("kappa")}, err
		}, []column[stability]{
			{"kappa", "the least stability", func(p stability) any { return p.most }},
			{"alpha_c", "the largest load at which it is reached", func(p stability) any { return p.alpha }},
		}),
		table("", over("alpha"), newStability, []column[stability]{
			{"alpha", loadDoc, func(p stability) any { return p.alpha }},
			{"kappa_max", "the largest least stability", func(p stability) any { return p.most }},
			{"kappa_mean", "the mean stability there", func(p stability) any { return p.mean }},
		}),
	},
}

// A stability is what the best couplings reach at a load.
type stability struct {
	alpha, most float64
	mean        any // nil where the best couplings are not unique
}

func newStability(at At) (s stability, err error) {
	s.alpha = at.number("alpha")
	if s.most, err = theory.GardnerStability(s.alpha); err != nil {
		return s, err
	}
	s.mean, err = orEmpty(theory.GardnerMeanStability(s.alpha))
	return s, err
}

var separableCurve = &Curve{
	Name: "separable", Group: couplingsGroup,
	Short: "The probability that K patterns can be stored at all, exact at finite N",
	Doc: `separable is the probability that couplings exist which make one neuron of a network
of N neurons right in all of K patterns (T. M. Cover, IEEE Trans. Electron. Comput. 14,
326 (1965)),

  P = 2^{1−K} Σ_{k=0}^{N−2} C(K−1, k),

exact for patterns in general position, as ±1 patterns are but for a probability that
falls exponentially with N. P = ½ at K = 2(N−1). All N neurons are right with about
the N-th power.`,
	Example: "  hopcap theory separable --N 100 --K 180:220:10",
	Parameters: []Parameter{
		{Name: "N", Kind: Counts, Doc: "neurons", Default: []float64{100}},
		{Name: "K", Kind: Counts, Doc: "patterns (1.5 N to 2.5 N)"},
		{Name: "alpha", Doc: "load instead of K: K = ⌊αN + ½⌋"},
	},
	Variable: "K", Exclusive: [][]string{{"K", "alpha"}},
	Tables: []Table{
		table("", and(over("N"), "K", patternCounts(mustRange(1.5, 2.5, 0.1)...)), func(at At) (separable, error) {
			n, k := at.count("N"), at.count("K")
			p, err := theory.SeparableProbability(n, k)
			return separable{n, k, p}, err
		}, []column[separable]{
			{"N", "neurons", func(p separable) any { return p.n }},
			{"K", "patterns", func(p separable) any { return p.k }},
			{"probability", "that one neuron can be right in all", func(p separable) any { return p.probability }},
		}),
	},
}

type separable struct {
	n, k        int
	probability float64
}

var pseudoInverseCurve = &Curve{
	Name: "pseudo-inverse", Group: couplingsGroup,
	Short: "The first parallel step of the pseudo-inverse",
	Doc: `pseudo-inverse is the overlap after the first parallel step at T = 0 from a random cue
of overlap m0, N → ∞, for couplings that project on the patterns,

  J_ij = (1/N) Σ_μν ξ_i^μ (C⁻¹)_μν ξ_j^ν,   C_μν = (1/N) Σ_k ξ_k^μ ξ_k^ν

(Personnaz, Guyon and Dreyfus, J. Phys. Lett. 46, L359 (1985)), J_ii = 0 or kept. A kept
diagonal J_ii = α holds wrong neurons back: for α > ½ a single one is not corrected.
At finite N both overlaps lie below by O(1/N).

Points: alpha_g = 1 − 2/π, the load at which spin-glass states become degenerate with
the patterns (Kanter and Sompolinsky, Phys. Rev. A 35, 380 (1987)).`,
	Example: "  hopcap theory pseudo-inverse --alpha 0.1:0.9:0.1 --m0 0.6,0.8",
	Parameters: []Parameter{
		pointsSwitch,
		{Name: "alpha", Doc: "load K/N, below 1", Default: mustRange(0.1, 0.9, 0.1)},
		cue(cueDoc, 0.8),
	},
	Variable: "alpha",
	Tables: []Table{
		specialPoints(func(At) ([]point, error) { return []point{{"alpha_g", theory.ProjectionGlassLoad}}, nil }),
		table("", over("alpha", "m0"), func(at At) (theory.ProjectionStep, error) {
			return theory.NewProjectionStep(at.number("alpha"), at.number("m0"))
		}, []column[theory.ProjectionStep]{
			{"alpha", loadDoc, func(p theory.ProjectionStep) any { return p.Alpha }},
			{"m0", cueDoc, func(p theory.ProjectionStep) any { return p.M0 }},
			{"m1", "overlap after the step, J_ii = 0", func(p theory.ProjectionStep) any { return p.M1 }},
			{"m1_diagonal", "the same with the diagonal kept", func(p theory.ProjectionStep) any { return p.M1Kept }},
		}),
	},
}

var dreamingCurve = &Curve{
	Name: "dreaming", Group: couplingsGroup,
	Short: "The dreaming kernel, from Hebb's rule to the pseudo-inverse",
	Doc: `dreaming is the replica-symmetric theory at T = 0 of the couplings

  J_ij = (1/N) Σ_μν ξ_i^μ [(1+t)(1+tC)⁻¹]_μν ξ_j^ν,   C_μν = (1/N) Σ_k ξ_k^μ ξ_k^ν,

after a sleep of length t, J_ii = 0 (Fachechi, Agliari and Barra, Neural Networks 112,
24 (2019)): Hebb's rule at t = 0, the pseudo-inverse for t → ∞. α_c(t) passes 1 at
t = 35, has a maximum of 1.0684 near t = 1900 and tends to 1.0678; the patterns
themselves are fixed points for t → ∞ below α = 1 only.

With --capacity the fold α_c(t), beyond which there is no retrieval state.`,
	Example: `  hopcap theory dreaming --sleep 10 --from 0.1 --to 0.8 --step 0.1
  hopcap theory dreaming --capacity --sleep 0,1,10,100`,
	Parameters: []Parameter{
		capacitySwitch,
		{Name: "alpha", Doc: "load K/N (ten loads up to the fold)"},
		{Name: "sleep", Symbol: "t", Doc: "length t of the sleep, 0 to 1e15", Default: []float64{1}},
	},
	Variable: "alpha", Exclusive: [][]string{{"alpha", "capacity"}},
	Tables: []Table{
		foldAgainst("sleep", "length of the sleep", fixed(0, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 1000, 10000), dreamingFold),
		table("", upTo(over("sleep"), "alpha", load(dreamingFold)), func(at At) (theory.DreamingPoint, error) {
			return theory.Dreaming(at.number("alpha"), at.number("sleep"))
		}, []column[theory.DreamingPoint]{
			{"alpha", loadDoc, func(p theory.DreamingPoint) any { return p.Alpha }},
			{"sleep", "length of the sleep", func(p theory.DreamingPoint) any { return p.Sleep }},
			{"m", "overlap with the pattern", func(p theory.DreamingPoint) any { return p.M }},
			{"error", "fraction of wrong neurons", func(p theory.DreamingPoint) any { return p.Error }},
			{"Q", "variance of the local field", func(p theory.DreamingPoint) any { return p.Q }},
			{"X", "(1+t) times the susceptibility", func(p theory.DreamingPoint) any { return p.X }},
		}),
	},
}

func dreamingFold(at At) (alphaC, mC float64, err error) {
	return theory.DreamingCapacity(at.number("sleep"))
}
