package scaling

import (
	"cmp"
	"math"
	"slices"
)

// vertex is a corner of a simplex.
type vertex struct {
	x [2]float64
	f float64
}

// descend finds a minimum of a function of two variables near the origin by the
// method of Nelder & Mead, Comput. J. 7, 308 (1965), with their coefficients. The
// function need not be smooth, as S is not where points change neighbours, and may
// be infinite.
//
// gonum/optimize has this method too, but it stops by the best value alone, not by how far
// the three corners differ. With gonum/optimize the error of α_c from the collapse of
// alpha-c-large is 7.57e-5 instead of 7.63e-5, and other published digits differ too.
func descend(f func(x [2]float64) float64) (x [2]float64, least float64) {
	const size, precision, steps = 0.5, 1e-7, 200
	at := func(x [2]float64) vertex { return vertex{x, f(x)} }
	simplex := []vertex{at([2]float64{}), at([2]float64{size, 0}), at([2]float64{0, size})}
	for range steps {
		slices.SortStableFunc(simplex, func(a, b vertex) int { return cmp.Compare(a.f, b.f) })
		if simplex[2].f-simplex[0].f < precision || math.IsInf(simplex[0].f, 1) {
			break
		}
		worst := simplex[2].f
		simplex[2] = replacement(simplex, at)
		if simplex[2].f >= worst {
			simplex[1] = at(between(simplex[0].x, simplex[1].x, 0.5))
			simplex[2] = at(between(simplex[0].x, simplex[2].x, 0.5))
		}
	}
	return simplex[0].x, simplex[0].f
}

// replacement is a better place for the worst corner: its mirror image in the side
// opposite, one twice as far if that is the best so far, one half as far if it is
// still the worst.
func replacement(simplex []vertex, at func([2]float64) vertex) vertex {
	side := between(simplex[0].x, simplex[1].x, 0.5)
	worst := simplex[2]
	mirrored := at(between(worst.x, side, 2))
	switch {
	case mirrored.f < simplex[0].f:
		if far := at(between(worst.x, side, 3)); far.f < mirrored.f {
			return far
		}
	case mirrored.f >= worst.f:
		return at(between(worst.x, side, 0.5))
	case mirrored.f >= simplex[1].f:
		return at(between(worst.x, side, 1.5))
	}
	return mirrored
}

// between is a + share·(b − a).
func between(a, b [2]float64, share float64) [2]float64 {
	return [2]float64{a[0] + share*(b[0]-a[0]), a[1] + share*(b[1]-a[1])}
}
