package plots

import "math"

// What lies outside a frame is cut off here and not left to the clip path of a
// format: TeX cannot hold a coordinate beyond six metres, and editors show what
// is hidden.

// clipped is the part of a line that lies in a rectangle (Liang and Barsky 1984).
func clipped(a, b point, r rect) (from, to point, ok bool) {
	t0, t1 := 0.0, 1.0
	d := point{b.X - a.X, b.Y - a.Y}
	for _, side := range [4][2]float64{{-d.X, a.X - r.x0}, {d.X, r.x1 - a.X}, {-d.Y, a.Y - r.y0}, {d.Y, r.y1 - a.Y}} {
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
		from = between(a, b, t0)
	}
	if t1 < 1 {
		to = between(a, b, t1)
	}
	return from, to, t0 <= t1
}

// clippedLine is a line through points as far as it lies in a rectangle, broken
// where a point is not visible.
func clippedLine(pts []point, r rect) (p path) {
	var end point
	for i := 1; i < len(pts); i++ {
		if !pts[i-1].defined() || !pts[i].defined() {
			continue
		}
		from, to, ok := clipped(pts[i-1], pts[i], r)
		if !ok {
			continue
		}
		if len(p) == 0 || from != end {
			p.move(from)
		}
		p.line(to)
		end = to
	}
	return p
}

// clippedArea is a polygon as far as it lies in a rectangle (Sutherland and
// Hodgman 1974).
func clippedArea(pts []point, r rect) []point {
	for _, inside := range []func(point) float64{
		func(p point) float64 { return p.X - r.x0 },
		func(p point) float64 { return r.x1 - p.X },
		func(p point) float64 { return p.Y - r.y0 },
		func(p point) float64 { return r.y1 - p.Y },
	} {
		pts = clippedSide(pts, inside)
	}
	return pts
}

// clippedSide keeps what is not a negative distance inside.
func clippedSide(pts []point, inside func(point) float64) (out []point) {
	for i, b := range pts {
		a := pts[(i+len(pts)-1)%len(pts)]
		da, db := inside(a), inside(b)
		if da*db < 0 {
			out = append(out, between(a, b, da/(da-db)))
		}
		if db >= 0 {
			out = append(out, b)
		}
	}
	return out
}
