package experiment

import (
	"context"
	"fmt"
	"math"
	"slices"

	"hopcap/model"
	"hopcap/sweep/study"
)

// Thermal measures a network in thermal equilibrium, or in a metastable state as
// long as it lasts.
//
// Runs start on a stored pattern, where retrieval states are, unless start says otherwise.
// Each start is run by two replicas, with the same patterns and with noise of their own,
// for max_sweeps sweeps at T > 0. With start = "random" the two start in independent
// states. After every sweep their overlaps, their energies and the overlap q between them
// are recorded. These series decide whether the run is stationary, and from which sweep
// on (see judge). The averages leave out the sweeps before, and are over both replicas.
// Runs that are not thermalised are averaged too, and counted.
//
// overlap is the overlap with the cued pattern. From a mixture it is the mean overlap with
// the patterns of the mixture, each with its sign. From a random start it is the largest
// overlap with any pattern.
//
// An error in a record is the error within one run, from bins. An error in an estimate is
// over pattern sets, and contains the errors within runs.
var Thermal = Experiment{
	Kind: "thermal",
	Keys: slices.Concat(startKeys("cue"), []study.Key{
		fraction("escape_at", "0.5", "overlap below which a run has escaped from the state that it started in"),
	}),
	Tables:  []study.Table{thermalTrials.study()},
	Compile: compileThermal,
}

// A thermalOutcome holds averages over the two replicas of a start and over the sweeps
// that are not discarded.
type thermalOutcome struct {
	cue int

	overlap, overlapError, overlapTau float64
	q, qError                         float64
	susceptibility                    float64
	overlap2, overlap4                float64 // ⟨m²⟩ and ⟨m⁴⟩

	energetic           bool    // the network has an energy
	energy, energyError float64 // per neuron
	energyTau           float64
	specificHeat        float64

	escapable         bool // a random start has nothing to escape from
	escapes, survived int

	verdict
}

