package model

import (
	"context"
	"fmt"
	"math"
	"math/bits"
	"sync"

	"hopcap/model/internal/difference"
	"hopcap/model/internal/kernel"
)

// slicedReplicas are replicas of a dense memory whose F is a polynomial, with
// the weights w(M) = F(M+2) − F(M−2) of Σ_{μ: ξ_i^μ = +1} w(M^μ) in bit slices:
// a field is then a few ANDs and population counts for each word of a row.
//
// A flip takes every U = (N+M)/2 up or down by one. With the finite differences
// of v, the weight in its own scale, in slices too, it is n−1 additions:
//
//	v(U+1) = v(U) + Δv(U),  Δv(U+1) = Δv(U) + Δ²v(U),  …,  Δ^{n−1}v constant.
type slicedReplicas struct {
	net      *denseNetwork
	poly     *differences
	scan     kernel.Scan
	step     difference.Step
	replicas []slicedReplica
}

type slicedReplica struct {
	state State
	sums  kernel.Sums // v, and a last slice of ones
	rest  []uint64    // (Groups, rest, 8) slices of Δv, Δ²v, … in this order
	f     int64       // Σ_μ F(M^μ)
	rise  int64       // Σ_μ F(M^μ+2) − F(M^μ)
	fall  int64       // Σ_μ F(M^μ) − F(M^μ−2)
}

// differences is w as a function of U = 0 … N, the neurons that agree with a
// pattern: w = base + scale·v with v ≥ 0, and the finite differences of v.
type differences struct {
	base, scale int64
	width       []int    // bits of v, Δv, …; all but v have a sign bit
	total       int      // bits of all
	constant    int64    // Δ^{n−1}v
	packed      []uint64 // by U: v, Δv, … side by side, v lowest
	gains       []gains  // by U
	overlap     []int32  // by the last of the differences, modulo 2^width
}

// gains is how F changes around one overlap.
type gains struct{ f, rise int64 }

// known are the differences made so far, by what they depend on: the trials of a
// point share them.
var known sync.Map

// slices returns d's polynomial in slices for K patterns of N neurons, or nil if it has
// none that fits.
func (d Dense) slices(n, k int) *differences {
	if d.Form == Rectified || !d.fits64(n, k) {
		return nil
	}
	key := [3]int{n, d.Degree, int(d.Form)}
	if p, ok := known.Load(key); ok {
		return p.(*differences)
	}
	p := d.newDifferences(n)
	known.Store(key, p)
	return p
}

// newDifferences returns nil if the slices of one pattern do not fit a word.
func (d Dense) newDifferences(n int) *differences {
	table := d.gains(n)
	p := &differences{gains: make([]gains, n+1)}
	values := make([]int64, n+d.Degree) // w, beyond U = N as the differences need it
	for u := range values {
		m := int64(2*u - n)
		values[u] = d.Form.of(n, d.Degree, m+2).minus(d.Form.of(n, d.Degree, m-2)).int64()
	}
	for u, g := range table {
		p.gains[u] = gains{g.f.int64(), g.rise.int64()}
	}
	p.rescale(values, n+1)
	p.pack(values, n+1, d.Degree-1)
	if p.total > 64 {
		return nil
	}
	return p
}

// fits64 reports whether Σ_μ F(M^μ), and any gain of it, is far from 2⁶³.
func (d Dense) fits64(n, k int) bool {
	bound := power(n+2, d.Degree)
	return bound.BitLen()+bits.Len(uint(k)) <= 60
}

// rescale finds base and scale and turns w into v. The smallest v of the first
// count values is 0.
func (p *differences) rescale(values []int64, count int) {
	p.base = values[0]
	for _, w := range values[:count] {
		p.base = min(p.base, w)
	}
	for _, w := range values {
		p.scale = gcd(p.scale, w-p.base)
	}
	p.scale = max(p.scale, 1)
	for u := range values {
		values[u] = (values[u] - p.base) / p.scale
	}
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a)
}

// pack lays the differences of order 0 … order−1 side by side for U < count.
// What v = values has beyond is used up from order to order.
func (p *differences) pack(values []int64, count, order int) {
	p.packed = make([]uint64, count)
	at := 0
	for k := range order {
		width := 1
		for _, v := range values[:count] {
			width = max(width, bits.Len64(uint64(max(v, -v)))+min(k, 1))
		}
		for u, v := range values[:count] {
			p.packed[u] |= uint64(v) & (1<<width - 1) << at
		}
		p.width = append(p.width, width)
		at += width
		p.total = at
		if k == order-1 {
			p.invert(values[:count], width)
		}
		for u := range len(values) - 1 {
			values[u] = values[u+1] - values[u]
		}
		values = values[:len(values)-1]
	}
	p.constant = values[0]
}

