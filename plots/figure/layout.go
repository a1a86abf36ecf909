package figure

import (
	"fmt"
	"math"
	"strings"

	"hopcap/plots/canvas"
	"hopcap/plots/label"
)

// A sheet is a figure with everything in its place.
type sheet struct {
	width, height float64
	boxes         []*box
	legend        *legend
	slopes        bool // fits have keys, which are their slopes
}

// A box is a panel in its place.
type box struct {
	panel  *Panel
	x, y   scale
	frame  canvas.Rect
	letter string
	hideX  bool // the panel below shows the same axis

	left, right, top, bottom float64 // what stands around the frame

	xLabel, yLabel []canvas.Text // lines of it

	inset     *box
	insetArea canvas.Rect

	free  *occupancy // what is drawn inside the frame so far
	notes []note
}

// arrange puts the panels of a figure on a sheet, so that frames line up and no
// label is cut.
func (f *Figure) arrange() (*sheet, error) {
	s := &sheet{width: f.width(), slopes: f.NamesFits()}
	cols := f.columns()
	for i := range f.Panels {
		b := &box{panel: &f.Panels[i]}
		if len(f.Panels) > 1 {
			b.letter = fmt.Sprintf("(%c) ", 'a'+i%26)
		}
		b.letter = strings.TrimSpace(b.letter + b.panel.Note)
		b.hideX = cols == 1 && i+1 < len(f.Panels) && f.Panels[i].X.same(f.Panels[i+1].X)
		s.boxes = append(s.boxes, b)
	}
	room := s.width/float64(cols) - 45
	aspect := f.aspect()
	for i, b := range s.boxes {
		if err := b.measure(f.xValues(i), room, room*aspect); err != nil {
			return nil, err
		}
	}
	s.grid(cols, aspect)
	return s, s.finish()
}

// aspect is the height of a frame over its width: frames are wide where they
// have a line of the page to themselves, and near a square where three share it.
func (f *Figure) aspect() float64 {
	switch cols := f.columns(); {
	case cols > 2:
		return 0.9
	case cols == 1 && len(f.Panels) > 1:
		return 0.55
	}
	return 0.75
}

// xValues are what the x axis of a panel should show: the same for all panels
// that have the same axis, unless that left most of some of them empty.
func (f *Figure) xValues(panel int) (xs []float64) {
	a := f.Panels[panel].X
	shortest := 1.0
	own, _ := f.Panels[panel].values()
	var each [][]float64
	for i := range f.Panels {
		if v, _ := f.Panels[i].values(); f.Panels[i].X.same(a) && anyNumber(v) {
			each, xs = append(each, v), append(xs, v...)
		}
	}
	for _, v := range each {
		shortest = math.Min(shortest, a.stretch(v)/a.stretch(xs))
	}
	if shortest < 0.6 && f.columns() > 1 {
		return own
	}
	return xs
}

// stretch is the length of the axis that values take.
func (a Axis) stretch(values []float64) float64 {
	lo, hi := a.extent(values)
	if a.Log {
		return math.Log(hi / lo)
	}
	return hi - lo
}

// measure chooses the ticks and sums up what stands around the frame.
func (b *box) measure(xs []float64, width, height float64) error {
	_, ys := b.panel.values()
	xAxis, yAxis := b.panel.axes()
	var err error
	if b.x, err = xAxis.scaleFor(xs, width, false); err != nil {
		return err
	}
	if b.y, err = yAxis.scaleFor(ys, height, true); err != nil {
		return err
	}
	widest, err := widestLabel(b.y.ticks)
	if err != nil {
		return err
	}
	if b.yLabel, err = wrapLabel(b.panel.Y.Label, 0.9*height); err != nil {
		return err
	}
	if b.xLabel, err = wrapLabel(b.panel.X.Label, 0.9*width); err != nil {
		return err
	}
	b.left = widest + 2*gap + stackHeight(b.yLabel)
	b.bottom = gap
	if !b.hideX {
		b.bottom += capital + 1.3*gap + math.Max(stackHeight(b.xLabel), factorHeight(b.x))
	}
	b.top = math.Max(0.4*textSize, factorHeight(b.y))
	if b.panel.full() && b.letter != "" {
		b.top = 1.4 * textSize // the letter stands above
	}
	if b.right, err = b.overhang(width); err != nil || b.panel.Map == nil {
		return err
	}
	bar, err := b.panel.Map.barRoom(height)
	b.right = math.Max(b.right, bar)
	return err
}

// full reports whether the panel shows something everywhere.
func (p *Panel) full() bool { return p.Map != nil || len(p.Areas) > 0 }

// axes are the panel's axes with the ends that what it shows asks for: the edges
// of a map, the foot of a stack or of a histogram.
func (p *Panel) axes() (x, y Axis) {
	x, y = p.X, p.Y
	switch {
	case p.Map != nil && len(p.Map.X) > 0 && len(p.Map.Y) > 0:
		xs, ys := edges(p.Map.X, x.Log), edges(p.Map.Y, y.Log)
		x = x.within(xs[0], xs[len(xs)-1])
		y = y.within(ys[0], ys[len(ys)-1])
	case len(p.Areas) > 0 && len(p.Areas[0].X) > 1:
		xs := p.Areas[0].X
		x = x.within(xs[0], xs[len(xs)-1])
		y = y.within(0, math.NaN())
	case len(p.Histograms) > 0 && !y.Log:
		y = y.within(0, math.NaN())
	}
	return x, y
}

