package model

import (
	"context"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"testing"
	"time"

	"hopcap/model/random"
)

// BenchmarkTrial times whole trials: patterns drawn, a cue of the given
// overlap, relaxation to a fixed point or for at most 50 sweeps.
func BenchmarkTrial(b *testing.B) {
	for _, c := range []struct {
		n       int
		alpha   float64
		overlap float64
	}{
		{500, 0.10, 1}, {500, 0.14, 0.8}, {1000, 0.14, 0.8}, {1000, 0.1, 0.9}, {2000, 0.14, 0.8}, {200, 0.14, 0.8}, {4000, 0.14, 0.8}, {10000, 0.14, 0.8}, {10000, 0.13, 0.9}, {30000, 0.14, 0.8}, {100000, 0.13, 0.9},
	} {
		b.Run(fmt.Sprintf("N=%d,alpha=%v,m0=%v", c.n, c.alpha, c.overlap), func(b *testing.B) {
			k := int(c.alpha*float64(c.n) + 0.5)
			flips := int(float64(c.n)*(1-c.overlap)/2 + 0.5)
			var sweeps, turned int
			for sample := 0; b.Loop(); sample++ {
				p := trial(c.n, k, flips, uint64(sample))
				sweeps += p.Sweeps
				turned += p.Flips
			}
			b.ReportMetric(float64(sweeps)/float64(b.N), "sweeps/op")
			b.ReportMetric(float64(turned)/float64(b.N), "flips/op")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(sweeps)/float64(c.n), "ns/update")
		})
	}
}

func trial(n, k, flips int, sample uint64) Progress {
	key := random.NewKey("trial").Sub("sample", sample)
	p := NewPatterns(n, k)
	p.Draw(key, nil)
	s := make(State, n)
	p.Noisy(0, flips, key.Sub("cue").Source(), s, make([]int32, n))
	x := Dynamics{MaxSweeps: 50}.Relax(stored(Hopfield{}, p).Start([]State{s}, nil), 1, n, key)
	for !x.Done() {
		if err := x.Sweep(context.Background(), nil); err != nil {
			panic(err)
		}
	}
	return x.Progress(0)
}

// BenchmarkQuiet times relaxations as they are and with every visit made: the
// rule when the quiet begins (enough) stands where they cross.
func BenchmarkQuiet(b *testing.B) {
	allInBits(b)
	for _, n := range []int{1000, 2000, 3000, 4000, 10000, 30000} {
		for _, quiet := range []bool{true, false} {
			b.Run(fmt.Sprintf("N=%d,quiet=%t", n, quiet), func(b *testing.B) {
				key := random.NewKey("quiet")
				h := &hopfieldNetwork{Patterns: NewPatterns(n, n*14/100)}
				h.Draw(key, nil)
				s := make(State, n)
				h.Noisy(0, n/10, key.Source(), s, make([]int32, n))
				for b.Loop() {
					replicas := h.Start([]State{slices.Clone(s)}, nil)
					x := Dynamics{MaxSweeps: 50}.Relax(replicas, 1, n, key)
					for !x.Done() {
						if !quiet {
							only(replicas).quiet.on = false
						}
						if err := x.Sweep(context.Background(), nil); err != nil {
							b.Fatal(err)
						}
					}
				}
			})
		}
	}
}

// BenchmarkKept compares a sweep of visits near a fixed point with keeping all N
// fields, which costs a look at each in every sweep, and at every flip a correction
// of each by N·J_ij = K − 2·popcount(row_i XOR row_j). flips/sweep is where the two
// cross: kept fields win below.
func BenchmarkKept(b *testing.B) {
	for _, n := range []int{200, 500, 1000, 2000, 4000} {
		for _, alpha := range []float64{0.05, 0.13} {
			h := &hopfieldNetwork{Patterns: NewPatterns(n, int(alpha*float64(n)))}
			key := random.NewKey("kept")
			h.Draw(key, nil)
			x := nearFixedPoint(h, key)
			order := make([]int32, n)
			key.Source().Permute(order)
			for range 100 {
				x.visitAll(order)
			}
			fields := make([]int32, n)
			for i := range fields {
				fields[i] = int32(x.scan.Field(i)) - int32(h.K)*int32(x.state[i])
			}
			b.Run(fmt.Sprintf("N=%d,K=%d", n, h.K), func(b *testing.B) {
				visits, looks, flip, found := math.Inf(1), math.Inf(1), math.Inf(1), 0
				for b.Loop() {
					visits = min(visits, fastest(0, 1, func() { x.visitAll(order) }))
					looks = min(looks, fastest(0, 1, func() { found += unstable(fields, x.state, order) }))
					flip = min(flip, fastest(0, 2, func() {
						x.correct(fields, int(order[0]))
						x.correct(fields, int(order[0])) // back
					}))
				}
				if found > 0 {
					b.Errorf("%d unstable neurons at a fixed point", found)
				}
				b.ReportMetric(visits, "ns/sweep")
				b.ReportMetric(flip, "ns/correction")
				b.ReportMetric((visits-looks)/flip, "flips/sweep")
			})
		}
	}
}

