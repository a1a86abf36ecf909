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
	key := t.patterns.Sub("sample", uint64(sample))
	out := &Replay{Patterns: model.NewPatterns(t.n, t.k)}
	out.Patterns.Draw(key, env)
	x, err := t.start(out.Patterns, key, cue, cue+1, env)
	if err != nil {
		return nil, err
	}
	out.Cue = slices.Clone(x.replicas.State(0))
	if err := x.relax(ctx, t, env); err != nil {
		return nil, err
	}
	out.Final = x.replicas.State(0)
	out.Row = x.rows(t, cue)[0]
	return out, nil
}
