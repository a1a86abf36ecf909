package plots

import "math"

// A note is a piece of text in its place.
type note struct {
	set    typeset
	anchor anchor
}

// toPage is where values lie on the page.
func (b *box) toPage(x, y float64) point {
	return point{
		b.frame.x0 + b.x.at(x)*b.frame.width(),
		b.frame.y0 + b.y.at(y)*b.frame.height(),
	}
}

// obstacles marks everything that no text may cover.
func (b *box) obstacles() *occupancy {
	o := newOccupancy(b.frame)
	for _, l := range b.panel.layers() {
		l.occupy(b, o)
	}
	return o
}

func (o *occupancy) markSegment(a, b point) {
	if a.defined() && b.defined() {
		o.markLine(a, b)
	}
}

// finish places what goes into the room that the data leave: labels of marks,
// panel letters, legend.
func (s *sheet) finish() error {
	for _, b := range s.boxes {
		b.free = b.obstacles()
		if err := b.placeMarks(); err != nil {
			return err
		}
		if err := b.admitEmpty(); err != nil {
			return err
		}
		if err := b.placeInset(); err != nil {
			return err
		}
	}
	if err := s.placeLetters(); err != nil {
		return err
	}
	return s.placeLegend()
}

// placeMarks puts each label beside its line where it covers least.
func (b *box) placeMarks() error {
	for _, m := range b.panel.Marks {
		if b.shows(m) {
			b.free.markLine(b.markEnds(m))
		}
	}
	for _, m := range b.panel.Marks {
		if b.shows(m) && m.Label != "" {
			if err := b.placeMark(m); err != nil {
				return err
			}
		}
	}
	return nil
}

// shows tells whether the value of a mark is within the frame.
func (b *box) shows(m Mark) bool {
	t := b.x.at(m.At)
	if m.Horizontal {
		t = b.y.at(m.At)
	}
	return t >= 0 && t <= 1
}

func (b *box) markEnds(m Mark) (from, to point) {
	if m.Horizontal {
		y := b.toPage(b.x.min, m.At).Y
		return point{b.frame.x0, y}, point{b.frame.x1, y}
	}
	x := b.toPage(m.At, b.y.min).X
	return point{x, b.frame.y0}, point{x, b.frame.y1}
}

func (b *box) placeMark(m Mark) error {
	set, err := typesetLabel(m.Label, textSize)
	if err != nil {
		return err
	}
	w, h := set.width, set.ascent+set.descent
	best, covered := b.emptiest(b.besideMark(m, w, h))
	at := anchor{at: point{best.x0, best.y0 + set.descent}}
	if covered > 0 && !m.Horizontal { // along the line there may be room
		if r, n := b.emptiest(b.besideMark(m, h, w)); n < covered {
			best, at = r, anchor{at: point{r.x0 + set.ascent, r.y0}, turned: true}
		}
	}
	b.notes = append(b.notes, note{set, at})
	b.free.mark(best.grown(1.5))
	return nil
}

// emptiest is the first of the places that cover least, and how much that is.
func (b *box) emptiest(places []rect) (best rect, covered int) {
	covered = math.MaxInt
	for _, r := range places {
		if n := b.free.count(r.grown(1.5)); n < covered {
			best, covered = r, n
		}
	}
	return best, covered
}

// besideMark are places along the line for a block of the given size, on both its
// sides, from the ends inwards.
func (b *box) besideMark(m Mark, w, h float64) (places []rect) {
	const away, inset = 3.0, tickLong + 3
	from, _ := b.markEnds(m)
	if m.Horizontal {
		for x := inset; x+w+inset <= b.frame.width(); x += 4 {
			for _, y := range []float64{from.Y + away, from.Y - away - h} {
				right := b.frame.x1 - x - w
				places = append(places, rect{right, y, right + w, y + h})
			}
		}
		return places
	}
	for y := inset; y+h+inset <= b.frame.height(); y += 4 {
		for _, x := range []float64{from.X + away, from.X - away - w} {
			if x < b.frame.x0+inset || x+w > b.frame.x1-inset {
				continue
			}
			top := b.frame.y1 - y - h
			places = append(places, rect{x, top, x + w, top + h})
		}
	}
	return places
}

// placeLetters puts panel letters into the same corner of all panels where one
// is free in all, else each where there is room.
func (s *sheet) placeLetters() error {
	corner, common := s.commonCorner()
	for _, b := range s.boxes {
		if b.letter == "" {
			continue
		}
		set, err := typesetLabel(b.letter, textSize)
		if err != nil {
			return err
		}
		r := b.corner(corner, set)
		if !common {
			if free, ok := b.free.find(set.width, set.ascent+set.descent); ok {
				r = free
			}
		}
		if b.panel.full() {
			r = rect{b.frame.x0, b.frame.y1 + gap, b.frame.x0, b.frame.y1 + gap}
		}
		b.notes = append(b.notes, note{set, anchor{at: point{r.x0, r.y0 + set.descent}}})
		b.free.mark(r.grown(2))
	}
	return nil
}

// commonCorner is the first corner that is free in every panel: upper left,
// upper right, lower left, lower right.
func (s *sheet) commonCorner() (corner int, ok bool) {
	for corner := range 4 {
		free := true
		for _, b := range s.boxes {
			set, err := typesetLabel(b.letter, textSize)
			free = free && err == nil && !b.panel.full() && b.free.count(b.corner(corner, set).grown(1.5)) == 0
		}
		if free {
			return corner, true
		}
	}
	return 0, false
}

func (b *box) corner(k int, set typeset) rect {
	const inset = tickLong + 3
	w, h := set.width, set.ascent+set.descent
	x, y := b.frame.x0+inset, b.frame.y1-inset-h
	if k%2 == 1 {
		x = b.frame.x1 - inset - w
	}
	if k >= 2 {
		y = b.frame.y0 + inset
	}
	return rect{x, y, x + w, y + h}
}

// admitEmpty says that a panel shows nothing, so that nobody looks for it.
func (b *box) admitEmpty() error {
	if xs, _ := b.panel.values(); anyNumber(xs) {
		return nil
	}
	set, err := typesetLabel("no data", textSize)
	f := b.frame
	b.notes = append(b.notes, note{set, anchor{at: point{(f.x0 + f.x1) / 2, (f.y0 + f.y1) / 2}, align: 0.5}})
	return err
}
