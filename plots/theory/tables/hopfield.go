package tables

import "hopcap/model/theory"

// hopfieldCurves are about the fixed points of the Hopfield network.
var hopfieldCurves = []*Curve{agsCurve, brokenSymmetryCurve, phaseDiagramCurve, mixturesCurve, complexityCurve}

const loadDoc = "load K/N"

var agsCurve = &Curve{
	Name: "ags", Group: hopfieldGroup,
	Short: "The retrieval state of the Hopfield network, replica-symmetric",
	Doc: `ags is the replica-symmetric theory of Amit, Gutfreund and Sompolinsky (Phys. Rev.
Lett. 55, 1530 (1985); Ann. Phys. 173, 30 (1987)): the state near a stored pattern
at load α = K/N and temperature T, as N → ∞.

  m = ∫Dz tanh β(√(αr) z + m)      overlap with the pattern
  q = ∫Dz tanh² β(√(αr) z + m)     Edwards–Anderson order parameter
  r = q/(1−C)², C = β(1−q)         noise of the other patterns; susceptibility

error is (1−m)/2. f is the free energy per neuron, the energy at T = 0, of this
state and of the spin glass (m = 0); the pattern alone has −½. m_unstable is the
second solution, which meets m at the fold: beyond α_c(T) there is no retrieval
state, and the answer is an error that says where the fold is.

Points: alpha_c and m_c, the fold; alpha_1, below which the retrieval states are
the global minimum (all at the given T).`,
	Example: `  hopcap theory ags --alpha 0.12
  hopcap theory ags --T 0.2 --from 0.02 --to 0.12 --step 0.01
  hopcap theory ags --points --T 0.1`,
	Parameters: []Parameter{
		pointsSwitch,
		{Name: "alpha", Doc: "load K/N (ten loads up to the fold)"},
		{Name: "T", Key: "temperature", Doc: "temperature, 0 <= T < 1", Default: []float64{0}},
	},
	Variable: "alpha",
	Tables: []Table{
		specialPoints(agsPoints),
		table("", upTo(over("T"), "alpha", agsFold), func(at At) (theory.AGSPoint, error) {
			return theory.AGS(at.number("alpha"), at.number("T"))
		}, []column[theory.AGSPoint]{
			{"alpha", loadDoc, func(p theory.AGSPoint) any { return p.Alpha }},
			{"T", "temperature", func(p theory.AGSPoint) any { return p.T }},
			{"m", "overlap with the pattern", func(p theory.AGSPoint) any { return p.M }},
			{"q", "Edwards–Anderson order parameter", func(p theory.AGSPoint) any { return p.Q }},
			{"r", "noise of the other patterns, variance of the field / α", func(p theory.AGSPoint) any { return p.R }},
			{"C", "susceptibility β(1−q)", func(p theory.AGSPoint) any { return p.C }},
			{"error", "fraction of wrong neurons", func(p theory.AGSPoint) any { return p.Error }},
			{"f_retrieval", "free energy per neuron", func(p theory.AGSPoint) any { return p.FRetrieval }},
			{"f_spin_glass", "the same of the spin glass", func(p theory.AGSPoint) any { return p.FSpinGlass }},
			{"m_unstable", "overlap of the unstable solution", func(p theory.AGSPoint) any { return p.MUnstable }},
		}),
	},
}

func agsFold(at At) (float64, error) {
	alphaC, _, err := theory.AGSCapacityAt(at.number("T"))
	return alphaC, err
}

func agsPoints(at At) ([]point, error) {
	if len(at.list("T")) != 1 {
		return nil, &RequestError{"--points takes one --T"}
	}
	temperature := at.number("T")
	alphaC, mC, err := theory.AGSCapacityAt(temperature)
	if err != nil {
		return nil, err
	}
	alpha1, err := theory.AGSGroundLoad(temperature)
	return []point{{"alpha_c", alphaC}, {"m_c", mC}, {"alpha_1", alpha1}}, err
}

var brokenSymmetryCurve = &Curve{
	Name: "ags-1rsb", Group: hopfieldGroup,
	Short: "The retrieval state at T = 0 with one step of replica-symmetry breaking",
	Doc: `ags-1rsb solves the Hopfield network at T = 0 with one step of replica-symmetry
breaking. Replicas fall into blocks: their overlap is 1 within a block and q0
between blocks, C = β(1−q1) and omega = βx stay finite, x the Parisi block
parameter. Replica symmetry is q0 = 1.

The capacity is published as 0.144 (Crisanti, Amit and Gutfreund, Europhys. Lett.
2, 337 (1986)) and as 0.138186 (Steffan and Kühn, Z. Phys. B 95, 249 (1994)). The
energy, stationary in all its parameters, says 0.1381865; with omega held fixed
no fold lies above 0.1382 either.

Points: alpha_c and m_c, the fold.`,
	Example: `  hopcap theory ags-1rsb --alpha 0.138
  hopcap theory ags-1rsb --points`,
	Parameters: []Parameter{
		pointsSwitch,
		{Name: "alpha", Doc: "load K/N, at least 0.001", Default: mustRange(0.01, 0.13, 0.01)},
	},
	Variable: "alpha",
	Tables: []Table{
		foldPoints(func(At) (float64, float64, error) { return theory.AGSOneStepCapacity() }),
		table("", over("alpha"), func(at At) (theory.RSBPoint, error) { return theory.AGSOneStep(at.number("alpha")) }, []column[theory.RSBPoint]{
			{"alpha", loadDoc, func(p theory.RSBPoint) any { return p.Alpha }},
			{"m", "overlap with the pattern", func(p theory.RSBPoint) any { return p.M }},
			{"q0", "overlap of replicas in different blocks", func(p theory.RSBPoint) any { return p.Q0 }},
			{"C", "susceptibility β(1−q1)", func(p theory.RSBPoint) any { return p.C }},
			{"omega", "βx, x the Parisi block parameter", func(p theory.RSBPoint) any { return p.Omega }},
			{"energy", "per neuron", func(p theory.RSBPoint) any { return p.Energy }},
		}),
	},
}

