package figure

import (
	"math"
	"slices"

	"hopcap/plots/canvas"
)

// A Band is the area between two curves, in the pale colour of a series.
type Band struct {
	Label     string
	Style     int
	X         []float64
	Low, High []float64
}

func (d *Band) colour() canvas.Colour {
	if d.Style < 0 {
		return canvas.Black.Tint(0.2)
	}
	return colourOf(d.Style).Tint(0.3)
}

func (d *Band) extent() (xs, ys []float64) {
	return d.X, append(append([]float64(nil), d.Low...), d.High...)
}

func (d *Band) occupy(b *box, o *occupancy) {
	for i := range d.X {
		o.markSegment(b.toPage(d.X[i], d.Low[i]), b.toPage(d.X[i], d.High[i]))
	}
}

func (d *Band) keys(add func(key)) { add(key{label: d.Label, band: true, fill: d.colour()}) }

func (d *Band) numbers(row rowWriter) {
	for i := range d.X {
		row("band", d.Label, d.X[i], math.NaN(), d.Low[i], d.High[i])
	}
}

func (d *Band) draw(c canvas.Canvas, b *box) {
	if p := b.between(d.X, d.Low, d.High); p != nil {
		c.Fill(p, d.colour())
	}
}

// between is the outline of the area between two curves, in pieces where one of
// them is undefined.
func (b *box) between(x, low, high []float64) (p canvas.Path) {
	var lower, upper []canvas.Point
	for i := 0; i <= len(x); i++ {
		if i < len(x) {
			l, h := b.toPage(x[i], low[i]), b.toPage(x[i], high[i])
			if l.Defined() && h.Defined() {
				lower, upper = append(lower, l), append(upper, h)
				continue
			}
		}
		if len(lower) > 1 {
			slices.Reverse(upper)
			p = append(p, canvas.Polygon(canvas.ClipArea(append(lower, upper...), b.frame)...)...)
		}
		lower, upper = nil, nil
	}
	return p
}

// An Area is one share of a stack: its height, on top of the areas before it.
// All areas of a stack have the same X.
type Area struct {
	Label string
	Style int
	X, Y  []float64
}

// areas are a stack. A share that is undefined counts as nothing.
type areas []Area

// tops are the upper edges of the areas, cumulated.
func (s areas) tops() [][]float64 {
	sum := make([]float64, len(s[0].X))
	var tops [][]float64
	for _, a := range s {
		for i := range sum {
			if i < len(a.Y) && !math.IsNaN(a.Y[i]) {
				sum[i] += a.Y[i]
			}
		}
		tops = append(tops, append([]float64(nil), sum...))
	}
	return tops
}

// shades are the lightnesses of the areas in turn: neighbours differ much, and
// all six in grey.
var shades = []float64{48, 86, 62, 94, 71, 79}

func (s areas) colour(i int) canvas.Colour {
	return lightened(colourOf(s[i].Style), shades[i%len(shades)])
}

func (s areas) extent() (xs, ys []float64) {
	return s[0].X, append(s.tops()[len(s)-1], 0)
}

func (s areas) occupy(b *box, o *occupancy) {
	tops := s.tops()
	for i := 1; i < len(s[0].X); i++ {
		a := b.toPage(s[0].X[i-1], tops[len(s)-1][i-1])
		z := b.toPage(s[0].X[i], tops[len(s)-1][i])
		for x := math.Max(a.X, b.frame.X0); x <= math.Min(z.X, b.frame.X1); x++ {
			y := a.Y + (z.Y-a.Y)*(x-a.X)/(z.X-a.X)
			o.mark(canvas.Rect{X0: x, Y0: b.frame.Y0, X1: x + 1, Y1: y})
		}
	}
}

// keys go from the top of the stack down, as they are seen.
func (s areas) keys(add func(key)) {
	for i := len(s) - 1; i >= 0; i-- {
		add(key{label: s[i].Label, band: true, fill: s.colour(i)})
	}
}

func (s areas) numbers(row rowWriter) {
	nan := math.NaN()
	for _, a := range s {
		for i := range a.X {
			row("area", a.Label, a.X[i], a.Y[i], nan, nan)
		}
	}
}

func (s areas) draw(c canvas.Canvas, b *box) {
	base := make([]float64, len(s[0].X))
	for i, top := range s.tops() {
		if p := b.between(s[i].X, base, top); p != nil {
			c.Fill(p, s.colour(i))
			c.Stroke(p, canvas.Pen{Width: 0.5, Colour: colourOf(s[i].Style)})
		}
		base = top
	}
}
