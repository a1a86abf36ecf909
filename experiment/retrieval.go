package experiment

import (
	"context"
	"fmt"
	"slices"

	"hopcap/model"
	"hopcap/sweep/study"
)

// Retrieval starts the network from cues of stored patterns and asks whether it
// finds them again.
//
// At T > 0 a run makes max_sweeps sweeps, and its last state counts as its final state.
// The run is not tested for equilibrium: a finite network leaves every retrieval state in
// the end, so the result always belongs to a number of sweeps. The experiment thermal
// does test for equilibrium.
var Retrieval = Experiment{
	Kind: "retrieval",
	Keys: slices.Concat(cueKeys, []study.Key{retrievedAt, {Table: "experiment", Name: "trace", Type: study.Bool, Default: "false",
		Later: true, Doc: "true records every sweep of every cue in the table trace"}, statesKey}),
	Tables:  []study.Table{retrievalTrials.study(), traceTable.study(), statesTable.study()},
	Compile: compileRetrieval,
}

// A retrievalOutcome is measured of one cue. Overlaps are sums over neurons.
type retrievalOutcome struct {
	cue            int
	n, needed      int // neurons, and the least overlap that counts as retrieval
	initial, final int // overlaps with the pattern that the state is compared with
	best, nearest  int // the overlap of largest size with any pattern, and the pattern
	energy         energy
	model.Progress
}

// spurious reports whether the network has come to rest near none of the patterns.
func (o *retrievalOutcome) spurious() bool {
	return atRest(o.Stop, o.energy) && o.best < o.needed && -o.best < o.needed
}

var retrievalTrials = table[retrievalOutcome]{
	name:  "trials",
	index: []index[retrievalOutcome]{{"cue", func(o *retrievalOutcome) int { return o.cue }}},
	columns: []column[retrievalOutcome]{
		{name: "overlap_initial", role: study.Quantity, axis: "initial overlap $m_0$", doc: "overlap of the cue with its pattern, whose index is cue",
			of: decimal(func(o *retrievalOutcome) float64 { return float64(o.initial) / float64(o.n) })},
		{name: "overlap_final", role: study.Quantity, lead: true, axis: "retrieval overlap $m$", doc: "overlap of the final state with the cued pattern",
			of: decimal(func(o *retrievalOutcome) float64 { return float64(o.final) / float64(o.n) })},
		{name: "retrieved", role: study.Rate, lead: true, axis: "retrieved fraction", doc: "1 if overlap_final ≥ retrieved_at",
			of: zeroOne(func(o *retrievalOutcome) bool { return o.final >= o.needed })},
		{name: "exact", role: study.Rate, axis: "exactly retrieved fraction", doc: "1 if overlap_final = 1",
			of: zeroOne(func(o *retrievalOutcome) bool { return o.final == o.n })},
		{name: "overlap_best", role: study.Quantity, axis: "largest overlap", doc: "the overlap of largest size with any stored pattern, signed",
			of: decimal(func(o *retrievalOutcome) float64 { return float64(o.best) / float64(o.n) })},
		{name: "pattern_best", role: study.Label, doc: "the pattern of overlap_best, the first of equals",
			of: count(func(o *retrievalOutcome) int { return o.nearest })},
		{name: "spurious", role: study.Rate, lead: true, axis: "spurious fraction", doc: "1 for a fixed point or cycle, or at T > 0 the last state, none of whose overlaps reaches retrieved_at in size",
			of: zeroOne((*retrievalOutcome).spurious)},
		{name: "sweeps", role: study.Quantity, axis: "sweeps", doc: "sweeps made, the last one without a flip included",
			of: count(func(o *retrievalOutcome) int { return o.Sweeps })},
		{name: "flips", role: study.Quantity, axis: "flips", doc: "flips in all",
			of: count(func(o *retrievalOutcome) int { return o.Flips })},
		{name: "energy", role: study.Quantity, axis: "energy per neuron $E/N$", doc: "energy per neuron of the final state",
			of: decimalOrNil(func(o *retrievalOutcome) (float64, bool) { return o.energy.value() })},
		{name: "stop", role: study.Category, report: []string{"max_sweeps"}, doc: "fixed_point, cycle or max_sweeps; thermal at T > 0",
			of: text(func(o *retrievalOutcome) string { return o.Stop.String() })},
	},
}

// retrieval is the experiment at one grid point.
type retrieval struct {
	setup
	cueing
	needed int // the least M that counts as retrieval
	traced bool
	filmed int // how many samples have their states recorded
}

func compileRetrieval(s study.Settings, cues int) (*Trial, []study.Fault) {
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
	return recorded(trial, &t.setup, &retrievalTrials, t.run, t.replay), nil
}

// cuesFault says that there are more cues than patterns.
func cuesFault(cues, n, k int) study.Fault {
	return study.Fault{Key: "cues", Value: fmt.Sprint(cues), Allowed: fmt.Sprintf("must be at most K, here %d at N = %d", k, n)}
}

// run measures cues first … cues−1 on one set of patterns. They are relaxed
// together.
func (t *retrieval) run(ctx context.Context, sample, first, cues int, env study.Env) (study.Rows, error) {
	m, err := t.store(ctx, sample, env)
	if err != nil {
		return nil, err
	}
	defer m.Release()
	states := t.cues(m.Patterns, m.key, first, cues)
	outcomes := t.outcomes(m.Patterns, states, first)
	x, err := t.startOrResume(m, states, env)
	if err != nil {
		return nil, err
	}
	x.heat(m.key, from(first))
	rows := study.Rows{}
	if t.traced || sample < t.filmed {
		err = t.runWatched(ctx, env, x, newFilm(m.Patterns, x, first, cues), sample, rows)
	} else {
		err = x.runSaving(ctx, env)
	}
	if err != nil {
		return nil, err
	}
	t.measure(x, outcomes)
	rows["trials"] = retrievalTrials.rows(outcomes)
	return rows, nil
}

// runWatched relaxes the cues and adds the tables of single sweeps, trace and states.
func (t *retrieval) runWatched(ctx context.Context, env study.Env, x *relaxing, f *film, sample int, rows study.Rows) error {
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

// outcomes measures the cues of patterns first, first+1, …
func (t *retrieval) outcomes(p *model.Patterns, cues []model.State, first int) []retrievalOutcome {
	outcomes := make([]retrievalOutcome, len(cues))
	for r, s := range cues {
		outcomes[r] = retrievalOutcome{cue: first + r, n: t.n, needed: t.needed, initial: p.Overlap(first+r, s)}
	}
	return outcomes
}

// measure measures the final states; replica r belongs to outcome r.
func (t *retrieval) measure(x *relaxing, outcomes []retrievalOutcome) {
	surveyed, short := x.replicas.(surveyed)
	var overlaps []int32
	if !short {
		overlaps = make([]int32, t.k)
	}
	for r := range outcomes {
		o := &outcomes[r]
		o.Progress, o.energy = x.Progress(r), energyOf(x.replicas, r)
		target := x.target(o.cue, o.Sweeps)
		if short {
			o.best, o.nearest = surveyed.Largest(r)
			o.final = surveyed.Overlap(r, target)
			continue
		}
		x.replicas.Overlaps(r, overlaps)
		o.final = int(overlaps[target])
		o.best, o.nearest = largest(overlaps)
	}
}
