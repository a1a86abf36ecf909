package plots

import (
	"math"
	"slices"
)

// A layer is one thing that a panel shows.
type layer interface {
	// extent returns the values that the axes should reach.
	extent() (xs, ys []float64)
	// occupy marks where no text may stand.
	occupy(b *box, o *occupancy)
	draw(c canvas, b *box)
	// keys adds what the legend says.
	keys(add func(key))
	// numbers writes what is shown, NaN for what is not there.
	numbers(row rowWriter)
}

// A rowWriter takes one row of the table of plotted numbers.
type rowWriter func(kind, label string, x, y, low, high float64)

// layers are all that the panel shows, from the bottom.
func (p *Panel) layers() []layer {
	var all []layer
	if p.Map != nil {
		all = append(all, p.Map)
	}
	for i := range p.Bands {
		all = append(all, &p.Bands[i])
	}
	if len(p.Areas) > 0 {
		all = append(all, areas(p.Areas))
	}
	for i := range p.Marks {
		all = append(all, &p.Marks[i])
	}
	for i := range p.Histograms {
		k := i
		if p.Histograms[i].Ridge {
			k = len(p.Histograms) - 1 - i // a lower ridge hides the foot of the upper one
		}
		all = append(all, &p.Histograms[k])
	}
	for i := range p.Series {
		all = append(all, &p.Series[i])
	}
	for i := range p.Lines {
		all = append(all, &p.Lines[i])
	}
	return all
}

// values are all that the x and y axes should show. A curve beside measured
// points does not widen the x axis.
func (p *Panel) values() (xs, ys []float64) {
	var lines []*Line
	for _, l := range p.layers() {
		if line, ok := l.(*Line); ok {
			lines = append(lines, line)
			continue
		}
		x, y := l.extent()
		xs, ys = append(xs, x...), append(ys, y...)
	}
	lo, hi := p.X.extent(xs)
	alone := !anyNumber(xs)
	for _, l := range lines {
		for i := range l.X {
			if alone {
				xs, ys = append(xs, l.X[i]), append(ys, l.Y[i])
			} else if lo <= l.X[i] && l.X[i] <= hi && l.counts(l.X[i]) {
				ys = append(ys, l.Y[i])
			}
		}
	}
	return xs, ys
}

// Span is the range of the x axis.
func (p *Panel) Span() (lo, hi float64) {
	xs, _ := p.values()
	x, _ := p.axes()
	s := x.fit(xs, 5)
	return s.min, s.max
}

// Reach is the range of x of some of the series; zero where they have no points.
func (p *Panel) Reach(series []int) (from, to float64) {
	var xs []float64
	for _, k := range series {
		if k < len(p.Series) {
			x, _ := p.Series[k].extent()
			xs = append(xs, x...)
		}
	}
	if len(xs) == 0 {
		return 0, 0
	}
	return slices.Min(xs), slices.Max(xs)
}

// Counted are the points of a panel, those that a log axis has no place for, and
// those within the limits that are set.
func (p *Panel) Counted() (points, lost, shown int) {
	inside := func(a Axis, v float64) bool {
		lo, hi := a.limits()
		return !(v < lo) && !(v > hi)
	}
	for _, s := range p.Series {
		for _, q := range s.Points {
			if math.IsNaN(q.X) || math.IsNaN(q.Y) {
				continue
			}
			points++
			switch {
			case p.X.Log && q.X <= 0 || p.Y.Log && q.Y <= 0:
				lost++
			case inside(p.X, q.X) && inside(p.Y, q.Y):
				shown++
			}
		}
	}
	return points, lost, shown
}

