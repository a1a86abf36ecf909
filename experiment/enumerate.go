package experiment

import (
	"cmp"
	"context"
	"fmt"
	"math/big"
	"slices"
	"strconv"

	"hopcap/model"
	"hopcap/sweep/study"
)

// Enumerate visits all 2^N states of a network and classifies every
// minimum: every fixed point of the zero-temperature dynamics. Where s and −s are both
// minima and alike they are counted once.
//
// Neurons with a vanishing field keep their spin, so a state can be a fixed point
// with neighbours of the same energy; strict counts those without. Gardner (J.
// Phys. A 19, L1047 (1986)) gives the annealed number of strict minima for
// N → ∞, ⟨number⟩ ~ e^{g(α) N}.
var Enumerate = Experiment{
	Kind:    "enumerate",
	Keys:    classKeys,
	Tables:  []study.Table{enumerateTrials.study(), minimaTable.study()},
	Compile: compileEnumerate,
}

// A minimumOutcome is one minimum.
type minimumOutcome struct {
	classifiedState
	rank   int     // in the order of energies
	margin int64   // the least s_i·h_i, in units in which fields are integers
	field  float64 // the same as h_i
	scaled bool    // the rule tells what a unit is
	state  model.State
}

var minimaTable = table[minimumOutcome]{
	name:  "minima",
	index: []index[minimumOutcome]{{"minimum", func(o *minimumOutcome) int { return o.rank }}},
	columns: slices.Concat(
		lifted(classColumns, func(o *minimumOutcome) *classifiedState { return &o.classifiedState }),
		[]column[minimumOutcome]{
			{name: "margin", role: study.Quantity, axis: "least aligned field", doc: "the least s_i·h_i; 0 for a minimum that is not strict",
				of: decimalOrNil(func(o *minimumOutcome) (float64, bool) { return o.field, o.scaled })},
			{name: "state", role: study.Label, doc: "the spins, neuron N−1 first, in hexadecimal; a set bit is +1",
				of: text(func(o *minimumOutcome) string { return spins(o.state) })},
		}),
}

// An enumerateOutcome counts the minima of one pattern set.
type enumerateOutcome struct {
	minima, strict int
	of             [spinGlass + 1]int
	exact          int    // a pattern or its negative in every bit
	lowest         energy // undefined if there is no minimum
	lowestStored   bool
}

var enumerateTrials = table[enumerateOutcome]{
	name:  "trials",
	index: []index[enumerateOutcome]{{"cue", wholeSet[enumerateOutcome]}},
	columns: []column[enumerateOutcome]{
		{name: "minima", role: study.Quantity, lead: true, axis: "minima", doc: "fixed points; s and −s count as one",
			of: count(func(o *enumerateOutcome) int { return o.minima })},
		{name: "strict", role: study.Quantity, axis: "strict minima", doc: "minima without a vanishing field",
			of: count(func(o *enumerateOutcome) int { return o.strict })},
		{name: "minima_stored", role: study.Quantity, axis: "stored patterns among the minima", doc: "minima classified as a pattern or its negative",
			of: count(func(o *enumerateOutcome) int { return o.of[storedPattern] + o.of[negative] })},
		{name: "minima_mixture", role: study.Quantity, axis: "mixtures among the minima", doc: "minima classified as a mixture",
			of: count(func(o *enumerateOutcome) int { return o.of[mixture] })},
		{name: "minima_spin_glass", role: study.Quantity, axis: "spin-glass states among the minima", doc: "minima classified as a spin-glass state",
			of: count(func(o *enumerateOutcome) int { return o.of[spinGlass] })},
		{name: "patterns_exact", role: study.Quantity, axis: "stored patterns that are minima", doc: "minima that are a stored pattern or its negative in every bit",
			of: count(func(o *enumerateOutcome) int { return o.exact })},
		{name: "energy_lowest", role: study.Quantity, lead: true, axis: "lowest energy $E/N$", doc: "the ground state's energy per neuron",
			of: decimalOrNil(func(o *enumerateOutcome) (float64, bool) { return o.lowest.value() })},
		{name: "lowest_stored", role: study.Rate, lead: true, axis: "ground state is a stored pattern", doc: "1 if a minimum of lowest energy is classified as a pattern or its negative",
			of: zeroOneOrNil(func(o *enumerateOutcome) (is, defined bool) { return o.lowestStored, o.lowest.defined })},
	},
}

// enumerate is the experiment at one grid point.
type enumerate struct {
	setup
	classifier
}

