package experiment

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"hopcap/model"
)

// Tempering looks for the ground states of a Hopfield network by parallel tempering
// (see model.Tempering): rungs replicas start at random, at temperatures from
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
					{"found", Int, Rate, nil, "stored pattern found", "1 if the state is a stored pattern or its negative"},
					{"swap_rate", Decimal, Quantity, nil, "swap rate", "fraction of the swaps offered that were made"},
					{"swap_rate_lowest", Decimal, Quantity, nil, "lowest swap rate", "the same of the two neighbours that swapped least"},
				},
				Spurious.Tables[0].Columns),
		},
		{
			Name:  "swaps",
			Index: []string{"cue", "rung"},
			Columns: []Column{
				{"rung_temperature", Decimal, Label, nil, "temperature of the rung", "temperature of the rung, which swaps with the next"},
				{"attempts", Int, Quantity, nil, "swaps offered", "swaps offered"},
				{"rate", Decimal, Quantity, nil, "swap rate", "fraction of them made"},
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
	rungs  int
	ladder func() *model.Ladder // made once, when it is first needed
}

func compileTempering(s Settings, cues int) (*Trial, []Fault) {
	base, faults := newSetup(s)
	if base.memory.kind != hopfield.kind {
		faults = append(faults, Fault{"model.kind", base.memory.kind, `must be "hopfield" for parallel tempering`})
	}
	if base.dynamics.Order == model.Parallel {
		faults = append(faults, Fault{"order", "parallel", "must be one after the other: swaps need the Boltzmann distribution"})
	}
	from, to := s.Rat("cool_from"), s.Rat("cool_to")
	if to.Cmp(from) >= 0 {
		faults = append(faults, Fault{"cool_to", to.FloatString(4), "must be below cool_from, " + from.FloatString(4)})
	}
	if len(faults) == 0 {
		_, faults = fieldUnit(s, base.memory, base.n, base.k, "cool_from", from)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	t := &tempering{spurious{base, starting{}, classifierOf(&base)}, int(s.Int("rungs")), nil}
	t.ladder = sync.OnceValue(func() *model.Ladder {
		net := t.memory.network(s, &model.Patterns{N: t.n, K: t.k}).(model.Hopfield)
		return model.NewLadder(rules[s.Text("rule")], net, temperaturesOf(s, t.rungs))
	})
	trial := t.trial(t.rungs, float64(cues*t.rungs))
	trial.Cost *= float64(t.dynamics.MaxSweeps) / t.expectedSweeps()
	trial.Run, trial.Replay = t.run, t.replay
	return trial, nil
}

// run measures runs first … cues−1 on one set of patterns.
func (t *tempering) run(ctx context.Context, sample, first, cues int, env Env) (Rows, error) {
	p, key := t.draw(sample, env)
	rows := Rows{}
	for c := first; c < cues; c++ {
		_, row, swaps, err := t.search(ctx, p, key, c, env)
		if err != nil {
			return nil, err
		}
		rows["trials"] = append(rows["trials"], row)
		rows["swaps"] = append(rows["swaps"], swaps...)
		env.Progress(float64(c+1-first) / float64(cues-first))
	}
	return rows, nil
}

// search makes run c and returns where it ends, with its rows.
func (t *tempering) search(ctx context.Context, p *model.Patterns, key model.Key, c int, env Env) (end model.State, row []any, swaps [][]any, err error) {
	x, lowest, err := t.temper(ctx, p, key, c, env)
	if err != nil {
		return nil, nil, nil, err
	}
	quench := t.start(p, key.Sub("quench"), []model.State{lowest}, env)
	if err := quench.run(ctx, quiet{env}, nil); err != nil {
		return nil, nil, nil, err
	}
	row, m := t.measure(p, quench, 0, c)
	all, least := rates(x)
	row = slices.Insert(row, 1, any(indicator(m.class.stored())), all, least)
	for k := range x.Attempts {
		temperature, _ := t.ladder().Temperatures[k].Float64()
		swaps = append(swaps, []any{int64(c), int64(k), temperature, int64(x.Attempts[k]), rate(x.Swaps[k], x.Attempts[k])})
	}
	return quench.replicas.State(0), row, swaps, nil
}

// temper makes the sweeps of run c and returns the state of lowest energy.
func (t *tempering) temper(ctx context.Context, p *model.Patterns, key model.Key, c int, env Env) (*model.Tempering, model.State, error) {
	net := t.memory.network(t.settings, p).(model.Hopfield)
	replicas := net.Load(t.origins(key, c), env).(model.Leveled)
	x := model.NewTempering(t.dynamics, t.ladder(), replicas, key, key.Sub("noise tempering", uint64(c)))
	var lowest model.State
	var level int64
	for !x.Done() {
		if err := x.Sweep(ctx); err != nil {
			return nil, nil, err
		}
		for r := range t.rungs {
			if l := replicas.Level(r); lowest == nil || l < level {
				lowest, level = append(lowest[:0], replicas.State(r)...), l
			}
		}
	}
	return x, lowest, nil
}

// origins returns the random starts of run c.
func (t *tempering) origins(key model.Key, c int) []model.State {
	states := make([]model.State, t.rungs)
	for r := range states {
		states[r] = make(model.State, t.n)
		key.Sub("start tempering", uint64(c), uint64(r)).Source().Signs(states[r])
	}
	return states
}

// rates returns the rate of all swaps, and that of the neighbours that swapped
// least.
func rates(x *model.Tempering) (all, least any) {
	attempts, swaps, at := 0, 0, 0
	for k := range x.Attempts {
		attempts, swaps = attempts+x.Attempts[k], swaps+x.Swaps[k]
		if x.Swaps[k]*x.Attempts[at] < x.Swaps[at]*x.Attempts[k] {
			at = k
		}
	}
	return rate(swaps, attempts), rate(x.Swaps[at], x.Attempts[at])
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
	p, key := t.draw(sample, env)
	end, row, _, err := t.search(ctx, p, key, cue, env)
	if err != nil {
		return nil, fmt.Errorf("sample %d, cue %d: %w", sample, cue, err)
	}
	return &Replay{Patterns: p, Cue: t.origins(key, cue)[0], Final: end, Row: row}, nil
}
