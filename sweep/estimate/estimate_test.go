package estimate

import (
	"database/sql/driver"
	"hopcap/sweep/config"
	"hopcap/sweep/store"
	"hopcap/sweep/summary"
	"hopcap/sweep/sweeptest"
	"math"
	"math/rand/v2"
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
		values := e.Column(name)
		if values == nil {
			t.Fatalf("no %s among %s", name, e.Names)
		}
		return values[0]
	}
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
	if !slices.ContainsFunc(e.Warnings, func(w string) bool { return strings.HasPrefix(w, "stop = edge") }) ||
		!slices.ContainsFunc(e.Warnings, func(w string) bool { return strings.HasPrefix(w, "samples = 3") }) {
		t.Errorf("warnings: %q", e.Warnings)
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
	if w := e.Points[0].Warnings; len(w) != 3 || w[0] != "a fair coin" {
		t.Errorf("%q", w)
	}
	if w := e.Warnings(); len(w) != 3 || w[0] != "N=2: a fair coin" {
		t.Errorf("%q", w)
	}
}

func TestEstimateOfNothing(t *testing.T) {
	e, value := estimatesOf(t)
	if e.Samples != 0 || len(e.Warnings) != 0 || !math.IsNaN(value("height_mean")) || !math.IsNaN(value("heads_low")) {
		t.Errorf("%+v", e)
	}
}

// TestSizeIsThatOfTheDesign: cues that all agree within a sample count once, those
// that are independent count each.
func TestSizeIsThatOfTheDesign(t *testing.T) {
	agree := means{bySample: []float64{1, 0, 1, 0}, cues: 40}
	if n := agree.size(); n != 4 {
		t.Errorf("cues that agree: n = %v", n)
	}
	apart := means{bySample: []float64{0.5, 0.5, 0.5, 0.5}, cues: 40}
	if n := apart.size(); n != 40 {
		t.Errorf("cues that differ: n = %v", n)
	}
	between := means{bySample: []float64{0.2, 0.8, 0.4, 0.6}, cues: 40}
	se2 := (0.09 + 0.09 + 0.01 + 0.01) / 3 / 4
	if n := between.size(); math.Abs(n-0.25/se2) > 1e-9 {
		t.Errorf("n = %v, want %v", n, 0.25/se2)
	}
	if n := (means{bySample: []float64{0, 0, 0, 0}, cues: 40}).size(); n != 4 {
		t.Errorf("nothing seen: n = %v, want the number of samples", n)
	}
}

// TestCoverage draws pattern sets whose rate differs from set to set, with several
// cues each: 95 % intervals must hold the true rate in about 95 % of the cases. An
// interval that takes cues for independent holds it in far fewer.
func TestCoverage(t *testing.T) {
	const repetitions, samples, cues, rate = 2000, 40, 8, 0.3
	rnd := rand.New(rand.NewPCG(1, 2))
	held, naive := 0, 0
	for range repetitions {
		m := means{cues: samples * cues}
		for range samples {
			own := 0.05 // a mixture with mean 0.3
			if rnd.Float64() < 1.0/3 {
				own = 0.8
			}
			n := 0.0
			for range cues {
				if rnd.Float64() < own {
					n++
				}
			}
			m.bySample = append(m.bySample, n/cues)
		}
		held += within(rate)(m.wilson())
		naive += within(rate)(summary.Wilson(m.mean(), samples*cues))
	}
	if share := float64(held) / repetitions; share < 0.93 || share > 0.97 {
		t.Errorf("held in %.3f of the cases", share)
	}
	if share := float64(naive) / repetitions; share > 0.8 {
		t.Errorf("the naive interval holds it in %.3f: this test cannot tell them apart", share)
	}
}

func within(x float64) func(low, high float64) int {
	return func(low, high float64) int {
		if low <= x && x <= high {
			return 1
		}
		return 0
	}
}

func TestWarnsOfTwoPeaks(t *testing.T) {
	var rows []handRow
	for i := range int64(40) {
		rows = append(rows, handRow{i, 0, float64(i % 2), i % 2, "flat"})
	}
	r := records(sweeptest.Study(t, "N = 2\nsamples = 1000").Points, rows...)
	for i := range r.Column("turns").Ints {
		r.Column("turns").Ints[i] = int64(i % 2) // counts are not warned of
	}
	if w := Of(r).Warnings(); len(w) != 1 || !strings.Contains(w[0], "height: two peaks") {
		t.Errorf("%q", w)
	}
}

func TestBimodal(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	var peaks, normal, exponential means
	for i := range 1000 {
		x := 0.35 + 0.1*rnd.NormFloat64()
		if i%3 == 0 {
			x = 0.97 + 0.01*rnd.NormFloat64()
		}
		peaks.bySample = append(peaks.bySample, x)
		normal.bySample = append(normal.bySample, rnd.NormFloat64())
		exponential.bySample = append(exponential.bySample, rnd.ExpFloat64())
	}
	if !peaks.bimodal() || normal.bimodal() || exponential.bimodal() {
		t.Errorf("two peaks %v, normal %v, exponential %v", peaks.bimodal(), normal.bimodal(), exponential.bimodal())
	}
	peaks.bySample = peaks.bySample[:9]
	if peaks.bimodal() {
		t.Error("nine samples tell nothing about peaks")
	}
}
