package sweep

import (
	"context"
	"encoding/json"
	"errors"
	"hopcap/sweep/config"
	"hopcap/sweep/store"
	"hopcap/sweep/study"
	"hopcap/sweep/sweeptest"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// TestRoundsGiveTheSameRecords runs one study with a [stop] in many ways.
func TestRoundsGiveTheSameRecords(t *testing.T) {
	reference := t.TempDir()
	mustRun(t, sweeptest.Study(t, sweeptest.Adaptive), Options{Dir: reference, Workers: 1})
	want := exported(t, reference)
	if n := sweeptest.Count(t, database(reference), "rounds"); n < 6 {
		t.Fatalf("only %d rounds of two curves", n)
	}
	whole := func(dir, grid string) { mustRun(t, sweeptest.Study(t, grid), Options{Dir: dir, Workers: 2}) }
	ways := map[string]func(dir string){
		"2 workers":               func(dir string) { whole(dir, sweeptest.Adaptive) },
		"7 workers":               func(dir string) { mustRun(t, sweeptest.Study(t, sweeptest.Adaptive), Options{Dir: dir, Workers: 7}) },
		"stopped again and again": func(dir string) { runInPieces(t, dir, sweeptest.Adaptive) },
		"without a stop before":   func(dir string) { whole(dir, sweeptest.FirstRound); whole(dir, sweeptest.Adaptive) },
		"from fewer samples": func(dir string) {
			whole(dir, strings.Replace(sweeptest.Adaptive, "10", "7", 1))
			whole(dir, sweeptest.Adaptive)
		},
		"from more samples": func(dir string) {
			whole(dir, strings.Replace(sweeptest.Adaptive, "10", "100", 1))
			whole(dir, sweeptest.Adaptive)
		},
		"from fewer cues": func(dir string) {
			whole(dir, strings.Replace(sweeptest.Adaptive, "cues = 2", "cues = 1", 1))
			whole(dir, sweeptest.Adaptive)
		},
		"from another goal": func(dir string) {
			whole(dir, strings.Replace(sweeptest.Adaptive, "0.02", "0.03", 1))
			whole(dir, sweeptest.Adaptive)
		},
		"from a smaller grid": func(dir string) {
			whole(dir, strings.Replace(sweeptest.Adaptive, "0.5, ", "", 1))
			whole(dir, sweeptest.Adaptive)
		},
		"from a larger grid": func(dir string) {
			whole(dir, strings.Replace(sweeptest.Adaptive, "[2, 3]", "[5, 3, 2]", 1))
			whole(dir, sweeptest.Adaptive)
		},
		"three shards": func(dir string) { runShardsToTheEnd(t, dir, 3) },
		"one shard, then the whole": func(dir string) {
			_, _ = Run(context.Background(), sweeptest.Study(t, sweeptest.Adaptive), Options{Dir: dir, Shard: store.Shard{Index: 1, Count: 3}})
			whole(dir, sweeptest.Adaptive)
		},
	}
	for name, run := range ways {
		dir := t.TempDir()
		run(dir)
		if exported(t, dir) != want {
			t.Errorf("%s: other records", name)
		}
		if report := mustRun(t, sweeptest.Study(t, sweeptest.Adaptive), Options{Dir: dir}); report.Units != 0 {
			t.Errorf("%s: %d units were left", name, report.Units)
		}
	}
}

// runInPieces stops the study after some units each time.
func runInPieces(t *testing.T, dir, grid string) {
	t.Helper()
	for pieces := 1; stopWithin(t, dir, grid, 150); pieces++ {
		if pieces == 20 {
			t.Fatal("no end")
		}
	}
}

// stopWithin stops the study after so many units, if it is not done by then.
func stopWithin(t *testing.T, dir, grid string, after int32) (stopped bool) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var units atomic.Int32
	cfg := sweeptest.Replace(sweeptest.Study(t, grid), func(ctx context.Context, p *config.Point, u store.Unit, _ study.Env) (study.Rows, error) {
		switch n := units.Add(1); {
		case n == after:
			cancel()
		case n > after: // the other worker must not run ahead of the stop
			<-ctx.Done()
			return nil, ctx.Err()
		}
		return sweeptest.TossPoint(p, u), nil
	})
	_, err := Run(ctx, cfg, Options{Dir: dir, Workers: 2})
	if err != nil && !errors.Is(err, ErrStopped) {
		t.Fatal(err)
	}
	return err != nil
}

// runShardsToTheEnd merges between rounds, and has the store of the whole go along.
func runShardsToTheEnd(t *testing.T, dir string, n int) {
	t.Helper()
	for round := 1; ; round++ {
		waiting := 0
		for i := range n {
			_, err := Run(context.Background(), sweeptest.Study(t, sweeptest.Adaptive), Options{Dir: dir, Shard: store.Shard{Index: i, Count: n}})
			var missing *MissingCounts
			switch {
			case errors.As(err, &missing):
				if !errors.Is(err, ErrStopped) || missing.Round != round || missing.Units == 0 || !strings.Contains(err.Error(), dir) {
					t.Fatalf("round %d: %v", round, err)
				}
				waiting++
			case err != nil:
				t.Fatal(err)
			}
		}
		mustMerge(t, dir, dir)
		if waiting == 0 {
			break
		}
		if waiting != n {
			t.Fatalf("round %d: %d of %d shards wait", round, waiting, n)
		}
	}
	if err := os.RemoveAll(filepath.Join(dir, "shards")); err != nil {
		t.Fatal(err)
	}
}

