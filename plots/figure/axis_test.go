package figure

import (
	"math"
	"slices"
	"strings"
	"testing"

	"hopcap/plots/label"
)

func labelsOf(s scale) (labels []string) {
	for _, t := range s.ticks {
		if t.label != "" {
			labels = append(labels, strings.Trim(t.label, "$"))
		}
	}
	return labels
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		axis   Axis
		values []float64
		want   []string
		factor string
	}{
		{Axis{}, []float64{0.1, 0.18}, []string{"0.10", "0.12", "0.14", "0.16", "0.18"}, ""},
		{Axis{}, []float64{-1, 1}, []string{"-1.0", "-0.5", "0.0", "0.5", "1.0"}, ""},
		{Axis{}, []float64{0, 40000}, []string{"0", `10\,000`, `20\,000`, `30\,000`, `40\,000`}, ""},
		{Axis{}, []float64{0, 4e6}, []string{"0", "1", "2", "3", "4"}, `$\times10^{6}$`},
		{Axis{}, []float64{0, 4e-6}, []string{"0", "1", "2", "3", "4"}, `$\times10^{-6}$`},
		{Axis{}, []float64{0, 0.002}, []string{"0.0", "0.5", "1.0", "1.5", "2.0"}, `$\times10^{-3}$`},
		{Axis{}, []float64{0.99993, 0.99997}, []string{"0.99993", "0.99994", "0.99995", "0.99996", "0.99997"}, ""},
		{Axis{Log: true}, []float64{1e-4, 1}, []string{"10^{-4}", "10^{-3}", "10^{-2}", "10^{-1}", "10^{0}"}, ""},
		{Axis{Log: true}, []float64{500, 4000}, []string{"500", "1000", "2000"}, ""},
		{Axis{Log: true}, []float64{0.02, 0.3}, []string{"0.02", "0.05", "0.1", "0.2"}, ""},
		{Axis{Log: true}, []float64{2e7, 6e7}, []string{`2\times10^{7}`, `3\times10^{7}`, `4\times10^{7}`, `6\times10^{7}`}, ""},
		{Axis{Log: true}, []float64{1e-30, 1}, []string{"10^{-28}", "10^{-21}", "10^{-14}", "10^{-7}", "10^{0}"}, ""},
		{Axis{Log: true}, []float64{3.1, 3.4}, []string{"3.10", "3.15", "3.20", "3.25", "3.30", "3.35", "3.40"}, ""},
		{Axis{Min: 0, Max: 1}, []float64{5, 9}, []string{"0.0", "0.2", "0.4", "0.6", "0.8", "1.0"}, ""},
	} {
		s := c.axis.fit(c.values, 5)
		if got := labelsOf(s); !slices.Equal(got, c.want) || s.factor != c.factor {
			t.Errorf("%v: got %q, factor %q; want %q, %q", c.values, got, s.factor, c.want, c.factor)
		}
	}
}

// No symbol touches the frame, and what is not positive is below a log axis.
func TestExtent(t *testing.T) {
	s := Axis{}.fit([]float64{0, 10, math.NaN(), math.Inf(1)}, 5)
	if s.min != -0.4 || s.max != 10.4 {
		t.Errorf("got %v … %v, want 4 %% around 0 … 10", s.min, s.max)
	}
	s = Axis{Log: true}.fit([]float64{-3, 0, 1, 100}, 5)
	if s.min <= 0.5 || s.min >= 1 || s.at(-3) > -1000 || s.at(0) > -1000 || !math.IsNaN(s.at(math.NaN())) {
		t.Errorf("log axis from %v, −3 at %v", s.min, s.at(-3))
	}
}

func FuzzTicks(f *testing.F) {
	f.Add(0.0, 1.0, false)
	f.Add(1e-300, 1e300, true)
	f.Add(-1e308, 1e308, false)
	f.Add(1.0, 1.0000000001, false)
	f.Fuzz(func(t *testing.T, a, b float64, log bool) {
		s := Axis{Log: log}.fit([]float64{a, b}, 5)
		if len(s.ticks) > 1000 {
			t.Errorf("%v … %v: %d ticks", a, b, len(s.ticks))
		}
		for _, tick := range s.ticks {
			if p := s.at(tick.at); p < -1e-6 || p > 1+1e-6 {
				t.Errorf("%v … %v: tick %v is off the axis", a, b, tick)
			}
			if err := label.Check(tick.label); err != nil {
				t.Error(err)
			}
		}
	})
}

func TestNumber(t *testing.T) {
	for _, c := range []struct {
		v      float64
		digits int
		want   string
	}{
		{0.01, 2, "$0.01$"}, {-0.5, 1, "$-0.5$"}, {-0.0001, 2, "$0.00$"}, {1000, 0, "$1000$"},
		{10000, 0, `$10\,000$`}, {1234567.25, 2, `$1\,234\,567.25$`}, {math.Copysign(0, -1), 0, "$0$"},
	} {
		if got := label.Number(c.v, c.digits); got != c.want {
			t.Errorf("%v: got %s, want %s", c.v, got, c.want)
		}
	}
}

// Colours and symbols repeat at different rates, so that seventy-seven series
// are told apart.
func TestStylesDiffer(t *testing.T) {
	seen := map[[2]int]int{}
	for i := range len(palette) * len(symbols) {
		k := [2]int{i % len(palette), i % len(symbols)}
		if j, ok := seen[k]; ok {
			t.Fatalf("series %d looks like series %d", i, j)
		}
		seen[k] = i
	}
}

// The lightness of the map's colours rises from end to end: CIE L*, by the
// luminance of sRGB.
func TestMapColoursRiseInLightness(t *testing.T) {
	last := -1.0
	for i := range 101 {
		l := lightness(viridis(float64(i) / 100))
		if l <= last {
			t.Errorf("lightness falls from %.2f to %.2f at %d %%", last, l, i)
		}
		if last >= 0 && math.Abs(l-last-0.76) > 0.35 { // from 15 to 91 in a hundred steps
			t.Errorf("step %.2f of lightness at %d %% is uneven", l-last, i)
		}
		last = l
	}
}

// Six areas of a stack are told apart in grey.
func TestAreasDifferInGrey(t *testing.T) {
	stack := make(areas, len(shades))
	for i := range stack {
		stack[i].Style = i
	}
	for i := range stack {
		for j := range i {
			if d := math.Abs(lightness(stack.colour(i)) - lightness(stack.colour(j))); d < 6 {
				t.Errorf("areas %d and %d differ by %.1f in lightness", j, i, d)
			}
		}
	}
}
