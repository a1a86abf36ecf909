package sweep

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"testing"
)

// A coin is the experiment of these tests: a biased coin, tossed as often as
// there are cues. Its randomness is a hash of seed, N, sample and cue, so that
// points that differ in bias are paired.
func coin() Experiment {
	return Experiment{
		Load: Load{Setting: "bias", Column: "bias"},
		Keys: []Key{
			{Name: "N", Type: Int, Range: "at least 2", Check: func(s Settings) bool { return s.Int("N") >= 2 }},
			{Table: "model", Name: "bias", Type: Decimal, Default: "0.5", Range: "0 … 1", Check: between("bias", 0, 1)},
		},
		Tables: []Table{
			{Name: "trials", Index: []string{"cue"}, Columns: []Column{
				{Name: "height", Type: Decimal, Role: Quantity},
				{Name: "heads", Type: Bool, Role: Rate},
				{Name: "turns", Type: Int, Role: Quantity},
				{Name: "stop", Type: Text, Role: Category, Report: []string{"edge"}},
				{Name: "echo", Type: Decimal, Role: Threshold},
			}},
			{Name: "bounces", Index: []string{"cue", "bounce"}, By: "bounce", Lasts: true,
				Columns: []Column{{Name: "loudness", Type: Int, Role: Quantity}}},
		},
		Compile: func(s Settings, _ int) (*Task, []Fault) {
			n, bias := s.Int("N"), s.Float("bias")
			return &Task{
				Identity: []Setting{{Name: "N", Value: n}},
				Bytes:    n, Cost: float64(n),
				Run: func(ctx context.Context, sample, first, cues int, _ Env) (Rows, error) {
					return tossAll(n, bias, sample, first, cues), ctx.Err()
				},
			}, nil
		},
	}
}

func tossAll(n int64, bias float64, sample, first, cues int) Rows {
	rows := Rows{}
	for cue := first; cue < cues; cue++ {
		x := toss(n, sample, cue)
		rows["trials"] = append(rows["trials"], coinRow(x, bias, cue))
		for bounce := range int64(x * 3) {
			rows["bounces"] = append(rows["bounces"], []any{int64(cue), bounce, 3 - bounce})
		}
	}
	return rows
}

// toss is a number in [0, 1).
func toss(n int64, sample, cue int) float64 {
	h := sha256.Sum256(fmt.Appendf(nil, "%d %d %d", n, sample, cue))
	return float64(binary.LittleEndian.Uint64(h[:])>>11) / (1 << 53)
}

func coinRow(x, bias float64, cue int) []any {
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

// coins is a study of coins.
func coins(t testing.TB, sweep string) *Config {
	t.Helper()
	cfg, err := parseCoins("coins.toml", []byte("seed = 1\n[sweep]\n"+sweep))
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

func parseCoins(file string, source []byte) (*Config, error) { return Parse(file, source, coin()) }

func mustRun(t testing.TB, cfg *Config, opt Options) Report {
	t.Helper()
	report, err := Run(context.Background(), cfg, opt)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func mustOpen(t testing.TB, dir string) *Results {
	t.Helper()
	r, err := Open(dir, parseCoins)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func mustOpenStudy(t testing.TB, dir string) *StudyResults {
	t.Helper()
	r, err := OpenStudy(dir, parseCoins)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// exported is everything that can be exported from a directory.
func exported(t testing.TB, dir string) string {
	t.Helper()
	var b bytes.Buffer
	for _, table := range []string{"trials", "bounces", "estimates", "bounces_estimates"} {
		if err := Export(&b, mustOpenStudy(t, dir), table, "csv"); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// replace has every point run f instead, which is told its own point.
func replace(cfg *Config, f func(ctx context.Context, p *Point, u Unit, env Env) (Rows, error)) *Config {
	for _, p := range cfg.Points {
		p.Run = func(ctx context.Context, sample, first, cues int, env Env) (Rows, error) {
			return f(ctx, p, Unit{Sample: sample, First: first, Cues: cues}, env)
		}
	}
	return cfg
}

// tossPoint is what the unreplaced trial does.
func tossPoint(p *Point, u Unit) Rows {
	return tossAll(p.Settings.Int("N"), p.Settings.Float("bias"), u.Sample, u.First, u.Cues)
}
