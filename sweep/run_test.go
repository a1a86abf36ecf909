package sweep

import (
	"context"
	"database/sql/driver"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

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
	records, err := mustOpen(t, dir).Records("trials")
	if err != nil {
		t.Fatal(err)
	}
	if records.Len() != 42 {
		t.Fatalf("%d records", records.Len())
	}
	for row := range records.Len() {
		n := records.Points[records.Point[row]].Settings.Int("N")
		want := toss(n, int(records.Sample[row]), int(records.Index[0][row]))
		if got := records.Column("height").Floats[row]; got != want {
			t.Errorf("row %d: height %v, want %v", row, got, want)
		}
	}
}

const coinStudy = "N = [2, 3, 5]\nbias = [0.2, 0.8]\nsamples = 11\ncues = 2"

// TestSameRecords runs one study in many ways.
func TestSameRecords(t *testing.T) {
	reference := t.TempDir()
	mustRun(t, coins(t, coinStudy), Options{Dir: reference, Workers: 1})
	want := exported(t, reference)
	if lines := strings.Count(want, "\n"); lines < 6*11*2 {
		t.Fatalf("an export of %d lines", lines)
	}
	ways := map[string]func(dir string){
		"2 workers": func(dir string) { mustRun(t, coins(t, coinStudy), Options{Dir: dir, Workers: 2}) },
		"7 workers": func(dir string) { mustRun(t, coins(t, coinStudy), Options{Dir: dir, Workers: 7}) },
		"grown in samples, cues and points": func(dir string) {
			mustRun(t, coins(t, "N = 3\nbias = [0.2, 0.8]\nsamples = 4\ncues = 1"), Options{Dir: dir})
			mustRun(t, coins(t, coinStudy), Options{Dir: dir})
		},
		"shrunk": func(dir string) {
			mustRun(t, coins(t, "N = [5, 3, 2, 7]\nbias = [0.8, 0.3, 0.2]\nsamples = 13\ncues = 3"), Options{Dir: dir})
			if report := mustRun(t, coins(t, coinStudy), Options{Dir: dir}); report.Units != 0 {
				t.Errorf("shrunk: %d units done again", report.Units)
			}
		},
		"three shards": func(dir string) { runShards(t, dir, 3) },
		"three shards, merged": func(dir string) {
			runShards(t, dir, 3)
			mustMerge(t, dir, dir)
			if err := os.RemoveAll(filepath.Join(dir, "shards")); err != nil {
				t.Fatal(err)
			}
		},
		"one of two shards, then the whole": func(dir string) {
			half := mustRun(t, coins(t, coinStudy), Options{Dir: dir, Shard: Shard{1, 2}})
			rest := mustRun(t, coins(t, coinStudy), Options{Dir: dir})
			if half.Units+rest.Units != 66 {
				t.Errorf("one shard and the rest: %d + %d units of 66", half.Units, rest.Units)
			}
		},
	}
	for name, run := range ways {
		dir := t.TempDir()
		run(dir)
		if exported(t, dir) != want {
			t.Errorf("%s: other records", name)
		}
	}
}

func runShards(t *testing.T, dir string, n int) {
	t.Helper()
	for i := range n {
		mustRun(t, coins(t, coinStudy), Options{Dir: dir, Shard: Shard{i, n}})
	}
}

func TestMoreCuesRunOnlyThose(t *testing.T) {
	dir := t.TempDir()
	mustRun(t, coins(t, "N = 2\nsamples = 3\ncues = 2"), Options{Dir: dir})
	var firsts sync.Map
	more := replace(coins(t, "N = 2\nsamples = 4\ncues = 5"), func(_ context.Context, p *Point, u Unit, _ Env) (Rows, error) {
		firsts.Store(u.Sample, u.First)
		return tossPoint(p, u), nil
	})
	mustRun(t, more, Options{Dir: dir})
	for sample, want := range []int{2, 2, 2, 0} {
		if first, _ := firsts.Load(sample); first != want {
			t.Errorf("sample %d began at cue %v, want %d", sample, first, want)
		}
	}
	records, err := mustOpen(t, dir).Records("trials")
	if err != nil || records.Len() != 20 {
		t.Errorf("%d records, %v", records.Len(), err)
	}
}

