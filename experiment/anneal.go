package experiment

import (
	"context"
	"math/big"
	"slices"

	"hopcap/model"
	"hopcap/model/thermal"
	"hopcap/sweep/study"
)

// Annealing cools a network from many starts (see starting), and tells what kind
// of state each of them ends in (Kirkpatrick, Gelatt and Vecchi, Science 220, 671
// (1983)).
//
// The temperature falls from cool_from to cool_to in steps of equal length, at most
// 128 of them, over cooling_sweeps sweeps. Then the network relaxes at T = 0 to a fixed
// point. This fixed point is classified, and sweeps and flips count this last relaxation.
var Annealing = Experiment{
	Kind:    "annealing",
	Keys:    slices.Concat(startKeys("random"), classKeys, coolingKeys),
	Tables:  []study.Table{annealingTrials.study(), captureTable.study()},
	Compile: compileAnnealing,
}

// found reports whether a search for stored patterns was successful.
var found = []column[spuriousOutcome]{
	{name: "found", role: study.Rate, lead: true, axis: "stored pattern found", doc: "1 if the state is a stored pattern or its negative",
		of: zeroOne(func(o *spuriousOutcome) bool { return o.minimum().class.stored() })},
}

var annealingTrials = table[spuriousOutcome]{name: "trials", index: spuriousIndex, columns: slices.Concat(found, spuriousColumns)}

// annealing is the experiment at one grid point.
type annealing struct {
	spurious
	cooling
}

func compileAnnealing(s study.Settings, cues int) (*Trial, []study.Fault) {
	base, faults := newSetup(s)
	start, more := startingOf(s, base.n)
	faults = append(faults, more...)
	if len(faults) == 0 {
		faults = start.check(s, base.n, base.k, cues)
	}
	var cool cooling
	if len(faults) == 0 {
		cool, faults = coolingOf(s, &base)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	t := &annealing{spurious{base, start, classifierOf(&base)}, cool}
	trial := t.trial(cues, float64(cues))
	trial.Cost *= 1 + float64(cool.sweeps)/t.expectedSweeps()
	return recorded(trial, &t.setup, &annealingTrials, t.run, t.replay), nil
}

// run measures starts first … cues−1 on one set of patterns, as Spurious does.
func (t *annealing) run(ctx context.Context, sample, first, cues int, env study.Env) (study.Rows, error) {
	m, err := t.store(ctx, sample, env)
	if err != nil {
		return nil, err
	}
	x, err := t.anneal(ctx, m, 0, cues, env)
	if err != nil {
		return nil, err
	}
	return t.rows(&annealingTrials, m.Patterns, x, first, cues, env), nil
}

// anneal cools starts first … last−1 and lets them relax.
func (t *annealing) anneal(ctx context.Context, m *storedSet, first, last int, env study.Env) (*relaxing, error) {
	warm := t.setup
	warm.dynamics.MaxSweeps = t.sweeps
	x, err := warm.startOrResume(m, t.starts(m.Patterns, m.key, first, last), env)
	if err != nil {
		return nil, err
	}
	t.cool(x, m.key, first)
	err = x.run(ctx, env, func() error {
		t.cool(x, m.key, first)
		if !x.due() {
			return nil
		}
		return x.save(env)
	})
	if err != nil {
		return nil, err
	}
	return x, x.relaxAgain(ctx, &t.setup, m.key, env)
}

// replay runs one start again.
func (t *annealing) replay(ctx context.Context, sample, cue int, env study.Env) (*Replay, error) {
	m, err := t.store(ctx, sample, env)
	if err != nil {
		return nil, err
	}
	x, err := t.anneal(ctx, m, cue, cue+1, env)
	if err != nil {
		return nil, err
	}
	o := t.measure(m.Patterns, x, 0, cue, make([]int32, t.k))
	return &Replay{Patterns: m.Patterns, Cue: t.starts(m.Patterns, m.key, cue, cue+1)[0], Final: x.replicas.State(0), Row: annealingTrials.row(&o)}, nil
}

// coolingKeys are the keys of a schedule.
var coolingKeys = []study.Key{
	{Table: "experiment", Name: "schedule", Type: study.Text, Default: `"linear"`, Allowed: []string{"linear", "geometric"},
		Doc: "linear: equal differences of temperature | geometric: equal ratios"},
	{Table: "experiment", Name: "cool_from", Type: study.Decimal, Default: "1.2", Range: "0.001 … 100", Check: temperatureWithin("cool_from"),
		Doc: "temperature of the first sweeps"},
	{Table: "experiment", Name: "cool_to", Type: study.Decimal, Default: "0.05", Range: "0.001 … 100", Check: temperatureWithin("cool_to"),
		Doc: "temperature of the last sweeps"},
	{Table: "experiment", Name: "cooling_sweeps", Type: study.Int, Default: "1000", Range: "1 … 10^9", Check: study.Between("cooling_sweeps", 1, 1e9),
		Doc: "sweeps made while cooling"},
}

func temperatureWithin(key string) func(study.Settings) bool {
	return func(s study.Settings) bool {
		return s.Rat(key).Cmp(big.NewRat(1, 1000)) >= 0 && study.Within(key, 0, 100)(s)
	}
}

// A cooling is a schedule of temperatures.
type cooling struct {
	sweeps int
	steps  []step
}

// A step is a temperature, with the tables that decide updates at it.
type step struct {
	temperature *big.Rat
	glauber     func() *thermal.Decision
}

// mostSteps bounds the memory of the tables of a schedule.
const mostSteps = 128

// coolingOf reads the schedule of a point.
func coolingOf(s study.Settings, t *setup) (cooling, []study.Fault) {
	from, to := s.Rat("cool_from"), s.Rat("cool_to")
	unit, faults := fieldUnit(t.kind, t.rule, t.n, t.k, "cool_from", from)
	if to.Cmp(from) > 0 {
		faults = append(faults, study.Fault{Key: "cool_to", Value: to.FloatString(4), Allowed: "must be at most cool_from, " + from.FloatString(4)})
	}
	if len(faults) > 0 {
		return cooling{}, faults
	}
	c := cooling{sweeps: int(s.Int("cooling_sweeps"))}
	for _, temperature := range temperaturesOf(s, min(c.sweeps, mostSteps)) {
		c.steps = append(c.steps, step{temperature, glauberAt(rules[s.Text("rule")], unit, temperature)})
	}
	return c, nil
}

// temperaturesOf returns the temperatures of a schedule of so many steps.
func temperaturesOf(s study.Settings, count int) []*big.Rat {
	if s.Text("schedule") == "geometric" {
		return thermal.Geometric(s.Rat("cool_from"), s.Rat("cool_to"), count)
	}
	return thermal.Linear(s.Rat("cool_from"), s.Rat("cool_to"), count)
}

// stepOf returns the step that sweep t belongs to.
func (c *cooling) stepOf(t int) int { return t * len(c.steps) / c.sweeps }

// cool brings the relaxation of starts first … to the temperature of its next
// sweep.
func (c *cooling) cool(x *relaxing, key model.Key, first int) {
	t := x.Sweeps()
	if t == c.sweeps || x.heated && c.stepOf(t) == c.stepOf(t-1) {
		return
	}
	at := c.steps[c.stepOf(t)]
	streams := make([]model.Key, x.count)
	for r := range streams {
		streams[r] = noise(key, at.temperature, first+r)
	}
	x.Heat(at.glauber(), streams)
	x.heated = true
}
