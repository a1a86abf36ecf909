package canvas

import "math"

// A Point is a place on the page, or within a glyph, in points (1/72 inch) from
// the lower left corner.
type Point struct{ X, Y float64 }

func (p Point) add(q Point) Point { return Point{p.X + q.X, p.Y + q.Y} }

// Defined reports whether the point is anywhere: neither coordinate is NaN.
func (p Point) Defined() bool { return !math.IsNaN(p.X) && !math.IsNaN(p.Y) }

// Between is the point a share t of the way from a to b.
func Between(a, b Point, t float64) Point {
	return Point{a.X + t*(b.X-a.X), a.Y + t*(b.Y-a.Y)}
}

// A segment continues a path: 'm' moves, 'l' draws a line, 'c' a cubic Bézier
// curve with two control points, 'h' closes.
type segment struct {
	op byte
	p  [3]Point // the end is the last one used
}

// A Path is a sequence of segments. There are no arcs and no quadratic curves,
// since not every format has them.
type Path []segment

// Move begins a new piece of the path.
func (p *Path) Move(a Point) { *p = append(*p, segment{'m', [3]Point{a}}) }

// Line continues the path to a point.
func (p *Path) Line(a Point) { *p = append(*p, segment{'l', [3]Point{a}}) }

// Curve continues the path to c by a cubic Bézier curve with control points a and b.
func (p *Path) Curve(a, b, c Point) { *p = append(*p, segment{'c', [3]Point{a, b, c}}) }

// Close leads back to where the piece of the path began.
func (p *Path) Close() { *p = append(*p, segment{op: 'h'}) }

// points returns the points that the segment uses.
func (s *segment) points() []Point {
	switch s.op {
	case 'c':
		return s.p[:3]
	case 'h':
		return nil
	}
	return s.p[:1]
}

// Points are all points that the path uses, control points included.
func (p Path) Points() (all []Point) {
	for i := range p {
		all = append(all, p[i].points()...)
	}
	return all
}

// Top is the height of the highest of the points.
func (p Path) Top() float64 {
	top := math.Inf(-1)
	for _, a := range p.Points() {
		top = math.Max(top, a.Y)
	}
	return top
}

// Transformed returns the path with each of its points moved by f.
func (p Path) Transformed(f func(Point) Point) Path {
	q := append(Path(nil), p...)
	for i := range q {
		pts := q[i].points()
		for j := range pts {
			pts[j] = f(pts[j])
		}
	}
	return q
}

// moved returns the path somewhere else.
func (p Path) moved(by Point) Path { return p.Transformed(by.add) }

// Polyline joins points by straight lines.
func Polyline(pts ...Point) Path {
	var p Path
	for i, a := range pts {
		if i == 0 {
			p.Move(a)
		} else {
			p.Line(a)
		}
	}
	return p
}

// Polygon is a closed Polyline.
func Polygon(pts ...Point) Path {
	p := Polyline(pts...)
	if len(p) > 0 {
		p.Close()
	}
	return p
}

// Circle is a circle of radius r about c: four Bézier curves, 0.03 % off at most.
func Circle(c Point, r float64) Path {
	const k = 0.5522847498
	at := func(x, y float64) Point { return Point{c.X + r*x, c.Y + r*y} }
	var p Path
	p.Move(at(1, 0))
	p.Curve(at(1, k), at(k, 1), at(0, 1))
	p.Curve(at(-k, 1), at(-1, k), at(-1, 0))
	p.Curve(at(-1, -k), at(-k, -1), at(0, -1))
	p.Curve(at(k, -1), at(1, -k), at(1, 0))
	p.Close()
	return p
}

// A Rect is a rectangle on the page.
type Rect struct{ X0, Y0, X1, Y1 float64 }

// Width is the length of the lower side.
func (r Rect) Width() float64 { return r.X1 - r.X0 }

// Height is the length of the left side.
func (r Rect) Height() float64 { return r.Y1 - r.Y0 }

// Path is the outline.
func (r Rect) Path() Path {
	return Polygon(Point{r.X0, r.Y0}, Point{r.X1, r.Y0}, Point{r.X1, r.Y1}, Point{r.X0, r.Y1})
}

// Grown is the rectangle with each side d further out.
func (r Rect) Grown(d float64) Rect { return Rect{r.X0 - d, r.Y0 - d, r.X1 + d, r.Y1 + d} }

// Contains reports whether a point is inside or on the edge.
func (r Rect) Contains(p Point) bool {
	return p.X >= r.X0 && p.X <= r.X1 && p.Y >= r.Y0 && p.Y <= r.Y1
}