func TestRefusalsWriteNothing(t *testing.T) {
	dir := t.TempDir()
	run := func(sweep string, opt Options) error {
		opt.Dir = dir
		_, err := Run(context.Background(), coins(t, sweep), opt)
		return err
	}
	if err := run("N = 2\nsamples = 2\n[model]\nbias = 0.5", Options{Version: "1"}); err != nil {
		t.Fatal(err)
	}
	before := exported(t, dir)
	sessions := len(mustOpen(t, dir).Sessions)
	refused := map[string]error{
		"physics":   run("N = 2\nsamples = 2\n[model]\nbias = 0.5", Options{Version: "2"}),
		"0.5 → 0.6": run("N = 2\nsamples = 2\n[model]\nbias = 0.6", Options{Version: "1"}),
		"4096":      run("N = 4096\nsamples = 2", Options{Version: "1", Memory: 4095}),
		"N=4096":    run("N = 4096\nsamples = 2", Options{Version: "1", Memory: 4095}),
	}
	for want, err := range refused {
		var refusal *Refusal
		if !errors.As(err, &refusal) || !strings.Contains(err.Error(), want) {
			t.Errorf("want a refusal that says %q, got %v", want, err)
		}
	}
	if exported(t, dir) != before || len(mustOpen(t, dir).Sessions) != sessions {
		t.Error("a refused run has written")
	}
}

// TestOlderStores: a table that is new since is made, a new column is undefined for
// readers and refused to writers, and what is not known any more is refused.
func TestOlderStores(t *testing.T) {
	withTables := func(change func([]Table) []Table) (*Config, func(string, []byte) (*Config, error)) {
		cfg := coins(t, coinStudy)
		cfg.Experiment.Tables = change(cfg.Experiment.Tables)
		return cfg, func(string, []byte) (*Config, error) { return cfg, nil }
	}
	noBounces, _ := withTables(func(ts []Table) []Table { return ts[:1] })
	quiet := replace(noBounces, func(_ context.Context, p *Point, u Unit, _ Env) (Rows, error) {
		return Rows{"trials": tossPoint(p, u)["trials"]}, nil
	})
	dir := t.TempDir()
	mustRun(t, quiet, Options{Dir: dir})
	if got := exported(t, dir); strings.Count(got, "\n") != 1+132+1+1+6+1 {
		t.Errorf("an older store was exported as\n%s", got)
	}
	mustRun(t, coins(t, coinStudy), Options{Dir: dir})

	newColumn, parse := withTables(func(ts []Table) []Table {
		ts[0].Columns = append(slices.Clone(ts[0].Columns), Column{Name: "mood", Type: Int})
		return ts
	})
	r, err := OpenStudy(dir, parse)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(export(t, r, "trials", "csv")); !strings.Contains(got, ",mood\n") || strings.Count(got, ",\n") != 132 {
		t.Errorf("a new column was exported as\n%s", got)
	}
	refused := func(cfg *Config, want string) {
		var refusal *Refusal
		if _, err := Run(context.Background(), cfg, Options{Dir: dir}); !errors.As(err, &refusal) || !strings.Contains(err.Error(), want) {
			t.Errorf("want a refusal that says %q, got %v", want, err)
		}
	}
	refused(newColumn, "mood")
	refused(noBounces, "bounces")
}

// TestManyBatches commits after a few rows and reads a few rows at once.
func TestManyBatches(t *testing.T) {
	defer func(commit, scan int) { commitRows, scanRows = commit, scan }(commitRows, scanRows)
	commitRows, scanRows = 7, 5
	dir, reference := t.TempDir(), t.TempDir()
	mustRun(t, coins(t, coinStudy), Options{Dir: dir, Workers: 2})
	if n := listed(t, storePath(dir, Shard{})); n != 66 {
		t.Errorf("%d units are listed as done, 66 were", n)
	}
	got := exported(t, dir)
	commitRows, scanRows = 1<<15, 1<<16
	mustRun(t, coins(t, coinStudy), Options{Dir: reference})
	if got != exported(t, reference) {
		t.Error("other records")
	}
}

