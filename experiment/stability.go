package experiment

import (
	"context"
	"fmt"
	"slices"

	"hopcap/model"
	"hopcap/sweep/study"
)

// Stability takes one parallel step from each of the K stored patterns and asks
// what it leaves unchanged.
//
// McEliece, Posner, Rodemich and Venkatesh (IEEE Trans. Inf. Theory 33, 461
// (1987)) have almost every pattern unchanged while K ln N / N < 1/2, and all of
// them while it is less than 1/4.
var Stability = Experiment{
	Kind:    "stability",
	Tables:  []study.Table{stabilityTrials.study()},
	Compile: compileStability,
}

// A stabilityOutcome is what one parallel step leaves of a pattern set.
type stabilityOutcome struct {
	n, k   int
	stable int // patterns without a flip
	flips  int // of all bits
}

var stabilityTrials = table[stabilityOutcome]{
	name:  "trials",
	index: []index[stabilityOutcome]{{"cue", wholeSet[stabilityOutcome]}},
	columns: []column[stabilityOutcome]{
		{name: "bits_stable", role: study.Quantity, lead: true, axis: "fraction of stable bits", doc: "fraction of the N·K pattern bits that one parallel step leaves unchanged",
			of: decimal((*stabilityOutcome).bitsStable)},
		{name: "patterns_stable", role: study.Quantity, lead: true, axis: "fraction of stable patterns", doc: "fraction of the K patterns that one parallel step leaves unchanged in every bit",
			of: decimal(func(o *stabilityOutcome) float64 { return float64(o.stable) / float64(o.k) })},
		{name: "all_stable", role: study.Rate, lead: true, axis: "all patterns stable", doc: "1 if every pattern of the set is left unchanged",
			of: zeroOne(func(o *stabilityOutcome) bool { return o.stable == o.k })},
	},
}

func (o *stabilityOutcome) bitsStable() float64 {
	bits := float64(o.n) * float64(o.k)
	return (bits - float64(o.flips)) / bits
}

// stability is the experiment at one grid point.
type stability struct{ setup }

func compileStability(s study.Settings, cues int) (*Trial, []study.Fault) {
	base, faults := newSetup(s)
	if s.Text("order") != "parallel" {
		faults = append(faults, study.Fault{Key: "order", Value: s.Text("order"), Allowed: `must be "parallel": this experiment makes one parallel step`})
	}
	faults = append(faults, oneCue(cues, "stability")...)
	if len(faults) > 0 {
		return nil, faults
	}
	base.dynamics.MaxSweeps = 1
	t := &stability{base}
	trial := t.trial(min(t.k, together), float64(t.k))
	return recorded(trial, &t.setup, &stabilityTrials, t.run, t.replay), nil
}

// oneCue refuses several cues where all of a pattern set is measured at once.
func oneCue(cues int, kind string) []study.Fault {
	if cues == 1 {
		return nil
	}
	return []study.Fault{{Key: "cues", Value: fmt.Sprint(cues), Allowed: "must be 1: " + kind + " measures all of a pattern set at once"}}
}

// together is the number of patterns stepped in one pass over the rows, which
// bounds the memory they take.
const together = 256

// run steps all patterns of one set.
func (t *stability) run(ctx context.Context, sample, _, _ int, env study.Env) (study.Rows, error) {
	m, err := t.store(ctx, sample, env)
	if err != nil {
		return nil, err
	}
	o := stabilityOutcome{n: t.n, k: t.k}
	for first := 0; first < t.k; first += together {
		if first > 0 {
			env.Progress(float64(first) / float64(t.k))
		}
		x := t.start(m, t.patterns(m.Patterns, first, min(first+together, t.k)), env)
		if err := x.Sweep(ctx, nil); err != nil {
			return nil, err
		}
		for r := range min(together, t.k-first) {
			o.flips += x.Progress(r).Flips
			if x.Progress(r).Flips == 0 {
				o.stable++
			}
		}
	}
	return study.Rows{"trials": {stabilityTrials.row(&o)}}, nil
}

// patterns returns patterns first … last−1.
func (t *stability) patterns(p *model.Patterns, first, last int) []model.State {
	states := make([]model.State, last-first)
	for r := range states {
		states[r] = make(model.State, t.n)
		p.Pattern(first+r, states[r])
	}
	return states
}

// replay shows the step of pattern 0. The row is the row of the whole pattern set.
func (t *stability) replay(ctx context.Context, sample, _ int, env study.Env) (*Replay, error) {
	rows, err := t.run(ctx, sample, 0, 1, env)
	if err != nil {
		return nil, err
	}
	m, err := t.store(ctx, sample, env)
	if err != nil {
		return nil, err
	}
	states := t.patterns(m.Patterns, 0, 1)
	out := &Replay{Patterns: m.Patterns, Cue: slices.Clone(states[0]), Row: rows["trials"][0]}
	x := t.start(m, states, env)
	if err := x.run(ctx, env, out.film(x)); err != nil {
		return nil, err
	}
	out.Final = x.replicas.State(0)
	return out, nil
}
