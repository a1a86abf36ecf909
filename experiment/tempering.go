package experiment

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"sync"

	"hopcap/model"
)

// Tempering looks for the ground states of a network by parallel tempering (see
// model.Tempering): rungs replicas start at random, at temperatures from
// cool_from to cool_to, and make max_sweeps sweeps, swapping temperatures as they go.
//
// The state of lowest energy that any of them had after a sweep relaxes at T = 0 to a
// fixed point, which is what is classified; sweeps and flips are those of that
// relaxation. How often neighbours swapped is measured: where a rate is small the
// ladder is too coarse, and what is found is no better than by annealing.
var Tempering = Experiment{
	Kind: "tempering",
	Keys: slices.Concat(classKeys, ladderKeys),
	Tables: []Table{
		{
			Name:  "trials",
			Index: []string{"cue"},
			Columns: slices.Concat(
				[]Column{
					{Name: "found", Type: Int, Role: Rate, Report: nil, Axis: "stored pattern found", Doc: "1 if the state is a stored pattern or its negative"},
					{Name: "swap_rate", Type: Decimal, Role: Quantity, Report: nil, Axis: "swap rate", Doc: "fraction of the swaps offered that were made"},
					{Name: "swap_rate_lowest", Type: Decimal, Role: Quantity, Report: nil, Axis: "lowest swap rate", Doc: "the same of the two neighbours that swapped least"},
				},
				Spurious.Tables[0].Columns),
		},
		{
			Name:  "swaps",
			Index: []string{"cue", "rung"},
			By:    "rung",
			Columns: []Column{
				{Name: "rung_temperature", Type: Decimal, Role: Label, Report: nil, Axis: "temperature of the rung", Doc: "temperature of the rung, which swaps with the next"},
				{Name: "attempts", Type: Int, Role: Quantity, Report: nil, Axis: "swaps offered", Doc: "swaps offered"},
				{Name: "rate", Type: Decimal, Role: Quantity, Report: nil, Axis: "swap rate", Doc: "fraction of them made"},
			},
		},
	},
	Compile: compileTempering,
}

// ladderKeys are the keys of a ladder.
var ladderKeys = append(slices.Clone(coolingKeys[:3]), Key{
	Table: "experiment", Name: "rungs", Type: Int, Default: "16", Range: "2 … 1000", Check: between("rungs", 2, 1000), Doc: "temperatures, a replica at each",
})

// tempering is the experiment at one grid point.
type tempering struct {
	spurious
	temperatures []*big.Rat           // of the rungs, falling
	ladder       func() *model.Ladder // made once, when it is first needed
}

func compileTempering(s Settings, cues int) (*Trial, []Fault) {
	base, faults := newSetup(s)
	if base.dynamics.Order == model.Parallel {
		faults = append(faults, Fault{Key: "order", Value: "parallel", Allowed: "must be one after the other: swaps need the Boltzmann distribution"})
	}
	if base.kind.Balance != nil {
		faults = append(faults, base.kind.Balance(s)...)
	}
	from, to := s.Rat("cool_from"), s.Rat("cool_to")
	if to.Cmp(from) >= 0 {
		faults = append(faults, Fault{Key: "cool_to", Value: to.FloatString(4), Allowed: "must be below cool_from, " + from.FloatString(4)})
	}
	if len(faults) > 0 {
		return nil, faults
	}
	t := &tempering{spurious{base, starting{}, classifierOf(&base)}, temperaturesOf(s, int(s.Int("rungs"))), nil}
	field, energy, fault := t.units()
	if fault != nil {
		return nil, []Fault{*fault}
	}
	t.ladder = sync.OnceValue(func() *model.Ladder {
		return model.NewLadder(rules[s.Text("rule")], field, energy, t.temperatures)
	})
	trial := t.trial(t.rungs(), float64(cues*t.rungs()))
	trial.Cost *= float64(t.dynamics.MaxSweeps) / t.expectedSweeps()
	trial.Run, trial.Replay = t.run, t.replay
	return trial, nil
}

// units returns what a field and an energy of one mean, if the memory can be tempered.
func (t *tempering) units() (field, energy *big.Rat, fault *Fault) {
	rule, ok := t.rule.(model.Canonical)
	if !ok {
		return nil, nil, &Fault{Key: "model.kind", Value: t.kind.Name, Allowed: "must be a memory whose energies are integers, which parallel tempering compares"}
	}
	field = rule.FieldUnit(t.n, t.k)
	energy, err := rule.EnergyUnit(t.n, t.k)
	if err != nil {
		return nil, nil, &Fault{Key: "N", Value: fmt.Sprint(t.n), Allowed: "must be smaller for parallel tempering: " + err.Error()}
	}
	if err := model.CheckLadder(field, energy, t.temperatures); err != nil {
		return nil, nil, &Fault{Key: "cool_from", Value: t.temperatures[0].FloatString(4), Allowed: "must be lower, the network smaller or the rungs fewer: " + err.Error()}
	}
	return field, energy, nil
}