var thermalTrials = table[thermalOutcome]{
	name:  "trials",
	index: []index[thermalOutcome]{{"cue", func(o *thermalOutcome) int { return o.cue }}},
	columns: []column[thermalOutcome]{
		{name: "overlap", role: study.Quantity, lead: true, axis: "overlap $m$", doc: "mean overlap with what the run started from",
			of: decimal(func(o *thermalOutcome) float64 { return o.overlap })},
		{name: "overlap_error", role: study.Quantity, axis: "error of $m$", doc: "standard error of overlap within the run; empty if the run has fewer than two bins",
			of: decimalOrNil(func(o *thermalOutcome) (float64, bool) { return finiteIf(true, o.overlapError) })},
		{name: "overlap_tau", role: study.Quantity, axis: "autocorrelation time of $m$", doc: "integrated autocorrelation time of the overlap, sweeps",
			of: decimal(func(o *thermalOutcome) float64 { return o.overlapTau })},
		{name: "q", role: study.Quantity, lead: true, axis: "overlap $q$ of replicas", doc: "mean overlap (1/N) Σ s_i s'_i of the two replicas",
			of: decimal(func(o *thermalOutcome) float64 { return o.q })},
		{name: "q_error", role: study.Quantity, axis: "error of $q$", doc: "standard error of q within the run",
			of: decimalOrNil(func(o *thermalOutcome) (float64, bool) { return finiteIf(true, o.qError) })},
		{name: "energy", role: study.Quantity, lead: true, axis: "energy per neuron $E/N$", doc: "mean energy per neuron",
			of: decimalOrNil(func(o *thermalOutcome) (float64, bool) { return o.energy, o.energetic })},
		{name: "energy_error", role: study.Quantity, axis: "error of $E/N$", doc: "standard error of energy within the run",
			of: decimalOrNil(func(o *thermalOutcome) (float64, bool) { return finiteIf(o.energetic, o.energyError) })},
		{name: "energy_tau", role: study.Quantity, axis: "autocorrelation time of $E$", doc: "integrated autocorrelation time of the energy, sweeps",
			of: decimalOrNil(func(o *thermalOutcome) (float64, bool) { return o.energyTau, o.energetic })},
		{name: "specific_heat", role: study.Quantity, axis: "specific heat $c$", doc: "N (⟨e²⟩ − ⟨e⟩²)/T² with e the energy per neuron",
			of: decimalOrNil(func(o *thermalOutcome) (float64, bool) { return o.specificHeat, o.energetic })},
		{name: "susceptibility", role: study.Quantity, axis: "susceptibility $\\chi$", doc: "N (⟨m²⟩ − ⟨m⟩²)/T",
			of: decimal(func(o *thermalOutcome) float64 { return o.susceptibility })},
		{name: "overlap_2", role: study.Quantity, axis: "$m^2$", doc: "⟨m²⟩",
			of: decimal(func(o *thermalOutcome) float64 { return o.overlap2 })},
		{name: "overlap_4", role: study.Quantity, axis: "$m^4$", doc: "⟨m⁴⟩",
			of: decimal(func(o *thermalOutcome) float64 { return o.overlap4 })},
		{name: "binder", role: study.Quantity, axis: "Binder ratio", doc: "1 − ⟨m⁴⟩/(3⟨m²⟩²)",
			of: decimal(func(o *thermalOutcome) float64 { return 1 - o.overlap4/(3*float64(o.overlap2*o.overlap2)) })},
		{name: "escapes", role: study.Quantity, axis: "escapes", doc: "how many of the two replicas came below escape_at: escapes/2 in a figure, with a label, is the probability of an escape; empty for random starts",
			of: countOrNil(func(o *thermalOutcome) (int, bool) { return o.escapes, o.escapable })},
		{name: "survived", role: study.Quantity, axis: "sweeps survived", doc: "sweeps until the escape, or of the whole run without one, summed over the two replicas; survived/escapes estimates the escape time",
			of: countOrNil(func(o *thermalOutcome) (int, bool) { return o.survived, o.escapable })},
		{name: "thermalised", role: study.Rate, axis: "thermalised", doc: "1 if the run is judged stationary after the discarded sweeps",
			of: zeroOne(func(o *thermalOutcome) bool { return o.thermalised })},
		{name: "discarded", role: study.Quantity, axis: "sweeps discarded", doc: "sweeps at the beginning that the averages leave out",
			of: count(func(o *thermalOutcome) int { return o.discarded })},
	},
}

// thermalTrial is the experiment at one grid point.
type thermalTrial struct {
	setup
	starting
	escape int // M below which a run has escaped
}

// fewestSweeps is the length of the shortest run that can be judged.
const fewestSweeps = 64

