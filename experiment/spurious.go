package experiment

import (
	"context"
	"slices"

	"hopcap/model"
)

// Spurious relaxes a network from many starts (see starting), tells what kind of
// state each of them reaches, and counts the distinct minima among them.
//
// At T > 0 a run is max_sweeps sweeps long. Its last state is then quenched, that is
// relaxed at T = 0, and what is said of states, sweeps and flips is said of the
// quench: thermal noise does not hide which minimum the network is near.
var Spurious = Experiment{
	Kind: "spurious",
	Keys: slices.Concat(startKeys, classKeys),
	Tables: []Table{
		{
			Name:  "trials",
			Index: []string{"cue"},
			Columns: slices.Concat(classColumns, []Column{
				{Name: "sweeps", Type: Int, Role: Quantity, Report: nil, Axis: "sweeps", Doc: "sweeps made, the last one without a flip included"},
				{Name: "flips", Type: Int, Role: Quantity, Report: nil, Axis: "flips", Doc: "flips in all"},
				{Name: "stop", Type: Text, Role: Category, Report: []string{"cycle", "max_sweeps"}, Axis: "", Doc: "fixed_point, cycle or max_sweeps"},
			}),
		},
		{Name: "sets", Index: []string{"starts"}, Columns: captureColumns, By: "starts"},
	},
	Compile: compileSpurious,
}

// spurious is the experiment at one grid point.
type spurious struct {
	setup
	starting
	classifier
}

func compileSpurious(s Settings, cues int) (*Trial, []Fault) {
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
	trial.Run, trial.Replay = t.run, t.replay
	return trial, nil
}

// run measures starts first … cues−1 on one set of patterns. All starts from 0 on
// are relaxed, in one pass, for the count of distinct minima takes them all.
func (t *spurious) run(ctx context.Context, sample, first, cues int, env Env) (Rows, error) {
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
	return t.rows(first, cues, env, func(c int, room []int32) ([]any, minimum) { return t.measure(m.Patterns, x, c, c, room) }), nil
}

// rows measures starts 0 … cues−1, each with room for K overlaps, and returns what is
// said of those from first on and of their set.
func (t *spurious) rows(first, cues int, env Env, measure func(c int, room []int32) ([]any, minimum)) Rows {
	rows := make([][]any, cues)
	minima := make([]minimum, cues)
	parts := min(cues, env.Workers())
	env.Do(parts, func(part int) {
		room := make([]int32, t.k)
		for c := part; c < cues; c += parts {
			rows[c], minima[c] = measure(c, room)
		}
	})
	return Rows{"trials": rows[first:], "sets": captures(minima, first)}
}

// measure returns the row of start c, which is replica r, and what its set counts
// of it. room is for K overlaps.
func (t *spurious) measure(p *model.Patterns, x *relaxing, r, c int, room []int32) ([]any, minimum) {
	s, progress := x.replicas.State(r), x.Progress(r)
	like := t.likeness(p, s, x.replicas.Overlaps(r, room))
	settled := atRest(progress.Stop, x.energy(r))
	row := append(make([]any, 0, len(classColumns)+4), int64(c))
	row = t.appendRow(row, like, x.energy(r), settled)
	row = append(row, int64(progress.Sweeps), int64(progress.Flips), progress.Stop.String())
	m := minimum{fingerprint: like.fingerprint}
	if progress.Stop == model.FixedPoint {
		m.class = t.class(like)
	}
	return row, m
}

// replay runs one start again.
func (t *spurious) replay(ctx context.Context, sample, cue int, env Env) (*Replay, error) {
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
	overlaps := make([]int32, t.k)
	out.Row, _ = t.measure(m.Patterns, x, 0, cue, overlaps)
	_, out.Pattern = largest(overlaps)
	return out, nil
}
