package figure

import "hopcap/plots/canvas"

// insetShares are the sizes that an inset is tried in, as shares of the frame
// with all that stands around it.
var insetShares = []float64{0.6, 0.55, 0.5, 0.45, 0.4}

// placeInset puts the inset where the panel is empty, as large as goes. Where
// it goes nowhere the smallest covers as little as it can.
func (b *box) placeInset() error {
	if b.panel.Inset == nil {
		return nil
	}
	var place canvas.Rect
	for _, share := range insetShares {
		w, h := share*b.frame.Width(), share*b.frame.Height()
		r, ok := b.free.find(w, h)
		if place = r; ok {
			break
		}
		place = b.free.least(w, h)
	}
	return b.setInset(place)
}

func (b *box) setInset(place canvas.Rect) error {
	in := &box{panel: b.panel.Inset}
	xs, _ := in.panel.values()
	if err := in.measure(xs, 0.7*place.Width(), 0.7*place.Height()); err != nil {
		return err
	}
	in.frame = canvas.Rect{X0: place.X0 + in.left, Y0: place.Y0 + in.bottom, X1: place.X1 - in.right, Y1: place.Y1 - in.top}
	in.free = in.obstacles()
	if err := in.placeMarks(); err != nil {
		return err
	}
	b.inset, b.insetArea = in, place
	b.free.mark(place.Grown(2))
	return nil
}

// least returns the place of the given size that covers least.
func (o *occupancy) least(width, height float64) canvas.Rect {
	const inset = tickLong + 3
	best, fewest := canvas.Rect{X0: o.area.X0, Y0: o.area.Y0, X1: o.area.X0 + width, Y1: o.area.Y0 + height}, -1
	for y := o.area.Y0 + inset; y+height <= o.area.Y1-inset; y += 4 {
		for x := o.area.X0 + inset; x+width <= o.area.X1-inset; x += 4 {
			r := canvas.Rect{X0: x, Y0: y, X1: x + width, Y1: y + height}
			if n := o.count(r); fewest < 0 || n < fewest {
				best, fewest = r, n
			}
		}
	}
	return best
}
