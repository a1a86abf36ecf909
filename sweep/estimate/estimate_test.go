package estimate

import (
	"database/sql/driver"
	"hopcap/sweep/config"
	"hopcap/sweep/store"
	"hopcap/sweep/summary"
	"hopcap/sweep/sweeptest"
	"math"
	"slices"
	"strings"
	"testing"
)

// gridRows are records of one point, as a hand would write them: sample, cue, height,
// heads, stop.
type handRow struct {
	sample, cue   int64
	height, heads any
	stop          string
}

func records(points []*config.Point, rows ...handRow) *store.Records {
	r := store.NewRecords(sweeptest.Coin().Tables[0], points)
	for _, h := range rows {
		if err := r.Append(0, []driver.Value{h.sample, h.cue, h.height, h.heads, int64(1), h.stop, nil}); err != nil {
			panic(err)
		}
	}
	return r
}

func estimatesOf(t *testing.T, rows ...handRow) (Estimate, func(name string) float64) {
	t.Helper()
	cfg := sweeptest.Study(t, "N = 2\nsamples = 1000")
	e := Of(records(cfg.Points, rows...))
	return e.Points[0], func(name string) float64 {
		values := flat(e, name)
		if values == nil {
			t.Fatalf("no %s", name)
		}
		return values[0]
	}
}

// flat are the plain numbers of one name by row, as exports have them; nil if there is
// no such column.
func flat(e *Estimates, name string) []float64 {
	t := e.table().flat()
	at := slices.IndexFunc(t.Columns, func(c TableColumn) bool { return c.Name == name })
	if at < 0 {
		return nil
	}
	rows, err := t.Rows()
	if err != nil {
		panic(err)
	}
	values := make([]float64, len(rows))
	for i, cells := range rows {
		values[i] = math.NaN()
		if x, ok := cells[at].(float64); ok {
			values[i] = x
		}
	}
	return values
}

func TestEstimatesByHand(t *testing.T) {
	one, zero := int64(1), int64(0)
	e, value := estimatesOf(t,
		handRow{0, 0, 1.0, one, "flat"}, handRow{0, 1, 3.0, zero, "edge"}, // 2, 1/2, 1/2
		handRow{1, 0, 5.0, one, "flat"}, handRow{1, 1, nil, one, "flat"}, // 5, 1, 0
		handRow{4, 0, 5.0, zero, "flat"}, //                                5, 0, 0
	)
	if e.Samples != 3 || e.Cues != 2 {
		t.Errorf("%d samples, %d cues", e.Samples, e.Cues)
	}
	low, high := summary.Wilson(0.5, 3) // p(1−p)/se² = 3: se² = (1/4)/3
	want := map[string]float64{
		"height_mean":    4,
		"height_stderr":  1,
		"heads_fraction": 0.5, "heads_low": low, "heads_high": high,
		"edge_fraction": 1.0 / 6,
		"turns_mean":    1, "turns_stderr": 0,
		"echo_mean": math.NaN(), "echo_stderr": math.NaN(),
	}
	for name, w := range want {
		if got := value(name); math.Abs(got-w) > 1e-15 && !(math.IsNaN(got) && math.IsNaN(w)) {
			t.Errorf("%s = %v, want %v", name, got, w)
		}
	}
	if !slices.ContainsFunc(e.Warnings, func(w Warning) bool { return strings.HasPrefix(w.Text, "stop = edge") }) ||
		!slices.ContainsFunc(e.Warnings, func(w Warning) bool { return strings.HasPrefix(w.Text, "samples = 3") }) {
		t.Errorf("warnings: %v", e.Warnings)
	}
}

func TestEstimateOfOneSampleHasNoError(t *testing.T) {
	_, value := estimatesOf(t, handRow{0, 0, 1.0, int64(1), "flat"}, handRow{0, 1, 2.0, int64(0), "flat"})
	if m, se := value("height_mean"), value("height_stderr"); m != 1.5 || !math.IsNaN(se) {
		t.Errorf("%v ± %v", m, se)
	}
	if low, want := value("heads_low"), first(summary.Wilson(0.5, 1)); low != want {
		t.Errorf("heads from %v, want %v: one sample counts as one trial", low, want)
	}
}

func first(a, _ float64) float64 { return a }

func TestNoteIsTheFirstWarning(t *testing.T) {
	points := sweeptest.Study(t, "N = 2\nsamples = 1000").Points
	points[0].Note = "a fair coin"
	e := Of(records(points, handRow{0, 0, 1.0, int64(1), "edge"}))
	if w := e.Points[0].Warnings; len(w) != 3 || w[0].Text != "a fair coin" {
		t.Errorf("%v", w)
	}
	if w := e.Warnings(); len(w) != 3 || w[0] != "a fair coin (1 of 1 points)" {
		t.Errorf("%q", w)
	}
}

// Samples without any value, as pattern sets that could not be stored, are told of; a
// sample that has one value somewhere is not.
func TestWarnsOfSamplesWithoutValues(t *testing.T) {
	r := records(sweeptest.Study(t, "N = 2\nsamples = 1000").Points,
		handRow{0, 0, 1.0, int64(1), "edge"}, handRow{1, 0, nil, nil, "lost"}, handRow{1, 1, nil, nil, "lost"},
		handRow{2, 0, nil, nil, "lost"}, handRow{2, 1, nil, int64(0), "edge"}, handRow{3, 0, nil, nil, "lost"})
	r.Column("turns").Null = []bool{false, true, true, true, true, true}
	const want = "2 of 4 samples have no values: the estimates are of the others"
	if w := Of(r).Points[0].Warnings; !slices.Contains(w, Warning{Text: want}) {
		t.Errorf("%v, want %q", w, want)
	}
	r.Column("turns").Null = nil
	if w := Of(r).Points[0].Warnings; slices.ContainsFunc(w, func(w Warning) bool { return strings.Contains(w.Text, "no values") }) {
		t.Errorf("%v, though every row has turns", w)
	}
}

func TestEstimateOfNothing(t *testing.T) {
	e, value := estimatesOf(t)
	if e.Samples != 0 || len(e.Warnings) != 0 || !math.IsNaN(value("height_mean")) || !math.IsNaN(value("heads_low")) {
		t.Errorf("%+v", e)
	}
}
