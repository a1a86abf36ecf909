package figure

import (
	"bytes"
	"io"
	"math"
	"math/rand/v2"
	"testing"
	"unicode/utf8"

	"hopcap/plots/label"
)

// odd is a value such as no experiment should measure, and some do.
func odd(rng *rand.Rand) float64 {
	near := []float64{1, 0.5, 0.138, -0.7, 1e6, 3e-5, 1e12, 250}[rng.IntN(8)]
	switch rng.IntN(12) {
	case 0:
		return []float64{0, math.Copysign(0, -1), math.NaN(), math.Inf(1), math.Inf(-1)}[rng.IntN(5)]
	case 1:
		return []float64{5e-324, -1e-310, 1e-300, 1e300, -1e308, math.MaxFloat64}[rng.IntN(6)]
	case 2:
		return rng.NormFloat64() * math.Pow(10, float64(rng.IntN(600)-300))
	case 3, 4, 5, 6:
		return near * (1 + rng.NormFloat64()*math.Pow(10, float64(-rng.IntN(18))))
	case 7, 8:
		return math.Nextafter(near, 2*near)
	}
	return near
}

func oddAxis(rng *rand.Rand) Axis {
	a := Axis{Log: rng.IntN(3) == 0}
	if rng.IntN(3) == 0 {
		a.Min, a.Max = odd(rng), odd(rng)
	}
	return a
}

// Whatever an axis is to show, it has few ticks, all of them on it, with short labels
// that differ.
func TestAxesOfOddValues(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 30_000 {
		a, values := oddAxis(rng), make([]float64, rng.IntN(4))
		base := odd(rng)
		for i := range values {
			values[i] = odd(rng)
			if rng.IntN(2) == 0 { // or near one another
				values[i] = base * (1 + rng.NormFloat64()*math.Pow(10, float64(-rng.IntN(18))))
			}
		}
		s := a.fit(values, 1+rng.IntN(6))
		if len(s.ticks) > mostTicks || !(s.min < s.max) || math.IsInf(s.max-s.min, 0) {
			t.Fatalf("%+v of %v: from %v to %v with %d ticks", a, values, s.min, s.max, len(s.ticks))
		}
		seen := map[string]bool{}
		for _, tick := range s.ticks {
			if p := s.at(tick.at); !(p >= -1e-6 && p <= 1+1e-6) {
				t.Fatalf("%+v of %v: tick %v is off the axis", a, values, tick)
			}
			text := label.Plain(tick.label)
			if text != "" && (seen[text] || utf8.RuneCountInString(text) > 13) {
				t.Fatalf("%+v of %v: labels %q, factor %s", a, values, labelsOf(s), s.factor)
			}
			seen[text] = true
		}
		if text := label.Plain(s.factor); utf8.RuneCountInString(text) > 36 {
			t.Fatalf("%+v of %v: factor %s", a, values, s.factor)
		}
	}
}

// Values that agree within 10⁻⁹ are one value, with an axis about it.
func TestEqualValuesAreOne(t *testing.T) {
	for _, values := range [][]float64{
		{0.1, math.Nextafter(0.1, 1)}, {0.95, 0.95 + 2e-10}, {-250, math.Nextafter(-250, 0), -250}, {1e12, 1e12 + 1},
	} {
		if s := (Axis{}).fit(values, 5); s.max-s.min < math.Abs(values[0])/2 || s.factor != "" && values[0] != 1e12 {
			t.Errorf("%v: from %v to %v, factor %s", values, s.min, s.max, s.factor)
		}
	}
}

// Of values that differ late the common part stands beside the axis.
func TestCommonPart(t *testing.T) {
	for _, c := range []struct {
		values []float64
		labels []string
		factor string
	}{
		{[]float64{0.5, 0.5 + 4e-8}, []string{"0", "1", "2", "3", "4"}, `$\times10^{-8}+0.5$`},
		{[]float64{-0.138 - 4e-8, -0.138}, []string{"-4", "-3", "-2", "-1", "0"}, `$\times10^{-8}-0.138$`},
		{[]float64{3e9, 3e9 + 400}, []string{"0", "100", "200", "300", "400"}, `$+3\times10^{9}$`},
	} {
		s := Axis{}.fit(c.values, 5)
		if got := labelsOf(s); len(got) != len(c.labels) || got[0] != c.labels[0] || got[len(got)-1] != c.labels[len(got)-1] || s.factor != c.factor {
			t.Errorf("%v: labels %q, factor %s; want %q, %s", c.values, got, s.factor, c.labels, c.factor)
		}
	}
}

// Whatever a figure shows, in whatever width, it is drawn in a file of modest size.
func TestFiguresOfOddValues(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	for range 60 {
		f := &Figure{Width: []float64{0, 4, 8.6, 17.8, 30}[rng.IntN(5)], Columns: rng.IntN(7)}
		for range 1 + rng.IntN(6) {
			f.Panels = append(f.Panels, oddPanel(rng))
		}
		b, err := f.Render("svg")
		if err != nil {
			t.Fatal(err)
		}
		if len(b) > 2e6 || bytes.Contains(b, []byte("NaN")) || bytes.Contains(b, []byte("Inf")) {
			t.Fatalf("%d bytes of %+v", len(b), f)
		}
		for _, p := range f.Panels {
			if err := Text(io.Discard, p, rng.IntN(100)); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func oddPanel(rng *rand.Rand) Panel {
	p := Panel{X: oddAxis(rng), Y: oddAxis(rng)}
	p.X.Label, p.Y.Label = `$\alpha$`, "$m$"
	many := func() (values []float64) {
		for range 5 {
			values = append(values, odd(rng))
		}
		return values
	}
	switch rng.IntN(5) {
	case 0:
		p.Map = MapOf([][3]float64{{odd(rng), odd(rng), odd(rng)}, {odd(rng), odd(rng), odd(rng)}, {1, 2, odd(rng)}})
	case 1:
		xs := many()
		p.Areas = []Area{{Label: "a", X: xs, Y: many()}, {Label: "b", Style: 1, X: xs, Y: many()}}
	case 2:
		p.Histograms = Distributions([][]float64{many(), many()}, nil, 0)
	case 3:
		p.Bands = []Band{{Label: "band", X: many(), Low: many(), High: many()}}
	}
	s := Series{Label: "one", Join: true}
	for range 5 {
		s.Points = append(s.Points, Point{odd(rng), odd(rng), odd(rng), odd(rng)})
	}
	p.Series = []Series{s}
	p.Lines = []Line{{Label: "line", Style: 1, X: many(), Y: many(), Symbols: true}}
	p.Marks = []Mark{{At: odd(rng), Label: "mark"}, {At: odd(rng), Horizontal: true, Label: "level"}}
	return p
}

// Loads that differ by rounding are one column of a map.
func TestMapOfRoundedValues(t *testing.T) {
	m := MapOf([][3]float64{{0.1, 1, 5}, {math.Nextafter(0.1, 1), 2, 6}, {0.2, 1, 7}})
	if len(m.X) != 2 || len(m.Y) != 2 || m.Z[0][0] != 5 || m.Z[1][0] != 6 || m.Z[0][1] != 7 {
		t.Errorf("%+v", m)
	}
}
