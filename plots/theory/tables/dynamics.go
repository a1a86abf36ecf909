package tables

import (
	"strings"

	"hopcap/model/theory"
)

// dynamicsCurves are about the parallel dynamics of the Hopfield network.
var dynamicsCurves = []*Curve{oneStepCurve, twoStepCurve, neurodynamicsCurve}

const cueDoc = "overlap of the cue"

// cue is the parameter of curves that start from a cue.
func cue(doc string, otherwise ...float64) Parameter {
	return Parameter{Name: "m0", Key: "overlap", Doc: doc, Default: otherwise}
}

var oneStepCurve = &Curve{
	Name: "one-step", Group: dynamicsGroup,
	Short: "The error after one parallel step, exact at finite N and K",
	Doc: `one-step is the expected fraction of wrong neurons after one parallel step at
T = 0 from a cue with exactly ⌊N(1−m0)/2 + ½⌋ flipped neurons of a stored pattern.
With J_ii = 0 the field on a neuron along its pattern is its signal plus a sum of
(K−1)(N−1) independent signs, so error_exact is a binomial tail; a zero field keeps
the spin, right or wrong. error_asymptotic is its limit N → ∞ at α = K/N,
½ erfc(m0/√(2α)).

K_most = N/(2 ln N) and K_all = N/(4 ln N) patterns are recalled without error, most
of them or all (McEliece, Posner, Rodemich and Venkatesh, IEEE Trans. Inf. Theory
33, 461 (1987)).`,
	Example: `  hopcap theory one-step --N 1000 --K 138
  hopcap theory one-step --N 500 --m0 0.6,0.8 --from 10 --to 100 --step 10`,
	Parameters: []Parameter{
		{Name: "N", Kind: Counts, Doc: "neurons", Default: []float64{1000}},
		{Name: "K", Kind: Counts, Doc: "stored patterns (0.138 N)"},
		cue(cueDoc, 1),
		{Name: "alpha", Doc: "load instead of K: K = ⌊αN + ½⌋"},
	},
	Variable: "K", Exclusive: [][]string{{"K", "alpha"}},
	Tables: []Table{
		table("", and(and(over("N"), "K", patternCounts(0.138)), "m0", nil), func(at At) (theory.OneStep, error) {
			return theory.NewOneStep(at.count("N"), at.count("K"), at.number("m0"))
		}, []column[theory.OneStep]{
			{"N", "neurons", func(p theory.OneStep) any { return p.N }},
			{"K", "stored patterns", func(p theory.OneStep) any { return p.K }},
			{"m0", cueDoc, func(p theory.OneStep) any { return p.M0 }},
			{"error_exact", "fraction of wrong neurons", func(p theory.OneStep) any { return p.ErrorExact }},
			{"error_asymptotic", "the same for N → ∞", func(p theory.OneStep) any { return p.ErrorAsymptotic }},
			{"K_most", "patterns of which most are recalled", func(p theory.OneStep) any { return p.KMost }},
			{"K_all", "patterns that are all recalled", func(p theory.OneStep) any { return p.KAll }},
		}),
	},
}

// patternCounts are K = ⌊αN + ½⌋, decided on decimals, at the loads asked for or at
// those given here.
func patternCounts(loads ...float64) values {
	return func(at At) ([]float64, error) {
		asked := loads
		if at.given("alpha") {
			asked = at.list("alpha")
		}
		var counts []float64
		for _, alpha := range asked {
			counts = append(counts, float64(int(Rounded(alpha*at.number("N"))+0.5)))
		}
		return counts, nil
	}
}

var twoStepCurve = &Curve{
	Name: "two-step", Group: dynamicsGroup,
	Short: "The overlap after one and two parallel steps, exact as N → ∞",
	Doc: `two-step is the exact result of Gardner, Derrida and Mottishaw (J. Phys. France 48,
741 (1987)) for the first two parallel steps at T = 0 from a random cue of overlap
m0, N → ∞. At finite N the second step is biased by O(1/N).`,
	Example: "  hopcap theory two-step --alpha 0.1 --m0 0.1:0.9:0.1",
	Parameters: []Parameter{
		{Name: "alpha", Doc: loadDoc, Default: mustRange(0.02, 0.2, 0.02)},
		cue(cueDoc, 0.5),
	},
	Variable: "alpha",
	Tables: []Table{
		table("", over("alpha", "m0"), func(at At) (theory.TwoStep, error) {
			return theory.NewTwoStep(at.number("alpha"), at.number("m0"))
		}, []column[theory.TwoStep]{
			{"alpha", loadDoc, func(p theory.TwoStep) any { return p.Alpha }},
			{"m0", cueDoc, func(p theory.TwoStep) any { return p.M0 }},
			{"m1", "overlap after one step", func(p theory.TwoStep) any { return p.M1 }},
			{"m2", "overlap after two steps", func(p theory.TwoStep) any { return p.M2 }},
		}),
	},
}