// within sets the ends of an axis that are not set.
func (a Axis) within(lo, hi float64) Axis {
	l, h := a.limits()
	if math.IsNaN(l) {
		l = lo
	}
	if math.IsNaN(h) {
		h = hi
	}
	a.Min, a.Max = l, h
	return a
}

// factorHeight is the room that a power of ten beside an axis takes.
func factorHeight(s scale) float64 {
	if s.factor == "" {
		return 0
	}
	return 1.4 * textSize
}

// wrapLabel breaks a label at blanks, outside of mathematics, into lines no
// longer than the given width where that is possible.
func wrapLabel(text string, width float64) ([]canvas.Text, error) {
	if text == "" {
		return nil, nil
	}
	var lines []canvas.Text
	line := ""
	for _, word := range words(text) {
		longer := strings.TrimSpace(line + " " + word)
		set, err := label.Set(longer, textSize)
		if err != nil {
			return nil, err
		}
		if set.Width > width && line != "" {
			lines = append(lines, canvas.Text{})
			longer = word
			if set, err = label.Set(word, textSize); err != nil {
				return nil, err
			}
		}
		line = longer
		lines = append(lines[:max(0, len(lines)-1)], set)
	}
	return lines, nil
}

// words splits a label at the blanks outside of dollars.
func words(label string) []string {
	inside := false
	return strings.FieldsFunc(label, func(r rune) bool {
		if r == '$' {
			inside = !inside
		}
		return r == ' ' && !inside
	})
}

// stackHeight is the height of lines of text and the gap beside them.
func stackHeight(lines []canvas.Text) float64 {
	if len(lines) == 0 {
		return 0
	}
	last := lines[len(lines)-1]
	return above(lines[0]) + lineSkip*float64(len(lines)-1) + math.Max(last.Descent, 0.2*textSize) + gap
}

// above is the height of a line over its baseline, at least the height of capitals.
func above(t canvas.Text) float64 { return math.Max(t.Ascent, capital) }

// overhang is how far the last label of the x axis, or a symbol at its end, reaches
// beyond the frame.
func (b *box) overhang(width float64) (float64, error) {
	over := math.Max(1, b.symbolsBeyond(width))
	for _, t := range b.x.ticks {
		set, err := label.Set(t.label, textSize)
		if err != nil {
			return 0, err
		}
		over = math.Max(over, b.x.at(t.at)*width+set.Width/2-width+1)
	}
	return over, nil
}

// symbolsBeyond is how far symbols within the limits reach over the right side of a
// frame of some width.
func (b *box) symbolsBeyond(width float64) float64 {
	over := 0.0
	for i := range b.panel.Series {
		s := &b.panel.Series[i]
		reach := markerOf(s.Style, s.symbolSize()).Reach()
		for _, q := range s.Points {
			if x := b.x.at(q.X); x <= 1+1e-9 {
				over = math.Max(over, reach-(1-x)*width)
			}
		}
	}
	return over
}

// scaleFor makes the scale of an axis with as many labels as there is room for.
func (a Axis) scaleFor(values []float64, room float64, upright bool) (scale, error) {
	for want := 6; ; want-- {
		s := a.fit(values, want)
		used, err := labelsExtent(s, upright)
		if err != nil {
			return s, err
		}
		if used < room || want == 1 {
			return s, nil
		}
	}
}

func labelsExtent(s scale, upright bool) (sum float64, err error) {
	for _, t := range s.ticks {
		if t.label == "" {
			continue
		}
		set, err := label.Set(t.label, textSize)
		if err != nil {
			return 0, err
		}
		if upright {
			sum += 1.6 * textSize
		} else {
			sum += set.Width + 0.6*textSize
		}
	}
	return sum, nil
}

func widestLabel(ticks []tick) (w float64, err error) {
	for _, t := range ticks {
		set, err := label.Set(t.label, textSize)
		if err != nil {
			return 0, err
		}
		w = math.Max(w, set.Width)
	}
	return w, nil
}

// grid gives all frames one size and puts them in rows from the top.
func (s *sheet) grid(cols int, aspect float64) {
	const between = 9.0
	left, right := make([]float64, cols), make([]float64, cols)
	for i, b := range s.boxes {
		left[i%cols] = math.Max(left[i%cols], b.left)
		right[i%cols] = math.Max(right[i%cols], b.right)
	}
	room := s.width - pageEdge - between*float64(cols-1)
	for k := range cols {
		room -= left[k] + right[k]
	}
	w := room / float64(cols)
	if w < leastFrame { // names of ridges can be as long as the page is wide
		s.width += float64(cols) * (leastFrame - w)
		w = leastFrame
	}
	h := w * aspect
	rows := (len(s.boxes) + cols - 1) / cols
	y := pageEdge
	for r := rows - 1; r >= 0; r-- {
		row := s.boxes[r*cols : min(len(s.boxes), (r+1)*cols)]
		y = placeRow(row, y, w, h, left, right, between)
	}
	s.height = y
}

// placeRow puts a row of frames above y and returns where the row ends.
func placeRow(row []*box, y, w, h float64, left, right []float64, between float64) float64 {
	var bottom, top float64
	for _, b := range row {
		bottom, top = math.Max(bottom, b.bottom), math.Max(top, b.top)
	}
	x := pageEdge
	for k, b := range row {
		x += left[k]
		b.left = left[k] // so that the labels of a column line up
		b.frame = canvas.Rect{X0: x, Y0: y + bottom, X1: x + w, Y1: y + bottom + h}
		x += w + right[k] + between
	}
	return y + bottom + h + top
}
