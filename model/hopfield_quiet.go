package model

import (
	"math"

	"hopcap/model/internal/kernel"
)

// quiet is what spares most visits of the last sweeps of a relaxation, in which
// almost nothing flips, without changing what they find.
//
// Let v^μ be the changes of the overlap sums since some moment. No local field
// N·h_i has changed by more than |Σ_μ ξ_i^μ v^μ| ≤ Σ_μ |v^μ| since then, the
// drift, which grows with the square root of the number of flips. A neuron whose
// stability s_i·N·h_i was at least that cannot flip now and need not be visited.
//
// The moments are the ends of sweeps; an epoch is what has changed since one of
// them. For every neuron there is a number slack, and the epoch from which it
// counts, such that
//
//	s_i·N·h_i ≥ slack_i − drift of its epoch
//
// at any time from the epoch's beginning to its next visit or flip.
type quiet struct {
	on     bool
	near   bool    // the next sweep may begin it
	slack  []int32 // (N)
	epoch  []uint8 // (N)
	epochs [mostEpochs]epoch
	drifts [mostEpochs]int64

	visits int     // of this sweep
	seen   []int32 // (N) the neurons visited in it, and after them room for those to come
	at     []int32 // (stretch) the places of those to come in their stretch of the order
}

// An epoch is the changes of the overlap sums since the end of some sweep.
type epoch struct {
	state   epochState
	changed kernel.Sums
}

type epochState uint8

const (
	free   epochState = iota // no neuron counts from it
	open                     // its drift is known
	closed                   // its drift is taken to be without bound: its neurons will be visited
)

const (
	mostEpochs = 8
	unbounded  = math.MaxInt64 / 2
)

// enough returns with how many flips a sweep begins or continues the quiet: the
// drift of one sweep is then not far above a typical stability, N. Where a visit
// costs little more than the question whether it can be spared, it is never
// begun. BenchmarkQuiet shows what it is worth.
func (h *hopfieldNetwork) enough(k *kernel.Kernel) int {
	if k.Eight && h.stride < quietWords {
		return -1
	}
	x := 0.6 * float64(h.N) / float64(h.K)
	return int(min(x*x, mostTurned))
}

// quietWords is how long rows are whose visits are worth sparing where eight are
// made at a time.
const quietWords = 8

// nearly is how many times that many flips a sweep may have so that the next is
// taken for the one after which the quiet begins: it counts from the stabilities
// that this one finds, so they are computed whole.
const nearly = 3

// mostTurned is the largest number of flips in a sweep of the quiet.
const mostTurned = 64

// begin starts a sweep.
func (q *quiet) begin(atOnce bool) {
	q.on = q.on && !atOnce
	q.visits = 0
}

// flip notes a flip of row.
func (q *quiet) flip(k *kernel.Kernel, row []uint64, up bool) {
	for e := range q.epochs {
		if q.epochs[e].state == open {
			q.drifts[e] = q.epochs[e].flip(k, row, up)
		}
	}
}

// flip notes a flip of row and returns the drift.
func (e *epoch) flip(k *kernel.Kernel, row []uint64, up bool) int64 {
	if k.Flip(&e.changed, row, up) != 0 {
		e.changed.Widen(row, up)
	}
	return int64(e.changed.Norm())
}

// end ends a sweep in one order after the other, of which x.turned lists the
// flips by their places among the visits.
func (q *quiet) end(x *hopfieldReplica, order []int32) {
	enough := x.net.enough(x.kernel)
	q.near = len(x.turned) <= min(nearly*enough, mostTurned)
	if len(x.turned) > enough {
		q.on = false
		return
	}
	visited := q.seen[:q.visits]
	if !q.on {
		q.start(x)
		visited = order
	}
	for e := range q.epochs {
		if q.epochs[e].state == closed {
			q.epochs[e].state = free // all of its neurons have been visited since
		}
	}
	q.open(x, visited)
	q.close(x.net.N)
}

// start makes room.
func (q *quiet) start(x *hopfieldReplica) {
	q.on = true
	q.slack = resized(q.slack, x.net.N)
	q.epoch = resized(q.epoch, x.net.N)
	q.seen = resized(q.seen, x.net.N)
	q.at = resized(q.at, stretch)
	for e := range q.epochs {
		q.epochs[e].state = free
	}
}

// open begins an epoch at the end of a sweep, from which the visited neurons
// count: it goes back through the sweep to find how much each field can have
// changed since it was computed.
func (q *quiet) open(x *hopfieldReplica, visited []int32) {
	e := 0
	for q.epochs[e].state != free {
		e++
	}
	now := &q.epochs[e]
	now.begin(x.net.Patterns)
	drift := int64(0)
	end := len(visited)
	for t := len(x.turned) - 1; t >= -1; t-- {
		from := 0
		if t >= 0 {
			from = int(x.turned[t])
		}
		for v := from; v < end; v++ {
			i := visited[v]
			q.slack[i] = clamped(int64(x.stable[v]) - drift)
			q.epoch[i] = uint8(e)
		}
		if t >= 0 {
			i := int(visited[from])
			drift = now.flip(x.kernel, x.net.Row(i), x.state[i] < 0) // undone
		}
		end = from
	}
	now.begin(x.net.Patterns)
	q.drifts[e] = 0
}

// begin makes this moment the epoch's beginning.
func (e *epoch) begin(p *Patterns) {
	const width = 6
	e.state = open
	e.changed.Reset(p.stride, width, 0)
	for w := range p.stride {
		e.changed.Active[w] = ^uint64(0)
	}
	e.changed.Active[p.stride-1] >>= -p.K & 63
}

// close closes the epochs in which few neurons are still spared, and one more if
// none were free for the next.
func (q *quiet) close(n int) {
	room := false
	last := 0
	for e := range q.epochs {
		switch q.epochs[e].state {
		case open:
			if q.drifts[e] > int64(n)+int64(n)/4 {
				q.epochs[e].state, q.drifts[e] = closed, unbounded
			} else if q.drifts[e] > q.drifts[last] || q.epochs[last].state != open {
				last = e
			}
		case free:
			room = true
		}
	}
	if !room && q.epochs[last].state == open {
		q.epochs[last].state, q.drifts[last] = closed, unbounded
	}
}

// stretch is how many neurons are looked at, one after the other, before those
// that must be visited are.
const stretch = 1024

// visitFew is visit while the quiet lasts.
func (x *hopfieldReplica) visitFew(order []int32, pool Pool) (flips int) {
	q := &x.quiet
	for len(order) > 0 {
		part := order[:min(stretch, len(order))]
		x.scan.Order = q.must(part)
		x.scan.Stable = x.stable[q.visits:]
		n := x.search(pool)
		q.visits += n
		if n == len(x.scan.Order) {
			order = order[len(part):]
			continue
		}
		x.turn(n)
		q.visits++
		flips++
		order = order[q.at[n]+1:]
	}
	return flips
}

// must returns the neurons of a part of the order that must be visited; their
// places in it are in q.at.
func (q *quiet) must(part []int32) []int32 {
	n := 0
	seen, at := q.seen[q.visits:], q.at[:len(part)]
	for t, i := range part {
		seen[n], at[n] = i, int32(t)
		spare := int64(q.slack[i]) - q.drifts[q.epoch[i]&(mostEpochs-1)]
		n += int(uint64(spare) >> 63) // without a branch: one in three would be guessed wrong
	}
	return seen[:n]
}

// clamped returns v, or the end of the range of int32 that is nearer.
func clamped(v int64) int32 { return int32(min(max(v, math.MinInt32), math.MaxInt32)) }
