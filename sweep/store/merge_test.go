package store_test

import (
	"context"
	"hopcap/sweep"
	"hopcap/sweep/config"
	"hopcap/sweep/store"
	"hopcap/sweep/study"
	"hopcap/sweep/sweeptest"
	"path/filepath"
	"strings"
	"testing"
)

func TestMergeGathers(t *testing.T) {
	a, b, out, whole := t.TempDir(), t.TempDir(), t.TempDir(), t.TempDir()
	mustRun(t, sweeptest.Study(t, "N = [2, 3]\nsamples = 5\ncues = 2"), sweep.Options{Dir: a})
	mustRun(t, sweeptest.Study(t, "N = [3, 5]\nsamples = 7\ncues = 1"), sweep.Options{Dir: b})
	m := mustMerge(t, out, a, b, a)
	if m.Units != 5+7+7 || len(m.Files) != 2 {
		t.Errorf("%+v", m)
	}
	const union = "N = [2, 3, 5]\nsamples = 7\ncues = 2"
	mustRun(t, sweeptest.Study(t, union), sweep.Options{Dir: whole})
	if r := mustRun(t, sweeptest.Study(t, union), sweep.Options{Dir: out}); r.UnitsDone != 21 || r.Units != 2+2+7 {
		t.Errorf("after the merge: %+v", r)
	}
	if exported(t, out) != exported(t, whole) {
		t.Error("merged records differ")
	}
	if n := len(mustOpen(t, out).Sessions); n != 3 {
		t.Errorf("%d sessions", n)
	}
}

func TestMergeTwiceChangesNothing(t *testing.T) {
	dir := t.TempDir()
	runShards(t, dir, 2)
	first := mustMerge(t, dir, dir)
	second := mustMerge(t, dir, dir)
	if first.Units != 66 || second.Units != first.Units || second.Rows != first.Rows {
		t.Errorf("%+v, then %+v", first, second)
	}
	if n := sweeptest.Count(t, database(dir), "sessions"); n != 2 {
		t.Errorf("%d sessions of two runs", n)
	}
}

func TestMergeRefusesAnotherRecordOfTheSameTrial(t *testing.T) {
	a, b, out := t.TempDir(), t.TempDir(), t.TempDir()
	mustRun(t, sweeptest.Study(t, sweeptest.Grid), sweep.Options{Dir: a})
	forged := sweeptest.Replace(sweeptest.Study(t, sweeptest.Grid), func(_ context.Context, p *config.Point, u store.Unit, _ study.Env) (study.Rows, error) {
		rows := sweeptest.TossPoint(p, u)
		if p.Settings.Int("N") == 3 && u.Sample == 4 {
			rows["trials"][1][3] = int64(-7)
		}
		return rows, nil
	})
	mustRun(t, forged, sweep.Options{Dir: b})
	_, err := store.Merge([]string{a, b}, out)
	if err == nil {
		t.Fatal("merged")
	}
	for _, want := range []string{"N=3", "sample 4", "cue 1", "trials", "turns", "-7"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not tell %q", err, want)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(out, "records*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestMergeRefusesAnotherMeaning(t *testing.T) {
	a, b := t.TempDir(), t.TempDir()
	mustRun(t, sweeptest.Study(t, "N = 2\nsamples = 2\n[model]\nbias = 0.5"), sweep.Options{Dir: a})
	mustRun(t, sweeptest.Study(t, "N = 2\nsamples = 2\n[model]\nbias = 0.6"), sweep.Options{Dir: b})
	if _, err := store.Merge([]string{a, b}, t.TempDir()); err == nil || !strings.Contains(err.Error(), "bias") {
		t.Error(err)
	}
}
