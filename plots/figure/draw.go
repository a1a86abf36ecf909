package figure

import (
	"fmt"

	"hopcap/plots/canvas"
	"hopcap/plots/label"
)

// Render draws the figure in one of the formats of package canvas. Equal figures give equal
// bytes.
func (f *Figure) Render(format string) ([]byte, error) {
	p, err := f.Page()
	if err != nil {
		return nil, fmt.Errorf("figure %s: %w", f.Name, err)
	}
	return render(p, format)
}

// A Page knows its size, in points, and how to draw itself.
type Page interface {
	Size() (width, height float64)
	Draw(c canvas.Canvas) error
}

func render(p Page, format string) ([]byte, error) {
	width, height := p.Size()
	c, err := canvas.New(format, width, height)
	if err != nil {
		return nil, err
	}
	if err := p.Draw(c); err != nil {
		return nil, err
	}
	return c.Bytes()
}

// Page is the figure with everything in its place.
func (f *Figure) Page() (Page, error) {
	if f.Picture != nil {
		return f.Picture, nil
	}
	return f.arrange()
}

func (s *sheet) Size() (width, height float64) { return s.width, s.height }

func (s *sheet) Draw(c canvas.Canvas) error {
	for _, b := range s.boxes {
		b.draw(c)
	}
	if s.legend != nil {
		s.legend.draw(c)
	}
	return nil
}

func (b *box) draw(c canvas.Canvas) {
	for _, l := range b.panel.layers() {
		l.draw(c, b)
	}
	b.drawFrame(c)
	for i := range b.panel.Series {
		b.panel.Series[i].drawOnFrame(c, b)
	}
	for _, n := range b.notes {
		c.Text(n.set, n.anchor, canvas.Black)
	}
	if b.panel.Map != nil {
		b.panel.Map.drawBar(c, b.frame)
	}
	if b.inset != nil {
		c.Fill(b.insetArea.Path(), canvas.White)
		b.inset.draw(c)
	}
}

// drawFrame draws the box, ticks that point inwards on its four sides, and the
// labels.
func (b *box) drawFrame(c canvas.Canvas) {
	f := b.frame
	ink := canvas.Pen{Width: frameLine, Colour: canvas.Black}
	var marks canvas.Path
	for _, t := range b.x.ticks {
		x := f.X0 + b.x.at(t.at)*f.Width()
		marks = append(marks, canvas.Polyline(canvas.Point{X: x, Y: f.Y0}, canvas.Point{X: x, Y: f.Y0 + tickLength(t)})...)
		marks = append(marks, canvas.Polyline(canvas.Point{X: x, Y: f.Y1}, canvas.Point{X: x, Y: f.Y1 - tickLength(t)})...)
	}
	for _, t := range b.y.ticks {
		y := f.Y0 + b.y.at(t.at)*f.Height()
		marks = append(marks, canvas.Polyline(canvas.Point{X: f.X0, Y: y}, canvas.Point{X: f.X0 + tickLength(t), Y: y})...)
		marks = append(marks, canvas.Polyline(canvas.Point{X: f.X1, Y: y}, canvas.Point{X: f.X1 - tickLength(t), Y: y})...)
	}
	if len(marks) > 0 {
		c.Stroke(marks, ink)
	}
	c.Stroke(f.Path(), ink)
	for _, n := range b.labels() {
		c.Text(n.set, n.anchor, canvas.Black)
	}
}

func tickLength(t tick) float64 {
	if t.label == "" {
		return tickShort
	}
	return tickLong
}

// labels are the tick labels and axis labels, which arrange has already set
// once, so that they have no fault.
func (b *box) labels() []note {
	f := b.frame
	var notes []note
	add := func(text string, a canvas.Anchor) {
		set, err := label.Set(text, textSize)
		if err == nil && text != "" {
			notes = append(notes, note{set, a})
		}
	}
	below := f.Y0 - gap - capital
	for _, t := range b.x.ticks {
		if !b.hideX {
			add(t.label, canvas.Anchor{At: canvas.Point{X: f.X0 + b.x.at(t.at)*f.Width(), Y: below}, Align: 0.5})
		}
	}
	for _, t := range b.y.ticks {
		add(t.label, canvas.Anchor{At: canvas.Point{X: f.X0 - gap, Y: f.Y0 + b.y.at(t.at)*f.Height() - capital/2}, Align: 1})
	}
	if !b.hideX {
		add(b.x.factor, canvas.Anchor{At: canvas.Point{X: f.X1, Y: below - gap - textSize}, Align: 1})
	}
	add(b.y.factor, canvas.Anchor{At: canvas.Point{X: f.X0, Y: f.Y1 + gap}})
	return append(notes, b.axisLabels(below)...)
}

// axisLabels are the lines of both axis labels. The label of y is at the left edge of the
// panel's room, the label of x below the tick labels.
func (b *box) axisLabels(below float64) (notes []note) {
	f := b.frame
	for i, set := range b.yLabel {
		x := f.X0 - b.left + above(b.yLabel[0]) + lineSkip*float64(i)
		notes = append(notes, note{set, canvas.Anchor{At: canvas.Point{X: x, Y: (f.Y0 + f.Y1) / 2}, Align: 0.5, Turned: true}})
	}
	for i, set := range b.xLabel {
		y := below - 1.3*gap - above(b.xLabel[0]) - lineSkip*float64(i)
		if !b.hideX {
			notes = append(notes, note{set, canvas.Anchor{At: canvas.Point{X: (f.X0 + f.X1) / 2, Y: y}, Align: 0.5}})
		}
	}
	return notes
}