// listed counts the units that a store lists as done, as often as it does.
func listed(t *testing.T, path string) (n int) {
	t.Helper()
	err := withDatabase(path, func(db *database) error {
		return db.query(func(row []driver.Value) error {
			return parseSamples(text(row[0]), func(int) { n++ })
		}, "SELECT samples FROM done")
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestLongestFirst(t *testing.T) {
	var order []int64
	cfg := replace(coins(t, "N = [3, 7, 2, 5]\nsamples = 2"), func(_ context.Context, p *Point, u Unit, _ Env) (Rows, error) {
		order = append(order, p.Settings.Int("N"))
		return tossPoint(p, u), nil
	})
	mustRun(t, cfg, Options{Dir: t.TempDir(), Workers: 1})
	if want := []int64{7, 7, 5, 5, 3, 3, 2, 2}; !slices.Equal(order, want) {
		t.Errorf("order %v, want %v", order, want)
	}
}

func TestStopSavesWhatIsFinished(t *testing.T) {
	dir := t.TempDir()
	stop := map[string]func(context.Context, Options) (Report, error){
		"cancel": func(ctx context.Context, opt Options) (Report, error) {
			ctx, cancel := context.WithCancel(ctx)
			defer cancel()
			return Run(ctx, stuckAfter(t, 2, cancel), opt)
		},
		"deadline": func(ctx context.Context, opt Options) (Report, error) {
			opt.Deadline = time.Now()
			return Run(ctx, stuckAfter(t, 0, func() {}), opt)
		},
	}
	for name, run := range stop {
		report, err := run(context.Background(), Options{Dir: dir, Workers: 1})
		if !errors.Is(err, ErrStopped) {
			t.Errorf("%s: %v", name, err)
		}
		status, err := StatusOf(mustOpen(t, dir))
		if err != nil || status.Done != report.UnitsDone || status.Complete {
			t.Errorf("%s: report %+v, status %+v, %v", name, report, status, err)
		}
	}
	if report := mustRun(t, coins(t, coinStudy), Options{Dir: dir}); report.UnitsDone != 66 || report.Units > 64 {
		t.Errorf("afterwards: %+v", report)
	}
}

// stuckAfter is the coinStudy whose trials, after so many, call stuck and wait for
// their ctx.
func stuckAfter(t *testing.T, units int32, stuck func()) *Config {
	var n atomic.Int32
	return replace(coins(t, coinStudy), func(ctx context.Context, p *Point, u Unit, _ Env) (Rows, error) {
		if n.Add(1) <= units {
			return tossPoint(p, u), nil
		}
		stuck()
		<-ctx.Done()
		return nil, ctx.Err()
	})
}

func TestNothingIsBegunAfterAStop(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cfg := replace(coins(t, coinStudy), func(_ context.Context, p *Point, u Unit, _ Env) (Rows, error) {
		cancel()
		return tossPoint(p, u), nil
	})
	report, err := Run(ctx, cfg, Options{Dir: t.TempDir(), Workers: 1})
	if !errors.Is(err, ErrStopped) || report.Units != 1 {
		t.Errorf("%+v, %v", report, err)
	}
}

// What a trial returns that was told of the end is not stored, nor what it saves.
func TestTrialsCutShort(t *testing.T) {
	for what, finish := range map[string]func() (Rows, error){
		"rows":  func() (Rows, error) { return Rows{"tosses": {{int64(0), 1.0}}}, nil },
		"panic": func() (Rows, error) { panic("patterns that are none") },
	} {
		dir := t.TempDir()
		ctx, cancel := context.WithCancel(context.Background())
		cfg := replace(coins(t, "N = 2\nsamples = 1"), func(_ context.Context, _ *Point, _ Unit, env Env) (Rows, error) {
			e := env.(interface{ Ended() bool })
			if e.Ended() {
				t.Error("ended before it began")
			}
			cancel()
			if !e.Ended() || !errors.Is(env.Save([]byte("nothing")), context.Canceled) {
				t.Error("the end is not told")
			}
			return finish()
		})
		report, err := Run(ctx, cfg, Options{Dir: dir, Workers: 1})
		if !errors.Is(err, ErrStopped) || report.Units != 0 {
			t.Errorf("%s: %+v, %v", what, report, err)
		}
		if n := count(t, storePath(dir, Shard{}), "checkpoints"); n != 0 {
			t.Errorf("%s: %d checkpoints", what, n)
		}
	}
}

func TestStopDoesNotWaitForDeafTrials(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	deaf := make(chan struct{})
	defer close(deaf)
	cfg := replace(coins(t, "N = 2\nsamples = 1"), func(context.Context, *Point, Unit, Env) (Rows, error) {
		cancel()
		<-deaf
		return nil, nil
	})
	if _, err := Run(ctx, cfg, Options{Dir: t.TempDir()}); !errors.Is(err, ErrStopped) {
		t.Error(err)
	}
}

func TestFailuresNameTheTrial(t *testing.T) {
	failures := map[string]func(env Env) (Rows, error){
		"a bad day":          func(Env) (Rows, error) { return nil, errors.New("a bad day") },
		"panic: gone":        func(Env) (Rows, error) { panic("gone") },
		"panic: part 3":      func(env Env) (Rows, error) { env.Do(8, panicAt3); return nil, nil },
		"a row of 1 values":  func(Env) (Rows, error) { return Rows{"trials": {{int64(0)}}}, nil },
		"column heads: true": func(Env) (Rows, error) { return Rows{"trials": {{int64(0), 1.0, "true", int64(1), "", nil}}}, nil },
		"does not have":      func(Env) (Rows, error) { return Rows{"trails": nil}, nil },
	}
	for want, fail := range failures {
		dir := t.TempDir()
		cfg := replace(coins(t, coinStudy), func(_ context.Context, p *Point, u Unit, env Env) (Rows, error) {
			if p.Settings.Int("N") == 3 && u.Sample == 4 {
				return fail(env)
			}
			return tossPoint(p, u), nil
		})
		_, err := Run(context.Background(), cfg, Options{Dir: dir, Workers: 2})
		var failed *TrialError
		if !errors.As(err, &failed) || failed.Sample != 4 {
			t.Fatalf("%s: %v", want, err)
		}
		for _, part := range []string{want, "N=3", "sample 4"} {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("error %q does not tell %q", err, part)
			}
		}
		if strings.Contains(want, "panic") != (failed.Stack != nil) {
			t.Errorf("%s: stack %q", want, failed.Stack)
		}
		if status, err := StatusOf(mustOpen(t, dir)); err != nil || status.Done < 22 {
			t.Errorf("%s: %d units before it are saved, %v", want, status.Done, err)
		}
	}
}

func panicAt3(part int) {
	if part == 3 {
		panic("part 3")
	}
}

func TestCheckpoint(t *testing.T) {
	dir := t.TempDir()
	const sweep = "N = 2\nsamples = 1\ncues = 2"
	ctx, cancel := context.WithCancel(context.Background())
	first := replace(coins(t, sweep), func(ctx context.Context, _ *Point, _ Unit, env Env) (Rows, error) {
		if blob, err := env.Load(); blob != nil || err != nil {
			t.Errorf("a checkpoint before the first: %q, %v", blob, err)
		}
		for _, text := range []string{"half", "nearly"} {
			if err := env.Save([]byte(text)); err != nil {
				t.Error(err)
			}
		}
		cancel()
		return nil, ctx.Err()
	})
	if _, err := Run(ctx, first, Options{Dir: dir}); !errors.Is(err, ErrStopped) {
		t.Fatal(err)
	}
	mustMerge(t, dir, dir) // must keep it
	loaded := ""
	second := replace(coins(t, sweep), func(_ context.Context, p *Point, u Unit, env Env) (Rows, error) {
		blob, err := env.Load()
		loaded = string(blob)
		return tossPoint(p, u), err
	})
	mustRun(t, second, Options{Dir: dir})
	if loaded != "nearly" {
		t.Errorf("loaded %q", loaded)
	}
	if n := count(t, storePath(dir, Shard{}), "checkpoints"); n != 0 {
		t.Errorf("%d checkpoints left", n)
	}
}

// TestCheckpointOfOtherCues is not loaded: it belongs to another trial.
func TestCheckpointOfOtherCues(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	first := replace(coins(t, "N = 2\nsamples = 1\ncues = 2"), func(ctx context.Context, _ *Point, _ Unit, env Env) (Rows, error) {
		err := env.Save([]byte("half"))
		cancel()
		return nil, errors.Join(err, ctx.Err())
	})
	if _, err := Run(ctx, first, Options{Dir: dir}); !errors.Is(err, ErrStopped) {
		t.Fatal(err)
	}
	second := replace(coins(t, "N = 2\nsamples = 1\ncues = 3"), func(_ context.Context, p *Point, u Unit, env Env) (Rows, error) {
		if blob, err := env.Load(); blob != nil || err != nil {
			t.Errorf("loaded %q, %v", blob, err)
		}
		return tossPoint(p, u), nil
	})
	mustRun(t, second, Options{Dir: dir})
}

// count is the number of rows of a table.
func count(t *testing.T, path, table string) int {
	t.Helper()
	n := 0
	err := withDatabase(path, func(db *database) error {
		return db.query(func([]driver.Value) error { n++; return nil }, "SELECT 1 FROM "+quote(table))
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestMemoryBoundsWhatRunsAtOnce(t *testing.T) {
	var now, most int64
	var mu sync.Mutex
	add := func(bytes int64) {
		mu.Lock()
		defer mu.Unlock()
		now += bytes
		most = max(most, now)
	}
	cfg := replace(coins(t, "N = [40, 60, 100]\nsamples = 30"), func(_ context.Context, p *Point, u Unit, _ Env) (Rows, error) {
		add(p.Bytes)
		time.Sleep(100 * time.Microsecond)
		add(-p.Bytes)
		return tossPoint(p, u), nil
	})
	mustRun(t, cfg, Options{Dir: t.TempDir(), Workers: 5, Memory: 130})
	if most > 130 {
		t.Errorf("%d bytes at once, 130 allowed", most)
	}
	if most <= 100 {
		t.Errorf("never more than %d bytes at once", most)
	}
}

func TestProgress(t *testing.T) {
	var last Progress
	seen := false
	cfg := replace(coins(t, coinStudy), func(_ context.Context, p *Point, u Unit, env Env) (Rows, error) {
		env.Progress(0.25)
		return tossPoint(p, u), nil
	})
	mustRun(t, cfg, Options{Dir: t.TempDir(), Progress: func(p Progress) { last, seen = p, true }})
	if !seen || last.Rate <= 0 || last.Units != 66 || last.UnitsTotal != 66 || last.Cost != last.CostTotal || last.Left != 0 || len(last.Running) != 0 {
		t.Errorf("last progress: %+v", last)
	}
}

func TestProgressWithNothingToDo(t *testing.T) {
	dir := t.TempDir()
	mustRun(t, coins(t, coinStudy), Options{Dir: dir})
	mustRun(t, coins(t, coinStudy), Options{Dir: dir, Progress: func(p Progress) {
		if p.Units != 66 || p.Left != 0 {
			t.Errorf("%+v", p)
		}
	}})
}

// TestNothingIsStoredAfterAnError: what a failed insertion left in its batch must
// not be committed with what comes later.
func TestNothingIsStoredAfterAnError(t *testing.T) {
	dir := t.TempDir()
	cfg := coins(t, coinStudy)
	s, err := OpenStore(cfg, StoreOptions{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	var failed error
	w, err := s.Write(func(err error) { failed = err })
	if err != nil {
		t.Fatal(err)
	}
	w.Put(Unit{Sample: 0, Cues: 2}, tossPoint(cfg.Points[0], Unit{Cues: 2})) // bools that are not normalised
	w.Put(Unit{Sample: 1, Cues: 2}, Rows{"trials": {{struct{}{}}}})
	w.Put(Unit{Sample: 2, Cues: 2}, tossPoint(cfg.Points[0], Unit{Sample: 2, Cues: 2}))
	if err := w.Finish(); err == nil || failed == nil || !strings.Contains(err.Error(), s.Path) {
		t.Errorf("finished with %v, told %v", err, failed)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if status, err := StatusOf(mustOpen(t, dir)); err != nil || status.Done != 0 {
		t.Errorf("%+v, %v", status, err)
	}
}

func TestNaNIsUndefined(t *testing.T) {
	dir := t.TempDir()
	cfg := replace(coins(t, "N = 2\nsamples = 1"), func(_ context.Context, p *Point, u Unit, _ Env) (Rows, error) {
		rows := tossPoint(p, u)
		rows["trials"][0][1] = math.NaN()
		return rows, nil
	})
	mustRun(t, cfg, Options{Dir: dir})
	r := mustOpen(t, dir)
	rows, err := r.Unit("trials", r.Config.Points[0], 0)
	if err != nil || rows[0][1] != nil {
		t.Errorf("%v, %v", rows, err)
	}
}

func TestMeterCountsPartsOfTrials(t *testing.T) {
	cfg := coins(t, "N = [2, 4]\nsamples = 3\ncues = 2")
	samples := []int{3, 3}
	q := newQueue(cfg.Points, samples, NewDone(samples), newDeal(Shard{}, cfg.Points), 100)
	q.done.Add(1, 0, 1) // one of two cues of a trial of cost 4
	m := newMeter(cfg.Points)
	m.begin(q, 0)
	m.finished(Unit{0, 0, 0, 2})
	env := &trialEnv{Unit: Unit{1, 1, 0, 2}}
	m.advance(env, 0.25)
	p := m.progress()
	if p.Units != 1 || p.UnitsTotal != 6 || p.CostTotal != 18 || p.Cost != 2+2+1 {
		t.Errorf("%+v", p)
	}
	if len(p.Running) != 1 || p.Running[0].Point != cfg.Points[1] || p.Running[0].Done != 0.25 {
		t.Errorf("running: %+v", p.Running)
	}
	m.ended(env)
	if p := m.progress(); len(p.Running) != 0 || p.Cost != 4 {
		t.Errorf("after its end: %+v", p)
	}
}
