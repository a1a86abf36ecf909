package model

import (
	"bytes"
	"context"
	"fmt"
	"math/bits"

	"hopcap/model/internal/kernel"
	"hopcap/model/internal/product"
)

// productReplicas are replicas of a dense memory of degree 3 with up to 254
// neurons, F(x) = x³ + ax. With M = 2h for even N and 2h + 1 for odd N its weights
// are
//
//	w(M) = F(M+2) − F(M−2) = 48·v + w₀,  v = h² or h(h+1),
//
// and v = 4⌊h²/4⌋ + (h mod 2), or 2·h(h+1)/2: nearly always a byte times 4 or 2,
// and a bit. A flip changes every h by one, hence that bit of all patterns, and what
// the bits of a row count is one of two numbers that are known from the start.
//
// A field needs the sum of w over the patterns of a row. That over all patterns
// with ΣM gives what the field is less by:
//
//	Σ rise + Σ fall = Σ w,  Σ rise − Σ fall = Σ F(M+2) − 2F(M) + F(M−2) = 24 ΣM.
type productReplicas struct {
	net      *denseNetwork
	least    int64 // w₀
	unit     int64 // 4 or 2
	scan     product.Scan
	step     product.Step
	active   []uint64 // (blocks, 8), the patterns there are
	all      []int32  // (N) 0 … N−1
	open     []int32  // neurons that are not settled
	at       []int32  // their places in the order
	one      [1]int32 // a neuron to be looked at
	replicas []productReplica
}

type productReplica struct {
	state   State
	h       []uint8 // (blocks, 8, 64)
	weights *product.Weights
	offset  [2][]int64 // (N), what the field has beside the bytes: now, after the next flip
	tally   kernel.Tally
	count   product.Count
	odd     int64   // patterns with an odd h, for even N
	sum     int64   // Σ v
	overlap int64   // Σ M
	settled []int32 // neurons that were looked at since the last flip
}

// bias is what a weight is less by in its byte, which has a sign.
const bias = 128

// products reports whether K patterns of N neurons are a memory for productReplicas.
func (d Dense) products(n, k int) bool {
	return d.Degree == 3 && d.Form != Rectified && n <= 254 && k <= product.Limit
}

// The weights, for even and odd N.
var (
	squares   = product.NewTable(func(h int) int { return h*h/4 - bias })
	triangles = product.NewTable(func(h int) int { return h*(h+1)/2 - bias })
)

// productBytes is the memory of a replica.
func productBytes(n, k int) int64 {
	room := int64(product.Blocks(stride(k)) * product.Block)
	return 4*room + room/8 + room/16 + 37*int64(n) + 512
}

func startProducts(d *denseNetwork, states []State, pool Pool) Replicas {
	x := d.memory.productsFor(len(states))
	x.shape(d)
	do(pool, len(states), func(r int) { x.load(&x.replicas[r], states[r]) })
	return x
}

// shape makes room for the patterns of d.
func (x *productReplicas) shape(d *denseNetwork) {
	words := stride(d.K)
	blocks := product.Blocks(words)
	odd := d.N & 1
	x.net, x.unit = d, int64(4-2*odd)
	x.least = d.Form.of(d.N, 3, int64(odd+2)).minus(d.Form.of(d.N, 3, int64(odd-2))).int64()
	x.step.Table, x.step.Words, x.step.Parity = squares, words, int8(odd)
	if odd != 0 {
		x.step.Table = triangles
	}
	x.active = resized(x.active, 8*blocks)
	clear(x.active)
	for w := range words {
		x.active[w] = ^uint64(0) >> (64 - min(64, d.K-w*64))
	}
	x.scan.Rows, x.scan.Stride, x.scan.Words, x.scan.Scale = d.rows, d.stride, words, 48*x.unit
	x.scan.Fields = resized(x.scan.Fields, d.N)
	x.open, x.at = resized(x.open, d.N), resized(x.at, d.N)
	x.all = resized(x.all, d.N)
	for i := range x.all {
		x.all[i] = int32(i)
	}
}