// unstable counts the neurons that are not along their fields.
func unstable(fields []int32, s State, order []int32) (n int) {
	for _, i := range order {
		n += int(uint32(fields[i]*int32(s[i])) >> 31)
	}
	return n
}

// correct flips neuron i and corrects the fields.
func (x *hopfieldReplica) correct(fields []int32, i int) {
	row, s := x.net.Row(i), 2*int32(x.state[i])
	x.state[i] = -x.state[i]
	k := int32(x.net.K)
	for j := range fields {
		unlike := 0
		if other := x.net.Row(j); len(row) > 8 {
			unlike = x.kernel.Unlike(row, other)
		} else {
			for w, v := range row {
				unlike += bits.OnesCount64(v ^ other[w])
			}
		}
		fields[j] -= s * (k - 2*int32(unlike))
	}
}

// BenchmarkLooks times visits whose first look leaves out so many of the lowest
// bits, the fastest of some sweeps: leaveOut chooses among them.
func BenchmarkLooks(b *testing.B) {
	for _, n := range []int{500, 1000, 2000, 4000, 10000, 30000, 100000} {
		h := &hopfieldNetwork{Patterns: NewPatterns(n, n*13/100)}
		key := random.NewKey("looks")
		h.Draw(key, nil)
		x := nearFixedPoint(h, key)
		x.quiet.on = false
		x.decide(false)
		x.overlaps(x.ints)
		order := make([]int32, n)
		key.Source().Permute(order)
		chosen := x.layout
		for _, eight := range []bool{false, true} {
			for low := range 5 {
				l := layout{chosen.width, low, eight}
				b.Run(fmt.Sprintf("N=%d,eight=%t,low=%d,chosen=%t", n, eight, low, l == chosen), func(b *testing.B) {
					x.part(l.width)
					x.slice(l)
					least := math.Inf(1)
					for b.Loop() {
						least = min(least, fastest(0, n, func() {
							x.scan.Stable = x.stable
							x.visit(order, nil)
						}))
					}
					b.ReportMetric(least, "ns/update")
					again := 0
					for i, v := range x.state {
						if int64(v)*x.scan.Field(i)-x.net.self() < x.scan.Doubt {
							again++
						}
					}
					b.ReportMetric(float64(again)/float64(n), "again")
				})
			}
		}
	}
}

// BenchmarkAhead times visits that ask for rows from memory at various distances,
// the fastest of some sweeps: for the first-level cache (ahead) and before that for
// the second-level one (far).
func BenchmarkAhead(b *testing.B) {
	for _, n := range []int{10000, 30000, 100000} {
		h := &hopfieldNetwork{Patterns: NewPatterns(n, n*13/100)}
		key := random.NewKey("ahead")
		h.Draw(key, nil)
		x := nearFixedPoint(h, key)
		order := make([]int32, n)
		key.Source().Permute(order)
		for _, ahead := range []int{0, 1, 2, 3, 4, 6, 8, 12, 16} {
			for _, far := range []int{0, 1, 2, 3, 4, 6, 8} {
				b.Run(fmt.Sprintf("N=%d,ahead=%d,far=%d", n, ahead, ahead+far), func(b *testing.B) {
					x.scan.Ahead, x.scan.Far = ahead, ahead+far
					least := math.Inf(1)
					for b.Loop() {
						least = min(least, fastest(0, n, func() { x.visitAll(order) }))
					}
					b.ReportMetric(least, "ns/update")
				})
			}
		}
	}
}

