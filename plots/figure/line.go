package figure

import (
	"math"

	"hopcap/plots/canvas"
)

// IsFit reports whether the line is a fit to points.
func (l *Line) IsFit() bool { return l.fit != nil }

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

// counts reports whether the y axis must show the line at x.
func (l *Line) counts(x float64) bool {
	return l.From == 0 && l.To == 0 || l.From <= x && x <= l.To
}

func (l *Line) extent() (xs, ys []float64) { return l.X, l.Y }

func (l *Line) occupy(b *box, o *occupancy) {
	for i := 1; i < len(l.X); i++ {
		o.markSegment(b.toPage(l.X[i-1], l.Y[i-1]), b.toPage(l.X[i], l.Y[i]))
	}
	for _, at := range l.symbols(b) {
		o.mark(canvas.Rect{X0: at.X, Y0: at.Y, X1: at.X, Y1: at.Y}.Grown(symbolR + 1))
	}
}

func (l *Line) keys(add func(key)) {
	k := key{label: l.Label, style: l.Style, line: true, pen: l.pen(), symbol: l.Symbols}
	if l.Common {
		k.pen.Colour = canvas.Black
	}
	add(k)
}

// symbols are the places of its symbols, a fifth of the frame apart. Each style begins a
// little further on than the style before.
func (l *Line) symbols(b *box) (places []canvas.Point) {
	if !l.Symbols {
		return nil
	}
	apart := b.frame.Width() / 5
	next := b.frame.X0 + apart*(0.3+math.Mod(0.38*float64(l.Style), 1))
	for i := range l.X {
		at := b.toPage(l.X[i], l.Y[i])
		if at.Defined() && b.frame.Contains(at) && at.X >= next {
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

func (l *Line) draw(c canvas.Canvas, b *box) {
	var pts []canvas.Point
	for i := range l.X {
		pts = append(pts, b.toPage(l.X[i], l.Y[i]))
	}
	with := l.pen()
	if b.panel.Map != nil {
		b.strokeLine(c, pts, canvas.Pen{Width: with.Width + 1.4, Colour: canvas.White}) // or it is lost on dark colours
	}
	b.strokeLine(c, pts, with)
	for _, at := range l.symbols(b) {
		c.Mark(markerOf(l.Style, 0.8*symbolR), at)
	}
}

func (l *Line) pen() canvas.Pen {
	p := linePen(l.Style, l.Dash)
	if l.Faint {
		p.Width, p.Colour = 0.4, p.Colour.Tint(0.6)
	}
	return p
}

func linePen(style, dash int) canvas.Pen {
	if style < 0 {
		return canvas.Pen{Width: thinLine, Colour: canvas.Black, Dash: dashOf(dash)}
	}
	return canvas.Pen{Width: thinLine, Colour: colourOf(style), Dash: dashOf(dash)}
}

// strokeLine draws a line through points as far as it is in the frame.
func (b *box) strokeLine(c canvas.Canvas, pts []canvas.Point, with canvas.Pen) {
	if p := canvas.ClipLine(pts, b.frame); len(p) > 0 {
		c.Stroke(p, with)
	}
}

// DashName is the name of the line's dash, such as "dotted".
func (l *Line) DashName() string { return dashNames[l.Dash%len(dashNames)] }