// leave forgets the network, and keeps the room.
func (x *productReplicas) leave() {
	x.net = nil
	x.scan.Rows, x.scan.Spins, x.scan.Order, x.step.Row = nil, nil, nil, nil
	for r := range x.replicas {
		q := &x.replicas[r]
		q.state, q.tally.Rows, q.tally.Spins, q.count.Rows = nil, nil, nil, nil
	}
}

// load counts the agreements of s with every pattern.
func (x *productReplicas) load(q *productReplica, s State) {
	n := x.net.N
	if len(s) != n {
		panic(fmt.Sprintf("model: %d spins for a network of %d", len(s), n))
	}
	q.state, q.settled = s, q.settled[:0]
	if room := len(x.active) * 64; len(q.h) != room {
		q.h, q.weights = make([]uint8, room), product.NewWeights(room/product.Block)
	}
	q.tally.Rows, q.tally.Stride, q.tally.Spins = x.net.rows, x.net.stride, s
	q.tally.Reset(x.step.Words, n)
	kernel.Active().Tally(&q.tally)
	(&product.Spread{Slices: q.tally.Counts, Depth: q.tally.Depth, Planes: q.h}).Run()
	x.offsets(q)
	q.overlap = 0
	for i, v := range s {
		q.overlap += int64(v) * (2*q.count.Ones[i] - int64(x.net.K))
	}
	step := x.step // the replicas are loaded at the same time
	step.Row, step.Up, step.Down = x.net.Row(0), -int8((n+1)/2), -int8((n+1)/2)
	x.advance(q, &step)
}

// offsets counts what the fields have beside the bytes of the weights.
func (x *productReplicas) offsets(q *productReplica) {
	n, even := x.net.N, x.step.Parity == 0
	c := &q.count
	c.Rows, c.Stride, c.Words = x.net.rows, x.net.stride, x.step.Words
	c.Chosen, c.Ones, c.Common = resized(c.Chosen, len(x.active)), resized(c.Ones, n), resized(c.Common, n)
	q.odd = 0
	for w, active := range x.active {
		c.Chosen[w] = 0
		if even { // h = U − N/2; slice 0 has the lowest bit of U
			c.Chosen[w] = (q.tally.Counts[w/8*q.tally.Depth*8+w%8] ^ -uint64(n/2&1)) & active
			q.odd += int64(bits.OnesCount64(c.Chosen[w]))
		}
	}
	c.Run()
	for k := range q.offset {
		q.offset[k] = resized(q.offset[k], n)
	}
	for i, ones := range c.Ones {
		rest := (48*x.unit*bias + x.least) * ones
		q.offset[0][i], q.offset[1][i] = rest, rest
		if even {
			q.offset[0][i] += 48 * c.Common[i]
			q.offset[1][i] += 48 * (ones - c.Common[i])
		}
	}
}

// advance makes a step of q, after which its weights are known.
func (x *productReplicas) advance(q *productReplica, step *product.Step) {
	step.H, step.Weights = q.h, q.weights
	sum := step.Run()
	if pad := step.Words*64 - x.net.K; pad > 0 { // patterns of −1 alone
		sum -= int64(pad) * step.Weight(q.h[product.Place(x.net.K)])
	}
	q.sum = x.unit*(sum+bias*int64(x.net.K)) + q.odd
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
	x.scan.Weights, x.scan.Offset = q.weights, q.offset[0]
	x.scan.Order, x.scan.Spins, x.scan.Whole = neurons, q.state, whole
	x.scan.Rise, x.scan.Fall = x.sides(q)
	return x.scan.Run()
}

// turn turns spin i over.
func (x *productReplicas) turn(q *productReplica, i int) {
	v := -q.state[i]
	q.state[i] = v
	q.settled = q.settled[:0]
	q.overlap += 2 * int64(v) * (2*q.count.Ones[i] - int64(x.net.K))
	if x.step.Parity == 0 {
		q.odd = int64(x.net.K) - q.odd
		q.offset[0], q.offset[1] = q.offset[1], q.offset[0]
	}
	x.step.Row, x.step.Up, x.step.Down = x.net.Row(i), v, -v
	x.advance(q, &x.step)
}

