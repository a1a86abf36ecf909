package tables

import "hopcap/model/theory"

var marginalistCurve = &Curve{
	Name: "marginalist", Group: couplingsGroup,
	Short: "A palimpsest: the marginalist scheme, which forgets old patterns",
	Doc: `marginalist is the replica-symmetric theory at T = 0 of couplings that learn for ever,

  J_ij = (1/N) Σ W ξ_i ξ_j,   W(u) = ε e^{−ε²u/2},

u the age of a pattern in units of N patterns, the newest u = 0 (Nadal, Toulouse,
Changeux and Dehaene, Europhys. Lett. 1, 535 (1986); Mézard, Nadal and Toulouse, J.
Phys. France 47, 1457 (1986)):

  m = erf(mW/√(2r)),   C = √(2/(πr)) e^{−m²W²/2r},   r = ∫₀^∞ W²/(1−CW)² du.

A pattern is retrieved up to the age u_max(ε) = (2/ε²) ln(ε/W_min), which is also the
number of retrieved patterns over N.

With --capacity u_max(ε). Points: rate_threshold, the ε below which nothing is
retrieved; rate_best, the ε of the largest u_max, and that u_max.`,
	Example: `  hopcap theory marginalist --rate 4 --age 0:0.04:0.01
  hopcap theory marginalist --capacity --rate 3:10:1`,
	Parameters: []Parameter{
		pointsSwitch,
		capacitySwitch,
		{Name: "age", Symbol: "u", Doc: "age u of the pattern, in N patterns (eleven ages up to u_max)"},
		{Name: "rate", Symbol: "epsilon", Doc: "strength ε of a new pattern, 2.4648 or more", Default: []float64{4}},
	},
	Variable: "age", Exclusive: [][]string{{"age", "capacity"}},
	Tables: []Table{
		specialPoints(marginalistPoints),
		table("capacity", and(nil, "rate", fixed(mustRange(2.5, 10, 0.5)...)), func(at At) (oldest, error) {
			age, m, err := theory.PalimpsestOldest(at.number("rate"))
			return oldest{at.number("rate"), age, m}, err
		}, []column[oldest]{
			{"rate", "strength ε of a new pattern", func(p oldest) any { return p.rate }},
			{"u_max", "age of the oldest retrieved pattern, in N patterns", func(p oldest) any { return p.age }},
			{"m", "the overlap of that pattern", func(p oldest) any { return p.m }},
		}),
		table("", and(over("rate"), "age", ages), func(at At) (theory.PalimpsestPoint, error) {
			return theory.Palimpsest(at.number("rate"), at.number("age"))
		}, []column[theory.PalimpsestPoint]{
			{"rate", "strength ε of a new pattern", func(p theory.PalimpsestPoint) any { return p.Epsilon }},
			{"age", "age u of the pattern, in N patterns", func(p theory.PalimpsestPoint) any { return p.Age }},
			{"weight", "its weight W(u)", func(p theory.PalimpsestPoint) any { return p.Weight }},
			{"m", "overlap with the pattern", func(p theory.PalimpsestPoint) any { return p.M }},
			{"error", "fraction of wrong neurons", func(p theory.PalimpsestPoint) any { return p.Error }},
			{"C", "susceptibility", func(p theory.PalimpsestPoint) any { return p.C }},
			{"r", "variance of the local field", func(p theory.PalimpsestPoint) any { return p.R }},
		}),
	},
}

// oldest is the oldest pattern that is retrieved.
type oldest struct{ rate, age, m float64 }

// ages are from the newest pattern to the oldest.
func ages(at At) ([]float64, error) {
	list, err := tenLoads(func(at At) (float64, error) {
		age, _, err := theory.PalimpsestOldest(at.number("rate"))
		return age, err
	})(at)
	return append([]float64{0}, list...), err
}

func marginalistPoints(At) ([]point, error) {
	threshold, err := theory.PalimpsestThreshold()
	if err != nil {
		return nil, err
	}
	best, age, err := theory.PalimpsestCapacity()
	return []point{{"rate_threshold", threshold}, {"rate_best", best}, {"u_max", age}}, err
}
