package figure

import (
	"math"
	"slices"

	"hopcap/plots/canvas"
)

// Straight returns the straight line that fits the points of the series best, by weighted
// least squares, over the range of the points. With power set it is the best power law. The
// error bars of the points extend so many standard errors each way. The label has the slope
// of the line with its standard error, and symbol as the name of x. Fewer than three points
// have no line.
func (s *Series) Straight(power bool, errors float64, symbol string) (Line, bool) {
	f, ok := fitLine(s.Points, power, errors)
	if !ok {
		return Line{}, false
	}
	f.of = s.Label
	l := f.line(s.Points)
	l.Label, l.fit = f.label(symbol), &f
	return l, true
}

// A Series is a set of measured points with one symbol and one colour.
type Series struct {
	Label  string // in the legend; empty for none
	Style  int    // which symbol and colour
	Points []Point
	Bars   string // what the error bars are, for the table of plotted numbers
	Join   bool   // with a thin line, to guide the eye
}

// A Point is a measured value. Its error bar reaches from Low to High, which
// are values, not differences; where they are NaN there is none.
type Point struct{ X, Y, Low, High float64 }

// HasLimits reports whether the panel shows an upper limit, as an arrow: on a log axis a
// fraction of zero has no other place.
func (p *Panel) HasLimits() bool {
	for _, s := range p.Series {
		if p.Y.Log && slices.ContainsFunc(s.Points, Point.isLimit) {
			return true
		}
	}
	return false
}

// Exact is a point without error bar.
func Exact(x, y float64) Point { return Point{x, y, math.NaN(), math.NaN()} }

func (s *Series) extent() (xs, ys []float64) {
	for _, q := range s.Points {
		if !math.IsNaN(q.X) && !math.IsNaN(q.Y) {
			xs, ys = append(xs, q.X), append(ys, q.Y, q.Low, q.High)
		}
	}
	return xs, ys
}

func (s *Series) occupy(b *box, o *occupancy) {
	for i, q := range s.Points {
		at := b.toPage(q.X, q.Y)
		if !at.Defined() {
			continue
		}
		if b.y.log && q.isLimit() {
			high := b.toPage(q.X, q.High)
			o.markSegment(high, canvas.Point{X: high.X, Y: high.Y - limitArrow})
			continue
		}
		o.mark(canvas.Rect{X0: at.X, Y0: at.Y, X1: at.X, Y1: at.Y}.Grown(symbolR + 1))
		o.markSegment(b.toPage(q.X, q.Low), b.toPage(q.X, q.High))
		if s.Join && i > 0 {
			o.markSegment(b.toPage(s.Points[i-1].X, s.Points[i-1].Y), at)
		}
	}
}

func (s *Series) keys(add func(key)) {
	add(key{label: s.Label, style: s.Style, symbol: true, line: s.Join, pen: s.joint()})
}

func (s *Series) numbers(row rowWriter) {
	for _, q := range s.Points {
		row("point", s.Label, q.X, q.Y, q.Low, q.High)
	}
}

func (s *Series) draw(c canvas.Canvas, b *box) {
	size := s.symbolSize()
	b.drawBars(c, s, size)
	inside, _ := s.places(b)
	for _, at := range inside {
		c.Mark(markerOf(s.Style, size), at)
	}
}

// drawOnFrame draws the symbols that reach over the frame, whole.
func (s *Series) drawOnFrame(c canvas.Canvas, b *box) {
	_, onFrame := s.places(b)
	for _, at := range onFrame {
		c.Mark(markerOf(s.Style, s.symbolSize()), at)
	}
}

// places are the places of symbols: inside the frame, and onFrame for symbols that reach
// over the frame.
func (s *Series) places(b *box) (inside, onFrame []canvas.Point) {
	clear := b.frame.Grown(-markerOf(s.Style, s.symbolSize()).Reach() - frameLine/2)
	drawn := map[[2]int]bool{}
	near := s.near()
	for _, q := range s.Points {
		at := b.toPage(q.X, q.Y)
		if !at.Defined() || !b.frame.Grown(0.01).Contains(at) {
			continue
		}
		// Symbols that fall on nearly the same place cannot be told apart, and a
		// hundred thousand of them make a file that no program opens.
		cell := [2]int{int(at.X / near), int(at.Y / near)}
		if drawn[cell] {
			continue
		}
		if drawn[cell] = true; clear.Contains(at) {
			inside = append(inside, at)
		} else {
			onFrame = append(onFrame, at)
		}
	}
	return inside, onFrame
}

