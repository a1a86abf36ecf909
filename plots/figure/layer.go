package figure

import (
	"math"
	"slices"

	"hopcap/plots/canvas"
)

// A layer is one thing that a panel shows.
type layer interface {
	// extent returns the values that the axes should reach.
	extent() (xs, ys []float64)
	// occupy marks where no text may stand.
	occupy(b *box, o *occupancy)
	draw(c canvas.Canvas, b *box)
	// keys adds what the legend says.
	keys(add func(key))
	// numbers writes what is shown, NaN for what is not there.
	numbers(row rowWriter)
}

// A rowWriter takes one row of the table of plotted numbers.
type rowWriter func(kind, label string, x, y, low, high float64)

// layers are all that the panel shows, from the bottom.
func (p *Panel) layers() []layer {
	var all []layer
	if p.Map != nil {
		all = append(all, p.Map)
	}
	for i := range p.Bands {
		all = append(all, &p.Bands[i])
	}
	if len(p.Areas) > 0 {
		all = append(all, areas(p.Areas))
	}
	for i := range p.Marks {
		all = append(all, &p.Marks[i])
	}
	for i := range p.Histograms {
		k := i
		if p.Histograms[i].Ridge {
			k = len(p.Histograms) - 1 - i // a lower ridge hides the foot of the upper one
		}
		all = append(all, &p.Histograms[k])
	}
	for i := range p.Series {
		all = append(all, &p.Series[i])
	}
	for i := range p.Lines {
		all = append(all, &p.Lines[i])
	}
	return all
}

// values are all that the x and y axes should show. A curve beside measured
// points does not widen the x axis.
func (p *Panel) values() (xs, ys []float64) {
	var lines []*Line
	for _, l := range p.layers() {
		if line, ok := l.(*Line); ok {
			lines = append(lines, line)
			continue
		}
		x, y := l.extent()
		xs, ys = append(xs, x...), append(ys, y...)
	}
	lo, hi := p.X.extent(xs)
	alone := !anyNumber(xs)
	for _, l := range lines {
		for i := range l.X {
			if alone {
				xs, ys = append(xs, l.X[i]), append(ys, l.Y[i])
			} else if lo <= l.X[i] && l.X[i] <= hi && l.counts(l.X[i]) {
				ys = append(ys, l.Y[i])
			}
		}
	}
	return xs, ys
}

// Span is the range of the x axis.
func (p *Panel) Span() (lo, hi float64) {
	xs, _ := p.values()
	x, _ := p.axes()
	s := x.fit(xs, 5)
	return s.min, s.max
}

// Reach is the range of x of some of the series; zero where they have no points.
func (p *Panel) Reach(series []int) (from, to float64) {
	var xs []float64
	for _, k := range series {
		if k < len(p.Series) {
			x, _ := p.Series[k].extent()
			xs = append(xs, x...)
		}
	}
	if len(xs) == 0 {
		return 0, 0
	}
	return slices.Min(xs), slices.Max(xs)
}

// Counted returns three numbers of points of a panel: all points; lost, the points that a
// log axis cannot show; and shown, the points within the limits.
func (p *Panel) Counted() (points, lost, shown int) {
	inside := func(a Axis, v float64) bool {
		lo, hi := a.limits()
		return !(v < lo) && !(v > hi)
	}
	for _, s := range p.Series {
		for _, q := range s.Points {
			if math.IsNaN(q.X) || math.IsNaN(q.Y) {
				continue
			}
			points++
			switch {
			case p.Y.Log && q.isLimit() && !(p.X.Log && q.X <= 0):
				if inside(p.X, q.X) && inside(p.Y, q.High) {
					shown++
				}
			case p.X.Log && q.X <= 0 || p.Y.Log && q.Y <= 0:
				lost++
			case inside(p.X, q.X) && inside(p.Y, q.Y):
				shown++
			}
		}
	}
	return points, lost, shown
}

func anyNumber(xs []float64) bool {
	for _, x := range xs {
		if !math.IsNaN(x) {
			return true
		}
	}
	return false
}
