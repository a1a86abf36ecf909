package bytedot

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// source returns a generator for the inputs of one test.
func source() *rand.Rand { return rand.New(rand.NewPCG(1, 2)) }

// network returns random patterns, of which all but the first share a fraction alike of
// their signs with the first, and something else where there is no pattern.
func network(r *rand.Rand, n, k int, alike float64) Network {
	net := Network{N: n, K: k, Stride: (k+63)/64 + r.IntN(2), Self: k * r.IntN(2)}
	rows := make([]uint64, n*net.Stride+1)
	for w := range rows {
		rows[w] = r.Uint64()
	}
	for i := range n {
		for mu := 1; mu < k; mu++ {
			w, first := &rows[i*net.Stride+mu>>6], rows[i*net.Stride]&1
			if r.Float64() < alike {
				*w = *w&^(1<<(mu&63)) | first<<(mu&63)
			}
		}
	}
	net.Rows = rows[:n*net.Stride]
	return net
}

// xi returns ξ_i^μ.
func (n Network) xi(i, mu int) int { return int(n.Rows[i*n.Stride+mu>>6]>>(mu&63)&1)*2 - 1 }

// near returns pattern μ with a fraction of its signs turned over.
func (n Network) near(r *rand.Rand, mu int, noise float64) []int8 {
	s := make([]int8, n.N)
	for i := range s {
		s[i] = int8(n.xi(i, mu))
		if r.Float64() < noise {
			s[i] = -s[i]
		}
	}
	return s
}

// A reference is the network as it is written down: overlap sums, and fields from them.
type reference struct {
	net   Network
	state []int8
	sums  []int32
}

func refer(net Network, state []int8) *reference {
	x := &reference{net, slices.Clone(state), make([]int32, net.K)}
	for i, s := range state {
		for mu := range x.sums {
			x.sums[mu] += int32(net.xi(i, mu) * int(s))
		}
	}
	return x
}

func (x *reference) stability(i int) int {
	h := 0
	for mu, m := range x.sums {
		h += x.net.xi(i, mu) * int(m)
	}
	return int(x.state[i])*h - x.net.Self
}

func (x *reference) sweep(order []int32) (flips int) {
	for _, i := range order {
		if x.stability(int(i)) >= 0 {
			continue
		}
		x.state[i] = -x.state[i]
		for mu := range x.sums {
			x.sums[mu] += int32(2 * x.net.xi(int(i), mu) * int(x.state[i]))
		}
		flips++
	}
	return flips
}

func shuffled(r *rand.Rand, n int) []int32 {
	order := make([]int32, n)
	for i, j := range r.Perm(n) {
		order[i] = int32(j)
	}
	return order
}

// compare relaxes x and the reference side by side and returns the number of sweeps.
func compare(t *testing.T, r *rand.Rand, x *Replica, ref *reference) (sweeps int) {
	t.Helper()
	for sweeps = range 12 {
		for range 3 {
			i := r.IntN(ref.net.N)
			if got, want := x.Stability(i), ref.stability(i); got != want {
				t.Fatalf("sweep %d: stability %d of neuron %d, want %d", sweeps, got, i, want)
			}
		}
		if got := x.Overlaps(make([]int32, ref.net.K)); !slices.Equal(got, ref.sums) {
			t.Fatalf("sweep %d: overlaps %v, want %v", sweeps, got, ref.sums)
		}
		stable := x.Stable()
		order := shuffled(r, ref.net.N)
		got, want := x.Sweep(order), ref.sweep(order)
		if got != want || !slices.Equal(x.State(), ref.state) {
			t.Fatalf("sweep %d: %d flips, want %d", sweeps, got, want)
		}
		if stable != (want == 0) {
			t.Fatalf("sweep %d: stable is %t before %d flips", sweeps, stable, want)
		}
		if want == 0 {
			break
		}
	}
	return sweeps
}

// Relaxations are those of the reference for every K, at odd and even N, with and
// without the diagonal, from random states and from patterns, and for patterns that are
// nearly the same, which drive overlaps to ±N.
func TestRelaxations(t *testing.T) {
	for _, k := range Kernels() {
		t.Run(k.Name, func(t *testing.T) {
			r := source()
			x := new(Replica) // its memory is used again
			planes := 0
			for patterns := 1; patterns <= 300; patterns++ {
				n := 1 + r.IntN(90)
				if patterns%16 == 3 {
					n = 600 + r.IntN(500)
				}
				alike := []float64{0, 0, 0.8, 0.98, 1}[r.IntN(5)]
				net := network(r, n, patterns, alike)
				state := net.near(r, r.IntN(patterns), []float64{0, 0.1, 0.3, 0.5, 0.9, 1}[r.IntN(6)])
				ref := refer(net, state)
				x.Load(k, net, state)
				t.Logf("N = %d, K = %d, alike %v, self %d: %d pieces, %d planes", n, patterns, alike, net.Self, x.pieces, x.planes)
				compare(t, r, x, ref)
				planes = max(planes, x.planes)
			}
			if planes != 2 {
				t.Error("no network needed two planes")
			}
		})
	}
}

