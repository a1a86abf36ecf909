package plots

import (
	"fmt"
)

// Render draws the figure in one of the Formats. Equal figures give equal
// bytes.
func (f *Figure) Render(format string) ([]byte, error) {
	s, err := f.arrange()
	if err != nil {
		return nil, fmt.Errorf("figure %s: %w", f.Name, err)
	}
	c, err := newCanvas(format, s.width, s.height)
	if err != nil {
		return nil, err
	}
	s.draw(c)
	return c.bytes()
}

func (s *sheet) draw(c canvas) {
	for _, b := range s.boxes {
		b.draw(c)
	}
	if s.legend != nil {
		s.legend.draw(c)
	}
}

func (b *box) draw(c canvas) {
	c.clip(b.frame)
	for _, d := range b.panel.Bands {
		b.drawBand(c, d)
	}
	for _, m := range b.panel.Marks {
		if b.shows(m) {
			from, to := b.markEnds(m)
			c.stroke(polyline(from, to), pen{frameLine, black, []float64{1, 2}})
		}
	}
	for _, s := range b.panel.Series {
		b.drawBars(c, s)
	}
	c.unclip()
	for _, s := range b.panel.Series {
		b.drawPoints(c, s)
	}
	c.clip(b.frame)
	for _, l := range b.panel.Lines {
		b.drawLine(c, l)
	}
	c.unclip()
	b.drawFrame(c)
	for _, n := range b.notes {
		c.text(n.set, n.anchor, black)
	}
}

func linePen(style, dash int) pen {
	if style < 0 {
		return pen{thinLine, black, dashOf(dash)}
	}
	return pen{thinLine, colourOf(style), dashOf(dash)}
}

func bandColour(style int) rgb {
	if style < 0 {
		return black.tint(0.2)
	}
	return colourOf(style).tint(0.3)
}

func (b *box) drawLine(c canvas, l Line) {
	var pts []point
	for i := range l.X {
		pts = append(pts, b.toPage(l.X[i], l.Y[i]))
	}
	b.strokeRuns(c, pts, linePen(l.Style, l.Dash))
}

// strokeRuns draws a line through the points, broken where one is not visible.
func (b *box) strokeRuns(c canvas, pts []point, with pen) {
	start := 0
	for i := 0; i <= len(pts); i++ {
		if i < len(pts) && visible(pts[i]) {
			continue
		}
		if i-start > 1 {
			c.stroke(polyline(pts[start:i]...), with)
		}
		start = i + 1
	}
}

func (b *box) drawBand(c canvas, d Band) {
	var low, high []point
	for i := range d.X {
		l, h := b.toPage(d.X[i], d.Low[i]), b.toPage(d.X[i], d.High[i])
		if visible(l) && visible(h) {
			low, high = append(low, l), append(high, h)
		}
	}
	for i := range high {
		low = append(low, high[len(high)-1-i])
	}
	if len(low) > 2 {
		c.fill(polygon(low...), bandColour(d.Style))
	}
}

// drawBars draws error bars, with short caps, and the line that joins points.
func (b *box) drawBars(c canvas, s Series) {
	var joined []point
	for _, q := range s.Points {
		joined = append(joined, b.toPage(q.X, q.Y))
		low, high := b.toPage(q.X, q.Low), b.toPage(q.X, q.High)
		if !visible(low) || !visible(high) || high.Y-low.Y < 2*symbolR && b.frame.contains(joined[len(joined)-1]) {
			continue // hidden behind the symbol
		}
		bar := polyline(low, high)
		for _, end := range []point{low, high} {
			bar.move(point{end.X - 1.5, end.Y})
			bar.line(point{end.X + 1.5, end.Y})
		}
		c.stroke(bar, pen{width: 0.6, colour: colourOf(s.Style)})
	}
	if s.Join {
		b.strokeRuns(c, joined, pen{width: 0.5, colour: colourOf(s.Style).tint(0.6)})
	}
}

func (b *box) drawPoints(c canvas, s Series) {
	for _, q := range s.Points {
		if at := b.toPage(q.X, q.Y); visible(at) && b.frame.grown(0.01).contains(at) {
			drawSymbol(c, s.Style, at)
		}
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
	const capital = 0.655 * textSize
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
		add(b.panel.X.Label, anchor{at: point{(f.x0 + f.x1) / 2, below - 1.3*textSize}, align: 0.5})
		add(b.x.factor, anchor{at: point{f.x1, below - 1.3*textSize}, align: 1})
	}
	add(b.y.factor, anchor{at: point{f.x0, f.y1 + gap}})
	add(b.panel.Y.Label, anchor{at: point{f.x0 - b.left + textSize*0.85, (f.y0 + f.y1) / 2}, align: 0.5, turned: true})
	return notes
}
