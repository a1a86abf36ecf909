package figure

import (
	"math"

	"hopcap/plots/canvas"
)

// An occupancy remembers where on the page something is drawn, in cells of one
// point, so that legends and labels go where nothing is.
type occupancy struct {
	area canvas.Rect
	w, h int
	used []bool // [h][w]
	sums []int  // [h+1][w+1]: used cells below and left; nil when stale
}

func newOccupancy(area canvas.Rect) *occupancy {
	w, h := int(math.Ceil(area.Width())), int(math.Ceil(area.Height()))
	return &occupancy{area: area, w: w, h: h, used: make([]bool, w*h)}
}

// cells are the rows and columns that a rectangle touches.
func (o *occupancy) cells(r canvas.Rect) (x0, y0, x1, y1 int) {
	x0 = max(0, int(math.Floor(r.X0-o.area.X0)))
	y0 = max(0, int(math.Floor(r.Y0-o.area.Y0)))
	x1 = min(o.w, int(math.Ceil(r.X1-o.area.X0)))
	y1 = min(o.h, int(math.Ceil(r.Y1-o.area.Y0)))
	return x0, y0, x1, y1
}

func (o *occupancy) mark(r canvas.Rect) {
	x0, y0, x1, y1 := o.cells(r)
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			o.used[y*o.w+x] = true
		}
	}
	o.sums = nil
}

// markLine marks what a straight line passes through.
func (o *occupancy) markLine(a, b canvas.Point) {
	a, b, ok := canvas.ClipSegment(a, b, o.area)
	if !ok {
		return
	}
	n := int(math.Ceil(math.Hypot(b.X-a.X, b.Y-a.Y)))
	for i := 0; i <= n; i++ {
		p := canvas.Between(a, b, float64(i)/math.Max(1, float64(n)))
		o.mark(canvas.Rect{X0: p.X, Y0: p.Y, X1: p.X, Y1: p.Y}.Grown(0.5))
	}
}

// count is the number of used cells in a rectangle.
func (o *occupancy) count(r canvas.Rect) int {
	if o.sums == nil {
		o.sum()
	}
	x0, y0, x1, y1 := o.cells(r)
	if x0 >= x1 || y0 >= y1 {
		return 0
	}
	at := func(x, y int) int { return o.sums[y*(o.w+1)+x] }
	return at(x1, y1) - at(x0, y1) - at(x1, y0) + at(x0, y0)
}

func (o *occupancy) sum() {
	o.sums = make([]int, (o.w+1)*(o.h+1))
	for y := range o.h {
		row := 0
		for x := range o.w {
			if o.used[y*o.w+x] {
				row++
			}
			o.sums[(y+1)*(o.w+1)+x+1] = o.sums[y*(o.w+1)+x+1] + row
		}
	}
}

// find returns an empty place for a block of the given size, the nearest to a
// corner of the area. Right and upper corners come first where equally near.
func (o *occupancy) find(width, height float64) (canvas.Rect, bool) {
	const inset = tickLong + 3 // from the frame: clear of its ticks
	const step = 2.0
	best, found := canvas.Rect{}, false
	nearest := math.Inf(1)
	for y := o.area.Y1 - inset - height; y >= o.area.Y0+inset; y -= step {
		for x := o.area.X1 - inset - width; x >= o.area.X0+inset; x -= step {
			r := canvas.Rect{X0: x, Y0: y, X1: x + width, Y1: y + height}
			d := o.fromCorner(r)
			if d < nearest && o.count(r.Grown(2)) == 0 {
				best, found, nearest = r, true, d
			}
		}
	}
	return best, found
}

func (o *occupancy) fromCorner(r canvas.Rect) float64 {
	dx := math.Min(r.X0-o.area.X0, o.area.X1-r.X1)
	dy := math.Min(r.Y0-o.area.Y0, o.area.Y1-r.Y1)
	return math.Hypot(dx, dy)
}