// invert notes which overlap a value of the last, linear difference belongs to.
func (p *differences) invert(linear []int64, width int) {
	p.overlap = make([]int32, 1<<width)
	for u, v := range linear {
		p.overlap[v&(1<<width-1)] = int32(2*u - (len(linear) - 1))
	}
}

func startSliced(d *denseNetwork, p *differences, states []State, pool Pool) Replicas {
	x := &slicedReplicas{
		net: d, poly: p,
		scan:     kernel.Scan{Rows: d.rows, Stride: d.stride, Words: stride(d.K), Stable: make([]int32, d.N), Ahead: 1},
		replicas: make([]slicedReplica, len(states)),
	}
	last := p.width[len(p.width)-1]
	x.step = difference.Step{
		Groups: (x.scan.Words + 7) / 8, Stride: p.width[0] + 1, Size: p.total - p.width[0], Width: p.width,
		Plus: difference.Spread(p.constant, last), Minus: difference.Spread(-p.constant, last),
	}
	do(pool, len(states), func(r int) { x.load(r, states[r]) })
	return x
}

// load counts the agreements of s with every pattern and slices what they mean.
func (x *slicedReplicas) load(r int, s State) {
	if len(s) != x.net.N {
		panic(fmt.Sprintf("model: %d spins for a network of %d", len(s), x.net.N))
	}
	q := &x.replicas[r]
	q.state = s
	x.reset(q)
	tally := kernel.Tally{Rows: x.net.rows, Stride: x.net.stride, Spins: s}
	tally.Reset(x.scan.Words, x.net.N)
	kernel.Active().Tally(&tally)
	for w := range x.scan.Words {
		x.fill(q, w, &tally)
	}
	q.fall = x.weight(q) - q.rise
}

// reset makes room for the slices.
func (x *slicedReplicas) reset(q *slicedReplica) {
	p := x.poly
	q.sums = kernel.Sums{Groups: (x.scan.Words + 7) / 8, Width: p.width[0] + 1}
	q.sums.Bits = make([]uint64, q.sums.Groups*8*q.sums.Width)
	q.sums.Active = make([]uint64, q.sums.Groups*8)
	q.sums.Weight = make([]uint64, 8*q.sums.Width)
	for b := range 8 * q.sums.Width {
		q.sums.Weight[b] = uint64(p.scale) << (b / 8)
		if b/8 == p.width[0] {
			q.sums.Weight[b] = uint64(p.base)
		}
	}
	q.rest = make([]uint64, q.sums.Groups*8*(p.total-p.width[0]))
}

// fill slices the patterns of word w.
func (x *slicedReplicas) fill(q *slicedReplica, w int, t *kernel.Tally) {
	var block [64]uint64
	for b := range t.Depth {
		block[b] = t.Counts[(w/8*t.Depth+b)*8+w%8]
	}
	unslice(&block, t.Depth)
	inside := min(64, x.net.K-w*64)
	for j := range inside {
		u := block[j]
		g := &x.poly.gains[u]
		q.f += g.f
		q.rise += g.rise
		block[j] = x.poly.packed[u]
	}
	clear(block[inside:])
	transpose(&block, 64, x.poly.total)
	active := ^uint64(0) >> (64 - inside)
	q.sums.Active[w] = active
	width := x.poly.width[0]
	group := q.sums.Bits[w/8*8*q.sums.Width+w%8:]
	for b := range width {
		group[b*8] = block[b]
	}
	group[width*8] = active
	rest := x.poly.total - width
	for b := range rest {
		q.rest[(w/8*rest+b)*8+w%8] = block[width+b]
	}
}

// weight returns Σ_μ w(M^μ).
func (x *slicedReplicas) weight(q *slicedReplica) int64 {
	return x.dot(q, q.sums.Active[:x.scan.Words])
}

// dot returns Σ w(M^μ) over the patterns whose bit is set in row.
func (x *slicedReplicas) dot(q *slicedReplica, row []uint64) (sum int64) {
	for w, word := range row {
		group := q.sums.Bits[w/8*8*q.sums.Width+w%8:]
		for b := range q.sums.Width {
			sum += int64(q.sums.Weight[b*8]) * int64(bits.OnesCount64(word&group[b*8]))
		}
	}
	return sum
}

// field returns D_i.
func (x *slicedReplicas) field(q *slicedReplica, i int) int64 {
	return x.dot(q, x.net.Row(i)[:x.scan.Words]) - q.side(i)
}

// flip turns spin i over.
func (x *slicedReplicas) flip(q *slicedReplica, i int) { x.turn(q, i, x.field(q, i)) }

