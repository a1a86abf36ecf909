package figure

import (
	"math"

	"hopcap/plots/canvas"
)

// A Mark is a dotted line across the panel at a value worth knowing.
type Mark struct {
	At         float64
	Horizontal bool   // at a value of y; else of x
	Label      string // stands beside the line
}

func (m *Mark) extent() (xs, ys []float64) { return nil, nil }

func (m *Mark) occupy(*box, *occupancy) {} // with its label, once the data are there

func (m *Mark) keys(func(key)) {}

func (m *Mark) numbers(row rowWriter) {
	if m.Horizontal {
		row("mark", m.Label, math.NaN(), m.At, math.NaN(), math.NaN())
	} else {
		row("mark", m.Label, m.At, math.NaN(), math.NaN(), math.NaN())
	}
}

func (m *Mark) draw(c canvas.Canvas, b *box) {
	if b.shows(*m) {
		from, to := b.markEnds(*m)
		c.Stroke(canvas.Polyline(from, to), canvas.Pen{Width: frameLine, Colour: canvas.Black, Dash: []float64{1, 2}})
	}
}
