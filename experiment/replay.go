package experiment

import (
	"context"
	"slices"

	"hopcap/model"
)

// A Replay is one cue of one sample, made again and laid open.
type Replay struct {
	Patterns   *model.Patterns
	Cue, Final model.State
	Row        []any // of the table trials
}

// replay runs one cue again and keeps what a trial throws away.
func (t *retrieval) replay(ctx context.Context, sample, cue int, env Env) (*Replay, error) {
	p, key := t.draw(sample, env)
	states := t.cues(p, key, cue, cue+1)
	out := &Replay{Patterns: p, Cue: slices.Clone(states[0])}
	x := t.start(p, key, states, env)
	x.heat(key, from(cue))
	if err := x.run(ctx, env, nil); err != nil {
		return nil, err
	}
	out.Final = x.replicas.State(0)
	out.Row = t.rows(x, []int{p.Overlap(cue, out.Cue)}, cue)[0]
	return out, nil
}