// turn turns spin i over, whose field is d.
//
// D_i does not change by it, and all weights together are Σ rise + Σ fall: so the
// change of the weights, in all and in the row, gives the new sums.
func (x *slicedReplicas) turn(q *slicedReplica, i int, d int64) {
	before := q.side(i)
	q.state[i] = -q.state[i]
	q.f += d * int64(q.state[i])
	x.step.Value, x.step.Rest, x.step.Active = q.sums.Bits, q.rest, q.sums.Active
	x.step.Row = x.net.Row(i)[:x.scan.Words]
	x.step.Invert = uint64(q.state[i] >> 7) // a spin that rises takes the patterns of the row up, others the rest
	inRow, outside := x.step.Run()
	if q.state[i] < 0 {
		inRow, outside = outside, inRow
	}
	inRow, outside = inRow*x.poly.scale, outside*x.poly.scale
	all := q.rise + q.fall + inRow + outside
	after := before + inRow
	if q.state[i] > 0 {
		q.rise, q.fall = after, all-after
	} else {
		q.rise, q.fall = all-after, after
	}
}

// side returns the sum that a field of neuron i is less than its weights by.
func (q *slicedReplica) side(i int) int64 {
	if q.state[i] > 0 {
		return q.rise
	}
	return q.fall
}

func (x *slicedReplicas) State(r int) State { return x.replicas[r].state }

// Field returns D_i.
func (x *slicedReplicas) Field(r, i int) int64 { return x.field(&x.replicas[r], i) }

func (x *slicedReplicas) Overlaps(r int, dst []int32) []int32 {
	q, p := &x.replicas[r], x.poly
	width := p.width[len(p.width)-1]
	size := p.total - p.width[0]
	for w := range x.scan.Words {
		var block [64]uint64
		for b := range width {
			block[b] = q.rest[(w/8*size+size-width+b)*8+w%8]
		}
		unslice(&block, width)
		for j := range min(64, len(dst)-w*64) {
			dst[w*64+j] = p.overlap[block[j]]
		}
	}
	return dst
}

func (x *slicedReplicas) Energy(r int) float64 { return x.net.energy(integer128(x.replicas[r].f)) }

func (x *slicedReplicas) Sweep(ctx context.Context, s *Sweep, flips []int) error {
	for _, r := range s.Live {
		var err error
		if s.Order == nil {
			err = x.parallel(ctx, r, flips)
		} else {
			err = x.sequential(ctx, r, s, flips)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// between is the words that are looked at between two looks at ctx, some
// milliseconds.
const between = 1 << 24

func (x *slicedReplicas) sequential(ctx context.Context, r int, s *Sweep, flips []int) error {
	q := &x.replicas[r]
	every := max(1, between/(x.scan.Words*q.sums.Width))
	for t := 0; t < len(s.Order); {
		if err := ctx.Err(); err != nil {
			return err
		}
		part := s.Order[t:min(t+every, len(s.Order))]
		stable := x.look(q, part, false)
		t += stable
		if stable < len(part) {
			x.turn(q, int(part[stable]), x.noted(q, int(part[stable]), stable))
			flips[r]++
			t++
		}
		if s.Visited != nil {
			s.Visited(t)
		}
	}
	return nil
}

func (x *slicedReplicas) parallel(ctx context.Context, r int, flips []int) error {
	q := &x.replicas[r]
	var turned []int
	for i := range q.state {
		if err := ctx.Err(); err != nil {
			return err
		}
		if x.look(q, []int32{int32(i)}, true); x.scan.Stable[0] < 0 {
			turned = append(turned, i)
		}
	}
	for _, i := range turned {
		x.flip(q, i)
	}
	flips[r] += len(turned)
	return nil
}

// noted returns D_i from the stability that look noted at t.
func (x *slicedReplicas) noted(q *slicedReplica, i, t int) int64 {
	if v := x.scan.Stable[t]; v > math.MinInt32 && q.sums.Width <= kernel.MaxWidth {
		return int64(v) * int64(q.state[i])
	}
	return x.field(q, i)
}

// look notes the stabilities s_i·D_i of neurons in scan.Stable up to the first
// negative one, or all, and returns how many come before it.
func (x *slicedReplicas) look(q *slicedReplica, neurons []int32, whole bool) int {
	x.scan.Order, x.scan.Spins, x.scan.Sums, x.scan.Whole = neurons, q.state, q.sums, whole
	x.scan.Total, x.scan.Self = (q.rise+q.fall)/2, (q.rise-q.fall)/2
	if q.sums.Width <= kernel.MaxWidth {
		return kernel.Active().Scan(&x.scan)
	}
	for t, i := range neurons {
		v := x.field(q, int(i)) * int64(q.state[i])
		x.scan.Stable[t] = int32(max(min(v, 1), -1))
		if v < 0 && !whole {
			return t
		}
	}
	return len(neurons)
}
