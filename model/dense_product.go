package model

import (
	"context"
	"fmt"
	"slices"

	"hopcap/model/internal/difference"
	"hopcap/model/internal/kernel"
	"hopcap/model/internal/product"
)

// productReplicas are replicas of a dense memory of degree 3 with up to 254
// neurons, F(x) = x³ + ax. With h the integer part of M/2 its weights are
//
//	w(M) = F(M+2) − F(M−2) = 48·v + w₀,  v = h² for even N, h(h+1) for odd N,
//
// a product of two bytes, of which the field needs the sum over the patterns of a
// row. That of all patterns with ΣM gives what the field is less by:
//
//	Σ rise + Σ fall = Σ w,  Σ rise − Σ fall = Σ F(M+2) − 2F(M) + F(M−2) = 24 ΣM.
type productReplicas struct {
	net      Dense
	least    int64   // w₀
	ones     []int64 // (N) patterns with ξ_i = +1
	scan     product.Scan
	step     product.Step
	replicas []productReplica
	one      [1]int32 // a neuron to be looked at
	open     []int32  // those that are not settled
}

type productReplica struct {
	state   State
	u, a, b []uint8 // (N+M)/2 of each pattern, |h| and |h+1|, or |h| twice
	sum     int64   // Σ v
	overlap int64   // Σ M
	settled []int32 // neurons that were looked at since the last flip
}

// products reports whether d is a memory for productReplicas.
func (d Dense) products() bool {
	return d.Degree == 3 && d.Form != Rectified && d.N <= 254 && d.K <= product.Limit
}

func loadProducts(d Dense, states []State, pool Pool) Replicas {
	words, odd := stride(d.K), int64(d.N&1)
	x := &productReplicas{net: d, ones: make([]int64, d.N), replicas: make([]productReplica, len(states))}
	x.least = d.Form.of(d.N, 3, odd+2).minus(d.Form.of(d.N, 3, odd-2)).int64()
	x.scan = product.Scan{Rows: d.rows, Stride: d.stride, Words: words, Scale: 48,
		Offset: make([]int64, d.N), Fields: make([]int64, d.N)}
	none := make([]uint64, words)
	for i := range x.ones {
		x.ones[i] = int64(kernel.Active().Unlike(d.Row(i)[:words], none))
		x.scan.Offset[i] = x.least * x.ones[i]
	}
	x.step = product.Step{Words: words, Active: make([]uint64, words), Centre: int8((d.N + 1) / 2), Parity: int8(odd)}
	for w := range words {
		x.step.Active[w] = ^uint64(0) >> (64 - min(64, d.K-w*64))
	}
	do(pool, len(states), func(r int) { x.load(&x.replicas[r], states[r]) })
	return x
}

// load counts the agreements of s with every pattern.
func (x *productReplicas) load(q *productReplica, s State) {
	if len(s) != x.net.N {
		panic(fmt.Sprintf("model: %d spins for a network of %d", len(s), x.net.N))
	}
	room := product.Room(x.step.Words)
	q.state, q.u, q.a = s, make([]uint8, room), make([]uint8, room)
	if q.b = q.a; x.step.Parity != 0 {
		q.b = make([]uint8, room)
	}
	tally := kernel.Tally{Rows: x.net.rows, Stride: x.net.stride, Spins: s}
	tally.Reset(x.step.Words, x.net.N)
	kernel.Active().Tally(&tally)
	for w := range x.step.Words {
		var slices [8]uint64
		for b := range tally.Depth {
			slices[b] = tally.Counts[(w/8*tally.Depth+b)*8+w%8]
		}
		difference.Bytes(&slices, (*[64]uint8)(q.u[w*64:]))
	}
	for i, v := range s {
		q.overlap += int64(v) * (2*x.ones[i] - int64(x.net.K))
	}
	step := x.step // the replicas are loaded at the same time
	step.U, step.A, step.B, step.Row = q.u, q.a, q.b, step.Active
	q.sum = step.Run()
}

