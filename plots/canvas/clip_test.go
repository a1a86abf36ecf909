package canvas

import (
	"math"
	"math/rand/v2"
	"testing"
)

var unitSquare = Rect{0, 0, 1, 1}

func TestClippedLines(t *testing.T) {
	for _, c := range []struct{ a, b, from, to Point }{
		{Point{0.2, 0.2}, Point{0.8, 0.4}, Point{0.2, 0.2}, Point{0.8, 0.4}},
		{Point{-1, 0.5}, Point{2, 0.5}, Point{0, 0.5}, Point{1, 0.5}},
		{Point{0.5, 2}, Point{0.5, -3}, Point{0.5, 1}, Point{0.5, 0}},
		{Point{0.5, 0.5}, Point{1.5, 1.5}, Point{0.5, 0.5}, Point{1, 1}},
		{Point{0.25, 0}, Point{0.75, 2}, Point{0.25, 0}, Point{0.5, 1}},
	} {
		from, to, ok := ClipSegment(c.a, c.b, unitSquare)
		if !ok || from != c.from || to != c.to {
			t.Errorf("%v–%v: got %v–%v, %v; want %v–%v", c.a, c.b, from, to, ok, c.from, c.to)
		}
	}
	for _, c := range [][2]Point{{{2, 0}, {2, 1}}, {{-1, 0.5}, {0.5, 2.5}}, {{0, -1}, {1, -1}}, {{0.5, 3}, {0.5, 2}}} {
		if from, to, ok := ClipSegment(c[0], c[1], unitSquare); ok {
			t.Errorf("%v–%v is outside, got %v–%v", c[0], c[1], from, to)
		}
	}
}

// A line that leaves and comes back is in two pieces, and is broken at NaN.
func TestClippedLineIsInPieces(t *testing.T) {
	moves := func(pts ...Point) (n int) {
		for _, s := range ClipLine(pts, unitSquare) {
			if s.op == 'm' {
				n++
			}
		}
		return n
	}
	if n := moves(Point{0, 0}, Point{0.5, 3}, Point{1, 0}); n != 2 {
		t.Errorf("%d pieces of a line that leaves, want 2", n)
	}
	if n := moves(Point{0, 0}, Point{0.5, 1}, Point{1, 0}); n != 1 {
		t.Errorf("%d pieces of a line within, want 1", n)
	}
	if n := moves(Point{0, 0}, Point{1, 1}, Point{math.NaN(), 0}, Point{0, 0}, Point{1, 0}); n != 2 {
		t.Errorf("%d pieces of a broken line, want 2", n)
	}
}

// The area of a random triangle within the square, against counting points.
func TestClippedAreas(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 50 {
		var tri []Point
		for range 3 {
			tri = append(tri, Point{3*rng.Float64() - 1, 3*rng.Float64() - 1})
		}
		got := ClipArea(tri, unitSquare)
		for _, p := range got {
			if !unitSquare.Grown(1e-12).Contains(p) {
				t.Errorf("%v is outside", p)
			}
		}
		const n = 200
		inside := 0
		for i := range n * n {
			if in(Point{(float64(i%n) + 0.5) / n, (float64(i/n) + 0.5) / n}, tri) {
				inside++
			}
		}
		if want := float64(inside) / (n * n); math.Abs(area(got)-want) > 0.02 {
			t.Errorf("%v: area %v, want %v", tri, area(got), want)
		}
	}
}

func area(pts []Point) (a float64) {
	for i, p := range pts {
		q := pts[(i+1)%len(pts)]
		a += (p.X*q.Y - q.X*p.Y) / 2
	}
	return math.Abs(a)
}

// in tells whether a point is in a triangle: on one side of all edges.
func in(p Point, tri []Point) bool {
	var left, right bool
	for i, a := range tri {
		b := tri[(i+1)%3]
		if (b.X-a.X)*(p.Y-a.Y)-(b.Y-a.Y)*(p.X-a.X) > 0 {
			left = true
		} else {
			right = true
		}
	}
	return left != right
}
