package canvas

import "math"

// ClipSegment is the part of a straight line that lies in a rectangle (Liang and Barsky 1984).
func ClipSegment(a, b Point, r Rect) (from, to Point, ok bool) {
	t0, t1 := 0.0, 1.0
	d := Point{b.X - a.X, b.Y - a.Y}
	for _, side := range [4][2]float64{{-d.X, a.X - r.X0}, {d.X, r.X1 - a.X}, {-d.Y, a.Y - r.Y0}, {d.Y, r.Y1 - a.Y}} {
		p, q := side[0], side[1]
		switch {
		case p == 0 && q < 0:
			return a, b, false
		case p < 0:
			t0 = math.Max(t0, q/p)
		case p > 0:
			t1 = math.Min(t1, q/p)
		}
	}
	from, to = a, b // to the last bit where nothing is cut
	if t0 > 0 {
		from = Between(a, b, t0)
	}
	if t1 < 1 {
		to = Between(a, b, t1)
	}
	return from, to, t0 <= t1
}

// ClipLine is the line through points as far as it lies in a rectangle, broken
// where a point is not defined.
func ClipLine(pts []Point, r Rect) (p Path) {
	var end Point
	for i := 1; i < len(pts); i++ {
		if !pts[i-1].Defined() || !pts[i].Defined() {
			continue
		}
		from, to, ok := ClipSegment(pts[i-1], pts[i], r)
		if !ok {
			continue
		}
		if len(p) == 0 || from != end {
			p.Move(from)
		}
		p.Line(to)
		end = to
	}
	return p
}

// ClipArea is a polygon as far as it lies in a rectangle (Sutherland and
// Hodgman 1974).
func ClipArea(pts []Point, r Rect) []Point {
	for _, inside := range []func(Point) float64{
		func(p Point) float64 { return p.X - r.X0 },
		func(p Point) float64 { return r.X1 - p.X },
		func(p Point) float64 { return p.Y - r.Y0 },
		func(p Point) float64 { return r.Y1 - p.Y },
	} {
		pts = clippedSide(pts, inside)
	}
	return pts
}

// clippedSide keeps what is not a negative distance inside.
func clippedSide(pts []Point, inside func(Point) float64) (out []Point) {
	for i, b := range pts {
		a := pts[(i+len(pts)-1)%len(pts)]
		da, db := inside(a), inside(b)
		if da*db < 0 {
			out = append(out, Between(a, b, da/(da-db)))
		}
		if db >= 0 {
			out = append(out, b)
		}
	}
	return out
}
