package sweep

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"testing"
)

// A coin is the experiment of these tests: a biased coin, tossed as often as
// there are cues. Its randomness is a hash of seed, N, sample and cue, so that
// points that differ in bias are paired.
func coin() Experiment {
	return Experiment{
		Keys: []Key{
			{Name: "N", Kind: Int, Range: "at least 2", Check: func(s Settings) bool { return s.Int("N") >= 2 }},
			{Table: "model", Name: "bias", Kind: Decimal, Default: "0.5", Range: "0 … 1", Check: between("bias", 0, 1)},
		},
		Tables: []Table{
			{Name: "trials", Index: []string{"cue"}, Columns: []Column{
				{Name: "height", Kind: Decimal, Role: Quantity},
				{Name: "heads", Kind: Bool, Role: Rate},
				{Name: "turns", Kind: Int, Role: Quantity},
				{Name: "stop", Kind: Text, Role: Category, Report: []string{"edge"}},
				{Name: "echo", Kind: Decimal, Role: Quantity},
			}},
			{Name: "bounces", Index: []string{"cue", "bounce"}, Columns: []Column{{Name: "loudness", Kind: Int}}},
		},
		Compile: func(s Settings, cues int) (*Task, []Fault) {
			n, bias := s.Int("N"), s.Float("bias")
			return &Task{
				Identity: []Setting{{"N", n}},
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

func mustRun(t *testing.T, cfg *Config, opt Options) Report {
	t.Helper()
	report, err := Run(context.Background(), cfg, opt)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestRunDoesEveryUnitOnce(t *testing.T) {
	dir := t.TempDir()
	cfg := coins(t, "N = 2\nbias = [0.2, 0.8]\nsamples = 7\ncues = 3")
	report := mustRun(t, cfg, Options{Dir: dir, Workers: 3})
	if report.Units != 14 || report.UnitsDone != 14 || report.UnitsTotal != 14 || report.Rows < 42 {
		t.Errorf("first run: %+v", report)
	}
	report = mustRun(t, cfg, Options{Dir: dir})
	if report.Units != 0 || report.UnitsDone != 14 || report.Rows != 0 {
		t.Errorf("second run: %+v", report)
	}
	results, err := Open(dir, parseCoins)
	if err != nil {
		t.Fatal(err)
	}
	records, err := results.Records("trials")
	if err != nil {
		t.Fatal(err)
	}
	if records.Len() != 42 {
		t.Fatalf("%d records", records.Len())
	}
	heights := records.Column("height")
	for row := range records.Len() {
		p := records.Points[records.Point[row]]
		want := toss(p.Settings.Int("N"), int(records.Sample[row]), int(records.Index[0][row]))
		if heights.Floats[row] != want {
			t.Errorf("row %d: height %v, want %v", row, heights.Floats[row], want)
		}
	}
}

func TestRunRefuses(t *testing.T) {
	dir := t.TempDir()
	cfg := coins(t, "N = 2\nsamples = 2\ncues = 1")
	mustRun(t, cfg, Options{Dir: dir, Version: "1"})
	var refusal *Refusal
	if _, err := Run(context.Background(), cfg, Options{Dir: dir, Version: "2"}); !errors.As(err, &refusal) {
		t.Errorf("another version of the physics: %v", err)
	}
}
