package sweep

import (
	"bytes"
	"context"
	"errors"
	"hopcap/sweep/config"
	"hopcap/sweep/estimate"
	"hopcap/sweep/store"
	"hopcap/sweep/study"
	"hopcap/sweep/sweeptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestRunDoesEveryUnitOnce(t *testing.T) {
	dir := t.TempDir()
	cfg := sweeptest.Study(t, "N = 2\nbias = [0.2, 0.8]\nsamples = 7\ncues = 3")
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
		want := sweeptest.Toss(n, int(records.Sample[row]), int(records.Index[0][row]))
		if got := records.Column("height").Floats[row]; got != want {
			t.Errorf("row %d: height %v, want %v", row, got, want)
		}
	}
}

// TestSameRecords runs one study in many ways.
func TestSameRecords(t *testing.T) {
	reference := t.TempDir()
	mustRun(t, sweeptest.Study(t, sweeptest.Grid), Options{Dir: reference, Workers: 1})
	want := exported(t, reference)
	if lines := strings.Count(want, "\n"); lines < 6*11*2 {
		t.Fatalf("an export of %d lines", lines)
	}
	ways := map[string]func(dir string){
		"2 workers": func(dir string) { mustRun(t, sweeptest.Study(t, sweeptest.Grid), Options{Dir: dir, Workers: 2}) },
		"7 workers": func(dir string) { mustRun(t, sweeptest.Study(t, sweeptest.Grid), Options{Dir: dir, Workers: 7}) },
		"grown in samples, cues and points": func(dir string) {
			mustRun(t, sweeptest.Study(t, "N = 3\nbias = [0.2, 0.8]\nsamples = 4\ncues = 1"), Options{Dir: dir})
			mustRun(t, sweeptest.Study(t, sweeptest.Grid), Options{Dir: dir})
		},
		"shrunk": func(dir string) {
			mustRun(t, sweeptest.Study(t, "N = [5, 3, 2, 7]\nbias = [0.8, 0.3, 0.2]\nsamples = 13\ncues = 3"), Options{Dir: dir})
			if report := mustRun(t, sweeptest.Study(t, sweeptest.Grid), Options{Dir: dir}); report.Units != 0 {
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
			half := mustRun(t, sweeptest.Study(t, sweeptest.Grid), Options{Dir: dir, Shard: store.Shard{Index: 1, Count: 2}})
			rest := mustRun(t, sweeptest.Study(t, sweeptest.Grid), Options{Dir: dir})
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
		mustRun(t, sweeptest.Study(t, sweeptest.Grid), Options{Dir: dir, Shard: store.Shard{Index: i, Count: n}})
	}
}

func TestMoreCuesRunOnlyThose(t *testing.T) {
	dir := t.TempDir()
	mustRun(t, sweeptest.Study(t, "N = 2\nsamples = 3\ncues = 2"), Options{Dir: dir})
	var firsts sync.Map
	more := sweeptest.Replace(sweeptest.Study(t, "N = 2\nsamples = 4\ncues = 5"), func(_ context.Context, p *config.Point, u store.Unit, _ study.Env) (study.Rows, error) {
		firsts.Store(u.Sample, u.First)
		return sweeptest.TossPoint(p, u), nil
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
		_, err := Run(context.Background(), sweeptest.Study(t, sweep), opt)
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
		var refusal *store.Refusal
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
	withTables := func(change func([]study.Table) []study.Table) (*config.Config, func(string, []byte) (*config.Config, error)) {
		cfg := sweeptest.Study(t, sweeptest.Grid)
		cfg.Experiment.Tables = change(cfg.Experiment.Tables)
		return cfg, func(string, []byte) (*config.Config, error) { return cfg, nil }
	}
	noBounces, _ := withTables(func(ts []study.Table) []study.Table { return ts[:1] })
	quiet := sweeptest.Replace(noBounces, func(_ context.Context, p *config.Point, u store.Unit, _ study.Env) (study.Rows, error) {
		return study.Rows{"trials": sweeptest.TossPoint(p, u)["trials"]}, nil
	})
	dir := t.TempDir()
	mustRun(t, quiet, Options{Dir: dir})
	if got := exported(t, dir); strings.Count(got, "\n") != 1+132+1+1+6+1 {
		t.Errorf("an older store was exported as\n%s", got)
	}
	mustRun(t, sweeptest.Study(t, sweeptest.Grid), Options{Dir: dir})

	newColumn, parse := withTables(func(ts []study.Table) []study.Table {
		ts[0].Columns = append(slices.Clone(ts[0].Columns), study.Column{Name: "mood", Type: study.Int})
		return ts
	})
	r, err := estimate.Open(dir, parse)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := estimate.Export(&b, r, "trials", "csv"); err != nil {
		t.Fatal(err)
	}
	if got := b.String(); !strings.Contains(got, ",mood\n") || strings.Count(got, ",\n") != 132 {
		t.Errorf("a new column was exported as\n%s", got)
	}
	refused := func(cfg *config.Config, want string) {
		var refusal *store.Refusal
		if _, err := Run(context.Background(), cfg, Options{Dir: dir}); !errors.As(err, &refusal) || !strings.Contains(err.Error(), want) {
			t.Errorf("want a refusal that says %q, got %v", want, err)
		}
	}
	refused(newColumn, "mood")
	refused(noBounces, "bounces")
}

func TestLongestFirst(t *testing.T) {
	var order []int64
	cfg := sweeptest.Replace(sweeptest.Study(t, "N = [3, 7, 2, 5]\nsamples = 2"), func(_ context.Context, p *config.Point, u store.Unit, _ study.Env) (study.Rows, error) {
		order = append(order, p.Settings.Int("N"))
		return sweeptest.TossPoint(p, u), nil
	})
	mustRun(t, cfg, Options{Dir: t.TempDir(), Workers: 1})
	if want := []int64{7, 7, 5, 5, 3, 3, 2, 2}; !slices.Equal(order, want) {
		t.Errorf("order %v, want %v", order, want)
	}
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
	cfg := sweeptest.Replace(sweeptest.Study(t, "N = [40, 60, 100]\nsamples = 30"), func(_ context.Context, p *config.Point, u store.Unit, _ study.Env) (study.Rows, error) {
		add(p.Bytes)
		time.Sleep(100 * time.Microsecond)
		add(-p.Bytes)
		return sweeptest.TossPoint(p, u), nil
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
	cfg := sweeptest.Replace(sweeptest.Study(t, sweeptest.Grid), func(_ context.Context, p *config.Point, u store.Unit, env study.Env) (study.Rows, error) {
		env.Progress(0.25)
		return sweeptest.TossPoint(p, u), nil
	})
	mustRun(t, cfg, Options{Dir: t.TempDir(), Progress: func(p Progress) { last, seen = p, true }})
	if !seen || last.Rate <= 0 || last.Units != 66 || last.UnitsTotal != 66 || last.Cost != last.CostTotal || last.Left != 0 || len(last.Running) != 0 {
		t.Errorf("last progress: %+v", last)
	}
}

func TestProgressWithNothingToDo(t *testing.T) {
	dir := t.TempDir()
	mustRun(t, sweeptest.Study(t, sweeptest.Grid), Options{Dir: dir})
	mustRun(t, sweeptest.Study(t, sweeptest.Grid), Options{Dir: dir, Progress: func(p Progress) {
		if p.Units != 66 || p.Left != 0 {
			t.Errorf("%+v", p)
		}
	}})
}

func TestMeterCountsPartsOfTrials(t *testing.T) {
	cfg := sweeptest.Study(t, "N = [2, 4]\nsamples = 3\ncues = 2")
	samples := []int{3, 3}
	q := newQueue(cfg.Points, samples, store.NewDone(samples), newDeal(store.Shard{}, cfg.Points), 100)
	q.done.Add(1, 0, 1) // one of two cues of a trial of cost 4
	m := newMeter(cfg.Points)
	m.begin(q, 0)
	m.finished(store.Unit{Cues: 2})
	env := &trialEnv{Unit: store.Unit{Point: 1, Sample: 1, Cues: 2}}
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

// A panic of a worker outside its trial ends the run, is carried to the caller with its
// stack, and loses nothing that was finished before.
func TestPanicOfAWorker(t *testing.T) {
	dir := t.TempDir()
	cfg := sweeptest.Study(t, "N = 2\nsamples = 100")
	opt := Options{Dir: dir, Workers: 1}.withDefaults()
	s, err := store.Create(cfg, opt.store())
	if err != nil {
		t.Fatal(err)
	}
	now, err := newState(cfg, s.Contents)
	if err != nil {
		t.Fatal(err)
	}
	ctx, fail := context.WithCancelCause(t.Context())
	w, err := s.Write(fail)
	if err != nil {
		t.Fatal(err)
	}
	r := &run{cfg: cfg, opt: opt, deal: newDeal(opt.Shard, cfg.Points), state: now, pool: newPool(1), writer: w, fail: fail}
	r.meter = newMeter(cfg.Points)
	r.begin()
	r.meter.points = nil // what a worker tells of its first unit panics
	defer func() {
		c, ok := recover().(*caught)
		if !ok || !strings.Contains(c.String(), "index out of range") || !strings.Contains(string(c.Stack()), "meter") {
			t.Errorf("carried %v", c)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if n := sweeptest.Count(t, database(dir), "trials"); n != 1 {
			t.Errorf("%d of the one unit before are stored", n)
		}
	}()
	_, err = r.finish(ctx, s.Path)
	t.Errorf("no panic, %v", err)
}
