package figure

import (
	"math"

	"hopcap/plots/canvas"
)

// A Histogram is a distribution over bins.
type Histogram struct {
	Label  string
	Style  int
	Edges  []float64 // one more than Heights
	Values []float64
	// Base lifts a ridge of a ridgeline above those before it; a ridge is filled
	// and hides what is behind it.
	Base  float64
	Ridge bool
	// Scale is the height of a value of 1, in units of the axis; 0 is 1.
	Scale float64
}

// top is where a bin reaches on the axis.
func (h *Histogram) top(value float64) float64 {
	switch {
	case math.IsNaN(value):
		return h.Base
	case h.Scale == 0:
		return h.Base + value
	}
	return h.Base + h.Scale*value
}

func (h *Histogram) extent() (xs, ys []float64) {
	ys = []float64{h.Base}
	for _, v := range h.Values {
		ys = append(ys, h.top(v))
	}
	return h.Edges, ys
}

// steps is the outline, from the base at the left end to that at the right.
func (h *Histogram) steps(b *box) []canvas.Point {
	pts := []canvas.Point{b.toPage(h.Edges[0], h.Base)}
	for i, v := range h.Values {
		pts = append(pts, b.toPage(h.Edges[i], h.top(v)), b.toPage(h.Edges[i+1], h.top(v)))
	}
	return append(pts, b.toPage(h.Edges[len(h.Edges)-1], h.Base))
}

func (h *Histogram) occupy(b *box, o *occupancy) {
	if len(h.Values) == 0 {
		return
	}
	pts := h.steps(b)
	for i := 1; i < len(pts); i++ {
		o.markSegment(pts[i-1], pts[i])
	}
}

func (h *Histogram) keys(add func(key)) {
	if !h.Ridge { // which the axis names
		add(key{label: h.Label, line: true, pen: linePen(h.Style, h.Style)})
	}
}

func (h *Histogram) numbers(row rowWriter) {
	for i, v := range h.Values {
		row("bin", h.Label, (h.Edges[i]+h.Edges[i+1])/2, v, h.Edges[i], h.Edges[i+1])
	}
}

func (h *Histogram) draw(c canvas.Canvas, b *box) {
	if len(h.Values) == 0 {
		return
	}
	pts := h.steps(b)
	if h.Ridge {
		c.Fill(canvas.Polygon(canvas.ClipArea(pts, b.frame)...), colourOf(h.Style).Tint(0.3))
		b.strokeLine(c, pts, canvas.Pen{Width: 0.6, Colour: colourOf(h.Style)})
	} else {
		b.strokeLine(c, pts, linePen(h.Style, h.Style))
	}
}
