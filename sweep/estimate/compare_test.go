package estimate

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
)

func TestCompareWithItself(t *testing.T) {
	dir := t.TempDir()
	mustRun(t, sweeptest.Study(t, sweeptest.Grid), sweep.Options{Dir: dir})
	c, err := Compare(mustOpen(t, dir), mustOpen(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Rows) < 6*4 || c.Unmatched != [2]int{0, 0} {
		t.Errorf("%d comparisons, %v unmatched", len(c.Rows), c.Unmatched)
	}
	for _, d := range c.Rows {
		if d.Z != 0 || d.P != 1 || d.A != d.B {
			t.Errorf("%+v", d)
		}
	}
}

func TestCompareByHand(t *testing.T) {
	a := estimatesOfRows(t, handRow{0, 0, 1.0, int64(1), "flat"}, handRow{1, 0, 3.0, int64(1), "flat"})
	b := estimatesOfRows(t, handRow{0, 0, 3.0, int64(0), "flat"}, handRow{1, 0, 5.0, int64(1), "flat"})
	got := map[string]Difference{}
	for _, d := range differences(nil, a, b, a.Points[0], b.Points[0]) {
		got[d.Column] = d
	}
	mean := got["height_mean"] // 2 ± 1 and 4 ± 1
	if mean.Diff != -2 || math.Abs(mean.Stderr-math.Sqrt2) > 1e-15 || math.Abs(mean.Z+math.Sqrt2) > 1e-15 || math.Abs(mean.P-0.15729920705) > 1e-10 {
		t.Errorf("%+v", mean)
	}
	rate := got["heads_fraction"] // 2 of 2 and 1 of 2, pooled 3 of 4
	if se := math.Sqrt(0.75 * 0.25); rate.Diff != 0.5 || rate.Stderr != se || rate.Z != 0.5/se {
		t.Errorf("%+v", rate)
	}
	if _, ok := got["echo_mean"]; ok {
		t.Error("compared what is undefined")
	}
}

func estimatesOfRows(t *testing.T, rows ...handRow) *Estimates {
	t.Helper()
	return Of(records(sweeptest.Study(t, "N = 2\nsamples = 1000").Points, rows...))
}

func TestCompareMatchesPoints(t *testing.T) {
	a, b, c := t.TempDir(), t.TempDir(), t.TempDir()
	mustRun(t, sweeptest.Study(t, "N = [2, 3, 5]\nbias = 0.5\nsamples = 20"), sweep.Options{Dir: a})
	other := sweeptest.Replace(sweeptest.Study(t, "N = [5, 7]\nsamples = 20"), func(_ context.Context, p *config.Point, u store.Unit, _ study.Env) (study.Rows, error) {
		return sweeptest.TossAll(p.Settings.Int("N"), 0.5, u.Sample+100, 0, 1), nil
	})
	mustRun(t, other, sweep.Options{Dir: b})
	mustRun(t, sweeptest.Study(t, "N = [2, 3]\nbias = [0.2, 0.8]\nsamples = 2"), sweep.Options{Dir: c})
	got, err := Compare(mustOpen(t, a), mustOpen(t, b))
	if err != nil {
		t.Fatal(err)
	}
	if got.Unmatched != [2]int{2, 1} || len(got.Axes) != 1 || got.Axes[0] != "N" {
		t.Errorf("unmatched %v, axes %v", got.Unmatched, got.Axes)
	}
	for _, d := range got.Rows {
		if d.Point.String() != "N=5" {
			t.Errorf("compared at %s", d.Point)
		}
	}
	if _, err := Compare(mustOpen(t, b), mustOpen(t, c)); err == nil || !strings.Contains(err.Error(), c) {
		t.Errorf("points that cannot be told apart: %v", err)
	}
}