// BenchmarkRows times the way of rows from memory alone: visits in the order of a
// sweep with one slice, an eleventh of the arithmetic, asked for at various
// distances. No update in random order can be faster than the best of them.
func BenchmarkRows(b *testing.B) {
	for _, n := range []int{10000, 30000, 100000} {
		h := &hopfieldNetwork{Patterns: NewPatterns(n, n*13/100)}
		key := random.NewKey("rows")
		h.Draw(key, nil)
		x := nearFixedPoint(h, key)
		s := x.scan
		s.Sums.Width = 1
		s.Whole = true
		s.Order = make([]int32, n)
		s.Stable = make([]int32, n)
		for _, order := range []string{"random", "in sequence"} {
			for i := range s.Order {
				s.Order[i] = int32(i)
			}
			if order == "random" {
				key.Source().Permute(s.Order)
			}
			for _, ahead := range []int{1, 2, 3, 4, 6, 8} {
				b.Run(fmt.Sprintf("N=%d,%s,ahead=%d", n, order, ahead), func(b *testing.B) {
					s.Ahead = ahead
					for b.Loop() {
						x.kernel.Scan(&s)
					}
					b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/row")
				})
			}
		}
	}
}

// BenchmarkTurnAll times what follows the visits of a parallel sweep, flips one
// by one and a count of all rows: turnAll's rule stands where they cross.
func BenchmarkTurnAll(b *testing.B) {
	allInBits(b)
	for _, n := range []int{1000, 10000} {
		h := &hopfieldNetwork{Patterns: NewPatterns(n, n*13/100)}
		h.Draw(random.NewKey("turn"), nil)
		x := only(h.Start([]State{randomState(n, "turn")}, nil))
		b.Run(fmt.Sprintf("N=%d,flip", n), func(b *testing.B) {
			i := 0
			for b.Loop() {
				x.flip(i)
				i = (i + 1) % n
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N), "ns/flip")
		})
		b.Run(fmt.Sprintf("N=%d,count", n), func(b *testing.B) {
			for b.Loop() {
				x.tally(nil)
				x.pack()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/neuron")
		})
	}
}

// BenchmarkForms times relaxations of several replicas, from the load to the end, with
// sums in bits and in bytes in turn, the fastest of each: byteKernel's rule stands where
// they cross.
func BenchmarkForms(b *testing.B) {
	for _, n := range []int{100, 250, 500, 1000, 2000, 4000, 6000, 8000} {
		for _, alpha := range []float64{0.05, 0.14, 0.3, 1} {
			for _, replicas := range []int{1, 8} {
				b.Run(fmt.Sprintf("N=%d,alpha=%v,replicas=%d", n, alpha, replicas), func(b *testing.B) {
					benchmarkForms(b, n, int(alpha*float64(n)+0.5), replicas)
				})
			}
		}
	}
}

func benchmarkForms(b *testing.B, n, k, replicas int) {
	const samples = 4
	defer func() { bitsOnly = false }()
	var fastest [2][samples]time.Duration
	for b.Loop() {
		for sample := range samples {
			p := BorrowPatterns(n, k)
			key := random.NewKey("forms").Sub("sample", uint64(sample))
			p.Draw(key, nil)
			for a := range fastest {
				bitsOnly = a == 0
				states := cues(p, replicas, key)
				start := time.Now()
				net := &hopfieldNetwork{Patterns: p}
				x := Dynamics{MaxSweeps: 50}.Relax(net.Start(states, nil), replicas, n, key)
				finish(x)
				if d := time.Since(start); fastest[a][sample] == 0 || d < fastest[a][sample] {
					fastest[a][sample] = d
				}
				p.memory.taken = false
			}
			p.Release()
		}
	}
	var total [2]float64
	for a := range fastest {
		for _, d := range fastest[a] {
			total[a] += d.Seconds() * 1e6 / samples / float64(replicas)
		}
	}
	b.ReportMetric(total[0], "µs/bits")
	b.ReportMetric(total[1], "µs/bytes")
	b.ReportMetric(total[0]/total[1], "bits/bytes")
}
