package experiment

import (
	"context"
	"fmt"
	"math"
	"slices"

	"hopcap/model"
)

// Thermal measures a network in thermal equilibrium, or in a metastable state as
// long as it lasts.
//
// Each start is run twice, by two replicas with the same patterns and noise of
// their own, for max_sweeps sweeps at T > 0; with start = "random" they start
// independently. After every sweep their overlaps, energies and the overlap q
// between them are noted. Whether, and from which sweep on, they are stationary is
// judged from these series (see judge); averages are over the rest, and over both
// replicas. Runs that are not thermalised are measured all the same, and counted.
//
// overlap is that with the cued pattern; with a mixture the mean of those with its
// patterns, by sign; from a random start the largest with any pattern.
//
// The errors of the records are those within a run, from bins; those of estimates
// are over pattern sets, and contain them.
var Thermal = Experiment{
	Kind: "thermal",
	Keys: slices.Concat(startKeys, []Key{
		fraction("escape_at", "0.5", "overlap below which a run has escaped from the state that it started in"),
	}),
	Tables: []Table{{
		Name:  "trials",
		Index: []string{"cue"},
		Columns: []Column{
			{Name: "overlap", Type: Decimal, Role: Quantity, Report: nil, Axis: "overlap $m$", Doc: "mean overlap with what the run started from"},
			{Name: "overlap_error", Type: Decimal, Role: Quantity, Report: nil, Axis: "error of $m$", Doc: "standard error of overlap within the run, empty where there are not two bins"},
			{Name: "overlap_tau", Type: Decimal, Role: Quantity, Report: nil, Axis: "autocorrelation time of $m$", Doc: "integrated autocorrelation time of the overlap, sweeps"},
			{Name: "q", Type: Decimal, Role: Quantity, Report: nil, Axis: "overlap $q$ of replicas", Doc: "mean overlap (1/N) Σ s_i s'_i of the two replicas"},
			{Name: "q_error", Type: Decimal, Role: Quantity, Report: nil, Axis: "error of $q$", Doc: "standard error of q within the run"},
			{Name: "energy", Type: Decimal, Role: Quantity, Report: nil, Axis: "energy per neuron $E/N$", Doc: "mean energy per neuron"},
			{Name: "energy_error", Type: Decimal, Role: Quantity, Report: nil, Axis: "error of $E/N$", Doc: "standard error of energy within the run"},
			{Name: "energy_tau", Type: Decimal, Role: Quantity, Report: nil, Axis: "autocorrelation time of $E$", Doc: "integrated autocorrelation time of the energy, sweeps"},
			{Name: "specific_heat", Type: Decimal, Role: Quantity, Report: nil, Axis: "specific heat $c$", Doc: "N (⟨e²⟩ − ⟨e⟩²)/T² with e the energy per neuron"},
			{Name: "susceptibility", Type: Decimal, Role: Quantity, Report: nil, Axis: "susceptibility $\\chi$", Doc: "N (⟨m²⟩ − ⟨m⟩²)/T"},
			{Name: "overlap_2", Type: Decimal, Role: Quantity, Report: nil, Axis: "$m^2$", Doc: "⟨m²⟩"},
			{Name: "overlap_4", Type: Decimal, Role: Quantity, Report: nil, Axis: "$m^4$", Doc: "⟨m⁴⟩"},
			{Name: "binder", Type: Decimal, Role: Quantity, Report: nil, Axis: "Binder ratio", Doc: "1 − ⟨m⁴⟩/(3⟨m²⟩²)"},
			{Name: "escapes", Type: Int, Role: Quantity, Report: nil, Axis: "escapes", Doc: "how many of the two replicas came below escape_at; empty for random starts"},
			{Name: "survived", Type: Int, Role: Quantity, Report: nil, Axis: "sweeps survived", Doc: "sweeps that the two replicas made until then, in sum; survived/escapes estimates the escape time"},
			{Name: "thermalised", Type: Int, Role: Rate, Report: nil, Axis: "thermalised", Doc: "1 if the run is judged stationary after the discarded sweeps"},
			{Name: "discarded", Type: Int, Role: Quantity, Report: nil, Axis: "sweeps discarded", Doc: "sweeps at the beginning that no average contains"},
		},
	}},
	Compile: compileThermal,
}

