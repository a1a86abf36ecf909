package experiment

import (
	"context"
	"errors"
	"fmt"

	"hopcap/model"
	"hopcap/sweep/study"
)

// notStored reports whether err says that a pattern set could not be stored. This is a
// result and no failure: the rows of the set have stop = not_stored, and every other
// column is undefined.
func notStored(err error) bool {
	if err == nil {
		return false
	}
	var why *model.NotStored
	return errors.As(err, &why)
}

// unstored returns the rows of a pattern set that could not be stored, one for each of
// the cues first … cues−1. The table must have one index.
func (t *table[O]) unstored(first, cues int) [][]any {
	if len(t.index) != 1 {
		panic(fmt.Sprintf("experiment: table %s has %d indices", t.name, len(t.index)))
	}
	rows := make([][]any, 0, cues-first)
	for cue := first; cue < cues; cue++ {
		row := make([]any, 1+len(t.columns))
		row[0] = int64(cue)
		for i, c := range t.columns {
			if c.name == "stop" {
				row[1+i] = "not_stored"
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// recorded completes a trial with run and replay, whose records are the table trials. If
// run or replay finds that a pattern set could not be stored, this is recorded.
func recorded[O any](trial *Trial, t *setup, trials *table[O],
	run func(ctx context.Context, sample, first, cues int, env study.Env) (study.Rows, error),
	replay func(ctx context.Context, sample, cue int, env study.Env) (*Replay, error),
) *Trial {
	trial.Run = func(ctx context.Context, sample, first, cues int, env study.Env) (study.Rows, error) {
		rows, err := run(ctx, sample, first, cues, env)
		if notStored(err) {
			return study.Rows{trials.name: trials.unstored(first, cues)}, nil
		}
		return rows, err
	}
	trial.Replay = func(ctx context.Context, sample, cue int, env study.Env) (*Replay, error) {
		out, err := replay(ctx, sample, cue, env)
		if notStored(err) {
			p, _ := t.draw(sample, env)
			return &Replay{Patterns: p, Row: trials.unstored(cue, cue+1)[0]}, nil
		}
		return out, err
	}
	return trial
}