// Neurons of one block whose couplings are the largest that there are, K or −K, change
// the stabilities of each other by all that settle reckons with.
func TestBlocks(t *testing.T) {
	for _, k := range Kernels() {
		t.Run(k.Name, func(t *testing.T) {
			r := source()
			x := new(Replica)
			for range 4000 {
				net := network(r, 8+r.IntN(17), 1+r.IntN(14), 0)
				for i := 1; i < net.N; i++ {
					if r.IntN(3) > 0 { // like another, or its opposite
						net.Rows[i*net.Stride] = net.Rows[r.IntN(i)*net.Stride] ^ -uint64(r.IntN(2))
					}
				}
				state := net.near(r, 0, 0.5)
				ref := refer(net, state)
				x.Load(k, net, state)
				for range 3 {
					order := shuffled(r, net.N)
					if got, want := x.Sweep(order), ref.sweep(order); got != want || !slices.Equal(x.State(), ref.state) {
						t.Fatalf("N = %d, K = %d: %d flips, want %d", net.N, net.K, got, want)
					}
				}
			}
		})
	}
}

// A sum goes through all values that it can take, in both directions: each flip is made
// whether or not the neuron is stable.
func TestSumsEverywhere(t *testing.T) {
	for _, k := range Kernels() {
		for _, c := range []struct {
			n, k  int
			alike float64
		}{{1000, 70, 0}, {1001, 40, 1}, {2001, 100, 0.5}, {700, 300, 0.95}, {4001, 3, 1}, {301, MaxPatterns, 0}, {302, MaxPatterns - 1, 1}} {
			t.Run(fmt.Sprintf("%s,N=%d,K=%d,alike=%v", k.Name, c.n, c.k, c.alike), func(t *testing.T) {
				r := source()
				net := network(r, c.n, c.k, c.alike)
				state := net.near(r, 0, 1)
				x := new(Replica)
				x.Load(k, net, state)
				for _, i := range shuffled(r, c.n) {
					x.flip(int(i))
					if i%100 == 0 || x.beyond() {
						ref := refer(net, x.State())
						if got := x.Overlaps(make([]int32, c.k)); !slices.Equal(got, ref.sums) {
							t.Fatalf("overlaps %v, want %v", got, ref.sums)
						}
						if got, want := x.Stability(int(i)), ref.stability(int(i)); got != want {
							t.Fatalf("stability %d, want %d", got, want)
						}
					}
				}
				t.Logf("%d pieces, %d planes, %d runs", x.pieces, x.planes, len(x.runs))
				if x.Overlaps(make([]int32, c.k))[0] != int32(c.n) {
					t.Error("the state is not the pattern")
				}
			})
		}
	}
}

// Around the sizes at which the largest sum, N/2, takes one more column, the sum of a
// pattern goes all the way and back.
func TestSumsFitTheirColumns(t *testing.T) {
	r := source()
	x := new(Replica)
	for _, k := range Kernels() {
		for _, edge := range []int{252, 504, 756, 2016} {
			for n := edge - 5; n <= edge+5; n++ {
				net := network(r, n, 3, 1)
				x.Load(k, net, net.near(r, 0, 0.5))
				for _, up := range []int8{1, -1, 1} {
					for i, s := range x.State() {
						if s != up*int8(net.xi(i, 0)) {
							x.flip(i)
						}
					}
					for mu, m := range x.Overlaps(make([]int32, 3)) {
						if m != int32(up)*int32(n) {
							t.Fatalf("%s, N = %d: overlap %d of pattern %d", k.Name, n, m, mu)
						}
					}
				}
			}
		}
	}
}

// No network takes more memory than Bytes says.
func TestBytes(t *testing.T) {
	r := source()
	for _, k := range []int{1, 100, 130, 300, 600} {
		for _, alike := range []float64{0, 0.5, 1} {
			n := 2000 + r.IntN(2)
			net := network(r, n, k, alike)
			x := new(Replica)
			x.Load(&generic, net, net.near(r, 0, 0))
			if got := int64(8*len(x.rows) + len(x.weights) + len(x.steps)); got > Bytes(n, k) {
				t.Errorf("N = %d, K = %d: %d bytes, not %d", n, k, got, Bytes(n, k))
			}
		}
	}
}

// Relaxations of networks of one size need no new memory.
func TestNoAllocation(t *testing.T) {
	r := source()
	net := network(r, 301, 70, 0.3)
	start := net.near(r, 0, 0.2)
	state := slices.Clone(start)
	order := shuffled(r, net.N)
	for _, k := range Kernels() {
		x := new(Replica)
		relax := func() {
			copy(state, start)
			x.Load(k, net, state)
			for x.Sweep(order) > 0 {
				x.Stable()
			}
		}
		relax()
		if n := testing.AllocsPerRun(10, relax); n != 0 {
			t.Errorf("%s: %v allocations", k.Name, n)
		}
	}
}
