package plots

// insetShares are the sizes that an inset is tried in, as shares of the frame
// with all that stands around it.
var insetShares = []float64{0.6, 0.55, 0.5, 0.45, 0.4}

// placeInset puts the inset where the panel is empty, as large as goes. Where
// it goes nowhere the smallest covers as little as it can.
func (b *box) placeInset() error {
	if b.panel.Inset == nil {
		return nil
	}
	var place rect
	for _, share := range insetShares {
		w, h := share*b.frame.width(), share*b.frame.height()
		r, ok := b.free.find(w, h)
		if place = r; ok {
			break
		}
		place = b.free.least(w, h)
	}
	return b.setInset(place)
}

func (b *box) setInset(place rect) error {
	in := &box{panel: b.panel.Inset}
	xs, _ := in.panel.values()
	if err := in.measure(xs, 0.7*place.width(), 0.7*place.height()); err != nil {
		return err
	}
	in.frame = rect{place.x0 + in.left, place.y0 + in.bottom, place.x1 - in.right, place.y1 - in.top}
	in.free = in.obstacles()
	if err := in.placeMarks(); err != nil {
		return err
	}
	b.inset, b.insetArea = in, place
	b.free.mark(place.grown(2))
	return nil
}

// least returns the place of the given size that covers least.
func (o *occupancy) least(width, height float64) rect {
	const inset = tickLong + 3
	best, fewest := rect{o.area.x0, o.area.y0, o.area.x0 + width, o.area.y0 + height}, -1
	for y := o.area.y0 + inset; y+height <= o.area.y1-inset; y += 4 {
		for x := o.area.x0 + inset; x+width <= o.area.x1-inset; x += 4 {
			r := rect{x, y, x + width, y + height}
			if n := o.count(r); fewest < 0 || n < fewest {
				best, fewest = r, n
			}
		}
	}
	return best
}
