package model

import (
	"context"
	"fmt"
	"math"
	"time"

	"hopcap/model/internal/kernel"
	"hopcap/model/random"
)

// A Speed is how fast one core updates the neurons of a Hopfield network, and
// what bounds it. Times are of one update of one neuron, in nanoseconds.
type Speed struct {
	Kernel   string
	N, K     int
	Bytes    bool    // updates read overlap sums in bytes
	Slices   int     // else: bit slices of the overlap sums in a whole field, without the large sums kept apart
	LeftOut  int     // lowest slices that most updates leave out
	RowBytes int     // bytes of patterns that an update reads
	Update   float64 // time of an update in random order, near a fixed point
	Compute  float64 // time to compute a whole field, from rows in the first-level cache
	Stream   float64 // time to read a row and count its bits, row after row
	Rows     float64 // time of an update with one slice, in random order: mostly reading rows from memory
}

// Limit is the larger of Compute and Stream. An update that leaves nothing out cannot be
// faster.
func (s Speed) Limit() float64 { return max(s.Compute, s.Stream) }

// MeasureSpeed measures the named kernel on k random patterns of n neurons for
// about d. It panics if the machine cannot run the kernel.
func MeasureSpeed(name string, n, k int, d time.Duration) Speed {
	was := kernel.Active().Name
	if err := kernel.Use(name); err != nil {
		panic("model: " + err.Error())
	}
	defer func() { _ = kernel.Use(was) }()
	p := NewPatterns(n, k)
	key := random.NewKey(fmt.Sprint("speed ", n, " ", k))
	p.Draw(key, nil)
	x := nearFixedPoint(&hopfieldNetwork{Patterns: p}, key)
	order := make([]int32, n)
	key.Source().Permute(order)
	x.decide(true)
	s := Speed{Kernel: name, N: n, K: k, RowBytes: 8 * p.stride}
	s.Stream = fastest(d/4, n, func() { p.read(x.kernel) })
	s.Rows = x.rows(order, d/4)
	if b := x.net.byteKernel(x.kernel); b != nil {
		s.Bytes = true
		x.toBytes(b)
		s.Compute = x.computeBytes(d / 4)
		s.Update = fastest(d/2, n, func() { x.bytes.Sweep(order) })
		return s
	}
	s.Slices = x.scan.Sums.Width
	s.Compute = x.compute(d / 4)
	s.Update = fastest(d/2, n, func() { x.visitAll(order) })
	s.LeftOut = x.layout.low
	return s
}

// nearFixedPoint returns a replica, with sums in bits, that came a few sweeps from a
// stored pattern.
func nearFixedPoint(h *hopfieldNetwork, key Key) *hopfieldReplica {
	s := make(State, h.N)
	h.Pattern(0, s)
	replicas := h.Start([]State{s}, nil)
	x := Dynamics{MaxSweeps: 5}.Relax(replicas, 1, h.N, key)
	for !x.Done() {
		if err := x.Sweep(context.Background(), nil); err != nil {
			panic(err) // the context has no end
		}
	}
	near := &replicas.(*hopfieldReplicas).replicas[0]
	near.toBits(nil)
	return near
}

// visitAll visits every neuron, whatever is known of it.
func (x *hopfieldReplica) visitAll(order []int32) {
	x.quiet.on, x.quiet.near = false, false
	x.begin(false, false)
	x.visit(order, nil)
}

// visits is how many neurons are visited whose rows stay in the cache.
const visits = 256

// computeBytes is compute with sums in bytes.
func (x *hopfieldReplica) computeBytes(d time.Duration) float64 {
	order := make([]int32, visits)
	return fastest(d, visits, func() { x.bytes.Sweep(order) })
}

// compute returns the time of a visit to rows that stay in the cache.
func (x *hopfieldReplica) compute(d time.Duration) float64 {
	s := x.scan
	s.Whole = true
	s.Order = make([]int32, visits)
	s.Stable = make([]int32, visits)
	return fastest(d, visits, func() { x.kernel.Scan(&s) })
}

// rows returns the time of a visit with a single slice, at the best of some
// distances ahead, for the first-level cache alone and for the second-level one
// before it.
func (x *hopfieldReplica) rows(order []int32, d time.Duration) float64 {
	s := x.scan
	s.Sums.Width, s.Whole, s.Eight = 1, true, false
	s.Order = order
	s.Stable = make([]int32, len(order))
	least := math.Inf(1)
	for _, ahead := range []int{1, 2, 4} {
		for _, far := range []int{0, farVisits} {
			s.Ahead, s.Far = ahead, far
			least = min(least, fastest(d/6, len(order), func() { x.kernel.Scan(&s) }))
		}
	}
	return least
}

// read reads all rows once, in the order of memory.
func (p *Patterns) read(k *kernel.Kernel) (unlike int) {
	const chunk = 1 << 16
	for rows := p.rows; len(rows) > 1; {
		n := min(chunk, len(rows)/2)
		unlike += k.Unlike(rows[:n], rows[n:2*n])
		rows = rows[2*n:]
	}
	return unlike
}

// fastest calls f for about d, at least three times, and returns the time of the
// fastest call by the number of things that it does, in nanoseconds.
func fastest(d time.Duration, things int, f func()) float64 {
	least := math.Inf(1)
	for calls, end := 0, time.Now().Add(d); calls < 3 || time.Now().Before(end); calls++ {
		start := time.Now()
		f()
		least = min(least, float64(time.Since(start).Nanoseconds()))
	}
	return least / float64(things)
}