func (t *tempering) rungs() int { return len(t.temperatures) }

// A descent is what a run has come to.
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
func (t *tempering) run(ctx context.Context, sample, first, cues int, env Env) (Rows, error) {
	m, err := t.store(ctx, sample, env)
	if err != nil {
		return nil, err
	}
	descents, err := t.descend(ctx, m, first, cues, env)
	if err != nil {
		return nil, err
	}
	rows := Rows{}
	for i, d := range descents {
		_, row, swaps, err := t.conclude(ctx, m, first+i, d, env)
		if err != nil {
			return nil, err
		}
		rows["trials"] = append(rows["trials"], row)
		rows["swaps"] = append(rows["swaps"], swaps...)
	}
	return rows, nil
}

// descend makes runs first … last−1, from where an interrupted trial of them was.
func (t *tempering) descend(ctx context.Context, m *storedSet, first, last int, env Env) ([]descent, error) {
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
func (t *tempering) temper(ctx context.Context, m *storedSet, first, last int, c *temperingCheckpoint, env Env) error {
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
func (t *tempering) begin(m *storedSet, run int, c model.TemperingCheckpoint, env Env) (*model.Tempering, model.IntegerEnergies) {
	noise := m.key.Sub("noise tempering", uint64(run))
	if c.States == nil {
		replicas := m.network.Start(t.origins(m.key, run), env).(model.IntegerEnergies)
		return model.NewTempering(t.dynamics, t.ladder(), replicas, m.key, noise), replicas
	}
	replicas := m.network.Start(c.States, env).(model.IntegerEnergies)
	return t.ladder().Resume(t.dynamics, replicas, c, m.key, noise), replicas
}

// lower takes the state of replica r if its energy is the lowest so far.
func (d *descent) lower(x model.IntegerEnergies, r int) {
	if level := x.IntegerEnergy(r); d.Lowest == nil || level < d.Level {
		d.Lowest, d.Level = append(d.Lowest[:0], x.State(r)...), level
	}
}

// conclude lets the state of lowest energy relax and returns where it ends, with the
// rows of the run.
func (t *tempering) conclude(ctx context.Context, set *storedSet, run int, d descent, env Env) (end model.State, row []any, swaps [][]any, err error) {
	quench := t.startOrdered(set, set.key.Sub("quench"), []model.State{d.Lowest}, env)
	if err := quench.run(ctx, quiet{env}, nil); err != nil {
		return nil, nil, nil, err
	}
	row, m := t.measure(set.Patterns, quench, 0, run, make([]int32, t.k))
	all, least := d.rates()
	row = slices.Insert(row, 1, any(indicator(m.class.stored())), all, least)
	for k := range d.Attempts {
		temperature, _ := t.temperatures[k].Float64()
		swaps = append(swaps, []any{int64(run), int64(k), temperature, int64(d.Attempts[k]), rate(d.Swaps[k], d.Attempts[k])})
	}
	return quench.replicas.State(0), row, swaps, nil
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

// rates returns the rate of all swaps, and that of the neighbours that swapped
// least.
func (d *descent) rates() (all, least any) {
	attempts, swaps, at := 0, 0, 0
	for k := range d.Attempts {
		attempts, swaps = attempts+d.Attempts[k], swaps+d.Swaps[k]
		if d.Swaps[k]*d.Attempts[at] < d.Swaps[at]*d.Attempts[k] {
			at = k
		}
	}
	return rate(swaps, attempts), rate(d.Swaps[at], d.Attempts[at])
}

// rate is a quotient, or undefined.
func rate(part, whole int) any {
	if whole == 0 {
		return nil
	}
	return float64(part) / float64(whole)
}

// replay makes one run again; its cue is the start at the highest temperature.
func (t *tempering) replay(ctx context.Context, sample, cue int, env Env) (*Replay, error) {
	m, err := t.store(ctx, sample, env)
	if err != nil {
		return nil, err
	}
	descents, err := t.descend(ctx, m, cue, cue+1, env)
	if err != nil {
		return nil, fmt.Errorf("sample %d, cue %d: %w", sample, cue, err)
	}
	end, row, _, err := t.conclude(ctx, m, cue, descents[0], env)
	if err != nil {
		return nil, err
	}
	return &Replay{Patterns: m.Patterns, Cue: t.origins(m.key, cue)[0], Final: end, Row: row}, nil
}
