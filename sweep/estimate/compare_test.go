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
		if d.Z != 0 || d.P != 1 || d.A != d.B || d.Stderr != 0 || d.Pairs != 11 && d.Column != "echo_mean" {
			t.Errorf("%+v", d)
		}
	}
}

func TestCompareByHand(t *testing.T) {
	a := estimatesOfRows(t, handRow{0, 0, 1.0, int64(1), "flat"}, handRow{1, 0, 3.0, int64(1), "flat"})
	b := estimatesOfRows(t, handRow{0, 0, 3.0, int64(0), "flat"}, handRow{1, 0, 5.0, int64(1), "flat"})
	got := map[string]Difference{}
	for _, d := range differences(nil, a, b, a.Points[0], b.Points[0], nil) {
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

// TestCompareByPairs: of the samples that both have, set by set. A coin is heads below
// the bias, so that each toss below 0.3 is heads in both, and the difference lies between.
func TestCompareByPairs(t *testing.T) {
	a, b := t.TempDir(), t.TempDir()
	mustRun(t, sweeptest.Study(t, "N = [2, 3]\nsamples = 40\n[model]\nbias = 0.5"), sweep.Options{Dir: a})
	mustRun(t, sweeptest.Study(t, "N = [3, 2]\nsamples = 60\n[model]\nbias = 0.3"), sweep.Options{Dir: b})
	got, err := Compare(mustOpen(t, a), mustOpen(t, b))
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range got.Rows {
		if d.Column != "heads_fraction" {
			continue
		}
		n, _ := strings.CutPrefix(d.Point.String(), "N=")
		var sum, heads float64
		for i := range 40 {
			x := sweeptest.Toss(int64(n[0]-'0'), i, 0)
			if x < 0.5 {
				heads++
				if x >= 0.3 {
					sum++
				}
			}
		}
		mean := sum / 40
		if want := math.Sqrt(mean * (1 - mean) / 39); d.Pairs != 40 || d.A != heads/40 || math.Abs(d.Diff-mean) > 1e-12 || math.Abs(d.Stderr-want) > 1e-12 {
			t.Errorf("%+v, want %v of 40 pairs ± %v", d, mean, want)
		}
	}
	if len(got.Rows) != 2*5 {
		t.Errorf("%d comparisons", len(got.Rows))
	}
}

// TestCompareOfIndependent: with another seed nothing is paired.
func TestCompareOfIndependent(t *testing.T) {
	a, b := t.TempDir(), t.TempDir()
	const grid = "[sweep]\nN = 2\nsamples = 40"
	for dir, seed := range map[string]string{a: "1", b: "2"} {
		cfg, err := sweeptest.Parse("coins.toml", []byte("seed = "+seed+"\n"+grid))
		if err != nil {
			t.Fatal(err)
		}
		mustRun(t, cfg, sweep.Options{Dir: dir})
	}
	got, err := Compare(mustOpen(t, a), mustOpen(t, b))
	if err != nil || len(got.Rows) == 0 {
		t.Fatal(got, err)
	}
	for _, d := range got.Rows {
		if d.Pairs != 0 || d.Column == "height_mean" && d.Stderr == 0 {
			t.Errorf("%+v", d)
		}
	}
}

// TestSharedPatterns: samples are those of the same patterns where seed, sizes and all
// settings of patterns agree, whatever else differs.
func TestSharedPatterns(t *testing.T) {
	e := sweeptest.Coin()
	e.Keys = append(e.Keys, study.Key{Table: "patterns", Name: "ink", Type: study.Decimal, Default: "0.5"},
		study.Key{Table: "patterns", Name: "source", Type: study.Text, Default: `"here"`, Free: true})
	result := func(source string) *Results {
		t.Helper()
		cfg, err := config.Parse("coins.toml", []byte(source), e)
		if err != nil {
			t.Fatal(err)
		}
		return &Results{Results: &store.Results{Config: cfg}}
	}
	const base = "seed = 1\n[model]\nbias = 0.5\n[patterns]\nink = 0.5\nsource = \"here\"\n[sweep]\nN = 2\nsamples = 3\n"
	a := result(base)
	for _, c := range []struct {
		from, to string
		want     bool
	}{
		{"ink = 0.5\n", "", true}, {"here", "there", true}, {"bias = 0.5", "bias = 0.3", true}, {"samples = 3", "samples = 4", true},
		{"seed = 1", "seed = 2", false}, {"N = 2", "N = 3", false}, {"ink = 0.5", "ink = 0.4", false},
	} {
		b := result(strings.Replace(base, c.from, c.to, 1))
		if got := shared(a, b, a.Config.Points[0], b.Config.Points[0]); got != c.want {
			t.Errorf("%q for %q: %v", c.to, c.from, got)
		}
	}
	b := result(base)
	b.Version = "2"
	if shared(a, b, a.Config.Points[0], b.Config.Points[0]) {
		t.Error("shared by two versions of the physics")
	}
}