func (x *productReplicas) State(r int) State { return x.replicas[r].state }

// Field returns D_i.
func (x *productReplicas) Field(r, i int) int64 {
	x.one[0] = int32(i)
	x.look(&x.replicas[r], x.one[:], true)
	return x.scan.Fields[0]
}

// Overlap returns the overlap of replica r with pattern mu.
func (x *productReplicas) Overlap(r, mu int) int {
	return 2*int(int8(x.replicas[r].h[product.Place(mu)])) + int(x.step.Parity)
}

func (x *productReplicas) Overlaps(r int, dst []int32) []int32 {
	for mu := range dst {
		dst[mu] = int32(x.Overlap(r, mu))
	}
	return dst
}

// Largest returns the overlap of largest size and its pattern, the first of
// equals.
func (x *productReplicas) Largest(r int) (best, at int) {
	h := x.replicas[r].h
	most, _ := x.survey(r)
	at = x.net.K
	for _, side := range [2]uint8{most, -most - uint8(x.step.Parity)} {
		for from := 0; ; from++ {
			next := bytes.IndexByte(h[from:], side)
			if next < 0 {
				break
			}
			from += next
			at = min(at, product.At(from))
		}
	}
	return x.Overlap(r, at), at
}

// survey returns the largest max(h, −h) for even N, or max(h, −h−1), and Σ h³.
func (x *productReplicas) survey(r int) (most uint8, cubes int64) {
	s := product.Survey{H: x.replicas[r].h, Active: x.active, Parity: x.step.Parity}
	return s.Run()
}

func (x *productReplicas) Energy(r int) float64 { return x.net.energy(integer128(x.sum(r))) }

// sum returns Σ_μ F(M^μ), from M³ = 8h³, or 8h³ + 12v − 3M + 4 for odd N.
func (x *productReplicas) sum(r int) int64 {
	q := &x.replicas[r]
	_, cubes := x.survey(r)
	linear := x.net.Form.of(x.net.N, 3, 1).int64() - 1
	sum := 8*cubes + linear*q.overlap
	if x.step.Parity != 0 {
		sum += 12*q.sum - 3*q.overlap + 4*int64(x.net.K)
	}
	return sum
}

func (x *productReplicas) Sweep(ctx context.Context, s *Sweep, flips []int) error {
	for at, r := range s.Live {
		if err := ctx.Err(); err != nil { // a millisecond or so after the last look
			return err
		}
		if s.Visited != nil {
			s.Visited(x.net.N * at / len(s.Live))
		}
		if s.Order == nil {
			flips[r] += x.parallel(&x.replicas[r])
		} else {
			flips[r] += x.sequential(&x.replicas[r], s.Order)
		}
	}
	return nil
}

// sequential updates one neuron after the other and returns how many flipped.
func (x *productReplicas) sequential(q *productReplica, order []int32) (flips int) {
	last := 0 // place of the last flip
	for t := x.start(q, order); t < len(order); t += x.look(q, order[t:], false) {
		x.turn(q, int(order[t]))
		flips++
		last = t
		t++
	}
	q.settled = append(q.settled[:0], order[last:]...)
	return flips
}

// start returns the place in order of the first neuron that may flip, or the length of
// order. Settled neurons do not flip.
func (x *productReplicas) start(q *productReplica, order []int32) int {
	if len(q.settled) == 0 {
		return x.look(q, order, false)
	}
	var settled [256]int8
	for _, i := range q.settled {
		settled[i] = 1
	}
	n := 0
	for t, i := range order { // without a branch: half of them would be guessed wrong
		x.open[n], x.at[n] = i, int32(t)
		n += 1 - int(settled[i&255])
	}
	if t := x.look(q, x.open[:n], false); t < n {
		return int(x.at[t])
	}
	return len(order)
}

// parallel updates all neurons at the same time and returns how many flipped.
func (x *productReplicas) parallel(q *productReplica) (flips int) {
	x.look(q, x.all, true)
	for i, v := range x.scan.Fields[:x.net.N] {
		if v*int64(q.state[i]) < 0 {
			x.turn(q, i)
			flips++
		}
	}
	return flips
}
