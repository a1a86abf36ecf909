package figure

import (
	"math"
	"slices"
	"sort"

	"hopcap/plots/canvas"
	"hopcap/plots/label"
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
	return rangeOf(slices.Concat(m.Z...))
}

func (m *Map) colour(z, lo, hi float64) canvas.Colour {
	if math.IsNaN(z) {
		return canvas.White
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

func (m *Map) draw(c canvas.Canvas, b *box) {
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
			corners := []canvas.Point{from, {X: to.X + 0.3, Y: from.Y}, {X: to.X + 0.3, Y: to.Y + 0.3}, {X: from.X, Y: to.Y + 0.3}}
			if p := canvas.ClipArea(corners, b.frame); len(p) > 0 {
				c.Fill(canvas.Polygon(p...), colour)
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

func (m *Map) drawBar(c canvas.Canvas, f canvas.Rect) {
	s, err := m.barScale(f.Height())
	if err != nil {
		return
	}
	bar := canvas.Rect{X0: f.X1 + barGap, Y0: f.Y0, X1: f.X1 + barGap + barWidth, Y1: f.Y1}
	const steps = 128
	for i := range steps {
		y := bar.Y0 + bar.Height()*float64(i)/steps
		c.Fill(canvas.Rect{X0: bar.X0, Y0: y, X1: bar.X1, Y1: y + bar.Height()/steps + 0.3}.Path(), viridis((float64(i)+0.5)/steps))
	}
	ink := canvas.Pen{Width: frameLine, Colour: canvas.Black}
	widest := 0.0
	for _, t := range s.ticks {
		y := bar.Y0 + s.at(t.at)*bar.Height()
		c.Stroke(canvas.Polyline(canvas.Point{X: bar.X1, Y: y}, canvas.Point{X: bar.X1 + tickLength(t)*0.6, Y: y}), ink) // outwards: black is lost on dark colours
		if set, err := label.Set(t.label, textSize); err == nil && t.label != "" {
			c.Text(set, canvas.Anchor{At: canvas.Point{X: bar.X1 + gap + 1, Y: y - capital/2}}, canvas.Black)
			widest = math.Max(widest, set.Width)
		}
	}
	c.Stroke(bar.Path(), ink)
	lines, err := wrapLabel(m.Label, 0.9*f.Height())
	for i, set := range lines {
		if err == nil {
			x := bar.X1 + gap + 1 + widest + gap + above(lines[0]) + lineSkip*float64(i)
			c.Text(set, canvas.Anchor{At: canvas.Point{X: x, Y: (f.Y0 + f.Y1) / 2}, Align: 0.5, Turned: true}, canvas.Black)
		}
	}
}

// MapOf makes a map of its cells, each given by x, y and z, in any order.
func MapOf(cells [][3]float64) *Map {
	m := new(Map)
	m.X, m.Y, m.Z = gridOf(cells)
	return m
}

// gridOf makes the cells of a map from points in any order. Values that are one but
// for rounding share a row or column.
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
		var distinct []float64
		for _, v := range values {
			if n := len(distinct); n == 0 || !oneValue(distinct[n-1], v) {
				distinct = append(distinct, v)
			}
			at[v] = len(distinct) - 1
		}
		return distinct, at
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