// TestRoundsLeaveTheConfig: what rounds allocate is not written into the config, which
// two runs may share. What a shard does, which goes by the config, does not change.
func TestRoundsLeaveTheConfig(t *testing.T) {
	cfg := sweeptest.Study(t, sweeptest.Adaptive)
	for range 2 {
		dir := t.TempDir()
		mustRun(t, cfg, Options{Dir: dir})
		if samples := mustOpen(t, dir).Samples; slices.Max(samples) <= 10 {
			t.Fatalf("no further round: samples %v", samples)
		}
		for _, p := range cfg.Points {
			if p.Samples != 10 {
				t.Errorf("%s: %d samples, the config has 10", p.Name(), p.Samples)
			}
		}
	}
}

// TestShardsStandAlone: the shards' files alone have the rounds, too.
func TestShardsStandAlone(t *testing.T) {
	dir, elsewhere, reference := t.TempDir(), t.TempDir(), t.TempDir()
	mustRun(t, sweeptest.Study(t, sweeptest.Adaptive), Options{Dir: reference})
	for i := range 2 {
		_, _ = Run(context.Background(), sweeptest.Study(t, sweeptest.Adaptive), Options{Dir: dir, Shard: store.Shard{Index: i, Count: 2}})
	}
	mustRun(t, sweeptest.Study(t, sweeptest.Adaptive), Options{Dir: dir}) // the whole is in the main store
	mustRun(t, sweeptest.Study(t, sweeptest.Adaptive), Options{Dir: dir, Shard: store.Shard{Index: 0, Count: 2}})
	mustMerge(t, elsewhere, filepath.Join(dir, "shards"))
	got, want := mustOpen(t, elsewhere), mustOpen(t, reference)
	for i, p := range want.Config.Points {
		if got.Samples[i] != want.Samples[i] {
			t.Errorf("%s: %d samples, want %d", p.Name(), got.Samples[i], want.Samples[i])
		}
	}
	status, err := StatusOf(mustOpen(t, elsewhere).Results)
	if err != nil || status.Complete || status.Done == status.Wanted || status.Curves[0].State != GoingOn {
		t.Errorf("without the units of a shard: %+v, %v", status, err)
	}
}

// TestWithoutTheStop: the rows beyond the config's samples stay in the store, and are
// in no table.
func TestWithoutTheStop(t *testing.T) {
	dir, base := t.TempDir(), t.TempDir()
	mustRun(t, sweeptest.Study(t, sweeptest.Adaptive), Options{Dir: dir})
	rows := sweeptest.Count(t, database(dir), "trials")
	mustRun(t, sweeptest.Study(t, sweeptest.FirstRound), Options{Dir: base})
	if report := mustRun(t, sweeptest.Study(t, sweeptest.FirstRound), Options{Dir: dir}); report.Units != 0 || report.UnitsTotal != 100 {
		t.Errorf("%+v", report)
	}
	if exported(t, dir) != exported(t, base) {
		t.Error("other records than without a [stop]")
	}
	if n := sweeptest.Count(t, database(dir), "trials"); n != rows {
		t.Errorf("%d rows, there were %d", n, rows)
	}
	if s, err := StatusOf(mustOpen(t, dir).Results); err != nil || !s.Complete || s.Done != 100 || s.Wanted != 100 || s.Curves != nil {
		t.Errorf("%+v, %v", s, err)
	}
}

// TestAStoredRoundIsObeyed: whatever would be allocated now.
func TestAStoredRoundIsObeyed(t *testing.T) {
	dir := t.TempDir()
	mustRun(t, sweeptest.Study(t, sweeptest.FirstRound), Options{Dir: dir})
	cfg := sweeptest.Study(t, sweeptest.Adaptive)
	other := t.TempDir()
	mustRun(t, cfg, Options{Dir: other})
	for _, basis := range sweeptest.Texts(t, database(other), "SELECT DISTINCT basis FROM rounds") {
		for round := 2; round <= 3; round++ {
			sweeptest.Exec(t, database(dir), "INSERT INTO rounds VALUES (?, ?, '[11,12,13,14,15]')", basis, round)
		}
	}
	mustRun(t, cfg, Options{Dir: dir})
	estimates, err := mustOpen(t, dir).Estimates()
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range estimates.Points {
		if want := 11 + i%5; p.Samples != want {
			t.Errorf("%s: %d samples, %d were stored", p.Point.Name(), p.Samples, want)
		}
	}
}