// sides returns Σ rise and Σ fall.
func (x *productReplicas) sides(q *productReplica) (rise, fall int64) {
	all := x.least*int64(x.net.K) + 48*q.sum
	rise = (all + 24*q.overlap) / 2
	return rise, all - rise
}

// look notes the fields of neurons in scan.Fields up to the first that flips, or
// all, and returns how many come before it.
func (x *productReplicas) look(q *productReplica, neurons []int32, whole bool) int {
	x.scan.A, x.scan.B, x.scan.Order, x.scan.Spins, x.scan.Whole = q.a, q.b, neurons, q.state, whole
	x.scan.Rise, x.scan.Fall = x.sides(q)
	return x.scan.Run()
}

// turn turns spin i over.
func (x *productReplicas) turn(q *productReplica, i int) {
	v := -q.state[i]
	q.state[i] = v
	q.settled = q.settled[:0]
	q.overlap += 2 * int64(v) * (2*x.ones[i] - int64(x.net.K))
	x.step.U, x.step.A, x.step.B, x.step.Row = q.u, q.a, q.b, x.net.Row(i)
	x.step.Up, x.step.Down = v, -v
	q.sum = x.step.Run()
}

func (x *productReplicas) State(r int) State { return x.replicas[r].state }

// Field returns D_i.
func (x *productReplicas) Field(r, i int) int64 {
	x.one[0] = int32(i)
	x.look(&x.replicas[r], x.one[:], true)
	return x.scan.Fields[0]
}

func (x *productReplicas) Overlaps(r int, dst []int32) []int32 {
	u := x.replicas[r].u[:len(dst)]
	for mu, v := range u {
		dst[mu] = 2*int32(v) - int32(x.net.N)
	}
	return dst
}

func (x *productReplicas) Energy(r int) float64 { return x.net.energy(x.sum(r)) }

// sum returns Σ_μ F(M^μ).
func (x *productReplicas) sum(r int) (sum int128) {
	var counts [256]int64
	for _, u := range x.replicas[r].u[:x.net.K] {
		counts[u]++
	}
	for u, count := range counts[:x.net.N+1] {
		sum = sum.plus(x.net.Form.of(x.net.N, 3, int64(2*u-x.net.N)).times(count))
	}
	return sum
}

func (x *productReplicas) Sweep(ctx context.Context, s *Sweep, flips []int) error {
	for _, r := range s.Live {
		q := &x.replicas[r]
		if s.Order == nil {
			flips[r] += x.parallel(q)
			continue
		}
		if err := x.sequential(ctx, r, s, flips); err != nil {
			return err
		}
	}
	return nil
}

func (x *productReplicas) sequential(ctx context.Context, r int, s *Sweep, flips []int) error {
	q := &x.replicas[r]
	last := 0 // place of the last flip
	for t := x.start(q, s.Order); t < len(s.Order); t += x.look(q, s.Order[t:], false) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if s.Visited != nil {
			s.Visited(t)
		}
		x.turn(q, int(s.Order[t]))
		flips[r]++
		last = t
		t++
	}
	q.settled = append(q.settled[:0], s.Order[last:]...)
	return nil
}

// start returns the place in order of the first neuron that flips, or its length:
// those that are settled do not.
func (x *productReplicas) start(q *productReplica, order []int32) int {
	if len(q.settled) == 0 {
		return x.look(q, order, false)
	}
	var settled [256]bool
	for _, i := range q.settled {
		settled[i] = true
	}
	x.open = x.open[:0]
	for _, i := range order {
		if !settled[i] {
			x.open = append(x.open, i)
		}
	}
	t := x.look(q, x.open, false)
	if t == len(x.open) {
		return len(order)
	}
	return slices.Index(order, x.open[t])
}

// parallel updates all neurons at the same time and returns how many flipped.
func (x *productReplicas) parallel(q *productReplica) (flips int) {
	all := make([]int32, x.net.N)
	for i := range all {
		all[i] = int32(i)
	}
	x.look(q, all, true)
	for i, v := range x.scan.Fields {
		if v*int64(q.state[i]) < 0 {
			x.turn(q, i)
			flips++
		}
	}
	return flips
}
