package plots

import (
	"fmt"
	"math"
	"sort"
	"strconv"
)

// A point is a place on the page, or within a glyph, in points (1/72 inch) from
// the lower left corner.
type point struct{ X, Y float64 }

func (p point) add(q point) point { return point{p.X + q.X, p.Y + q.Y} }

// defined tells whether the point is anywhere: neither coordinate is NaN.
func (p point) defined() bool { return !math.IsNaN(p.X) && !math.IsNaN(p.Y) }

// between is the point a share t of the way from a to b.
func between(a, b point, t float64) point {
	return point{a.X + t*(b.X-a.X), a.Y + t*(b.Y-a.Y)}
}

// A segment continues a path: 'm' moves, 'l' draws a line, 'c' a cubic Bézier
// curve with two control points, 'h' closes.
type segment struct {
	op byte
	p  [3]point // the end is the last one used
}

// A path is a sequence of segments. There are no arcs and no quadratic curves,
// since not every format has them.
type path []segment

func (p *path) move(a point)        { *p = append(*p, segment{'m', [3]point{a}}) }
func (p *path) line(a point)        { *p = append(*p, segment{'l', [3]point{a}}) }
func (p *path) curve(a, b, c point) { *p = append(*p, segment{'c', [3]point{a, b, c}}) }
func (p *path) close()              { *p = append(*p, segment{op: 'h'}) }

// points returns the points that the segment uses.
func (s *segment) points() []point {
	switch s.op {
	case 'c':
		return s.p[:3]
	case 'h':
		return nil
	}
	return s.p[:1]
}

// points are all that the path uses, control points included.
func (p path) points() (all []point) {
	for i := range p {
		all = append(all, p[i].points()...)
	}
	return all
}

// top is the height of the highest of its points.
func (p path) top() float64 {
	top := math.Inf(-1)
	for _, a := range p.points() {
		top = math.Max(top, a.Y)
	}
	return top
}

// transformed returns the path with each of its points moved by f.
func (p path) transformed(f func(point) point) path {
	q := append(path(nil), p...)
	for i := range q {
		pts := q[i].points()
		for j := range pts {
			pts[j] = f(pts[j])
		}
	}
	return q
}

// moved returns the path somewhere else.
func (p path) moved(by point) path { return p.transformed(by.add) }

func polyline(pts ...point) path {
	var p path
	for i, a := range pts {
		if i == 0 {
			p.move(a)
		} else {
			p.line(a)
		}
	}
	return p
}

func polygon(pts ...point) path {
	p := polyline(pts...)
	if len(p) > 0 {
		p.close()
	}
	return p
}

// circle is four Bézier curves, 0.03 % off at most.
func circle(c point, r float64) path {
	const k = 0.5522847498
	at := func(x, y float64) point { return point{c.X + r*x, c.Y + r*y} }
	var p path
	p.move(at(1, 0))
	p.curve(at(1, k), at(k, 1), at(0, 1))
	p.curve(at(-k, 1), at(-1, k), at(-1, 0))
	p.curve(at(-1, -k), at(-k, -1), at(0, -1))
	p.curve(at(k, -1), at(1, -k), at(1, 0))
	p.close()
	return p
}

// A rect is a rectangle on the page.
type rect struct{ x0, y0, x1, y1 float64 }

func (r rect) width() float64  { return r.x1 - r.x0 }
func (r rect) height() float64 { return r.y1 - r.y0 }
func (r rect) path() path {
	return polygon(point{r.x0, r.y0}, point{r.x1, r.y0}, point{r.x1, r.y1}, point{r.x0, r.y1})
}
func (r rect) grown(d float64) rect { return rect{r.x0 - d, r.y0 - d, r.x1 + d, r.y1 + d} }
func (r rect) contains(p point) bool {
	return p.X >= r.x0 && p.X <= r.x1 && p.Y >= r.y0 && p.Y <= r.y1
}

// A rgb is an opaque colour. There is no transparency: EPS has none, and
// journals flatten it.
type rgb struct{ r, g, b uint8 }

var (
	black = rgb{0, 0, 0}
	white = rgb{255, 255, 255}
)

// tint blends the colour with white; 0 is white, 1 the colour itself.
func (c rgb) tint(amount float64) rgb {
	mix := func(v uint8) uint8 { return uint8(math.Round(255 + (float64(v)-255)*amount)) }
	return rgb{mix(c.r), mix(c.g), mix(c.b)}
}

// A pen draws lines.
type pen struct {
	width  float64
	colour rgb
	dash   []float64
}

// A marker is a symbol of its final size, drawn about a place. An edge without
// width is none.
type marker struct {
	outline path
	inside  rgb
	edge    pen
}

// An anchor places a text on the page. Align is 0 for a text that begins at the
// point, 0.5 for one centred on it, 1 for one that ends there; the point is on
// the baseline. Turned texts read upwards.
type anchor struct {
	at     point
	align  float64
	turned bool
}

// place moves a point of a text of the given width to where it is on the page.
func (a anchor) place(width float64) func(point) point {
	return func(p point) point {
		p.X -= a.align * width
		if a.turned {
			p = point{-p.Y, p.X}
		}
		return p.add(a.at)
	}
}

// A typeset is a line of text as outlines, with its origin at the left end of
// the baseline.
type typeset struct {
	latex                  string // for formats whose text LaTeX sets
	size                   float64
	width, ascent, descent float64
	glyphs                 []glyph
}

// A glyph is a shape in its size about its origin, and where in the text that is.
type glyph struct {
	shape path
	at    point
}

// outline is the whole text as one path.
func (t typeset) outline() (p path) {
	for _, g := range t.glyphs {
		p = append(p, g.shape.moved(g.at)...)
	}
	return p
}

// A canvas is one page in one format.
type canvas interface {
	fill(p path, c rgb)
	stroke(p path, with pen)
	mark(m marker, at point)
	text(t typeset, a anchor, c rgb)
	bytes() ([]byte, error)
}

// canvases are the formats, by file extension.
var canvases = map[string]func(width, height float64) canvas{
	"pdf": newPDF,
	"eps": newEPS,
	"svg": newSVG,
	"png": newPNG,
	"pgf": newPGF,
}

// Formats returns the formats that figures can be drawn in, by file extension.
func Formats() []string {
	var names []string
	for name := range canvases {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

func newCanvas(format string, width, height float64) (canvas, error) {
	f, ok := canvases[format]
	if !ok {
		return nil, fmt.Errorf("no format %q: must be one of %q", format, Formats())
	}
	return f(width, height), nil
}

// num writes a coordinate to a hundredth of a point, which nobody sees.
func num(x float64) string { return rounded(x, 100) }

// rounded writes a number to a fraction of one.
func rounded(x, fraction float64) string {
	x = math.Round(x*fraction) / fraction
	if x == 0 {
		x = 0 // not −0
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}
