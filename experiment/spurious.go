package experiment

import (
	"context"
	"slices"

	"hopcap/model"
	"hopcap/sweep/study"
)

// Spurious relaxes a network from many starts (see starting), tells what kind of
// state each of them reaches, and counts the distinct minima among them.
//
// At T > 0 a run is max_sweeps sweeps long. Its last state is then quenched, that is
// relaxed at T = 0. The records describe the quench: its final state, its sweeps and its
// flips. So thermal noise does not hide which minimum the network was near.
var Spurious = Experiment{
	Kind:    "spurious",
	Keys:    slices.Concat(startKeys("random"), classKeys),
	Tables:  []study.Table{spuriousTrials.study(), captureTable.study()},
	Compile: compileSpurious,
}

// A spuriousOutcome is the final state of one start.
type spuriousOutcome struct {
	cue int
	classifiedState
	model.Progress
}

// minimum is the minimum that the start has reached.
func (o *spuriousOutcome) minimum() minimum {
	m := minimum{fingerprint: o.fingerprint}
	if o.Stop == model.FixedPoint {
		m.class = o.is
	}
	return m
}

var spuriousIndex = []index[spuriousOutcome]{{"cue", func(o *spuriousOutcome) int { return o.cue }}}

// spuriousColumns describe the final state of a start.
var spuriousColumns = slices.Concat(
	lifted(classColumns, func(o *spuriousOutcome) *classifiedState { return &o.classifiedState }),
	[]column[spuriousOutcome]{
		{name: "sweeps", role: study.Quantity, axis: "sweeps", doc: "sweeps made, the last one without a flip included",
			of: count(func(o *spuriousOutcome) int { return o.Sweeps })},
		{name: "flips", role: study.Quantity, axis: "flips", doc: "flips in all",
			of: count(func(o *spuriousOutcome) int { return o.Flips })},
		{name: "stop", role: study.Category, report: []string{"cycle", "max_sweeps"}, doc: "fixed_point, cycle or max_sweeps",
			of: text(func(o *spuriousOutcome) string { return o.Stop.String() })},
	})

var spuriousTrials = table[spuriousOutcome]{name: "trials", index: spuriousIndex, columns: spuriousColumns}

// spurious is the experiment at one grid point.
type spurious struct {
	setup
	starting
	classifier
}

func compileSpurious(s study.Settings, cues int) (*Trial, []study.Fault) {
	base, faults := newThermalSetup(s)
	start, more := startingOf(s, base.n)
	faults = append(faults, more...)
	if len(faults) == 0 {
		faults = start.check(s, base.n, base.k, cues)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	t := &spurious{base, start, classifierOf(&base)}
	trial := t.trial(cues, float64(cues))
	return recorded(trial, &t.setup, &spuriousTrials, t.run, t.replay), nil
}

// run measures starts first … cues−1 on one set of patterns. All starts from 0 on
// are relaxed, in one pass: the number of distinct minima depends on all of them.
func (t *spurious) run(ctx context.Context, sample, first, cues int, env study.Env) (study.Rows, error) {
	m, err := t.store(ctx, sample, env)
	if err != nil {
		return nil, err
	}
	defer m.Release()
	x, err := t.startOrResume(m, t.starts(m.Patterns, m.key, 0, cues), env)
	if err != nil {
		return nil, err
	}
	x.heat(m.key, from(0))
	if err := x.runSaving(ctx, env); err != nil {
		return nil, err
	}
	if err := x.quench(ctx, m.key, env); err != nil {
		return nil, err
	}
	return t.rows(&spuriousTrials, m.Patterns, x, first, cues, env), nil
}

// rows measures starts 0 … cues−1, which are the replicas. It returns the rows of the
// starts from first on, and the rows of the set.
func (t *spurious) rows(trials *table[spuriousOutcome], p *model.Patterns, x *relaxing, first, cues int, env study.Env) study.Rows {
	rows := make([][]any, cues)
	minima := make([]minimum, cues)
	parts := min(cues, env.Workers())
	env.Do(parts, func(part int) {
		overlaps := make([]int32, t.k)
		var o spuriousOutcome
		for c := part; c < cues; c += parts {
			o = t.measure(p, x, c, c, overlaps)
			rows[c], minima[c] = trials.row(&o), o.minimum()
		}
	})
	return study.Rows{"trials": rows[first:], "sets": captures(minima, first)}
}

// measure describes the final state of start c, which is replica r. The slice has room
// for K overlaps.
func (t *spurious) measure(p *model.Patterns, x *relaxing, r, c int, overlaps []int32) spuriousOutcome {
	progress, energy := x.Progress(r), energyOf(x.replicas, r)
	like := t.likeness(p, x.replicas.State(r), x.replicas.Overlaps(r, overlaps))
	return spuriousOutcome{c, t.classify(like, energy, atRest(progress.Stop, energy)), progress}
}

// replay runs one start again.
func (t *spurious) replay(ctx context.Context, sample, cue int, env study.Env) (*Replay, error) {
	m, err := t.store(ctx, sample, env)
	if err != nil {
		return nil, err
	}
	states := t.starts(m.Patterns, m.key, cue, cue+1)
	out := &Replay{Patterns: m.Patterns, Cue: slices.Clone(states[0])}
	x := t.start(m, states, env)
	x.heat(m.key, from(cue))
	if err := x.run(ctx, env, out.film(x)); err != nil {
		return nil, err
	}
	if err := x.quench(ctx, m.key, env); err != nil {
		return nil, err
	}
	out.Final = x.replicas.State(0)
	o := t.measure(m.Patterns, x, 0, cue, make([]int32, t.k))
	out.Row, out.Pattern = spuriousTrials.row(&o), o.nearest
	return out, nil
}
