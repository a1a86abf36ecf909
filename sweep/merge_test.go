package sweep

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
)

func mustMerge(t *testing.T, dir string, sources ...string) Merged {
	t.Helper()
	m, err := Merge(sources, dir)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMergeGathers(t *testing.T) {
	a, b, out, whole := t.TempDir(), t.TempDir(), t.TempDir(), t.TempDir()
	mustRun(t, coins(t, "N = [2, 3]\nsamples = 5\ncues = 2"), Options{Dir: a})
	mustRun(t, coins(t, "N = [3, 5]\nsamples = 7\ncues = 1"), Options{Dir: b})
	m := mustMerge(t, out, a, b, a)
	if m.Units != 5+7+7 || len(m.Files) != 2 {
		t.Errorf("%+v", m)
	}
	const union = "N = [2, 3, 5]\nsamples = 7\ncues = 2"
	mustRun(t, coins(t, union), Options{Dir: whole})
	if r := mustRun(t, coins(t, union), Options{Dir: out}); r.UnitsDone != 21 || r.Units != 2+2+7 {
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
	if n := count(t, storePath(dir, Shard{}), "sessions"); n != 2 {
		t.Errorf("%d sessions of two runs", n)
	}
}

func TestMergeRefusesAnotherRecordOfTheSameTrial(t *testing.T) {
	a, b, out := t.TempDir(), t.TempDir(), t.TempDir()
	mustRun(t, coins(t, coinStudy), Options{Dir: a})
	forged := replace(coins(t, coinStudy), func(_ context.Context, p *Point, u Unit, _ Env) (Rows, error) {
		rows := tossPoint(p, u)
		if p.Settings.Int("N") == 3 && u.Sample == 4 {
			rows["trials"][1][3] = int64(-7)
		}
		return rows, nil
	})
	mustRun(t, forged, Options{Dir: b})
	_, err := Merge([]string{a, b}, out)
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
	mustRun(t, coins(t, "N = 2\nsamples = 2\n[model]\nbias = 0.5"), Options{Dir: a})
	mustRun(t, coins(t, "N = 2\nsamples = 2\n[model]\nbias = 0.6"), Options{Dir: b})
	if _, err := Merge([]string{a, b}, t.TempDir()); err == nil || !strings.Contains(err.Error(), "bias") {
		t.Error(err)
	}
}

func TestMergeOfNothing(t *testing.T) {
	if _, err := Merge([]string{t.TempDir()}, t.TempDir()); err == nil {
		t.Error("merged nothing")
	}
	if _, err := Merge([]string{"no-such.db"}, t.TempDir()); err == nil {
		t.Error("merged a file that is not there")
	}
}
