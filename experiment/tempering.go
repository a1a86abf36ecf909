package experiment

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"sync"

	"hopcap/model"
	"hopcap/model/thermal"
	"hopcap/sweep/study"
)

// Tempering looks for the ground states of a network by parallel tempering (see
// model.Tempering): rungs replicas start at random, at temperatures from
// cool_from to cool_to, and make max_sweeps sweeps, swapping temperatures as they go.
//
// Of the states of all replicas after all sweeps, the state of lowest energy relaxes at
// T = 0 to a fixed point. This fixed point is classified, and sweeps and flips count this
// relaxation. The rate at which neighbouring temperatures swap is recorded. Where a rate
// is small the ladder is too coarse, and tempering finds no lower states than annealing.
var Tempering = Experiment{
	Kind:    "tempering",
	Keys:    slices.Concat(classKeys, ladderKeys),
	Tables:  []study.Table{temperingTrials.study(), swapsTable.study()},
	Compile: compileTempering,
}

// A temperingOutcome is the final state of one run, and its swaps.
type temperingOutcome struct {
	spuriousOutcome
	descent
}

var temperingTrials = table[temperingOutcome]{
	name:  "trials",
	index: []index[temperingOutcome]{{"cue", func(o *temperingOutcome) int { return o.cue }}},
	columns: slices.Concat(
		lifted(found, spuriousOf),
		[]column[temperingOutcome]{
			{name: "swap_rate", role: study.Quantity, axis: "swap rate", doc: "fraction of the swaps offered that were made",
				of: decimalOrNil(func(o *temperingOutcome) (float64, bool) { return o.rate() })},
			{name: "swap_rate_lowest", role: study.Quantity, axis: "lowest swap rate", doc: "the lowest such fraction of two neighbouring rungs",
				of: decimalOrNil(func(o *temperingOutcome) (float64, bool) { return o.lowestRate() })},
		},
		lifted(spuriousColumns, spuriousOf)),
}

func spuriousOf(o *temperingOutcome) *spuriousOutcome { return &o.spuriousOutcome }

// A swapOutcome counts the swaps between a rung of one run and the next rung.
type swapOutcome struct {
	cue, rung       int
	temperature     float64
	swaps, attempts int
}

var swapsTable = table[swapOutcome]{
	name: "swaps",
	index: []index[swapOutcome]{
		{"cue", func(o *swapOutcome) int { return o.cue }},
		{"rung", func(o *swapOutcome) int { return o.rung }},
	},
	by: "rung",
	columns: []column[swapOutcome]{
		{name: "rung_temperature", role: study.Label, axis: "temperature of the rung", doc: "temperature of the rung, which swaps with the next",
			of: decimal(func(o *swapOutcome) float64 { return o.temperature })},
		{name: "attempts", role: study.Quantity, axis: "swaps offered", doc: "swaps offered",
			of: count(func(o *swapOutcome) int { return o.attempts })},
		{name: "rate", role: study.Quantity, axis: "swap rate", doc: "fraction of them made",
			of: decimalOrNil(func(o *swapOutcome) (float64, bool) { return ratio(o.swaps, o.attempts) })},
	},
}

// ladderKeys are the keys of a ladder.
var ladderKeys = append(slices.Clone(coolingKeys[:3]), study.Key{
	Table: "experiment", Name: "rungs", Type: study.Int, Default: "16", Range: "2 … 1000", Check: study.Between("rungs", 2, 1000), Doc: "temperatures, a replica at each",
})

// tempering is the experiment at one grid point.
type tempering struct {
	spurious
	temperatures []*big.Rat             // of the rungs, falling
	ladder       func() *thermal.Ladder // made once, when it is first needed
}

