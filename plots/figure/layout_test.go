package figure

import (
	"math"
	"slices"
	"testing"

	"hopcap/plots/canvas"
	"hopcap/plots/label"
)

func seriesPanel(points ...Point) Panel {
	return Panel{Series: []Series{{Label: "one", Points: points}}}
}

// A line beside points does not move the axes; of a line that goes with some of the
// points only the stretch beside them counts for y.
func TestLinesDoNotMoveAxes(t *testing.T) {
	p := seriesPanel(Exact(1, 1), Exact(2, 2))
	lo, hi := p.Span()
	p.Lines = []Line{{X: []float64{-5, 1, 2, 9}, Y: []float64{1, 1, 2, 2}}}
	if l, h := p.Span(); l != lo || h != hi || lo < 0.9 || hi > 2.1 {
		t.Errorf("axis %v … %v beside a line, %v … %v without", l, h, lo, hi)
	}
	p.Lines = []Line{{X: []float64{0.97, 1, 2}, Y: []float64{-100, 1, 5}, From: 1, To: 2}}
	if _, ys := p.values(); slices.Min(ys) < 1 || slices.Max(ys) < 5 {
		t.Errorf("values of y: %v", ys)
	}
}

// Symbols that reach over the frame are drawn after it, whole, and have room on the
// page; the others before.
func TestSymbolsOnTheFrame(t *testing.T) {
	p := seriesPanel(Exact(0, 0), Exact(1, 1), Exact(0.5, 0.5))
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, 1, 0, 1
	s, err := (&Figure{Panels: []Panel{p}}).arrange()
	if err != nil {
		t.Fatal(err)
	}
	b := s.boxes[0]
	inside, onFrame := p.Series[0].places(b)
	if len(inside) != 1 || len(onFrame) != 2 {
		t.Errorf("%v inside, %v on the frame", inside, onFrame)
	}
	if reach := markerOf(0, symbolR).Reach(); s.width-b.frame.X1 < reach {
		t.Errorf("%v right of the frame for a symbol that reaches %v", s.width-b.frame.X1, reach)
	}
}

// A fraction of zero on a log axis is an upper limit and not lost; on a linear one it is
// a point.
func TestUpperLimits(t *testing.T) {
	p := seriesPanel(Point{1, 0, 0, 0.1}, Point{2, 0.5, 0.4, 0.6}, Point{3, -1, -2, 0}, Exact(4, 0))
	if p.HasLimits() {
		t.Error("limits on a linear axis")
	}
	p.Y.Log = true
	if points, lost, shown := p.Counted(); !p.HasLimits() || points != 4 || lost != 2 || shown != 2 {
		t.Errorf("%d points, %d lost, %d shown; want 4, 2, 2", points, lost, shown)
	}
}

// Panels with windows of their own have axes of their own.
func TestPanelsWithOtherWindows(t *testing.T) {
	window := func(from, to float64) Panel { return seriesPanel(Exact(from, 0), Exact(to, 1)) }
	for _, c := range []struct {
		panels []Panel
		shared bool
	}{
		{[]Panel{window(0, 1), window(0.3, 1)}, true},
		{[]Panel{window(0, 0.5), window(0.5, 1)}, false},
		{[]Panel{window(0, 1), seriesPanel()}, true},
	} {
		f := &Figure{Panels: c.panels}
		first, second := f.xValues(0), f.xValues(1)
		if shared := slices.Equal(first, second); shared != c.shared {
			t.Errorf("%v and %v: shared %v, want %v", first, second, shared, c.shared)
		}
	}
	stacked := &Figure{Width: OneColumn, Panels: []Panel{window(0, 0.5), window(0.5, 1)}}
	if len(stacked.xValues(0)) != 4 {
		t.Error("of panels above one another only the lowest has numbers, so all must share them")
	}
}

// Among lines of several colours a common label has a black key, and faint lines
// have thin ones with symbols, for those who see no colours.
func TestKeysOfLines(t *testing.T) {
	faint := Line{Label: "run", Faint: true, Symbols: true}
	faint.keys(func(k key) {
		if !k.symbol || k.pen.Width >= thinLine {
			t.Errorf("key %+v", k)
		}
	})
	common := Line{Label: "theory", Style: 1, Common: true}
	common.keys(func(k key) {
		if k.pen.Colour != canvas.Black {
			t.Errorf("key %+v", k)
		}
	})
}

// A label that has no room across stands along its line.
func TestMarkLabelsAlongTheirLine(t *testing.T) {
	p := seriesPanel()
	for i := range 12 {
		p.Series[0].Points = append(p.Series[0].Points, Exact(float64(i), 0), Exact(float64(i), 1))
	}
	p.Marks = []Mark{{At: 4.6}, {At: 5.5, Label: "$0.0961$"}, {At: 6.4}}
	for _, c := range []struct {
		from, to float64
		turned   bool
	}{{4.5, 6.5, false}, {0, 11, true}} {
		p.X.Min, p.X.Max = c.from, c.to
		s, err := (&Figure{Panels: []Panel{p}}).arrange()
		if err != nil {
			t.Fatal(err)
		}
		if a := s.boxes[0].notes[0].anchor; a.Turned != c.turned {
			t.Errorf("from %v to %v: %+v", c.from, c.to, a)
		}
	}
}

// A capital letter of nine points is 2 mm high at least, as Physical Review wants.
func TestCapitalsAreTwoMillimetres(t *testing.T) {
	set, err := label.Set("N", textSize)
	if err != nil {
		t.Fatal(err)
	}
	if mm := set.Ascent / 72 * 25.4; mm < 2 {
		t.Errorf("capitals are %.2f mm high", mm)
	}
	if math.Abs(set.Ascent-capital) > 0.1 {
		t.Errorf("the constant for capitals is %v, they are %v", capital, set.Ascent)
	}
}
