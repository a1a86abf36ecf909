package estimate

import (
	"database/sql/driver"
	"hopcap/sweep"
	"hopcap/sweep/store"
	"hopcap/sweep/sweeptest"
	"math"
	"slices"
	"strings"
	"testing"
)

// bounces are records of two points, as a hand would write them: point, sample, cue,
// bounce, loudness.
func bounces(t *testing.T, lasts bool, rows ...[5]int64) *Estimates {
	t.Helper()
	table := sweeptest.Coin().Tables[1]
	table.Lasts = lasts
	r := store.NewRecords(table, sweeptest.Study(t, "N = [2, 3]\nsamples = 1000").Points)
	for _, row := range rows {
		if err := r.Append(int32(row[0]), []driver.Value{row[1], row[2], row[3], row[4]}); err != nil {
			t.Fatal(err)
		}
	}
	return Of(r)
}

func handBounces(t *testing.T, lasts bool) *Estimates {
	return bounces(t, lasts,
		[5]int64{0, 0, 0, 0, 8}, [5]int64{0, 0, 0, 1, 4}, [5]int64{0, 0, 0, 2, 2},
		[5]int64{0, 0, 1, 0, 6}, // a second cue, of one bounce
		[5]int64{0, 3, 0, 0, 1}, [5]int64{0, 3, 0, 1, 0},
		[5]int64{1, 0, 0, 5, 9})
}

// TestEstimatesForEachValue: what a table is estimated by, each by itself; over the
// cues of a sample it is averaged first.
func TestEstimatesForEachValue(t *testing.T) {
	for _, c := range []struct {
		lasts bool
		means []float64 // at bounces 0, 1, 2 of the first point, and 5 of the second
		cues  []int
	}{
		{false, []float64{(7 + 1) / 2.0, (4 + 0) / 2.0, 2, 9}, []int{2, 1, 1, 1}},
		{true, []float64{(7 + 1) / 2.0, (5 + 0) / 2.0, (4 + 0) / 2.0, 9}, []int{2, 2, 2, 1}},
	} {
		e := handBounces(t, c.lasts)
		if got := flat(e, "loudness_mean"); !slices.Equal(got, c.means) {
			t.Errorf("lasts = %v: means %v, want %v", c.lasts, got, c.means)
		}
		for i, want := range [][2]int64{{2, 0}, {2, 1}, {2, 2}, {3, 5}} {
			p := e.Points[i]
			if n := p.Point.Settings.Int("N"); n != want[0] || p.By != want[1] || p.Cues != c.cues[i] {
				t.Errorf("lasts = %v, row %d: N = %d, bounce %d, %d cues; want %v, %d", c.lasts, i, n, p.By, p.Cues, want, c.cues[i])
			}
		}
	}
	if one := handBounces(t, false).Points[2]; one.Samples != 1 {
		t.Errorf("%d samples have a third bounce", one.Samples)
	}
}

// TestEstimatesOfRunsHaveTheirTables: by name, under which they are exported, and
// with the column that tells their rows apart.
func TestEstimatesOfRunsHaveTheirTables(t *testing.T) {
	dir := t.TempDir()
	mustRun(t, sweeptest.Study(t, "N = 2\nsamples = 20\ncues = 3"), sweep.Options{Dir: dir})
	r := mustOpen(t, dir)
	if got, want := r.Tables(), []string{"trials", "bounces", "estimates", "bounces_estimates"}; !slices.Equal(got, want) {
		t.Errorf("tables %q, want %q", got, want)
	}
	text := string(export(t, r, "bounces_estimates", "csv"))
	head, rest, _ := strings.Cut(text, "\n")
	if want := "N,bounce,samples,cues,loudness_mean,loudness_stderr"; head != want {
		t.Errorf("columns %q, want %q", head, want)
	}
	if want := "2,0,19,3,3,0\n"; !strings.HasPrefix(rest, want) {
		t.Errorf("first row of %q, want %q: one sample never bounces, every first bounce of others has loudness 3", rest, want)
	}
	e, err := r.EstimatesNamed("estimates")
	if first, _ := r.Estimates(); err != nil || e != first {
		t.Errorf("estimates are %v, not those of the trials; %v", e, err)
	}
	if e, err := r.EstimatesNamed("trials"); e != nil || err != nil {
		t.Errorf("trials are no estimates: %v, %v", e, err)
	}
}

func TestEstimateOfATableWithoutRows(t *testing.T) {
	if e := bounces(t, true); e.Any() || len(e.Points) != 0 {
		t.Errorf("%+v", e)
	}
	if e := handBounces(t, true); !e.Any() {
		t.Error("there are records behind these")
	}
	if x := flat(handBounces(t, true), "loudness_stderr")[3]; !math.IsNaN(x) {
		t.Errorf("one sample has the error %v", x)
	}
}
