package figure

import (
	"math"

	"hopcap/plots/canvas"
	"hopcap/plots/label"
)

// A note is a piece of text in its place.
type note struct {
	set    canvas.Text
	anchor canvas.Anchor
}

// toPage is where values lie on the page.
func (b *box) toPage(x, y float64) canvas.Point {
	return canvas.Point{
		X: b.frame.X0 + b.x.at(x)*b.frame.Width(),
		Y: b.frame.Y0 + b.y.at(y)*b.frame.Height(),
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

func (o *occupancy) markSegment(a, b canvas.Point) {
	if a.Defined() && b.Defined() {
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
		if b.shows(m) && m.Label != "" && !m.InLegend {
			if err := b.placeMark(m); err != nil {
				return err
			}
		}
	}
	return nil
}

// shows reports whether the value of a mark is within the frame.
func (b *box) shows(m Mark) bool {
	t := b.x.at(m.At)
	if m.Horizontal {
		t = b.y.at(m.At)
	}
	return t >= 0 && t <= 1
}

func (b *box) markEnds(m Mark) (from, to canvas.Point) {
	if m.Horizontal {
		y := b.toPage(b.x.min, m.At).Y
		return canvas.Point{X: b.frame.X0, Y: y}, canvas.Point{X: b.frame.X1, Y: y}
	}
	x := b.toPage(m.At, b.y.min).X
	return canvas.Point{X: x, Y: b.frame.Y0}, canvas.Point{X: x, Y: b.frame.Y1}
}

func (b *box) placeMark(m Mark) error {
	set, err := label.Set(m.Label, textSize)
	if err != nil {
		return err
	}
	w, h := set.Width, set.Ascent+set.Descent
	best, covered := b.emptiest(b.besideMark(m, w, h))
	at := canvas.Anchor{At: canvas.Point{X: best.X0, Y: best.Y0 + set.Descent}}
	if covered > 0 && !m.Horizontal { // along the line there may be room
		if r, n := b.emptiest(b.besideMark(m, h, w)); n < covered {
			best, at = r, canvas.Anchor{At: canvas.Point{X: r.X0 + set.Ascent, Y: r.Y0}, Turned: true}
		}
	}
	b.notes = append(b.notes, note{set, at})
	b.free.mark(best.Grown(1.5))
	return nil
}

// emptiest is the first of the places that cover least, and how much that is.
func (b *box) emptiest(places []canvas.Rect) (best canvas.Rect, covered int) {
	covered = math.MaxInt
	for _, r := range places {
		if n := b.free.count(r.Grown(1.5)); n < covered {
			best, covered = r, n
		}
	}
	return best, covered
}

// besideMark are places along the line for a block of the given size, on both its
// sides, from the ends inwards.
func (b *box) besideMark(m Mark, w, h float64) (places []canvas.Rect) {
	const away, inset = 3.0, tickLong + 3
	from, _ := b.markEnds(m)
	if m.Horizontal {
		for x := inset; x+w+inset <= b.frame.Width(); x += 4 {
			for _, y := range []float64{from.Y + away, from.Y - away - h} {
				right := b.frame.X1 - x - w
				places = append(places, canvas.Rect{X0: right, Y0: y, X1: right + w, Y1: y + h})
			}
		}
		return places
	}
	for y := inset; y+h+inset <= b.frame.Height(); y += 4 {
		for _, x := range []float64{from.X + away, from.X - away - w} {
			if x < b.frame.X0+inset || x+w > b.frame.X1-inset {
				continue
			}
			top := b.frame.Y1 - y - h
			places = append(places, canvas.Rect{X0: x, Y0: top, X1: x + w, Y1: top + h})
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
		set, err := label.Set(b.letter, textSize)
		if err != nil {
			return err
		}
		r := b.corner(corner, set)
		if !common {
			if free, ok := b.free.find(set.Width, set.Ascent+set.Descent); ok {
				r = free
			}
		}
		if b.panel.full() {
			r = canvas.Rect{X0: b.frame.X0, Y0: b.frame.Y1 + gap, X1: b.frame.X0, Y1: b.frame.Y1 + gap}
		}
		b.notes = append(b.notes, note{set, canvas.Anchor{At: canvas.Point{X: r.X0, Y: r.Y0 + set.Descent}}})
		b.free.mark(r.Grown(2))
	}
	return nil
}

// commonCorner is the first corner that is free in every panel: upper left,
// upper right, lower left, lower right.
func (s *sheet) commonCorner() (corner int, ok bool) {
	for corner := range 4 {
		free := true
		for _, b := range s.boxes {
			set, err := label.Set(b.letter, textSize)
			free = free && err == nil && !b.panel.full() && b.free.count(b.corner(corner, set).Grown(1.5)) == 0
		}
		if free {
			return corner, true
		}
	}
	return 0, false
}

func (b *box) corner(k int, set canvas.Text) canvas.Rect {
	const inset = tickLong + 3
	w, h := set.Width, set.Ascent+set.Descent
	x, y := b.frame.X0+inset, b.frame.Y1-inset-h
	if k%2 == 1 {
		x = b.frame.X1 - inset - w
	}
	if k >= 2 {
		y = b.frame.Y0 + inset
	}
	return canvas.Rect{X0: x, Y0: y, X1: x + w, Y1: y + h}
}

// admitEmpty says that a panel shows nothing, so that nobody looks for it.
func (b *box) admitEmpty() error {
	if xs, _ := b.panel.values(); anyNumber(xs) {
		return nil
	}
	set, err := label.Set("no data", textSize)
	f := b.frame
	b.notes = append(b.notes, note{set, canvas.Anchor{At: canvas.Point{X: (f.X0 + f.X1) / 2, Y: (f.Y0 + f.Y1) / 2}, Align: 0.5}})
	return err
}