func compileTempering(s study.Settings, cues int) (*Trial, []study.Fault) {
	base, faults := newSetup(s)
	if base.dynamics.Order == model.Parallel {
		faults = append(faults, study.Fault{Key: "order", Value: "parallel", Allowed: `must be "random" or "typewriter": swaps need the Boltzmann distribution, which parallel updates do not have`})
	}
	if base.kind.Balance != nil {
		faults = append(faults, base.kind.Balance(s)...)
	}
	from, to := s.Rat("cool_from"), s.Rat("cool_to")
	if to.Cmp(from) >= 0 {
		faults = append(faults, study.Fault{Key: "cool_to", Value: to.FloatString(4), Allowed: "must be below cool_from, " + from.FloatString(4)})
	}
	if len(faults) > 0 {
		return nil, faults
	}
	t := &tempering{spurious{base, starting{}, classifierOf(&base)}, temperaturesOf(s, int(s.Int("rungs"))), nil}
	field, energy, fault := t.units()
	if fault != nil {
		return nil, []study.Fault{*fault}
	}
	t.ladder = sync.OnceValue(func() *thermal.Ladder {
		return thermal.NewLadder(rules[s.Text("rule")], field, energy, t.temperatures)
	})
	trial := t.trial(t.rungs(), float64(cues*t.rungs()))
	trial.Cost *= float64(t.dynamics.MaxSweeps) / t.expectedSweeps()
	return recorded(trial, &t.setup, &temperingTrials, t.run, t.replay), nil
}

// units returns the units of fields and of energies, if the memory can be tempered.
func (t *tempering) units() (field, energy *big.Rat, fault *study.Fault) {
	rule, ok := t.rule.(model.Canonical)
	if !ok {
		return nil, nil, &study.Fault{Key: "model.kind", Value: t.kind.Name, Allowed: "must be a memory with integer energies: parallel tempering compares energies exactly"}
	}
	field = rule.FieldUnit(t.n, t.k)
	energy, err := rule.EnergyUnit(t.n, t.k)
	if err != nil {
		return nil, nil, &study.Fault{Key: "N", Value: fmt.Sprint(t.n), Allowed: "must be smaller for parallel tempering: " + err.Error()}
	}
	if err := thermal.CheckLadder(field, energy, t.temperatures); err != nil {
		return nil, nil, &study.Fault{Key: "cool_from", Value: t.temperatures[0].FloatString(4), Allowed: "must be lower, the network smaller or the rungs fewer: " + err.Error()}
	}
	return field, energy, nil
}

func (t *tempering) rungs() int { return len(t.temperatures) }

// A descent holds the swaps of a run and its state of lowest energy so far.
type descent struct {
	Attempts, Swaps []int
	Lowest          model.State // of lowest energy so far
	Level           int64
}

// A temperingCheckpoint is a trial after one of its sweeps.
type temperingCheckpoint struct {
	Done []descent // its runs that are finished
	Now  descent   // the one that is not
	model.TemperingCheckpoint
}

// run measures runs first … cues−1 on one set of patterns.
func (t *tempering) run(ctx context.Context, sample, first, cues int, env study.Env) (study.Rows, error) {
	m, err := t.store(ctx, sample, env)
	if err != nil {
		return nil, err
	}
	descents, err := t.descend(ctx, m, first, cues, env)
	if err != nil {
		return nil, err
	}
	rows := study.Rows{}
	for i, d := range descents {
		_, o, err := t.conclude(ctx, m, first+i, d, env)
		if err != nil {
			return nil, err
		}
		rows["trials"] = append(rows["trials"], temperingTrials.row(&o))
		rows["swaps"] = append(rows["swaps"], swapsTable.rows(t.swaps(&o))...)
	}
	return rows, nil
}

// descend makes runs first … last−1, from where an interrupted trial of them was.
func (t *tempering) descend(ctx context.Context, m *storedSet, first, last int, env study.Env) ([]descent, error) {
	var c temperingCheckpoint
	if err := load(env, &c); err != nil {
		return nil, err
	}
	for len(c.Done) < last-first {
		if err := t.temper(ctx, m, first, last, &c, env); err != nil {
			return nil, err
		}
		c = temperingCheckpoint{Done: append(c.Done, c.Now)}
	}
	return c.Done, nil
}

// temper makes the sweeps of the run after those done, or what is left of them.
func (t *tempering) temper(ctx context.Context, m *storedSet, first, last int, c *temperingCheckpoint, env study.Env) error {
	run := first + len(c.Done)
	x, replicas := t.begin(m, run, c.TemperingCheckpoint, env)
	for !x.Done() {
		if err := x.Sweep(ctx); err != nil {
			return err
		}
		for r := range t.rungs() {
			c.Now.lower(replicas, r)
		}
		made := len(c.Done)*t.dynamics.MaxSweeps + x.Sweeps()
		env.Progress(float64(made) / float64((last-first)*t.dynamics.MaxSweeps))
		if t.due(made, t.rungs()) {
			c.TemperingCheckpoint = x.Checkpoint()
			if err := save(env, *c); err != nil {
				return err
			}
		}
	}
	c.Now.Attempts, c.Now.Swaps = x.Attempts, x.Swaps
	return nil
}

