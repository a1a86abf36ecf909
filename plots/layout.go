package plots

import (
	"fmt"
	"math"
)

// A sheet is a figure with everything in its place.
type sheet struct {
	width, height float64
	boxes         []*box
	legend        *legend
}

// A box is a panel in its place.
type box struct {
	panel  *Panel
	x, y   scale
	frame  rect
	letter string
	hideX  bool // the panel below shows the same axis

	left, right, top, bottom float64 // what stands around the frame

	free  *occupancy // what is drawn inside the frame so far
	notes []note
}

// arrange puts the panels of a figure on a sheet, so that frames line up and no
// label is cut.
func (f *Figure) arrange() (*sheet, error) {
	s := &sheet{width: f.width()}
	cols := f.columns()
	for i := range f.Panels {
		b := &box{panel: &f.Panels[i]}
		if len(f.Panels) > 1 {
			b.letter = fmt.Sprintf("(%c)", 'a'+i%26)
		}
		b.hideX = cols == 1 && i+1 < len(f.Panels) && f.Panels[i].X == f.Panels[i+1].X
		s.boxes = append(s.boxes, b)
	}
	room := s.width/float64(cols) - 45
	aspect := 0.75
	if cols > 1 {
		aspect = 0.9
	} else if len(f.Panels) > 1 {
		aspect = 0.55
	}
	for _, b := range s.boxes {
		if err := b.measure(f.xValues(b.panel.X), room, room*aspect); err != nil {
			return nil, err
		}
	}
	s.grid(cols, aspect)
	return s, s.finish()
}

// xValues are what the x axis of a panel should show: the same for all panels
// that have the same axis.
func (f *Figure) xValues(a Axis) (xs []float64) {
	for i := range f.Panels {
		if f.Panels[i].X == a {
			v, _ := f.Panels[i].values()
			xs = append(xs, v...)
		}
	}
	return xs
}

// measure chooses the ticks and sums up what stands around the frame.
func (b *box) measure(xs []float64, width, height float64) error {
	_, ys := b.panel.values()
	var err error
	if b.x, err = b.panel.X.scaleFor(xs, width, false); err != nil {
		return err
	}
	if b.y, err = b.panel.Y.scaleFor(ys, height, true); err != nil {
		return err
	}
	widest, err := widestLabel(b.y.ticks)
	if err != nil {
		return err
	}
	b.left = widest + 2*gap
	if b.panel.Y.Label != "" {
		b.left += 1.15*textSize + gap
	}
	b.bottom = gap
	if !b.hideX {
		b.bottom += textSize
		if b.panel.X.Label != "" || b.x.factor != "" {
			b.bottom += 1.35 * textSize
		}
	}
	b.top = 0.4 * textSize
	if b.y.factor != "" {
		b.top = 1.3 * textSize
	}
	b.right, err = b.overhang(width)
	return err
}

// overhang is how far the last label of the x axis reaches beyond the frame.
func (b *box) overhang(width float64) (float64, error) {
	over := 1.0
	for _, t := range b.x.ticks {
		set, err := typesetLabel(t.label, textSize)
		if err != nil {
			return 0, err
		}
		over = math.Max(over, b.x.at(t.at)*width+set.width/2-width+1)
	}
	return over, nil
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
		set, err := typesetLabel(t.label, textSize)
		if err != nil {
			return 0, err
		}
		if upright {
			sum += 1.6 * textSize
		} else {
			sum += set.width + 0.6*textSize
		}
	}
	return sum, nil
}

func widestLabel(ticks []tick) (w float64, err error) {
	for _, t := range ticks {
		set, err := typesetLabel(t.label, textSize)
		if err != nil {
			return 0, err
		}
		w = math.Max(w, set.width)
	}
	return w, nil
}

// grid gives all frames one size and puts them in rows from the top.
func (s *sheet) grid(cols int, aspect float64) {
	const between = 6.0
	left, right := make([]float64, cols), make([]float64, cols)
	for i, b := range s.boxes {
		left[i%cols] = math.Max(left[i%cols], b.left)
		right[i%cols] = math.Max(right[i%cols], b.right)
	}
	room := s.width - between*float64(cols-1)
	for k := range cols {
		room -= left[k] + right[k]
	}
	w := room / float64(cols)
	h := w * aspect
	rows := (len(s.boxes) + cols - 1) / cols
	y := 1.0
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
	x := 0.0
	for k, b := range row {
		x += left[k]
		b.frame = rect{x, y + bottom, x + w, y + bottom + h}
		x += w + right[k] + between
	}
	return y + bottom + h + top
}
