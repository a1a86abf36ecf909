package fit

import (
	"slices"
	"testing"
)

// peaks are overlaps of two peaks, at 0.3 and 0.97, with so many in the valley between,
// at one load.
func peaks(valley int) []float64 {
	var overlaps []float64
	for i := range 200 {
		overlaps = append(overlaps, 0.28+0.0002*float64(i), 0.95+0.0002*float64(i))
	}
	for i := range valley {
		overlaps = append(overlaps, 0.40+0.5*float64(i)/float64(valley))
	}
	slices.Sort(overlaps)
	return overlaps
}

func TestInValley(t *testing.T) {
	for _, c := range []struct {
		valley int
		at     float64
		in     bool
	}{
		{0, 0.7, true},
		{130, 0.7, true}, // 13 of 200 within reach of the criterion
		{150, 0.7, false},
		{0, 0.95, false}, // in the upper peak
		{0, 0.3, false},  // in the lower peak
		{0, 0.925, true}, // just below the upper peak
		{0, -0.5, true},  // nothing is anywhere near
		{200, 0.65, false},
	} {
		if got := (byLoad{0.15: peaks(c.valley)}).inValley(c.at); got != c.in {
			t.Errorf("%d between the peaks, criterion %v: %v", c.valley, c.at, got)
		}
	}
}

// A load with many trials counts no more than others.
func TestInValleyWhateverTheEffort(t *testing.T) {
	var often []float64
	for range 20 {
		often = append(often, peaks(200)...)
	}
	slices.Sort(often)
	for _, many := range [][]float64{peaks(200), often} {
		if !(byLoad{0.14: peaks(0), 0.15: many, 0.16: peaks(0)}).inValley(0.7) {
			t.Errorf("%d trials at one of three loads decide", len(many))
		}
	}
}

// Sizes without a valley are set aside if enough are left, and only then.
func TestKeepTheValley(t *testing.T) {
	kept := func(shallow ...int) *Result {
		s := &Study{RetrievedAt: 0.7}
		for _, n := range []int{500, 1000, 2000, 4000, 8000, 16000} {
			valley := 0
			if slices.Contains(shallow, n) {
				valley = 200
			}
			s.Add(n, 0.15, peaks(valley)...)
		}
		r := &Result{Study: s, Curves: s.CurvesAt(0.7), finals: s.finals()}
		r.keepTheValley()
		return r
	}
	if r := kept(500); !r.Curves[0].Aside || r.Curves[1].Aside || len(r.Warnings) != 0 {
		t.Errorf("%+v, %q", r.Curves, r.Warnings)
	}
	if r := kept(500, 1000); r.Curves[0].Aside || r.Curves[1].Aside || len(r.Warnings) != 2 {
		t.Errorf("%+v, %q", r.Curves, r.Warnings)
	}
}

func TestNearest(t *testing.T) {
	o := byLoad{0.14: {1}, 0.15: {2}, 0.17: {3}}
	for alpha, want := range map[float64]float64{0.1: 1, 0.144: 1, 0.146: 2, 0.3: 3} {
		if got := o.nearest(alpha); got[0] != want {
			t.Errorf("nearest to %v are %v, want %v", alpha, got, want)
		}
	}
}