// near is the distance, in points, below which symbols cannot be told apart.
func (s *Series) near() float64 {
	if size := s.symbolSize(); size < symbolR {
		return 0.75 * size
	}
	return 0.2
}

// symbolSize is smaller where there are very many points.
func (s *Series) symbolSize() float64 {
	switch n := len(s.Points); {
	case n > 5000:
		return 0.35 * symbolR
	case n > 300:
		return 0.6 * symbolR
	}
	return symbolR
}

// drawBars draws error bars, with short caps unless there are very many, and the line that joins points.
func (b *box) drawBars(c canvas.Canvas, s *Series, size float64) {
	var joined []canvas.Point
	near := s.near()
	drawn := map[[3]int]bool{}
	for _, q := range s.Points {
		at := b.toPage(q.X, q.Y)
		joined = append(joined, at)
		if b.y.log && q.isLimit() {
			b.drawLimit(c, b.toPage(q.X, q.High), s.Style)
			continue
		}
		low, high := b.toPage(q.X, q.Low), b.toPage(q.X, q.High)
		outside := !at.Defined() || !low.Defined() || !high.Defined() || at.X < b.frame.X0-0.01 || at.X > b.frame.X1+0.01
		hidden := high.Y-low.Y < 2*size && b.frame.Contains(at)
		if outside || hidden {
			continue
		}
		cell := [3]int{int(low.X / near), int(low.Y / near), int(high.Y / near)}
		if !drawn[cell] {
			drawn[cell] = true
			c.Stroke(errorBar(low, high, b.frame, size == symbolR), canvas.Pen{Width: 0.6, Colour: colourOf(s.Style)})
		}
	}
	if s.Join {
		b.strokeLine(c, joined, s.joint())
	}
}

// isLimit reports whether all that the point says, on a log axis, is that the value is
// below the upper end of the error bar: of so many trials none counted.
func (q Point) isLimit() bool { return q.Y == 0 && q.High > 0 }

// limitArrow is the length of the arrow of an upper limit.
const limitArrow = 8.0

// drawLimit draws an arrow down from an upper limit.
func (b *box) drawLimit(c canvas.Canvas, at canvas.Point, style int) {
	if !at.Defined() || !b.frame.Contains(at) {
		return
	}
	with := canvas.Pen{Width: 0.6, Colour: colourOf(style)}
	tip := canvas.Point{X: at.X, Y: at.Y - limitArrow}
	barb := func(side float64) canvas.Point { return canvas.Point{X: tip.X + side, Y: tip.Y + 2} }
	b.strokeLine(c, []canvas.Point{{X: at.X - 2, Y: at.Y}, {X: at.X + 2, Y: at.Y}}, with)
	b.strokeLine(c, []canvas.Point{at, tip}, with)
	b.strokeLine(c, []canvas.Point{barb(-1.5), tip, barb(1.5)}, with)
}

// joint is the pen of the line between points.
func (s *Series) joint() canvas.Pen {
	return canvas.Pen{Width: 0.5, Colour: colourOf(s.Style).Tint(0.6)}
}

// errorBar is a bar, if wanted with a cap at each end that is in the frame.
func errorBar(low, high canvas.Point, frame canvas.Rect, caps bool) canvas.Path {
	from, to, ok := canvas.ClipSegment(low, high, frame)
	if !ok {
		return nil
	}
	bar := canvas.Polyline(from, to)
	for _, end := range []canvas.Point{low, high} {
		if caps && frame.Contains(end) {
			bar.Move(canvas.Point{X: end.X - 1.5, Y: end.Y})
			bar.Line(canvas.Point{X: end.X + 1.5, Y: end.Y})
		}
	}
	return bar
}
