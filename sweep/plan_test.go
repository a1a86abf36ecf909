package sweep

import (
	"context"
	"errors"
	"hopcap/sweep/config"
	"hopcap/sweep/store"
	"hopcap/sweep/study"
	"hopcap/sweep/sweeptest"
	"math"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// sleepers is a study whose units sleep; the clock of these tests is not the
// machine's.
func sleepers(t *testing.T, sweep string, takes func(p *config.Point) time.Duration) *config.Config {
	return sweeptest.Replace(sweeptest.Study(t, sweep), func(ctx context.Context, p *config.Point, u store.Unit, _ study.Env) (study.Rows, error) {
		select {
		case <-time.After(takes(p)):
			return sweeptest.TossPoint(p, u), nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	})
}

// truth is how long the units sleep in all, on so many workers.
func truth(cfg *config.Config, takes func(p *config.Point) time.Duration, workers int) float64 {
	sum := 0.0
	for _, p := range cfg.Points {
		sum += takes(p).Seconds() * float64(p.Samples) / float64(workers)
	}
	return sum
}

// uneven takes longer than its cost, which is N, by a factor that depends on the
// point, as relaxations near a threshold do.
func uneven(p *config.Point) time.Duration {
	n := p.Settings.Float("N")
	return time.Duration(n * (1 + 3*p.Settings.Float("bias")) * (1 + math.Log(n)) * float64(time.Millisecond))
}

func TestPlanIsWithinAFactorOfTwo(t *testing.T) {
	studies := map[string]string{
		"few points":       "N = [2, 30]\nbias = [0.1, 0.5]\nsamples = 400",
		"many points":      "N = [10, 20, 50, 100, 200]\nbias = { from = 0, to = 1, count = 41 }\nsamples = 50",
		"many sizes":       "N = { from = 2, to = 200, step = 2 }\nsamples = 20",
		"beyond the probe": "N = [10, 100, 1000, 2000, 4000]\nsamples = 10",
	}
	for name, grid := range studies {
		for _, workers := range []int{1, 2} {
			synctest.Test(t, func(t *testing.T) {
				cfg := sleepers(t, grid, uneven)
				began := time.Now()
				f, err := Plan(t.Context(), cfg, Options{Dir: t.TempDir(), Workers: workers, Memory: 1e9})
				if err != nil {
					t.Fatal(err)
				}
				if spent := time.Since(began); spent > probeLimit+longestProbe {
					t.Errorf("%s: a probe of %s", name, spent)
				}
				want := truth(cfg, uneven, workers)
				if f.Total < want/2 || f.Total > want*2 || f.Seconds != f.Total {
					t.Errorf("%s on %d workers: %.3g s, left %.3g s, truth %.3g s", name, workers, f.Total, f.Seconds, want)
				}
			})
		}
	}
}

func TestPlanCounts(t *testing.T) {
	dir := t.TempDir()
	mustRun(t, sweeptest.Study(t, "N = [40, 60]\nsamples = 5"), Options{Dir: dir, Shard: store.Shard{Index: 0, Count: 1}})
	synctest.Test(t, func(t *testing.T) {
		second := func(*config.Point) time.Duration { return time.Second }
		cfg := sleepers(t, "N = [40, 100]\nsamples = 10\ncues = 1", second)
		f, err := Plan(t.Context(), cfg, Options{Dir: dir, Workers: 3, Memory: 250})
		if err != nil {
			t.Fatal(err)
		}
		if f.Points != 2 || f.Units != 20 || f.Trials != 20 || f.Left != 15 || f.Bytes != 100 || f.Memory != 250 || f.Workers != 3 || f.Fit != 2 {
			t.Errorf("%+v", f)
		}
		if want := 10.0/3 + 10.0/2; math.Abs(f.Total-want) > 1e-9 {
			t.Errorf("in all %v s, want %v", f.Total, want)
		}
		if want := 5.0/3 + 10.0/2; math.Abs(f.Seconds-want) > 1e-9 {
			t.Errorf("left %v s, want %v", f.Seconds, want)
		}
	})
}

// TestPlanIsNoLessThanItsLongestUnit: one unit does not get faster with workers.
func TestPlanIsNoLessThanItsLongestUnit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cfg := sleepers(t, "N = 2\nsamples = 1", func(*config.Point) time.Duration { return time.Second })
		f, err := Plan(t.Context(), cfg, Options{Dir: t.TempDir(), Workers: 4, Memory: 1e9})
		if err != nil || math.Abs(f.Total-1) > 1e-9 {
			t.Errorf("%+v, %v", f, err)
		}
	})
}

// TestPlanOfUnitsThatNeverEnd goes by their progress, if they tell it.
func TestPlanOfUnitsThatNeverEnd(t *testing.T) {
	run := func(told float64) (f *Forecast, err error) {
		synctest.Test(t, func(t *testing.T) {
			cfg := sweeptest.Replace(sweeptest.Study(t, "N = 2\nsamples = 3"), func(ctx context.Context, _ *config.Point, _ store.Unit, env study.Env) (study.Rows, error) {
				env.Progress(told)
				<-ctx.Done()
				return nil, ctx.Err()
			})
			f, err = Plan(t.Context(), cfg, Options{Dir: t.TempDir(), Workers: 1, Memory: 1e9})
		})
		return f, err
	}
	if f, err := run(0.1); err != nil || math.Abs(f.Total-3*longestProbe.Seconds()/0.1) > 1e-6 {
		t.Errorf("a tenth done: %+v, %v", f, err)
	}
	if f, err := run(0); err == nil || !strings.Contains(err.Error(), "N=2") {
		t.Errorf("nothing told: %+v, %v", f, err)
	}
}

func TestPlanFailsWithItsTrials(t *testing.T) {
	cfg := sweeptest.Replace(sweeptest.Study(t, "N = 2\nsamples = 3"), func(context.Context, *config.Point, store.Unit, study.Env) (study.Rows, error) { panic("gone") })
	var failed *TrialError
	if _, err := Plan(t.Context(), cfg, Options{Dir: t.TempDir()}); !errors.As(err, &failed) {
		t.Error(err)
	}
	var refusal *store.Refusal
	if _, err := Plan(t.Context(), sweeptest.Study(t, "N = 200\nsamples = 3"), Options{Dir: t.TempDir(), Memory: 100}); !errors.As(err, &refusal) {
		t.Error(err)
	}
}
