package store_test

import (
	"context"
	"hopcap/sweep"
	"hopcap/sweep/config"
	"hopcap/sweep/store"
	"hopcap/sweep/study"
	"hopcap/sweep/sweeptest"
	"math"
	"strings"
	"testing"
	"time"
)

// TestManyBatches commits after a few rows and reads a few rows at once.
func TestManyBatches(t *testing.T) {
	reset := store.SetBatches(time.Second, 7, 5)
	defer reset()
	dir, reference := t.TempDir(), t.TempDir()
	mustRun(t, sweeptest.Study(t, sweeptest.Grid), sweep.Options{Dir: dir, Workers: 2})
	if n := listed(t, database(dir)); n != 66 {
		t.Errorf("%d units are listed as done, 66 were", n)
	}
	got := exported(t, dir)
	reset()
	mustRun(t, sweeptest.Study(t, sweeptest.Grid), sweep.Options{Dir: reference})
	if got != exported(t, reference) {
		t.Error("other records")
	}
}

// listed counts the units that a store lists as done, as often as it does.
func listed(t *testing.T, path string) (n int) {
	t.Helper()
	for _, samples := range sweeptest.Texts(t, path, "SELECT samples FROM done") {
		if err := store.ParseSamples(samples, func(int) { n++ }); err != nil {
			t.Fatal(err)
		}
	}
	return n
}

// TestNothingIsStoredAfterAnError: what a failed insertion left in its batch must
// not be committed with what comes later.
func TestNothingIsStoredAfterAnError(t *testing.T) {
	dir := t.TempDir()
	cfg := sweeptest.Study(t, sweeptest.Grid)
	s, err := store.Create(cfg, store.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	var failed error
	w, err := s.Write(func(err error) { failed = err })
	if err != nil {
		t.Fatal(err)
	}
	w.Put(store.Unit{Sample: 0, Cues: 2}, sweeptest.TossPoint(cfg.Points[0], store.Unit{Cues: 2})) // bools that are not normalised
	w.Put(store.Unit{Sample: 1, Cues: 2}, study.Rows{"trials": {{struct{}{}}}})
	w.Put(store.Unit{Sample: 2, Cues: 2}, sweeptest.TossPoint(cfg.Points[0], store.Unit{Sample: 2, Cues: 2}))
	if err := w.Finish(); err == nil || failed == nil || !strings.Contains(err.Error(), s.Path) {
		t.Errorf("finished with %v, told %v", err, failed)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if status, err := sweep.StatusOf(mustOpen(t, dir).Results); err != nil || status.Done != 0 {
		t.Errorf("%+v, %v", status, err)
	}
}

func TestNaNIsUndefined(t *testing.T) {
	dir := t.TempDir()
	cfg := sweeptest.Replace(sweeptest.Study(t, "N = 2\nsamples = 1"), func(_ context.Context, p *config.Point, u store.Unit, _ study.Env) (study.Rows, error) {
		rows := sweeptest.TossPoint(p, u)
		rows["trials"][0][1] = math.NaN()
		return rows, nil
	})
	mustRun(t, cfg, sweep.Options{Dir: dir})
	r := mustOpen(t, dir)
	rows, err := r.Unit("trials", r.Config.Points[0], 0)
	if err != nil || rows[0][1] != nil {
		t.Errorf("%v, %v", rows, err)
	}
}
