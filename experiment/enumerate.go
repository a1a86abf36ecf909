package experiment

import (
	"cmp"
	"context"
	"fmt"
	"math/big"
	"slices"
	"strconv"

	"hopcap/model"
)

// Enumerate visits all 2^N states of a network and classifies every
// minimum, that is every fixed point of the zero-temperature dynamics; s and −s
// are counted once where both are minima and alike.
//
// Neurons with a vanishing field keep their spin, so a state can be a fixed point
// with neighbours of the same energy; strict counts those without. Gardner (J.
// Phys. A 19, L1047 (1986)) gives the annealed number of strict minima for
// N → ∞, ⟨number⟩ ~ e^{g(α) N}.
var Enumerate = Experiment{
	Kind: "enumerate",
	Keys: classKeys,
	Tables: []Table{
		{
			Name:  "trials",
			Index: []string{"cue"},
			Columns: []Column{
				{Name: "minima", Type: Int, Role: Quantity, Report: nil, Axis: "minima", Doc: "fixed points, one of s and −s"},
				{Name: "strict", Type: Int, Role: Quantity, Report: nil, Axis: "strict minima", Doc: "those without a vanishing field"},
				{Name: "minima_stored", Type: Int, Role: Quantity, Report: nil, Axis: "stored patterns among the minima", Doc: "minima classified as a pattern or its negative"},
				{Name: "minima_mixture", Type: Int, Role: Quantity, Report: nil, Axis: "mixtures among the minima", Doc: "minima classified as a mixture"},
				{Name: "minima_spin_glass", Type: Int, Role: Quantity, Report: nil, Axis: "spin-glass states among the minima", Doc: "minima classified as a spin-glass state"},
				{Name: "patterns_exact", Type: Int, Role: Quantity, Report: nil, Axis: "stored patterns that are minima", Doc: "minima that are a stored pattern or its negative in every bit"},
				{Name: "energy_lowest", Type: Decimal, Role: Quantity, Report: nil, Axis: "lowest energy $E/N$", Doc: "the ground state's energy per neuron"},
				{Name: "lowest_stored", Type: Int, Role: Rate, Report: nil, Axis: "ground state is a stored pattern", Doc: "1 if a minimum of lowest energy is classified as a pattern or its negative"},
			},
		},
		{
			Name:  "minima",
			Index: []string{"minimum"},
			Columns: slices.Concat(classColumns, []Column{
				{Name: "margin", Type: Decimal, Role: Quantity, Report: nil, Axis: "least aligned field", Doc: "the least s_i·h_i; 0 for a minimum that is not strict"},
				{Name: "state", Type: Text, Role: Label, Report: nil, Axis: "", Doc: "the spins, neuron N−1 first, in hexadecimal; a set bit is +1"},
			}),
		},
	},
	Compile: compileEnumerate,
}

// enumerate is the experiment at one grid point.
type enumerate struct {
	setup
	classifier
}

func compileEnumerate(s Settings, cues int) (*Trial, []Fault) {
	base, faults := newSetup(s)
	if base.n > model.MaxEnumerated {
		faults = append(faults, Fault{Key: "N", Value: fmt.Sprint(base.n), Allowed: fmt.Sprintf("at most %d: all 2^N states are visited", model.MaxEnumerated)})
	}
	if base.k > maxEnumeratedPatterns {
		faults = append(faults, Fault{Key: "K", Value: fmt.Sprint(base.k), Allowed: fmt.Sprintf("at most %d patterns can be enumerated", maxEnumeratedPatterns)})
	}
	faults = append(faults, oneCue(cues, "enumerate")...)
	if len(faults) > 0 {
		return nil, faults
	}
	t := &enumerate{base, classifierOf(&base)}
	trial := t.trial(1, 0)
	trial.Cost = float64(int(1)<<t.n) * float64(t.n)
	trial.Run, trial.Replay = t.run, t.replay
	return trial, nil
}