func compileEnumerate(s study.Settings, cues int) (*Trial, []study.Fault) {
	base, faults := newSetup(s)
	if base.n > model.MaxEnumerated {
		faults = append(faults, study.Fault{Key: "N", Value: fmt.Sprint(base.n), Allowed: fmt.Sprintf("must be at most %d: all 2^N states are visited", model.MaxEnumerated)})
	}
	if base.k > maxEnumeratedPatterns {
		faults = append(faults, study.Fault{Key: "K", Value: fmt.Sprint(base.k), Allowed: fmt.Sprintf("must be at most %d in an enumeration", maxEnumeratedPatterns)})
	}
	faults = append(faults, oneCue(cues, "enumerate")...)
	if len(faults) > 0 {
		return nil, faults
	}
	t := &enumerate{base, classifierOf(&base)}
	trial := t.trial(1, 0)
	trial.Cost = float64(int(1)<<t.n) * float64(t.n)
	return recorded(trial, &t.setup, &enumerateTrials, t.run, t.replay), nil
}

// maxEnumeratedPatterns keeps N·K within the integers of an enumeration.
const maxEnumeratedPatterns = 1 << 26

// run enumerates the minima of one pattern set, in the order of their energies.
func (t *enumerate) run(ctx context.Context, sample, _, _ int, env study.Env) (study.Rows, error) {
	m, err := t.store(ctx, sample, env)
	if err != nil {
		return nil, err
	}
	minima, err := t.minima(ctx, m)
	if err != nil {
		return nil, err
	}
	return t.rows(minima), nil
}

// rows are what is recorded of the minima of one pattern set.
func (t *enumerate) rows(minima []minimumOutcome) study.Rows {
	counts := countOf(minima)
	return study.Rows{"trials": {enumerateTrials.row(&counts)}, "minima": minimaTable.rows(minima)}
}

// minima returns all minima of a network, the lowest first, those
// of equal energy as they were found.
func (t *enumerate) minima(ctx context.Context, set *storedSet) ([]minimumOutcome, error) {
	type fixed struct {
		state  model.State
		margin int64
	}
	var found []fixed
	if err := model.Minima(ctx, set.network, t.n, func(s model.State, margin int64) {
		found = append(found, fixed{state: slices.Clone(s), margin: margin})
	}); err != nil {
		return nil, err
	}
	minima := make([]minimumOutcome, len(found))
	for i, f := range found {
		minima[i] = t.measure(set, f.state, f.margin)
	}
	slices.SortStableFunc(minima, func(a, b minimumOutcome) int { return cmp.Compare(a.energy.perNeuron, b.energy.perNeuron) })
	for i := range minima {
		minima[i].rank = i
	}
	return minima, nil
}

// measure classifies a minimum.
func (t *enumerate) measure(set *storedSet, s model.State, margin int64) minimumOutcome {
	x := set.network.Start([]model.State{s}, nil)
	like := t.likeness(set.Patterns, s, x.Overlaps(0, make([]int32, t.k)))
	o := minimumOutcome{classifiedState: t.classify(like, energyOf(x, 0), true), margin: margin, state: s}
	o.field, o.scaled = t.field(margin)
	return o
}

// field returns what a field of so many units is as h_i; false where it is no
// difference in energy, ΔE = 2 h_i.
func (t *enumerate) field(units int64) (float64, bool) {
	rule, ok := t.rule.(model.Heatable)
	if !ok {
		return 0, false
	}
	h := new(big.Rat).Mul(rule.FieldUnit(t.n, t.k), big.NewRat(units, 2))
	v, _ := h.Float64()
	return v, true
}

// spins writes a state as a number, s_0 in its lowest bit.
func spins(s model.State) string {
	var w uint64
	for i, v := range s {
		if v > 0 {
			w |= 1 << i
		}
	}
	return strconv.FormatUint(w, 16)
}

// countOf counts minima. The first one has the lowest energy.
func countOf(minima []minimumOutcome) enumerateOutcome {
	o := enumerateOutcome{minima: len(minima)}
	if len(minima) > 0 {
		o.lowest = minima[0].energy
	}
	for _, m := range minima {
		o.of[m.is]++
		if m.margin > 0 {
			o.strict++
		}
		if m.distance() == 0 {
			o.exact++
		}
		o.lowestStored = o.lowestStored || m.is.stored() && m.energy == o.lowest
	}
	return o
}

// replay enumerates one pattern set again. There is no cue; the final state is the
// ground state.
func (t *enumerate) replay(ctx context.Context, sample, _ int, env study.Env) (*Replay, error) {
	m, err := t.store(ctx, sample, env)
	if err != nil {
		return nil, err
	}
	minima, err := t.minima(ctx, m)
	if err != nil {
		return nil, err
	}
	rows := t.rows(minima)
	out := &Replay{Patterns: m.Patterns, Row: rows["trials"][0], More: rows}
	for i, found := range minima {
		if i == 0 {
			out.Pattern, out.Final = found.nearest, found.state
		}
		out.Minima = append(out.Minima, found.state)
	}
	return out, nil
}