// begin loads the replicas of a run, from random states or from a checkpoint.
func (t *tempering) begin(m *storedSet, run int, c model.TemperingCheckpoint, env study.Env) (*model.Tempering, model.IntegerEnergies) {
	noise := m.key.Sub("noise tempering", uint64(run))
	if c.States == nil {
		replicas := m.network.Start(t.origins(m.key, run), env).(model.IntegerEnergies)
		return model.NewTempering(t.dynamics, t.ladder(), replicas, m.key, noise), replicas
	}
	replicas := m.network.Start(c.States, env).(model.IntegerEnergies)
	return model.ResumeTempering(t.dynamics, t.ladder(), replicas, c, m.key, noise), replicas
}

// lower takes the state of replica r if its energy is the lowest so far.
func (d *descent) lower(x model.IntegerEnergies, r int) {
	if level := x.IntegerEnergy(r); d.Lowest == nil || level < d.Level {
		d.Lowest, d.Level = append(d.Lowest[:0], x.State(r)...), level
	}
}

// conclude lets the state of lowest energy relax and returns where it ends, with the
// outcome of the run.
func (t *tempering) conclude(ctx context.Context, m *storedSet, run int, d descent, env study.Env) (model.State, temperingOutcome, error) {
	quench := t.startOrdered(m, m.key.Sub("quench"), []model.State{d.Lowest}, env)
	if err := quench.run(ctx, quiet{env}, nil); err != nil {
		return nil, temperingOutcome{}, err
	}
	return quench.replicas.State(0), temperingOutcome{t.measure(m.Patterns, quench, 0, run, make([]int32, t.k)), d}, nil
}

// swaps returns the rungs of a run but the last, which has no next.
func (t *tempering) swaps(o *temperingOutcome) []swapOutcome {
	rungs := make([]swapOutcome, len(o.Attempts))
	for k := range rungs {
		temperature, _ := t.temperatures[k].Float64()
		rungs[k] = swapOutcome{o.cue, k, temperature, o.Swaps[k], o.Attempts[k]}
	}
	return rungs
}

// origins returns the random starts of run c.
func (t *tempering) origins(key model.Key, c int) []model.State {
	states := make([]model.State, t.rungs())
	for r := range states {
		states[r] = make(model.State, t.n)
		key.Sub("start tempering", uint64(c), uint64(r)).Source().Signs(states[r])
	}
	return states
}

// rate is the rate of all swaps; false if none was offered.
func (d *descent) rate() (float64, bool) {
	attempts, swaps := 0, 0
	for k := range d.Attempts {
		attempts, swaps = attempts+d.Attempts[k], swaps+d.Swaps[k]
	}
	return ratio(swaps, attempts)
}

// lowestRate is the rate of the two neighbours that swapped least often.
func (d *descent) lowestRate() (float64, bool) {
	at := 0
	for k := range d.Attempts {
		if d.Swaps[k]*d.Attempts[at] < d.Swaps[at]*d.Attempts[k] {
			at = k
		}
	}
	return ratio(d.Swaps[at], d.Attempts[at])
}

// ratio is a quotient; false if it is undefined.
func ratio(part, whole int) (float64, bool) {
	return float64(part) / float64(whole), whole != 0
}

// replay makes one run again; its cue is the start at the highest temperature.
func (t *tempering) replay(ctx context.Context, sample, cue int, env study.Env) (*Replay, error) {
	m, err := t.store(ctx, sample, env)
	if err != nil {
		return nil, err
	}
	descents, err := t.descend(ctx, m, cue, cue+1, env)
	if err != nil {
		return nil, fmt.Errorf("sample %d, cue %d: %w", sample, cue, err)
	}
	end, o, err := t.conclude(ctx, m, cue, descents[0], env)
	if err != nil {
		return nil, err
	}
	return &Replay{Patterns: m.Patterns, Cue: t.origins(m.key, cue)[0], Final: end, Row: temperingTrials.row(&o)}, nil
}