var neurodynamicsCurve = &Curve{
	Name: "neurodynamics", Group: dynamicsGroup,
	Short: "Parallel retrieval and its basin, by statistical neurodynamics",
	Doc: `neurodynamics follows parallel dynamics at T = 0, N → ∞, by the overlap m and the
deviation sigma of the noise in the local field, taken to be Gaussian: Amari and
Maginu (Neural Networks 1, 63 (1988)), where the noise is correlated with the last
step only, or with --order all Okada (Neural Networks 8, 833 (1995)), where it is
correlated over all times.

m0_c is the overlap of a cue above which it is retrieved; m and sigma are those of
the retrieval state. To all orders that state is the frozen one, which is the
replica-symmetric state of "ags". (The recursion itself settles where a small
fraction of the neurons keeps flipping: follow it with --m0.)

With --m0 the trajectory: t, m, sigma. Points: alpha_c and m_c.`,
	Example: `  hopcap theory neurodynamics --alpha 0.1 --order all
  hopcap theory neurodynamics --alpha 0.1 --m0 0.3 --steps 20`,
	Parameters: []Parameter{
		pointsSwitch,
		{Name: "alpha", Doc: "load K/N, at least 0.001 (0.01 to the capacity)"},
		cue("follow a cue of this overlap"),
		{Name: "steps", Kind: Count, Doc: "how long, with --m0", Default: []float64{20}},
		{Name: "order", Kind: Choice, Doc: "1 or all", Choices: []string{"1", "all"}},
	},
	Variable: "alpha",
	Tables: []Table{
		foldPoints(func(at At) (float64, float64, error) { return theory.NeurodynamicsCapacity(order(at)) }),
		trajectory([]string{"alpha", "m0"}, func(at At) ([]theory.FieldMoment, error) {
			return theory.NeurodynamicsTrajectory(order(at), at.number("alpha"), at.number("m0"), at.count("steps"))
		}),
		table("", and(nil, "alpha", neurodynamicsLoads), func(at At) (theory.NeurodynamicsPoint, error) {
			return theory.Neurodynamics(order(at), at.number("alpha"))
		}, []column[theory.NeurodynamicsPoint]{
			{"alpha", loadDoc, func(p theory.NeurodynamicsPoint) any { return p.Alpha }},
			{"m0_c", "overlap of a cue above which it is retrieved", func(p theory.NeurodynamicsPoint) any { return p.M0C }},
			{"m", "overlap of the retrieval state", func(p theory.NeurodynamicsPoint) any { return p.M }},
			{"sigma", "deviation of its noise", func(p theory.NeurodynamicsPoint) any { return p.Sigma }},
		}),
	},
}

// order is how much of the past statistical neurodynamics keeps.
func order(at At) theory.Order {
	return named(at.choice("order"), theory.FirstOrder, theory.AllOrders)
}

// neurodynamicsLoads reach up to the capacity.
func neurodynamicsLoads(at At) ([]float64, error) {
	if order(at) == theory.AllOrders {
		return mustRange(0.01, 0.13, 0.01), nil
	}
	return mustRange(0.01, 0.15, 0.01), nil
}

// trajectory is the table of the steps from one cue, with --m0. The parameters that it
// depends on take one value each.
func trajectory(depends []string, solve func(at At) ([]theory.FieldMoment, error)) Table {
	return listTable("m0", nil, func(at At) ([]theory.FieldMoment, error) {
		for _, name := range depends {
			if len(at.list(name)) != 1 {
				return nil, &RequestError{"a trajectory takes one --" + strings.Join(depends, " and one --")}
			}
		}
		return solve(at)
	}, []column[theory.FieldMoment]{
		{"t", "time in parallel steps", func(p theory.FieldMoment) any { return p.Step }},
		{"m", "overlap at that time", func(p theory.FieldMoment) any { return p.M }},
		{"sigma", "deviation of the noise of the field", func(p theory.FieldMoment) any { return p.Sigma }},
	})
}
