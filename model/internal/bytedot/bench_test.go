package bytedot

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"hopcap/model/internal/permutation"
)

// A trial is a network of random patterns with a state near the first, and the orders
// of its sweeps.
type trial struct {
	net    Network
	state  []int8
	orders [][]int32
}

// mostSweeps is how many a relaxation may have.
const mostSweeps = 50

// trials returns some of n neurons, α = 0.14, a tenth of the neurons not as in the
// pattern.
func trials(n int) []trial {
	r := source()
	list := make([]trial, 16)
	for a := range list {
		t := &list[a]
		t.net = network(r, n, n*14/100, 0)
		t.net.Self = t.net.K
		t.state = t.net.near(r, 0, 0.1)
		for range mostSweeps {
			t.orders = append(t.orders, shuffled(r, n))
		}
	}
	return list
}

// A clock keeps the shortest time of each trial: other programs only make them longer.
type clock struct {
	fastest []time.Duration
	started time.Time
}

func (c *clock) start() { c.started = time.Now() }

func (c *clock) stop(trial int) { c.fastest[trial] = min(c.fastest[trial], time.Since(c.started)) }

func (c *clock) total() (ns float64) {
	for _, d := range c.fastest {
		ns += float64(d.Nanoseconds())
	}
	return ns
}

// benchmark runs f, which starts the clock, for every trial.
func benchmark(b *testing.B, unit string, f func(x *Replica, t *trial, load func(*trial), c *clock) (updates int)) {
	for _, n := range []int{500, 1000, 2000, 4000, 8000} {
		list := trials(n)
		for _, k := range Kernels() {
			b.Run(fmt.Sprintf("N=%d/%s", n, k.Name), func(b *testing.B) {
				c := clock{fastest: slices.Repeat([]time.Duration{time.Hour}, len(list))}
				x, updates := new(Replica), 0
				state := make([]int8, n)
				load := func(t *trial) {
					copy(state, t.state)
					x.Load(k, t.net, state)
				}
				for b.Loop() {
					updates = 0
					for a := range list {
						updates += f(x, &list[a], load, &c)
						c.stop(a)
					}
				}
				b.ReportMetric(c.total()/float64(updates), unit)
				b.ReportMetric(c.total()/float64(len(list))/1000, "µs/trial")
			})
		}
	}
}

// relax returns how many updates a trial takes.
func (t *trial) relax(x *Replica) (updates int) {
	for _, order := range t.orders {
		updates += len(order)
		if x.Sweep(order) == 0 {
			break
		}
	}
	return updates
}

// BenchmarkSweep times the updates of whole relaxations, with the flips that there are
// in them.
func BenchmarkSweep(b *testing.B) {
	benchmark(b, "ns/update", func(x *Replica, t *trial, load func(*trial), c *clock) int {
		load(t)
		c.start()
		return t.relax(x)
	})
}

// BenchmarkRelaxation times loads, orders and sweeps together. If hardly anything flipped
// in a sweep, it is first asked in natural order whether anything will, for which no
// order need be drawn.
func BenchmarkRelaxation(b *testing.B) {
	const hardly = 4
	order := make([]int32, 0, MaxNeurons)
	benchmark(b, "ns/update", func(x *Replica, t *trial, load func(*trial), c *clock) (updates int) {
		stream := permutation.Stream{S0: 1, S1: 2, S2: 3, S3: uint64(t.net.N)}
		order = order[:t.net.N]
		c.start()
		load(t)
		flips := t.net.N
		for sweeps := 0; sweeps < mostSweeps && flips > 0; sweeps++ {
			updates += t.net.N
			if flips <= hardly && x.Stable() {
				break
			}
			stream.Draw(order)
			flips = x.Sweep(order)
		}
		return updates
	})
}

// BenchmarkLoad times what comes before them.
func BenchmarkLoad(b *testing.B) {
	benchmark(b, "ns/neuron", func(_ *Replica, t *trial, load func(*trial), c *clock) int {
		c.start()
		load(t)
		return t.net.N
	})
}

// BenchmarkLook times the looks of a sweep in which nothing flips.
func BenchmarkLook(b *testing.B) {
	benchmark(b, "ns/neuron", func(x *Replica, t *trial, load func(*trial), c *clock) int {
		load(t)
		x.threshold = -1 << 31
		c.start()
		return x.kernel.Look(x, t.orders[0])
	})
}
