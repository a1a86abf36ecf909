package figure

import (
	"math"
	"strings"
	"testing"
)

// The line through exact points is exact; the errors of the slope are those of
// Numerical Recipes (15.2.9) for weighted points.
func TestFit(t *testing.T) {
	var line, power, weighted []Point
	for _, x := range []float64{1, 2, 4, 8} {
		line = append(line, Exact(x, 3-2*x))
		power = append(power, Exact(x, 5*math.Pow(x, -0.5)))
		weighted = append(weighted, Point{x, 3 - 2*x, 3 - 2*x - 0.1, 3 - 2*x + 0.1})
	}
	f, ok := fitLine(line, false, 1)
	if !ok || math.Abs(f.b+2) > 1e-12 || math.Abs(f.a-3) > 1e-12 || f.stderr > 1e-7 {
		t.Errorf("line: %+v", f)
	}
	f, ok = fitLine(power, true, 1)
	if !ok || math.Abs(f.b+0.5) > 1e-12 || math.Abs(math.Exp(f.a)-5) > 1e-12 {
		t.Errorf("power: %+v", f)
	}
	f, ok = fitLine(weighted, false, 1)
	if want := 0.1 / math.Sqrt(85-15.*15/4); !ok || math.Abs(f.stderr-want) > 1e-12 { // σ/√(Σx² − (Σx)²/n)
		t.Errorf("weighted: error of the slope %v, want %v", f.stderr, want)
	}
	if _, ok := fitLine(line[:2], false, 1); ok {
		t.Error("two points are no fit")
	}
	if _, ok := fitLine([]Point{Exact(1, -1), Exact(2, 0), Exact(math.NaN(), 1)}, true, 1); ok {
		t.Error("a power law through nothing positive")
	}
}

// Slopes stand in the legend of one panel; of several they are in the numbers only,
// since a common legend could not say which panel they are of.
func TestSlopesOfSeveralPanels(t *testing.T) {
	p := seriesPanel(Point{1, 1, 0.9, 1.1}, Point{2, 2.1, 2, 2.2}, Point{4, 3.9, 3.8, 4})
	line, ok := p.Series[0].Straight(false, 1, "N")
	if !ok || !line.IsFit() || !strings.HasPrefix(line.Label, "slope $") {
		t.Fatalf("%+v, %v", line, ok)
	}
	p.Lines = []Line{line}
	slopes := func(f *Figure) (n int) {
		s, err := f.arrange()
		if err != nil {
			t.Fatal(err)
		}
		keys, err := s.keys()
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range keys {
			if strings.HasPrefix(k.label, "slope") {
				n++
			}
		}
		return n
	}
	one, two := &Figure{Panels: []Panel{p}}, &Figure{Panels: []Panel{p, p}}
	if n := slopes(one); n != 1 {
		t.Errorf("%d slopes in the legend of one panel, want 1", n)
	}
	if n := slopes(two); n != 0 {
		t.Errorf("%d slopes in the legend of two panels", n)
	}
	b, err := two.Numbers()
	if err != nil {
		t.Fatal(err)
	}
	f := line.fit
	if want := `a,"fit, slope",one,,,,` + plain(f.b) + "," + plain(f.b-f.stderr) + "," + plain(f.b+f.stderr); !strings.Contains(string(b), want) {
		t.Errorf("no %s in\n%s", want, b)
	}
}