// TestARoundIsStoredBeforeItsUnits looks into the store from the trials of a round.
func TestARoundIsStoredBeforeItsUnits(t *testing.T) {
	dir := t.TempDir()
	var looked atomic.Int32
	cfg := sweeptest.Replace(sweeptest.Study(t, sweeptest.Adaptive), func(_ context.Context, p *config.Point, u store.Unit, _ study.Env) (study.Rows, error) {
		if u.Sample%50 == 10 {
			looked.Add(1)
			if !stores(t, dir, u.Sample) {
				t.Errorf("sample %d runs before it is allocated", u.Sample)
			}
		}
		return sweeptest.TossPoint(p, u), nil
	})
	mustRun(t, cfg, Options{Dir: dir, Workers: 2})
	if looked.Load() < 5 {
		t.Error("too few looks")
	}
}

// stores tells whether some stored round has a sample.
func stores(t *testing.T, dir string, sample int) bool {
	for _, text := range sweeptest.Texts(t, database(dir), "SELECT samples FROM rounds") {
		var samples []int
		if err := json.Unmarshal([]byte(text), &samples); err != nil {
			t.Error(err)
		}
		if slices.Max(samples) > sample {
			return true
		}
	}
	return false
}

func TestProgressThroughRounds(t *testing.T) {
	var seen []Progress
	cfg := sweeptest.Study(t, sweeptest.Adaptive)
	report := mustRun(t, cfg, Options{Dir: t.TempDir(), Progress: func(p Progress) { seen = append(seen, p) }})
	last := seen[len(seen)-1]
	if last.Round < 3 || last.Units != last.UnitsTotal || last.UnitsTotal != report.UnitsTotal || last.UnitsTotal <= 100 || last.Left != 0 || math.Abs(last.Cost-last.CostTotal) > 1e-6 {
		t.Errorf("%+v", last)
	}
}

// TestMergeRefusesAnotherRound: two stores cannot have allocated otherwise.
func TestMergeRefusesAnotherRound(t *testing.T) {
	a, b := t.TempDir(), t.TempDir()
	for _, dir := range []string{a, b} {
		mustRun(t, sweeptest.Study(t, sweeptest.Adaptive), Options{Dir: dir})
	}
	sweeptest.Exec(t, database(b), `UPDATE rounds SET samples = '[1,2,3,4,5]' WHERE round = 3`)
	_, err := store.Merge([]string{a, b}, t.TempDir())
	if err == nil || !strings.Contains(err.Error(), "round 3") || !strings.Contains(err.Error(), "[1 2 3 4 5]") {
		t.Error(err)
	}
}

func TestPlanOfRounds(t *testing.T) {
	dir := t.TempDir()
	plan := func() (f *Forecast) {
		synctest.Test(t, func(t *testing.T) {
			cfg := sleepers(t, sweeptest.Adaptive, func(*config.Point) time.Duration { return time.Second })
			var err error
			if f, err = Plan(t.Context(), cfg, Options{Dir: dir, Workers: 2, Memory: 1e9}); err != nil {
				t.Fatal(err)
			}
		})
		return f
	}
	if f := plan(); f.Units != 100 || f.Left != 100 || *f.Rounds != (RoundsForecast{Round: 1, Curves: 2, Open: 2, Unknown: 2}) {
		t.Errorf("without records: %+v, %+v", f, f.Rounds)
	}
	mustRun(t, sweeptest.Study(t, strings.Replace(sweeptest.FirstRound, "10", "40", 1)), Options{Dir: dir})
	f := plan()
	stopWithin(t, dir, sweeptest.Adaptive, 60)
	within := plan()
	mustRun(t, sweeptest.Study(t, sweeptest.Adaptive), Options{Dir: dir})
	done := plan()
	if *done.Rounds != (RoundsForecast{Round: done.Rounds.Round, Curves: 2}) || done.Left != 0 {
		t.Errorf("at the end: %+v, %+v", done, done.Rounds)
	}
	if want := done.Units - 100; f.Left != 0 || f.Rounds.Units < want/2 || f.Rounds.Units > want*2 || f.Rounds.Seconds != float64(f.Rounds.Units)/2 {
		t.Errorf("%+v, %+v; %d units came after the first round", f, f.Rounds, want)
	}
	got := float64(within.Units + within.Rounds.Units)
	if within.Left == 0 || math.Abs(got/float64(done.Units)-1) > 0.2 {
		t.Errorf("within a round: %+v, %+v; %d units were wanted in all", within, within.Rounds, done.Units)
	}
}

// TestStoreWithoutRounds: a store of before there were any is read and goes on.
func TestStoreWithoutRounds(t *testing.T) {
	dir, reference := t.TempDir(), t.TempDir()
	mustRun(t, sweeptest.Study(t, sweeptest.FirstRound), Options{Dir: dir})
	sweeptest.Exec(t, database(dir), "DROP TABLE rounds")
	if s, err := StatusOf(mustOpen(t, dir).Results); err != nil || !s.Complete {
		t.Errorf("%+v, %v", s, err)
	}
	mustMerge(t, dir, dir)
	mustRun(t, sweeptest.Study(t, sweeptest.Adaptive), Options{Dir: dir})
	mustRun(t, sweeptest.Study(t, sweeptest.Adaptive), Options{Dir: reference})
	if exported(t, dir) != exported(t, reference) {
		t.Error("other records")
	}
}
