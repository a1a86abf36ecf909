package sweep

import (
	"context"
	"errors"
	"hopcap/sweep/config"
	"hopcap/sweep/store"
	"hopcap/sweep/study"
	"hopcap/sweep/sweeptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

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
		status, err := StatusOf(mustOpen(t, dir).Results)
		if err != nil || status.Done != report.UnitsDone || status.Complete {
			t.Errorf("%s: report %+v, status %+v, %v", name, report, status, err)
		}
	}
	if report := mustRun(t, sweeptest.Study(t, sweeptest.Grid), Options{Dir: dir}); report.UnitsDone != 66 || report.Units > 64 {
		t.Errorf("afterwards: %+v", report)
	}
}

// stuckAfter is the sweeptest.Grid whose trials, after so many, call stuck and wait for
// their ctx.
func stuckAfter(t *testing.T, units int32, stuck func()) *config.Config {
	var n atomic.Int32
	return sweeptest.Replace(sweeptest.Study(t, sweeptest.Grid), func(ctx context.Context, p *config.Point, u store.Unit, _ study.Env) (study.Rows, error) {
		if n.Add(1) <= units {
			return sweeptest.TossPoint(p, u), nil
		}
		stuck()
		<-ctx.Done()
		return nil, ctx.Err()
	})
}

func TestNothingIsBegunAfterAStop(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cfg := sweeptest.Replace(sweeptest.Study(t, sweeptest.Grid), func(_ context.Context, p *config.Point, u store.Unit, _ study.Env) (study.Rows, error) {
		cancel()
		return sweeptest.TossPoint(p, u), nil
	})
	report, err := Run(ctx, cfg, Options{Dir: t.TempDir(), Workers: 1})
	if !errors.Is(err, ErrStopped) || report.Units != 1 {
		t.Errorf("%+v, %v", report, err)
	}
}

// What a trial returns that was told of the end is not stored, nor what it saves.
func TestTrialsCutShort(t *testing.T) {
	for what, finish := range map[string]func() (study.Rows, error){
		"rows":  func() (study.Rows, error) { return study.Rows{"tosses": {{int64(0), 1.0}}}, nil },
		"panic": func() (study.Rows, error) { panic("patterns that are none") },
	} {
		dir := t.TempDir()
		ctx, cancel := context.WithCancel(context.Background())
		cfg := sweeptest.Replace(sweeptest.Study(t, "N = 2\nsamples = 1"), func(_ context.Context, _ *config.Point, _ store.Unit, env study.Env) (study.Rows, error) {
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
		if n := sweeptest.Count(t, database(dir), "checkpoints"); n != 0 {
			t.Errorf("%s: %d checkpoints", what, n)
		}
	}
}

func TestStopDoesNotWaitForDeafTrials(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	deaf := make(chan struct{})
	defer close(deaf)
	cfg := sweeptest.Replace(sweeptest.Study(t, "N = 2\nsamples = 1"), func(context.Context, *config.Point, store.Unit, study.Env) (study.Rows, error) {
		cancel()
		<-deaf
		return nil, nil
	})
	if _, err := Run(ctx, cfg, Options{Dir: t.TempDir()}); !errors.Is(err, ErrStopped) {
		t.Error(err)
	}
}

func TestFailuresNameTheTrial(t *testing.T) {
	failures := map[string]func(env study.Env) (study.Rows, error){
		"a bad day":         func(study.Env) (study.Rows, error) { return nil, errors.New("a bad day") },
		"panic: gone":       func(study.Env) (study.Rows, error) { panic("gone") },
		"panic: part 3":     func(env study.Env) (study.Rows, error) { env.Do(8, panicAt3); return nil, nil },
		"a row of 1 values": func(study.Env) (study.Rows, error) { return study.Rows{"trials": {{int64(0)}}}, nil },
		"column heads: true": func(study.Env) (study.Rows, error) {
			return study.Rows{"trials": {{int64(0), 1.0, "true", int64(1), "", nil}}}, nil
		},
		"does not have": func(study.Env) (study.Rows, error) { return study.Rows{"trails": nil}, nil },
	}
	for want, fail := range failures {
		dir := t.TempDir()
		cfg := sweeptest.Replace(sweeptest.Study(t, sweeptest.Grid), func(_ context.Context, p *config.Point, u store.Unit, env study.Env) (study.Rows, error) {
			if p.Settings.Int("N") == 3 && u.Sample == 4 {
				return fail(env)
			}
			return sweeptest.TossPoint(p, u), nil
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
		if status, err := StatusOf(mustOpen(t, dir).Results); err != nil || status.Done < 22 {
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
	first := sweeptest.Replace(sweeptest.Study(t, sweep), func(ctx context.Context, _ *config.Point, _ store.Unit, env study.Env) (study.Rows, error) {
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
	second := sweeptest.Replace(sweeptest.Study(t, sweep), func(_ context.Context, p *config.Point, u store.Unit, env study.Env) (study.Rows, error) {
		blob, err := env.Load()
		loaded = string(blob)
		return sweeptest.TossPoint(p, u), err
	})
	mustRun(t, second, Options{Dir: dir})
	if loaded != "nearly" {
		t.Errorf("loaded %q", loaded)
	}
	if n := sweeptest.Count(t, database(dir), "checkpoints"); n != 0 {
		t.Errorf("%d checkpoints left", n)
	}
}

// TestCheckpointOfOtherCues is not loaded: it belongs to another trial.
func TestCheckpointOfOtherCues(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	first := sweeptest.Replace(sweeptest.Study(t, "N = 2\nsamples = 1\ncues = 2"), func(ctx context.Context, _ *config.Point, _ store.Unit, env study.Env) (study.Rows, error) {
		err := env.Save([]byte("half"))
		cancel()
		return nil, errors.Join(err, ctx.Err())
	})
	if _, err := Run(ctx, first, Options{Dir: dir}); !errors.Is(err, ErrStopped) {
		t.Fatal(err)
	}
	second := sweeptest.Replace(sweeptest.Study(t, "N = 2\nsamples = 1\ncues = 3"), func(_ context.Context, p *config.Point, u store.Unit, env study.Env) (study.Rows, error) {
		if blob, err := env.Load(); blob != nil || err != nil {
			t.Errorf("loaded %q, %v", blob, err)
		}
		return sweeptest.TossPoint(p, u), nil
	})
	mustRun(t, second, Options{Dir: dir})
}