// maxEnumeratedPatterns keeps N·K within the integers of an enumeration.
const maxEnumeratedPatterns = 1 << 26

// An enumerated is a minimum with its rows.
type enumerated struct {
	likeness
	class    class
	distance int // to the nearest pattern or negative
	energy   any // nil if the network has none
	margin   int64
	state    model.State
	row      []any // of the table minima
}

// run enumerates the minima of one pattern set, in the order of their energies.
func (t *enumerate) run(ctx context.Context, sample, _, _ int, env Env) (Rows, error) {
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
func (t *enumerate) rows(minima []enumerated) Rows {
	rows := make([][]any, len(minima))
	for i, m := range minima {
		rows[i] = append([]any{int64(i)}, m.row...)
	}
	return Rows{"trials": {t.measure(minima)}, "minima": rows}
}

// minima returns all minima of a network, the lowest first, those
// of equal energy as they were found.
func (t *enumerate) minima(ctx context.Context, set *storedSet) ([]enumerated, error) {
	type fixed struct {
		state  model.State
		margin int64
	}
	var found []fixed
	if err := model.Minima(ctx, set.network, t.n, func(s model.State, margin int64) {
		found = append(found, fixed{slices.Clone(s), margin})
	}); err != nil {
		return nil, err
	}
	minima := make([]enumerated, len(found))
	for i, f := range found {
		minima[i] = t.classify(set, f.state, f.margin)
	}
	slices.SortStableFunc(minima, func(a, b enumerated) int { return compareEnergies(a.energy, b.energy) })
	return minima, nil
}

// classify measures a minimum.
func (t *enumerate) classify(set *storedSet, s model.State, margin int64) enumerated {
	x := set.network.Start([]model.State{s}, nil)
	like := t.likeness(set.Patterns, s, x.Overlaps(0, make([]int32, t.k)))
	m := enumerated{
		likeness: like, class: t.class(like),
		distance: (t.n - max(like.best, -like.best)) / 2,
		energy:   energyOf(x, 0), margin: margin, state: s,
	}
	m.row = append(t.appendRow(nil, like, m.energy, true), t.field(margin), spins(s))
	return m
}

// field returns what a field of so many units is as h_i, undefined where it is no
// difference in energy, ΔE = 2 h_i.
func (t *enumerate) field(units int64) any {
	rule, ok := t.rule.(model.Heatable)
	if !ok {
		return nil
	}
	h := new(big.Rat).Mul(rule.FieldUnit(t.n, t.k), big.NewRat(units, 2))
	v, _ := h.Float64()
	return v
}

// compareEnergies orders energies where there are any.
func compareEnergies(a, b any) int {
	x, _ := a.(float64)
	y, _ := b.(float64)
	return cmp.Compare(x, y)
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

// measure returns the row of the table trials.
func (t *enumerate) measure(minima []enumerated) []any {
	var strict, exact int
	var of [spinGlass + 1]int
	lowest := false
	for _, m := range minima {
		of[m.class]++
		if m.margin > 0 {
			strict++
		}
		if m.distance == 0 {
			exact++
		}
		lowest = lowest || m.class.stored() && m.energy == minima[0].energy
	}
	row := []any{
		int64(0), int64(len(minima)), int64(strict),
		int64(of[storedPattern] + of[negative]), int64(of[mixture]), int64(of[spinGlass]), int64(exact),
		nil, nil,
	}
	if len(minima) > 0 && minima[0].energy != nil {
		row[7], row[8] = minima[0].energy, indicator(lowest)
	}
	return row
}

// replay enumerates one pattern set again. There is no cue; the final state is the
// ground state.
func (t *enumerate) replay(ctx context.Context, sample, _ int, env Env) (*Replay, error) {
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
			out.Pattern, out.Final = found.pattern, found.state
		}
		out.Minima = append(out.Minima, found.state)
	}
	return out, nil
}
