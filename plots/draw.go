package plots

import "fmt"

// Render draws the figure in one of the Formats. Equal figures give equal
// bytes.
func (f *Figure) Render(format string) ([]byte, error) {
	p, err := f.page()
	if err != nil {
		return nil, fmt.Errorf("figure %s: %w", f.Name, err)
	}
	return render(p, format)
}

// A page knows its size, in points, and how to draw itself.
type page interface {
	size() (width, height float64)
	draw(c canvas) error
}

func render(p page, format string) ([]byte, error) {
	width, height := p.size()
	c, err := newCanvas(format, width, height)
	if err != nil {
		return nil, err
	}
	if err := p.draw(c); err != nil {
		return nil, err
	}
	return c.bytes()
}

func (f *Figure) page() (page, error) {
	if f.Picture != nil {
		return f.Picture, nil
	}
	return f.arrange()
}

func (s *sheet) size() (width, height float64) { return s.width, s.height }

func (s *sheet) draw(c canvas) error {
	for _, b := range s.boxes {
		b.draw(c)
	}
	if s.legend != nil {
		s.legend.draw(c)
	}
	return nil
}

func (b *box) draw(c canvas) {
	for _, l := range b.panel.layers() {
		l.draw(c, b)
	}
	b.drawFrame(c)
	for _, n := range b.notes {
		c.text(n.set, n.anchor, black)
	}
	if b.panel.Map != nil {
		b.panel.Map.drawBar(c, b.frame)
	}
	if b.inset != nil {
		c.fill(b.insetArea.path(), white)
		b.inset.draw(c)
	}
}

// drawFrame draws the box, ticks that point inwards on its four sides, and the
// labels.
func (b *box) drawFrame(c canvas) {
	f := b.frame
	ink := pen{width: frameLine, colour: black}
	var marks path
	for _, t := range b.x.ticks {
		x := f.x0 + b.x.at(t.at)*f.width()
		marks = append(marks, polyline(point{x, f.y0}, point{x, f.y0 + tickLength(t)})...)
		marks = append(marks, polyline(point{x, f.y1}, point{x, f.y1 - tickLength(t)})...)
	}
	for _, t := range b.y.ticks {
		y := f.y0 + b.y.at(t.at)*f.height()
		marks = append(marks, polyline(point{f.x0, y}, point{f.x0 + tickLength(t), y})...)
		marks = append(marks, polyline(point{f.x1, y}, point{f.x1 - tickLength(t), y})...)
	}
	if len(marks) > 0 {
		c.stroke(marks, ink)
	}
	c.stroke(f.path(), ink)
	for _, n := range b.labels() {
		c.text(n.set, n.anchor, black)
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
	add := func(label string, a anchor) {
		set, err := typesetLabel(label, textSize)
		if err == nil && label != "" {
			notes = append(notes, note{set, a})
		}
	}
	below := f.y0 - gap - capital
	for _, t := range b.x.ticks {
		if !b.hideX {
			add(t.label, anchor{at: point{f.x0 + b.x.at(t.at)*f.width(), below}, align: 0.5})
		}
	}
	for _, t := range b.y.ticks {
		add(t.label, anchor{at: point{f.x0 - gap, f.y0 + b.y.at(t.at)*f.height() - capital/2}, align: 1})
	}
	if !b.hideX {
		add(b.x.factor, anchor{at: point{f.x1, below - gap - textSize}, align: 1})
	}
	add(b.y.factor, anchor{at: point{f.x0, f.y1 + gap}})
	return append(notes, b.axisLabels(below)...)
}

// axisLabels are the lines of both axis labels: those of y at the left edge of
// the panel's room, those of x below the tick labels.
func (b *box) axisLabels(below float64) (notes []note) {
	f := b.frame
	for i, set := range b.yLabel {
		x := f.x0 - b.left + above(b.yLabel[0]) + lineSkip*float64(i)
		notes = append(notes, note{set, anchor{at: point{x, (f.y0 + f.y1) / 2}, align: 0.5, turned: true}})
	}
	for i, set := range b.xLabel {
		y := below - 1.3*gap - above(b.xLabel[0]) - lineSkip*float64(i)
		if !b.hideX {
			notes = append(notes, note{set, anchor{at: point{(f.x0 + f.x1) / 2, y}, align: 0.5}})
		}
	}
	return notes
}
