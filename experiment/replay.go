package experiment

import (
	"context"
	"math"
	"slices"

	"hopcap/model"
	"hopcap/sweep/study"
)

// A Replay is one cue of one sample, run again, with everything that a record leaves out.
type Replay struct {
	Patterns   *model.Patterns
	Pattern    int         // the one that the states are compared with
	Cue, Final model.State // nil where there is none, as of a pattern set not stored
	Row        []any       // of the table trials
	Frames     []Frame
	// Of an enumeration, which has no cue: all minima, the lowest first, and all its
	// rows.
	Minima []model.State
	More   study.Rows
}

// A Frame is the state of a replay after sweep 0 … 16, 32, 64, …
type Frame struct {
	Sweeps int
	State  model.State
	Energy float64 // per neuron, NaN if the network has none
}

// film keeps the cue as the first frame of replica 0. It returns a function that keeps
// further frames; a run calls it after each sweep.
func (out *Replay) film(x *relaxing) func() error {
	shoot := func() {
		if n := x.Sweeps(); n <= 16 || n&(n-1) == 0 {
			energy, ok := energyOf(x.replicas, 0).value()
			if !ok {
				energy = math.NaN()
			}
			out.Frames = append(out.Frames, Frame{n, slices.Clone(x.replicas.State(0)), energy})
		}
	}
	shoot()
	return func() error { shoot(); return nil }
}

// replay runs one cue again and keeps what a trial throws away.
func (t *retrieval) replay(ctx context.Context, sample, cue int, env study.Env) (*Replay, error) {
	m, err := t.store(ctx, sample, env)
	if err != nil {
		return nil, err
	}
	states := t.cues(m.Patterns, m.key, cue, cue+1)
	out := &Replay{Patterns: m.Patterns, Pattern: cue, Cue: slices.Clone(states[0])}
	outcomes := t.outcomes(m.Patterns, states, cue)
	x := t.start(m, states, env)
	x.heat(m.key, from(cue))
	if err := x.run(ctx, env, out.film(x)); err != nil {
		return nil, err
	}
	out.Final = x.replicas.State(0)
	t.measure(x, outcomes)
	out.Row = retrievalTrials.row(&outcomes[0])
	return out, nil
}