var mixturesCurve = &Curve{
	Name: "mixtures", Group: hopfieldGroup,
	Short: "Symmetric mixtures of n patterns",
	Doc: `mixtures are the spurious states with the same overlap m with each of n stored
patterns: for odd n the sign of their sum (Amit, Gutfreund and Sompolinsky, Phys.
Rev. A 32, 1007 (1985); Ann. Phys. 173, 30 (1987)).

m and energy are per neuron at α = 0 and T = 0: −0.375, −0.352, −0.342, … → −1/π.
T_stable: the mixture is a minimum of the free energy below it, at α = 0.
alpha_max: it exists up to this load, at T = 0. Even mixtures are never stable;
their last two columns are empty.`,
	Example:    "  hopcap theory mixtures --n 3,5,7",
	Parameters: []Parameter{{Name: "n", Kind: Counts, Doc: "patterns mixed, 2 to 10001", Default: mustRange(3, 15, 2)}},
	Variable:   "n",
	Tables: []Table{
		table("", over("n"), func(at At) (theory.Mixture, error) { return theory.NewMixture(at.count("n")) }, []column[theory.Mixture]{
			{"n", "patterns mixed", func(p theory.Mixture) any { return p.N }},
			{"m", "overlap with each", func(p theory.Mixture) any { return p.M }},
			{"energy", "per neuron", func(p theory.Mixture) any { return p.Energy }},
			{"T_stable", "temperature below which it is stable", func(p theory.Mixture) any { return ifStable(p, p.TStable) }},
			{"alpha_max", "load up to which it exists", func(p theory.Mixture) any { return ifStable(p, p.AlphaMax) }},
		}),
	},
}

// ifStable returns a value that only stable mixtures have.
func ifStable(p theory.Mixture, value float64) any {
	if !p.Stable {
		return nil
	}
	return value
}

var complexityCurve = &Curve{
	Name: "complexity", Group: hopfieldGroup,
	Short: "The number of fixed points, annealed",
	Doc: `complexity is Gardner's g = (1/N) ln ⟨number of fixed points⟩ of the Hopfield
network at T = 0, N → ∞, averaged over the patterns (annealed): of all states, or
with --m of those with overlap m with one pattern (E. Gardner, J. Phys. A 19, L1047
(1986)). As α → ∞ it tends to 0.1992, that of the Sherrington–Kirkpatrick model.

For small α a band with g >= 0 near m = 1 is separated by g < 0 from the rest.
Points: alpha_join and m_join, the load at which that gap closes, and where.`,
	Example: `  hopcap theory complexity --alpha 0.1 --m 0.9:1:0.01
  hopcap theory complexity --points`,
	Parameters: []Parameter{
		pointsSwitch,
		{Name: "alpha", Doc: loadDoc, Default: mustRange(0.01, 0.2, 0.01)},
		{Name: "m", Doc: "overlap with a pattern, -1 to 1"},
	},
	Variable: "alpha",
	Tables: []Table{
		specialPoints(func(At) ([]point, error) {
			alpha, m, err := theory.ComplexityBandJoins()
			return []point{{"alpha_join", alpha}, {"m_join", m}}, err
		}),
		table("m", over("alpha", "m"), func(at At) (complexity, error) {
			alpha, m := at.number("alpha"), at.number("m")
			g, err := theory.ComplexityAt(alpha, m)
			return complexity{alpha, m, g}, err
		}, []column[complexity]{
			{"alpha", loadDoc, func(p complexity) any { return p.alpha }},
			{"m", "overlap with the pattern", func(p complexity) any { return p.m }},
			{"g", "ln ⟨fixed points⟩ / N with that overlap", func(p complexity) any { return p.g }},
		}),
		table("", over("alpha"), func(at At) (complexity, error) {
			alpha := at.number("alpha")
			g, err := theory.Complexity(alpha)
			return complexity{alpha: alpha, g: g}, err
		}, []column[complexity]{
			{"alpha", loadDoc, func(p complexity) any { return p.alpha }},
			{"g", "ln ⟨fixed points⟩ / N", func(p complexity) any { return p.g }},
		}),
	},
}

// A complexity is a number of fixed points, those of overlap m with a pattern or all.
type complexity struct{ alpha, m, g float64 }
