package figure

import (
	"math"

	"hopcap/plots/canvas"
)

// A Mark is a line across the panel at one value of x or y.
type Mark struct {
	At         float64
	Horizontal bool   // at a value of y; else of x
	Label      string // stands beside the line
	InLegend   bool   // the label stands in the legend instead
	Dash       int    // 0 is finely dotted; else as of a Line
}

func (m *Mark) pen() canvas.Pen {
	p := canvas.Pen{Width: frameLine, Colour: canvas.Black, Dash: []float64{1, 2}}
	if m.Dash > 0 {
		p.Dash = dashOf(m.Dash)
	}
	return p
}

func (m *Mark) extent() (xs, ys []float64) { return nil, nil }

func (m *Mark) occupy(*box, *occupancy) {} // with its label, once the data are there

func (m *Mark) keys(add func(key)) {
	if m.InLegend {
		add(key{label: m.Label, line: true, pen: m.pen()})
	}
}

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
		c.Stroke(canvas.Polyline(from, to), m.pen())
	}
}