func compileThermal(s study.Settings, cues int) (*Trial, []study.Fault) {
	base, faults := newThermalSetup(s)
	start, more := startingOf(s, base.n)
	faults = append(faults, more...)
	if s.Rat("temperature").Sign() == 0 {
		faults = append(faults, study.Fault{Key: "temperature", Value: "0", Allowed: "must be greater than 0 in this experiment"})
	}
	if base.dynamics.MaxSweeps < fewestSweeps {
		faults = append(faults, study.Fault{Key: "max_sweeps", Value: fmt.Sprint(base.dynamics.MaxSweeps), Allowed: fmt.Sprintf("must be at least %d: fewer sweeps cannot show whether a run is stationary", fewestSweeps)})
	}
	if len(faults) == 0 {
		faults = start.check(s, base.n, base.k, cues)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	t := &thermalTrial{base, start, base.threshold("escape_at")}
	trial := t.trial(2*cues, float64(2*cues))
	trial.Bytes += int64(cues) * int64(base.dynamics.MaxSweeps) * 8 * 5
	return recorded(trial, &t.setup, &thermalTrials, t.run, t.replay), nil
}

// run measures starts first … cues−1 of one set, all of them in one pass.
func (t *thermalTrial) run(ctx context.Context, sample, first, cues int, env study.Env) (study.Rows, error) {
	m, err := t.store(ctx, sample, env)
	if err != nil {
		return nil, err
	}
	_, logs, err := t.observe(ctx, m, first, cues, env)
	if err != nil {
		return nil, err
	}
	outcomes := make([]thermalOutcome, len(logs))
	env.Do(len(logs), func(c int) { outcomes[c] = t.measure(first+c, logs[c]) })
	return study.Rows{"trials": thermalTrials.rows(outcomes)}, nil
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
func (t *thermalTrial) observe(ctx context.Context, m *storedSet, first, last int, env study.Env) (*relaxing, []thermalLog, error) {
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
func (t *thermalTrial) twins(p *model.Patterns, key model.Key, first, last int) (states []model.State) {
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
func (t *thermalTrial) note(log *thermalLog, p *model.Patterns, x model.Replicas, first, c int) {
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
func (t *thermalTrial) overlapOf(p *model.Patterns, m []int32, c int) float64 {
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

// measure returns the outcome of a start.
func (t *thermalTrial) measure(cue int, log thermalLog) thermalOutcome {
	watched := [2][]series{{log.Overlap[0]}, {log.Overlap[1]}}
	energetic := len(log.Energy[0]) > 0
	if energetic {
		watched[0], watched[1] = append(watched[0], log.Energy[0]), append(watched[1], log.Energy[1])
	}
	v := judge(watched)
	o := thermalOutcome{cue: cue, verdict: v, energetic: energetic}
	var m, e [2]summary
	for a := range 2 {
		overlap := log.Overlap[a][v.discarded:]
		m[a] = overlap.summarise()
		if energetic {
			e[a] = log.Energy[a][v.discarded:].summarise()
		}
		o.overlap2 += overlap.moment(2) / 2
		o.overlap4 += overlap.moment(4) / 2
	}
	q := log.Q[v.discarded:].summarise()
	o.q, o.qError = q.mean, q.err
	o.overlap, o.overlapError, o.overlapTau = (m[0].mean+m[1].mean)/2, bothErrors(m), (m[0].tau+m[1].tau)/2
	o.energy, o.energyError, o.energyTau = (e[0].mean+e[1].mean)/2, bothErrors(e), (e[0].tau+e[1].tau)/2
	n, temperature := float64(t.n), t.settings.Float("temperature")
	o.specificHeat = n * (e[0].variance + e[1].variance) / (2 * float64(temperature*temperature))
	o.susceptibility = n * (m[0].variance + m[1].variance) / (2 * temperature)
	if o.escapable = t.from != "random"; o.escapable {
		o.escapes, o.survived = t.escapes(log.Overlap)
	}
	return o
}

// bothErrors is the error of the mean of two independent means.
func bothErrors(s [2]summary) float64 {
	return math.Sqrt(float64(s[0].err*s[0].err)+float64(s[1].err*s[1].err)) / 2
}

// finiteIf is a value that is undefined also where it is infinite or no number.
func finiteIf(defined bool, v float64) (float64, bool) {
	return v, defined && !math.IsInf(v, 0) && !math.IsNaN(v)
}

// escapes returns how many of the two replicas have escaped, and after how many
// sweeps in sum.
func (t *thermalTrial) escapes(overlaps [2]series) (escaped, survived int) {
	limit := float64(t.escape) / float64(t.n)
	for _, s := range overlaps {
		at := slices.IndexFunc(s, func(m float64) bool { return m < limit })
		if at < 0 {
			survived += len(s)
			continue
		}
		escaped++
		survived += at + 1
	}
	return escaped, survived
}

// replay runs one start again and shows its first replica.
func (t *thermalTrial) replay(ctx context.Context, sample, cue int, env study.Env) (*Replay, error) {
	m, err := t.store(ctx, sample, env)
	if err != nil {
		return nil, err
	}
	x, logs, err := t.observe(ctx, m, cue, cue+1, env)
	if err != nil {
		return nil, err
	}
	o := t.measure(cue, logs[0])
	return &Replay{
		Patterns: m.Patterns, Cue: t.starts(m.Patterns, m.key, cue, cue+1)[0], Final: x.replicas.State(0), Row: thermalTrials.row(&o),
	}, nil
}
