package plots

import (
	"math"
	"sort"
)

// A Map shows a quantity over two axes in colours of even lightness, beside a
// bar that explains them. Cells that are NaN stay white.
type Map struct {
	Label string // of the colour bar
	X, Y  []float64
	Z     [][]float64 // [len(Y)][len(X)]
	// Low and High bound the colours; both zero leaves it to the data.
	Low, High float64
}

func (m *Map) bounds() (lo, hi float64) {
	if m.Low != 0 || m.High != 0 {
		return m.Low, m.High
	}
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, row := range m.Z {
		for _, z := range row {
			if !math.IsNaN(z) {
				lo, hi = math.Min(lo, z), math.Max(hi, z)
			}
		}
	}
	if !(lo < hi) {
		return widened(lo, false)
	}
	return lo, hi
}

func (m *Map) colour(z, lo, hi float64) rgb {
	if math.IsNaN(z) {
		return white
	}
	return viridis((z - lo) / (hi - lo))
}

// edges are halfway between the centres of cells, on the scale of the axis.
func edges(centres []float64, log bool) []float64 {
	n := len(centres)
	if n == 0 {
		return nil
	}
	to, from := func(v float64) float64 { return v }, func(v float64) float64 { return v }
	if log {
		to, from = math.Log, math.Exp
	}
	half := 0.5
	if n > 1 {
		half = (to(centres[1]) - to(centres[0])) / 2
	}
	e := []float64{from(to(centres[0]) - half)}
	for i := 1; i < n; i++ {
		e = append(e, from((to(centres[i-1])+to(centres[i]))/2))
	}
	if n > 1 {
		half = (to(centres[n-1]) - to(centres[n-2])) / 2
	}
	return append(e, from(to(centres[n-1])+half))
}

func (m *Map) extent() (xs, ys []float64) { return m.X, m.Y }

// occupy takes the whole frame: no place on a map is empty.
func (m *Map) occupy(b *box, o *occupancy) { o.mark(b.frame) }

func (m *Map) keys(func(key)) {}

func (m *Map) numbers(row rowWriter) {
	for j, y := range m.Y {
		for i, x := range m.X {
			row("cell", m.Label, x, y, m.Z[j][i], math.NaN())
		}
	}
}

func (m *Map) draw(c canvas, b *box) {
	xs, ys := edges(m.X, b.x.log), edges(m.Y, b.y.log)
	lo, hi := m.bounds()
	for j := range m.Y {
		for i := 0; i < len(m.X); {
			start, colour := i, m.colour(m.Z[j][i], lo, hi)
			for i < len(m.X) && m.colour(m.Z[j][i], lo, hi) == colour {
				i++
			}
			from, to := b.toPage(xs[start], ys[j]), b.toPage(xs[i], ys[j+1])
			// A little over the next cells, which are drawn later: otherwise
			// some programs let white shine through between them.
			corners := []point{from, {to.X + 0.3, from.Y}, {to.X + 0.3, to.Y + 0.3}, {from.X, to.Y + 0.3}}
			if p := clippedArea(corners, b.frame); len(p) > 0 {
				c.fill(polygon(p...), colour)
			}
		}
	}
}

const (
	barGap   = 6.0
	barWidth = 8.0
)

// barScale is the scale of the colour bar.
func (m *Map) barScale(height float64) (scale, error) {
	lo, hi := m.bounds()
	return Axis{Min: lo, Max: hi}.scaleFor(nil, height, true)
}

// barRoom is the width of the colour bar with its labels.
func (m *Map) barRoom(height float64) (float64, error) {
	s, err := m.barScale(height)
	if err != nil {
		return 0, err
	}
	widest, err := widestLabel(s.ticks)
	if err != nil {
		return 0, err
	}
	lines, err := wrapLabel(m.Label, 0.9*height)
	return barGap + barWidth + gap + 1 + widest + gap + stackHeight(lines), err
}

func (m *Map) drawBar(c canvas, f rect) {
	s, err := m.barScale(f.height())
	if err != nil {
		return
	}
	bar := rect{f.x1 + barGap, f.y0, f.x1 + barGap + barWidth, f.y1}
	const steps = 128
	for i := range steps {
		y := bar.y0 + bar.height()*float64(i)/steps
		c.fill(rect{bar.x0, y, bar.x1, y + bar.height()/steps + 0.3}.path(), viridis((float64(i)+0.5)/steps))
	}
	ink := pen{width: frameLine, colour: black}
	widest := 0.0
	for _, t := range s.ticks {
		y := bar.y0 + s.at(t.at)*bar.height()
		c.stroke(polyline(point{bar.x1, y}, point{bar.x1 + tickLength(t)*0.6, y}), ink) // outwards: black is lost on dark colours
		if set, err := typesetLabel(t.label, textSize); err == nil && t.label != "" {
			c.text(set, anchor{at: point{bar.x1 + gap + 1, y - capital/2}}, black)
			widest = math.Max(widest, set.width)
		}
	}
	c.stroke(bar.path(), ink)
	lines, err := wrapLabel(m.Label, 0.9*f.height())
	for i, set := range lines {
		if err == nil {
			x := bar.x1 + gap + 1 + widest + gap + above(lines[0]) + lineSkip*float64(i)
			c.text(set, anchor{at: point{x, (f.y0 + f.y1) / 2}, align: 0.5, turned: true}, black)
		}
	}
}

// MapOf makes a map of its cells, each given by x, y and z, in any order.
func MapOf(cells [][3]float64) *Map {
	m := new(Map)
	m.X, m.Y, m.Z = gridOf(cells)
	return m
}

// gridOf makes the cells of a map from points in any order.
func gridOf(points [][3]float64) (xs, ys []float64, z [][]float64) {
	index := func(k int) ([]float64, map[float64]int) {
		at := map[float64]int{}
		var values []float64
		for _, p := range points {
			if _, seen := at[p[k]]; !seen && !math.IsNaN(p[k]) {
				at[p[k]] = 0
				values = append(values, p[k])
			}
		}
		sort.Float64s(values)
		for i, v := range values {
			at[v] = i
		}
		return values, at
	}
	xs, xAt := index(0)
	ys, yAt := index(1)
	for range ys {
		row := make([]float64, len(xs))
		for i := range row {
			row[i] = math.NaN()
		}
		z = append(z, row)
	}
	for _, p := range points {
		if !math.IsNaN(p[0]) && !math.IsNaN(p[1]) {
			z[yAt[p[1]]][xAt[p[0]]] = p[2]
		}
	}
	return xs, ys, z
}