func anyNumber(xs []float64) bool {
	for _, x := range xs {
		if !math.IsNaN(x) {
			return true
		}
	}
	return false
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
		if !at.defined() {
			continue
		}
		o.mark(rect{at.X, at.Y, at.X, at.Y}.grown(symbolR + 1))
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

func (s *Series) draw(c canvas, b *box) {
	size := s.symbolSize()
	b.drawBars(c, s, size)
	symbol := markerOf(s.Style, size)
	drawn := map[[2]int]bool{}
	near := s.near()
	for _, q := range s.Points {
		at := b.toPage(q.X, q.Y)
		if !at.defined() || !b.frame.grown(0.01).contains(at) {
			continue
		}
		// Symbols that fall on nearly the same place cannot be told apart, and a
		// hundred thousand of them make a file that no program opens.
		cell := [2]int{int(at.X / near), int(at.Y / near)}
		if !drawn[cell] {
			drawn[cell] = true
			c.mark(symbol, at)
		}
	}
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
func (b *box) drawBars(c canvas, s *Series, size float64) {
	var joined []point
	near := s.near()
	drawn := map[[3]int]bool{}
	for _, q := range s.Points {
		at := b.toPage(q.X, q.Y)
		joined = append(joined, at)
		low, high := b.toPage(q.X, q.Low), b.toPage(q.X, q.High)
		outside := !at.defined() || !low.defined() || !high.defined() || at.X < b.frame.x0 || at.X > b.frame.x1
		hidden := high.Y-low.Y < 2*size && b.frame.contains(at)
		if outside || hidden {
			continue
		}
		cell := [3]int{int(low.X / near), int(low.Y / near), int(high.Y / near)}
		if !drawn[cell] {
			drawn[cell] = true
			c.stroke(errorBar(low, high, b.frame, size == symbolR), pen{width: 0.6, colour: colourOf(s.Style)})
		}
	}
	if s.Join {
		b.strokeLine(c, joined, s.joint())
	}
}

// joint is the pen of the line between points.
func (s *Series) joint() pen { return pen{width: 0.5, colour: colourOf(s.Style).tint(0.6)} }

// errorBar is a bar, if wanted with a cap at each end that is in the frame.
func errorBar(low, high point, frame rect, caps bool) path {
	from, to, ok := clipped(low, high, frame)
	if !ok {
		return nil
	}
	bar := polyline(from, to)
	for _, end := range []point{low, high} {
		if caps && frame.contains(end) {
			bar.move(point{end.X - 1.5, end.Y})
			bar.line(point{end.X + 1.5, end.Y})
		}
	}
	return bar
}

// A Line is a curve, drawn thin. It is broken where a value is NaN.
type Line struct {
	Label string
	Style int // Black, or the colour of the series that it goes with
	Dash  int // 0 is solid
	X, Y  []float64
	// Faint lines are many and thinner: trajectories.
	Faint bool
	// Symbols, here and there, tell lines apart where colours are not printed.
	Symbols bool
	// Common is the label of curves of several colours: its key is black.
	Common bool
	// From and To are the x between which the y axis must show the line; both zero
	// is everywhere. A power law would reach far beyond the points that it is for.
	From, To float64

	fit *fitted // that it draws
}

// counts tells whether the y axis must show the line at x.
func (l *Line) counts(x float64) bool {
	return l.From == 0 && l.To == 0 || l.From <= x && x <= l.To
}

func (l *Line) extent() (xs, ys []float64) { return l.X, l.Y }

func (l *Line) occupy(b *box, o *occupancy) {
	for i := 1; i < len(l.X); i++ {
		o.markSegment(b.toPage(l.X[i-1], l.Y[i-1]), b.toPage(l.X[i], l.Y[i]))
	}
	for _, at := range l.symbols(b) {
		o.mark(rect{at.X, at.Y, at.X, at.Y}.grown(symbolR + 1))
	}
}

func (l *Line) keys(add func(key)) {
	k := key{label: l.Label, style: l.Style, line: true, pen: l.pen(), symbol: l.Symbols}
	if l.Common {
		k.pen.colour = black
	}
	add(k)
}

// symbols are the places of its symbols: a fifth of the frame apart, those of each
// style a little further on.
func (l *Line) symbols(b *box) (places []point) {
	if !l.Symbols {
		return nil
	}
	apart := b.frame.width() / 5
	next := b.frame.x0 + apart*(0.3+math.Mod(0.38*float64(l.Style), 1))
	for i := range l.X {
		at := b.toPage(l.X[i], l.Y[i])
		if at.defined() && b.frame.contains(at) && at.X >= next {
			places = append(places, at)
			for next <= at.X {
				next += apart
			}
		}
	}
	return places
}

func (l *Line) numbers(row rowWriter) {
	if l.fit != nil {
		l.fit.numbers(row)
	}
	for i := range l.X {
		row("line", l.Label, l.X[i], l.Y[i], math.NaN(), math.NaN())
	}
}

func (l *Line) draw(c canvas, b *box) {
	var pts []point
	for i := range l.X {
		pts = append(pts, b.toPage(l.X[i], l.Y[i]))
	}
	with := l.pen()
	if b.panel.Map != nil {
		b.strokeLine(c, pts, pen{width: with.width + 1.4, colour: white}) // or it is lost on dark colours
	}
	b.strokeLine(c, pts, with)
	for _, at := range l.symbols(b) {
		c.mark(markerOf(l.Style, 0.8*symbolR), at)
	}
}

func (l *Line) pen() pen {
	p := linePen(l.Style, l.Dash)
	if l.Faint {
		p.width, p.colour = 0.4, p.colour.tint(0.6)
	}
	return p
}

func linePen(style, dash int) pen {
	if style < 0 {
		return pen{thinLine, black, dashOf(dash)}
	}
	return pen{thinLine, colourOf(style), dashOf(dash)}
}

// strokeLine draws a line through points as far as it is in the frame.
func (b *box) strokeLine(c canvas, pts []point, with pen) {
	if p := clippedLine(pts, b.frame); len(p) > 0 {
		c.stroke(p, with)
	}
}

// A Mark is a dotted line across the panel at a value worth knowing.
type Mark struct {
	At         float64
	Horizontal bool   // at a value of y; else of x
	Label      string // stands beside the line
}

func (m *Mark) extent() (xs, ys []float64) { return nil, nil }
func (m *Mark) occupy(*box, *occupancy)    {} // with its label, once the data are there
func (m *Mark) keys(func(key))             {}

func (m *Mark) numbers(row rowWriter) {
	if m.Horizontal {
		row("mark", m.Label, math.NaN(), m.At, math.NaN(), math.NaN())
	} else {
		row("mark", m.Label, m.At, math.NaN(), math.NaN(), math.NaN())
	}
}

func (m *Mark) draw(c canvas, b *box) {
	if b.shows(*m) {
		from, to := b.markEnds(*m)
		c.stroke(polyline(from, to), pen{frameLine, black, []float64{1, 2}})
	}
}