// thermal is the experiment at one grid point.
type thermal struct {
	setup
	starting
	escape int // M below which a run has escaped
}

// fewestSweeps is of a run that can be judged at all.
const fewestSweeps = 64

func compileThermal(s Settings, cues int) (*Trial, []Fault) {
	base, faults := newThermalSetup(s)
	start, more := startingOf(s, base.n)
	faults = append(faults, more...)
	if s.Rat("temperature").Sign() == 0 {
		faults = append(faults, Fault{Key: "temperature", Value: "0", Allowed: "must be greater than 0 in this experiment"})
	}
	if base.dynamics.MaxSweeps < fewestSweeps {
		faults = append(faults, Fault{Key: "max_sweeps", Value: fmt.Sprint(base.dynamics.MaxSweeps), Allowed: fmt.Sprintf("must be at least %d: that many sweeps are made and judged", fewestSweeps)})
	}
	if len(faults) == 0 {
		faults = start.check(s, base.n, base.k, cues)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	t := &thermal{base, start, base.threshold("escape_at")}
	trial := t.trial(2*cues, float64(2*cues))
	trial.Bytes += int64(cues) * int64(base.dynamics.MaxSweeps) * 8 * 5
	trial.Run, trial.Replay = t.run, t.replay
	return trial, nil
}

// run measures starts first … cues−1 of one set, all of them in one pass.
func (t *thermal) run(ctx context.Context, sample, first, cues int, env Env) (Rows, error) {
	m, err := t.store(ctx, sample, env)
	if err != nil {
		return nil, err
	}
	_, logs, err := t.observe(ctx, m, first, cues, env)
	if err != nil {
		return nil, err
	}
	rows := make([][]any, len(logs))
	env.Do(len(logs), func(c int) { rows[c] = append([]any{int64(first + c)}, t.measure(logs[c])...) })
	return Rows{"trials": rows}, nil
}

// A thermalLog is the series of one start.
type thermalLog struct {
	Overlap [2]series
	Energy  [2]series
	Q       series
}

// A thermalCheckpoint is a run between two sweeps.
type thermalCheckpoint struct {
	model.Checkpoint
	Logs []thermalLog
}

// observe runs starts first … last−1, from where an interrupted run of them was.
func (t *thermal) observe(ctx context.Context, m *storedSet, first, last int, env Env) (*relaxing, []thermalLog, error) {
	var saved thermalCheckpoint
	if err := load(env, &saved); err != nil {
		return nil, nil, err
	}
	x, logs := t.resumed(m, saved.Checkpoint, env), saved.Logs
	if x == nil {
		x, logs = t.start(m, t.twins(m.Patterns, m.key, first, last), env), make([]thermalLog, last-first)
	}
	x.heatTwins(m.key, first)
	err := x.run(ctx, env, func() error {
		for c := range logs {
			t.note(&logs[c], m.Patterns, x.replicas, first, c)
		}
		if !x.due() {
			return nil
		}
		return save(env, thermalCheckpoint{x.Checkpoint(), logs})
	})
	return x, logs, err
}

// twins returns the starts of replicas 2c and 2c+1, c = 0 … last−first−1.
func (t *thermal) twins(p *model.Patterns, key model.Key, first, last int) (states []model.State) {
	for c, s := range t.starts(p, key, first, last) {
		twin := slices.Clone(s)
		if t.from == "random" {
			key.Sub("start twin", uint64(first+c)).Source().Signs(twin)
		}
		states = append(states, s, twin)
	}
	return states
}

// heatTwins heats replicas 2c and 2c+1, which belong to cue first+c.
func (x *relaxing) heatTwins(key model.Key, first int) {
	streams := make([]model.Key, x.count)
	for r := range streams {
		streams[r] = noise(key, x.temperature, first+r/2, r%2)
	}
	x.Heat(x.glauber(), streams)
	x.heated = true
}

// note appends what start first+c, replicas 2c and 2c+1, shows after a sweep.
func (t *thermal) note(log *thermalLog, p *model.Patterns, x model.Replicas, first, c int) {
	m := make([]int32, t.k)
	for a := range 2 {
		log.Overlap[a] = append(log.Overlap[a], t.overlapOf(p, x.Overlaps(2*c+a, m), first+c))
		if x, ok := x.(model.Energetic); ok {
			log.Energy[a] = append(log.Energy[a], x.Energy(2*c+a))
		}
	}
	dot := 0
	s, twin := x.State(2*c), x.State(2*c+1)
	for i, v := range s {
		dot += int(v * twin[i])
	}
	log.Q = append(log.Q, float64(dot)/float64(t.n))
}

// overlapOf returns the overlap with what start c started from.
func (t *thermal) overlapOf(p *model.Patterns, m []int32, c int) float64 {
	switch t.from {
	case "cue":
		return float64(m[c]) / float64(t.n)
	case "mixture":
		sum, mix := 0, t.mixture(p, c)
		for _, part := range mix {
			sum += int(part.Sign) * int(m[part.Pattern])
		}
		return float64(sum) / float64(t.n*len(mix))
	}
	best, _ := largest(m)
	return float64(max(best, -best)) / float64(t.n)
}

// measure returns the row of a start but for its index.
func (t *thermal) measure(log thermalLog) []any {
	watched := [2][]series{{log.Overlap[0]}, {log.Overlap[1]}}
	energetic := len(log.Energy[0]) > 0
	if energetic {
		watched[0], watched[1] = append(watched[0], log.Energy[0]), append(watched[1], log.Energy[1])
	}
	v := judge(watched)
	var m, e [2]summary
	var m2, m4 float64
	for a := range 2 {
		overlap := log.Overlap[a][v.discarded:]
		m[a] = overlap.summarise()
		if energetic {
			e[a] = log.Energy[a][v.discarded:].summarise()
		}
		m2 += overlap.moment(2) / 2
		m4 += overlap.moment(4) / 2
	}
	q := log.Q[v.discarded:].summarise()
	n, temperature := float64(t.n), t.settings.Float("temperature")
	row := []any{
		(m[0].mean + m[1].mean) / 2, bothErrors(m), (m[0].tau + m[1].tau) / 2,
		q.mean, finite(q.err),
		(e[0].mean + e[1].mean) / 2, bothErrors(e), (e[0].tau + e[1].tau) / 2,
		n * (e[0].variance + e[1].variance) / (2 * float64(temperature*temperature)),
		n * (m[0].variance + m[1].variance) / (2 * temperature),
		m2, m4, 1 - m4/(3*float64(m2*m2)),
	}
	if !energetic {
		row[5], row[6], row[7], row[8] = nil, nil, nil, nil
	}
	return append(append(row, t.escapes(log.Overlap)...), indicator(v.thermalised), int64(v.discarded))
}

// bothErrors is the error of the mean of two independent means.
func bothErrors(s [2]summary) any {
	return finite(math.Sqrt(float64(s[0].err*s[0].err)+float64(s[1].err*s[1].err)) / 2)
}

// finite is the value, or undefined.
func finite(v float64) any {
	if math.IsInf(v, 0) || math.IsNaN(v) {
		return nil
	}
	return v
}

// escapes returns how many of the two replicas have escaped, and after how many
// sweeps in sum.
func (t *thermal) escapes(overlaps [2]series) []any {
	if t.from == "random" {
		return []any{nil, nil}
	}
	limit := float64(t.escape) / float64(t.n)
	escaped, survived := 0, 0
	for _, s := range overlaps {
		at := slices.IndexFunc(s, func(m float64) bool { return m < limit })
		if at < 0 {
			survived += len(s)
			continue
		}
		escaped++
		survived += at + 1
	}
	return []any{int64(escaped), int64(survived)}
}

// replay runs one start again and shows its first replica.
func (t *thermal) replay(ctx context.Context, sample, cue int, env Env) (*Replay, error) {
	m, err := t.store(ctx, sample, env)
	if err != nil {
		return nil, err
	}
	x, logs, err := t.observe(ctx, m, cue, cue+1, env)
	if err != nil {
		return nil, err
	}
	return &Replay{
		Patterns: m.Patterns, Cue: t.starts(m.Patterns, m.key, cue, cue+1)[0], Final: x.replicas.State(0),
		Row: append([]any{int64(cue)}, t.measure(logs[0])...),
	}, nil
}
