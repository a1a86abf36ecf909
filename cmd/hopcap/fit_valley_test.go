package main

import (
	"slices"
	"testing"

	"hopcap/sweep/scaling"
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
		if got := inValley(map[float64][]float64{0.15: peaks(c.valley)}, c.at); got != c.in {
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
		if !inValley(map[float64][]float64{0.14: peaks(0), 0.15: many, 0.16: peaks(0)}, 0.7) {
			t.Errorf("%d trials at one of three loads decide", len(many))
		}
	}
}

// Sizes without a valley are set aside if enough are left, and only then.
func TestKeepTheValley(t *testing.T) {
	study := func(shallow ...int) *fittedStudy {
		s := &fittedStudy{retrievedAt: 0.7}
		for _, n := range []int{500, 1000, 2000, 4000, 8000, 16000} {
			valley := 0
			if slices.Contains(shallow, n) {
				valley = 200
			}
			s.sets = append(s.sets, patternSet{n, 0.15, peaks(valley)})
			s.curves = append(s.curves, scaling.Curve{N: n})
		}
		s.sortFinals()
		s.keepTheValley()
		return s
	}
	if s := study(500); !s.curves[0].Aside || s.curves[1].Aside || len(s.warnings) != 0 {
		t.Errorf("%+v, %q", s.curves, s.warnings)
	}
	if s := study(500, 1000); s.curves[0].Aside || s.curves[1].Aside || len(s.warnings) != 2 {
		t.Errorf("%+v, %q", s.curves, s.warnings)
	}
}

func TestConcise(t *testing.T) {
	for _, c := range []struct {
		value, stderr float64
		want          string
	}{{0.14251474, 0.0003, "0.14251(30)"}, {0.5112, 0.00702, "0.5112(70)"}, {2, 0, "2"}, {12.34, 1.26, "12.3(13)"}} {
		if got := concise(c.value, c.stderr); got != c.want {
			t.Errorf("%v ± %v is %s, want %s", c.value, c.stderr, got, c.want)
		}
	}
}
