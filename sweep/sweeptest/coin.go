// Package sweeptest has a small experiment for tests of sweeps, a coin, and looks into
// the databases that they leave behind.
package sweeptest

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"testing"

	"hopcap/sweep/config"
	"hopcap/sweep/store"
	"hopcap/sweep/study"
)

// Coin is a biased coin, tossed as often as there are cues. Its randomness is a hash of
// N, sample and cue, so that points that differ in bias are paired.
func Coin() study.Experiment {
	return study.Experiment{
		Load: study.Load{Setting: "bias", Column: "bias"},
		Keys: []study.Key{
			{Name: "N", Type: study.Int, Range: "at least 2", Check: func(s study.Settings) bool { return s.Int("N") >= 2 }},
			{Table: "model", Name: "bias", Type: study.Decimal, Default: "0.5", Range: "0 … 1",
				Check: func(s study.Settings) bool { return s.Float("bias") >= 0 && s.Float("bias") <= 1 }},
		},
		Tables: []study.Table{
			{Name: "trials", Index: []string{"cue"}, Columns: []study.Column{
				{Name: "height", Type: study.Decimal, Role: study.Quantity},
				{Name: "heads", Type: study.Bool, Role: study.Rate},
				{Name: "turns", Type: study.Int, Role: study.Quantity},
				{Name: "stop", Type: study.Text, Role: study.Category, Report: []string{"edge"}},
				{Name: "echo", Type: study.Decimal, Role: study.Threshold},
			}},
			{Name: "bounces", Index: []string{"cue", "bounce"}, By: "bounce", Lasts: true,
				Columns: []study.Column{{Name: "loudness", Type: study.Int, Role: study.Quantity}}},
		},
		Compile: func(s study.Settings, _ int) (*study.Task, []study.Fault) {
			n, bias := s.Int("N"), s.Float("bias")
			return &study.Task{
				Identity: []study.Setting{{Name: "N", Value: n}},
				Bytes:    n, Cost: float64(n),
				Run: func(ctx context.Context, sample, first, cues int, _ study.Env) (study.Rows, error) {
					return TossAll(n, bias, sample, first, cues), ctx.Err()
				},
			}, nil
		},
	}
}

// TossAll are the records of one sample.
func TossAll(n int64, bias float64, sample, first, cues int) study.Rows {
	rows := study.Rows{}
	for cue := first; cue < cues; cue++ {
		x := Toss(n, sample, cue)
		rows["trials"] = append(rows["trials"], Row(x, bias, cue))
		for bounce := range int64(x * 3) {
			rows["bounces"] = append(rows["bounces"], []any{int64(cue), bounce, 3 - bounce})
		}
	}
	return rows
}

// Toss is a number in [0, 1).
func Toss(n int64, sample, cue int) float64 {
	h := sha256.Sum256(fmt.Appendf(nil, "%d %d %d", n, sample, cue))
	return float64(binary.LittleEndian.Uint64(h[:])>>11) / (1 << 53)
}

// Row is the record of a toss.
func Row(x, bias float64, cue int) []any {
	var echo any
	if x > 0.5 {
		echo = 2 * x
	}
	stop := "flat"
	if x > 0.99 {
		stop = "edge"
	}
	return []any{int64(cue), x, x < bias, int64(x * 100), stop, echo}
}

// Grid is the [sweep] of a study of 66 units.
const Grid = "N = [2, 3, 5]\nbias = [0.2, 0.8]\nsamples = 11\ncues = 2"

// A study with a [stop]. Half of the tosses are heads at a bias of ½, which is found to
// within an error.
const (
	FirstRound = "N = [2, 3]\nbias = [0.2, 0.35, 0.5, 0.65, 0.8]\nsamples = 10\ncues = 2\n"
	Stop       = "[stop]\nquantity = \"heads\"\nthreshold_error = 0.02\n"
	Adaptive   = FirstRound + Stop
)

// Study is a study of coins; grid is what its [sweep] has.
func Study(t testing.TB, grid string) *config.Config {
	t.Helper()
	cfg, err := Parse("coins.toml", []byte("seed = 1\n[sweep]\n"+grid))
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

// Parse reads the config of a study of coins.
func Parse(file string, source []byte) (*config.Config, error) {
	return config.Parse(file, source, Coin())
}

// A Trial is what a point does with a unit.
type Trial func(ctx context.Context, p *config.Point, u store.Unit, env study.Env) (study.Rows, error)

// Replace has every point run f instead.
func Replace(cfg *config.Config, f Trial) *config.Config {
	for _, p := range cfg.Points {
		p.Run = func(ctx context.Context, sample, first, cues int, env study.Env) (study.Rows, error) {
			return f(ctx, p, store.Unit{Sample: sample, First: first, Cues: cues}, env)
		}
	}
	return cfg
}

// TossPoint is what the unreplaced trial does.
func TossPoint(p *config.Point, u store.Unit) study.Rows {
	return TossAll(p.Settings.Int("N"), p.Settings.Float("bias"), u.Sample, u.First, u.Cues)
}
