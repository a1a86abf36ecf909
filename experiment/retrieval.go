package experiment

import (
	"context"
	"fmt"
	"slices"

	"hopcap/model"
)

// Retrieval starts the network from cues of stored patterns and asks whether it
// finds them again.
//
// At T > 0 a run ends after max_sweeps sweeps, a fixed time, and what is said of its
// final state is said of the one that it is in then. Nothing judges whether that was
// long enough: retrieval states are left in the end by any finite network, so that
// there is no other answer than one to "after how long?". thermal judges.
var Retrieval = Experiment{
	Kind: "retrieval",
	Keys: slices.Concat(cueKeys, []Key{retrievedAt, {Table: "experiment", Name: "trace", Type: Bool, Default: "false",
		Later: true, Doc: "true records the way of every cue in the table trace"}, statesKey}),
	Tables: []Table{{
		Name:  "trials",
		Index: []string{"cue"},
		Columns: []Column{
			{Name: "overlap_initial", Type: Decimal, Role: Quantity, Report: nil, Axis: "initial overlap $m_0$", Doc: "overlap of the cue with its pattern, whose index is cue"},
			{Name: "overlap_final", Type: Decimal, Role: Quantity, Report: nil, Axis: "retrieval overlap $m$", Doc: "overlap of the final state with the cued pattern"},
			{Name: "retrieved", Type: Int, Role: Rate, Report: nil, Axis: "retrieved fraction", Doc: "1 if overlap_final ≥ retrieved_at"},
			{Name: "exact", Type: Int, Role: Rate, Report: nil, Axis: "exactly retrieved fraction", Doc: "1 if overlap_final = 1"},
			{Name: "overlap_best", Type: Decimal, Role: Quantity, Report: nil, Axis: "largest overlap", Doc: "the overlap of largest size with any stored pattern, signed"},
			{Name: "pattern_best", Type: Int, Role: Label, Report: nil, Axis: "", Doc: "the pattern of overlap_best, the first of equals"},
			{Name: "spurious", Type: Int, Role: Rate, Report: nil, Axis: "spurious fraction", Doc: "1 for a fixed point or cycle, or at T > 0 the last state, none of whose overlaps reaches retrieved_at in size"},
			{Name: "sweeps", Type: Int, Role: Quantity, Report: nil, Axis: "sweeps", Doc: "sweeps made, the last one without a flip included"},
			{Name: "flips", Type: Int, Role: Quantity, Report: nil, Axis: "flips", Doc: "flips in all"},
			{Name: "energy", Type: Decimal, Role: Quantity, Report: nil, Axis: "energy per neuron $E/N$", Doc: "energy per neuron of the final state"},
			{Name: "stop", Type: Text, Role: Category, Report: []string{"max_sweeps"}, Axis: "", Doc: "fixed_point, cycle or max_sweeps; thermal at T > 0"},
		},
	}, traceTable, statesTable},
	Compile: compileRetrieval,
}

// retrieval is the experiment at one grid point.
type retrieval struct {
	setup
	cueing
	needed int // the least M that counts as retrieval
	traced bool
	filmed int // how many samples have their states recorded
}

func compileRetrieval(s Settings, cues int) (*Trial, []Fault) {
	base, faults := newThermalSetup(s)
	cue, more := cueingOf(s, base.n)
	faults = append(faults, more...)
	if most := base.atHand(); len(faults) == 0 && cues > most {
		faults = append(faults, cuesFault(cues, base.n, most))
	}
	if faults = append(faults, statesFault(base.n, s.Int("states"))...); len(faults) > 0 {
		return nil, faults
	}
	t := &retrieval{base, cue, base.threshold("retrieved_at"), s.Bool("trace"), int(s.Int("states"))}
	trial := t.trial(cues, float64(cues))
	trial.Run, trial.Replay = t.run, t.replay
	return trial, nil
}

// cuesFault says that there are more cues than patterns to cue.
func cuesFault(cues, n, k int) Fault {
	return Fault{Key: "cues", Value: fmt.Sprint(cues), Allowed: fmt.Sprintf("at most K, here %d at N = %d", k, n)}
}

// run measures cues first … cues−1 on one set of patterns. They are relaxed
// together.
func (t *retrieval) run(ctx context.Context, sample, first, cues int, env Env) (Rows, error) {
	m, err := t.store(ctx, sample, env)
	if err != nil {
		return nil, err
	}
	defer m.Release()
	states := t.cues(m.Patterns, m.key, first, cues)
	initial := make([]int, len(states))
	for r, s := range states {
		initial[r] = m.Overlap(first+r, s)
	}
	x, err := t.startOrResume(m, states, env)
	if err != nil {
		return nil, err
	}
	x.heat(m.key, from(first))
	rows := Rows{}
	if t.traced || sample < t.filmed {
		err = t.runWatched(ctx, env, x, newFilm(m.Patterns, x, first, cues), sample, rows)
	} else {
		err = x.runSaving(ctx, env)
	}
	if err != nil {
		return nil, err
	}
	rows["trials"] = t.rows(x, initial, first)
	return rows, nil
}

// runWatched relaxes the cues and adds the tables of what was seen on the way.
func (t *retrieval) runWatched(ctx context.Context, env Env, x *relaxing, f *film, sample int, rows Rows) error {
	shoot := f.shoot
	if sample >= t.filmed {
		shoot = func() error { return nil }
	}
	trace, err := x.runTracing(ctx, env, f.first, f.first+len(f.rows), shoot)
	if t.traced {
		rows["trace"] = trace
	}
	if sample < t.filmed {
		rows["states"] = slices.Concat(f.rows...)
	}
	return err
}

// rows measures the final states, of which the first is that of cue first.
func (t *retrieval) rows(x *relaxing, initial []int, first int) [][]any {
	rows := make([][]any, len(initial))
	if surveyed, ok := x.replicas.(surveyed); ok {
		for r := range rows {
			best, at := surveyed.Largest(r)
			rows[r] = t.row(first+r, initial[r], surveyed.Overlap(r, first+r), best, at, x.energy(r), x.Progress(r))
		}
		return rows
	}
	overlaps := make([]int32, t.k)
	for r := range rows {
		rows[r] = t.measure(first+r, initial[r], x.replicas.Overlaps(r, overlaps), x.energy(r), x.Progress(r))
	}
	return rows
}

// measure returns one row of the table trials.
func (t *retrieval) measure(cue, initial int, m []int32, energy any, p model.Progress) []any {
	best, at := largest(m)
	return t.row(cue, initial, int(m[cue]), best, at, energy, p)
}

// row is measure where the overlaps are known that count.
func (t *retrieval) row(cue, initial, final, best, at int, energy any, p model.Progress) []any {
	n := float64(t.n)
	return []any{
		int64(cue),
		float64(initial) / n, float64(final) / n,
		indicator(final >= t.needed), indicator(final == t.n),
		float64(best) / n, int64(at),
		indicator(atRest(p.Stop, energy) && best < t.needed && -best < t.needed),
		int64(p.Sweeps), int64(p.Flips), energy, p.Stop.String(),
	}
}
