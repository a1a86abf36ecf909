package bytedot

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// natives runs f with each kernel but the one in Go.
func natives(t *testing.T, f func(t *testing.T, r *rand.Rand, k *Kernel)) {
	for _, k := range Kernels() {
		t.Log("this machine runs", k.Name)
		if k != &generic {
			t.Run(k.Name, func(t *testing.T) { f(t, source(), k) })
		}
	}
}

// between returns a copy of s with guards before and after it, and whether they still
// stand.
func between[T comparable](guard T, s []T) (part []T, intact func() bool) {
	const n = 64
	edge := slices.Repeat([]T{guard}, n)
	all := slices.Concat(edge, s, edge)
	return all[n : n+len(s) : n+len(s)], func() bool {
		return slices.Equal(all[:n], edge) && slices.Equal(all[n+len(s):], edge)
	}
}

// twin returns a copy of x with guards around all that a kernel may write.
func (x *Replica) twin() (y *Replica, intact func() bool) {
	c := *x
	var rows, weights, sums func() bool
	c.rows, rows = between(0xdeadbeefdeadbeef, x.rows)
	c.weights, weights = between(0x55, x.weights)
	c.sums, sums = between(0x55555555, x.sums)
	return &c, func() bool { return rows() && weights() && sums() }
}

// same reports whether all that a kernel may write is the same.
func (x *Replica) same(y *Replica) bool {
	return slices.Equal(x.rows, y.rows) && slices.Equal(x.weights, y.weights) && slices.Equal(x.sums, y.sums)
}

// random returns a replica with anything in it, as large as it says: weights up to most,
// and where full is set all of them of that size and all columns set.
func random(r *rand.Rand, n, pieces, planes int, full bool) *Replica {
	x := &Replica{pieces: pieces, planes: planes}
	x.net.N = n
	x.rows = make([]uint64, 2*pieces*n)
	x.follow = make([]uint64, 2*pieces)
	x.steps = make([]int8, pieces*pieceColumns)
	x.weights = make([]int8, planes*len(x.steps))
	for w := range x.rows {
		x.rows[w] = r.Uint64()
		if full {
			x.rows[w] = ^uint64(0)
		}
	}
	for w := range x.follow {
		x.follow[w] = r.Uint64()
	}
	for c := range x.steps {
		x.steps[c] = int8(r.IntN(2))
	}
	sign := 2*r.IntN(2) - 1
	for c := range x.weights {
		x.weights[c] = int8(r.IntN(2*most+1) - most)
		if full {
			x.weights[c] = int8(sign * most)
		}
	}
	return x
}

// shapes calls f with replicas of up to 40 pieces, around what the sums of each kernel
// can take up, and with the largest sums that there are.
func shapes(r *rand.Rand, n int, f func(x *Replica)) {
	for pieces := 1; pieces <= 40; pieces++ {
		for planes := 1; planes <= 2; planes++ {
			f(random(r, n, pieces, planes, false))
			f(random(r, n, pieces, planes, true))
		}
	}
}

func TestLook(t *testing.T) {
	natives(t, func(t *testing.T, r *rand.Rand, k *Kernel) {
		shapes(r, 40, func(x *Replica) {
			fields := make([]int32, x.net.N)
			for i := range fields {
				fields[i] = x.field(x.row(i))
			}
			for _, length := range []int{0, 1, k.Block - 1, k.Block, k.Block + 1, 2*k.Block + 3, 40} {
				order := make([]int32, length)
				for j := range order {
					order[j] = int32(r.IntN(x.net.N))
				}
				x.threshold = fields[r.IntN(len(fields))] + int32(r.IntN(2)) - int32(r.IntN(2)*1000)
				y := *x
				got, want := k.Look(&y, order), lookGo(x, order, k.Block)
				if got != want {
					t.Fatalf("%d pieces, %d planes: %d of %d neurons, want %d", x.pieces, x.planes, got, length, want)
				}
				if got+k.Block <= length && !slices.Equal(y.fields[:k.Block], x.fields[:k.Block]) {
					t.Fatalf("%d pieces, %d planes: fields %v, want %v", x.pieces, x.planes, y.fields, x.fields)
				}
			}
		})
	})
}

func TestFlip(t *testing.T) {
	natives(t, func(t *testing.T, r *rand.Rand, k *Kernel) {
		beyond := [2]int{}
		shapes(r, 3, func(x *Replica) {
			if r.IntN(2) == 0 { // only one weight may be too large then
				for c := range x.weights {
					x.weights[c] = min(max(x.weights[c], 1-most), most-1)
				}
				x.weights[r.IntN(len(x.steps))] = most
			}
			y, intact := x.twin()
			for i := range 3 {
				if got, want := k.Flip(y, i), flipGo(x, i); got != want {
					t.Fatalf("%d pieces: beyond %t, want %t", x.pieces, got, want)
				} else if want {
					beyond[1]++
					break
				}
				beyond[0]++
			}
			if !y.same(x) || !intact() {
				t.Fatalf("%d pieces: other rows or weights, or guards", x.pieces)
			}
		})
		if beyond[0] == 0 || beyond[1] == 0 {
			t.Errorf("weights were within and beyond bounds %v times", beyond)
		}
	})
}

func TestTurnAndCount(t *testing.T) {
	natives(t, func(t *testing.T, r *rand.Rand, k *Kernel) {
		for patterns := 1; patterns <= 300; patterns++ {
			n := 1 + r.IntN(70)
			if patterns%50 == 0 {
				n = []int{2039, 2040, 2041, 4080, 4081, 8192}[patterns/50-1]
			}
			x := &Replica{net: network(r, n, patterns, 0)}
			x.state = x.net.near(r, 0, []float64{0, 0.5, 1}[r.IntN(3)])
			x.sums = make([]int32, patterns)
			x.shape(patterns + r.IntN(300))
			for w := range n * 2 * x.pieces {
				x.rows[w] = r.Uint64()
			}
			y, intact := x.twin()
			k.Turn(y)
			turnGo(x)
			k.Count(y)
			countGo(x)
			if !y.same(x) || !intact() {
				t.Fatalf("N = %d, K = %d: other rows or sums, or guards", n, patterns)
			}
		}
	})
}

func TestCopy(t *testing.T) {
	natives(t, func(t *testing.T, r *rand.Rand, k *Kernel) {
		for patterns := 1; patterns <= 300; patterns++ {
			n := []int{5, 64, 65, 200}[patterns%4]
			x := random(r, n, patterns/100+3, 1, false)
			x.net.K = patterns
			x.kernel = &generic
			x.spares = make([]int32, patterns)
			x.free = patterns + r.IntN(64)
			for mu := 0; mu < patterns && x.free < 128*x.pieces-40; mu += 1 + r.IntN(patterns) {
				x.give(mu, 1+r.IntN(40))
			}
			y, intact := x.twin()
			y.kernel = k
			x.spread(x.runs)
			y.spread(y.runs)
			if !y.same(x) || !intact() {
				t.Fatalf("K = %d: other rows, or guards", patterns)
			}
			for _, run := range x.runs {
				for c := run.from; c < run.to; c++ {
					for i := range n {
						if row := x.row(i); row[c>>6]>>(c&63)&1 != row[run.pattern>>6]>>(run.pattern&63)&1 {
							t.Fatalf("K = %d: column %d is not that of pattern %d", patterns, c, run.pattern)
						}
					}
				}
			}
		}
	})
}
