package model

import (
	"math"

	"hopcap/model/internal/kernel"
)

// quiet is what spares most visits of the last sweeps of a relaxation, in which
// almost nothing flips, without changing what they find.
//
// Let v^μ be the changes of the overlap sums since some moment. No local field
// has changed by more than |Σ_μ ξ_i^μ v^μ| ≤ Σ_μ |v^μ| since then, a sum over
// patterns that grows with the square root of the number of flips. A neuron
// whose stability s_i·N·h_i was larger then cannot flip now, and need not be
// visited. For every neuron there is a number slack such that
//
//	s_i·N·h_i ≥ slack − drift,  drift = Σ_μ |v^μ|,
//
// at any time: visits and the neuron's own flips renew it.
type quiet struct {
	on      bool
	slack   []int32     // (N)
	changed kernel.Sums // v^μ since the moment
	drift   int64
	flips   int     // since the moment
	visits  int     // of this sweep
	neurons int     // of a sweep
	todo    []int32 // room for the neurons of a stretch that must be visited,
	at      []int32 // and their places in it
}

// mostTurned is the largest number of flips in a sweep that can end in quiet.
const mostTurned = 64

// enough returns with how many flips a sweep ends in quiet: then the drift is
// about half of what a typical stability is, N. BenchmarkQuiet shows the
// crossing.
func (h Hopfield) enough() int {
	load := float64(h.K) / float64(h.N)
	return int(min(math.Pow(0.4/load, 2), mostTurned))
}

// begin ends the quiet if more than half of the last sweep had to be visited
// nevertheless.
func (q *quiet) begin(n int, atOnce bool) {
	q.on = q.on && !atOnce && 2*q.visits < q.neurons
	q.visits, q.neurons = 0, n
}

// flip notes a flip of row.
func (q *quiet) flip(k *kernel.Kernel, row []uint64, up bool) {
	if k.Flip(&q.changed, row, up) != 0 {
		q.changed.Widen(row, up)
	}
	q.drift = int64(q.changed.Norm())
	q.flips++
	q.on = q.flips <= 4*mostTurned
}

// end begins the quiet at the end of an ordinary sweep with few flips: it goes
// back through the sweep to find how much each field can have changed since it
// was computed.
func (q *quiet) end(x *hopfieldReplica, order []int32) {
	if q.on || len(x.turned) > x.net.enough() {
		return
	}
	q.slack = resized(q.slack, x.net.N)
	q.todo, q.at = resized(q.todo, stretch), resized(q.at, stretch)
	q.forget(x)
	last := len(order)
	for t := len(x.turned) - 1; t >= -1; t-- {
		from := 0
		if t >= 0 {
			from = int(x.turned[t])
		}
		q.lower(order[from:last], x.stable[from:last])
		last = from
		if t >= 0 {
			i := int(order[from])
			q.flip(x.kernel, x.net.Row(i), x.state[i] < 0) // undone
		}
	}
	q.forget(x)
	q.on = true
}

// forgetAll makes q that of another state.
func (q *quiet) forgetAll() { q.on, q.visits = false, 0 }

// forget makes this moment the one since when changes count.
func (q *quiet) forget(x *hopfieldReplica) {
	q.changed.Reset(x.net.stride, 6, 0)
	for mu := range x.net.K {
		q.changed.Active[mu>>6] |= 1 << (mu & 63)
	}
	q.drift, q.flips = 0, 0
}

// lower gives the neurons of a part of the order the slack that is left of their
// stabilities.
func (q *quiet) lower(order, stable []int32) {
	for t, i := range order {
		q.slack[i] = narrowed(int64(stable[t]) - q.drift)
	}
}

// stretch is how many neurons are looked at, one after the other, before those
// that must be visited are.
const stretch = 1024

// visitFew is visit while the quiet lasts.
func (x *hopfieldReplica) visitFew(order []int32, pool Pool) (flips int) {
	q := &x.quiet
	for len(order) > 0 {
		if !q.on {
			return flips + x.visitRest(order, pool)
		}
		part := order[:min(stretch, len(order))]
		todo := q.must(part)
		x.scan.Order, x.scan.Stable = todo, x.stable
		n := x.search(pool)
		q.visits += n
		q.raise(todo[:n], x.stable)
		if n == len(todo) {
			order = order[len(part):]
			continue
		}
		order = order[q.at[n]+1:]
		x.flip(int(todo[n]))
		q.slack[todo[n]] = narrowed(int64(x.turnedStability(x.stable[n])) - q.drift)
		flips++
	}
	return flips
}

// visitRest visits the rest of a piece after too many flips.
func (x *hopfieldReplica) visitRest(order []int32, pool Pool) int {
	x.scan.Stable = x.stable
	x.turned = append(x.turned[:0], make([]int32, mostTurned+1)...)
	return x.visit(order, pool)
}

// must returns the neurons of a part of the order that must be visited; their
// places are in q.at.
func (q *quiet) must(part []int32) []int32 {
	n := 0
	todo, at := q.todo[:len(part)], q.at[:len(part)]
	for t, i := range part {
		todo[n], at[n] = i, int32(t)
		n += int(uint64(int64(q.slack[i])-q.drift) >> 63)
	}
	return todo[:n]
}

// raise renews the slack of neurons that were visited.
func (q *quiet) raise(visited, stable []int32) {
	for t, i := range visited {
		q.slack[i] = max(q.slack[i], narrowed(int64(stable[t])-q.drift))
	}
}

// narrowed returns v, or the end of the range of int32 that is nearer.
func narrowed(v int64) int32 { return int32(min(max(v, math.MinInt32), math.MaxInt32)) }
