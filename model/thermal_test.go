package model

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"hopcap/model/random"
	"hopcap/model/thermal"
)

var rules = map[string]thermal.Transition{"heat bath": thermal.HeatBath, "Metropolis": thermal.Metropolis}

// probability returns p(x).
func probability(rule thermal.Transition, slope *big.Rat, x int64) float64 {
	unit, _ := slope.Float64()
	rise := unit * float64(x)
	if rule == thermal.Metropolis {
		return min(1, math.Exp(-rise))
	}
	return 1 / (1 + math.Exp(rise))
}

// A single update is in detailed balance: p(x)/p(−x) = e^{−βΔE}, with ΔE from the
// energy of the network before and after.
func TestDetailedBalance(t *testing.T) {
	temperature := big.NewRat(3, 5)
	for _, net := range smallNetworks() {
		n, k := net.N, net.K
		s := randomState(n, "balance")
		x := net.Start([]State{slices.Clone(s)}, nil).(energeticFlippers)
		slope := new(big.Rat).Quo(net.unit(), temperature)
		for i := range n {
			before, stability := x.Energy(0), x.Field(0, i)*int64(x.State(0)[i])
			x.Flip(0, i)
			rise := (x.Energy(0) - before) * float64(n)
			for name, rule := range rules {
				there, back := probability(rule, slope, stability), probability(rule, slope, -stability)
				if got, want := there/back, math.Exp(-rise/0.6); math.Abs(got/want-1) > 1e-9 {
					t.Errorf("%T, K = %d, %s, neuron %d: p(x)/p(−x) = %v, want %v", net.rule, k, name, i, got, want)
				}
			}
			x.Flip(0, i)
		}
	}
}

// smallNetworks are those whose states can be counted.
func smallNetworks() []heatable {
	return []heatable{
		heatableOf(Hopfield{}, draw(6, 2, "small")),
		heatableOf(Hopfield{}, draw(7, 3, "small")),
		heatableOf(Dense{3, Full}, draw(6, 4, "small")),
		heatableOf(Dense{4, Rectified}, draw(6, 3, "small")),
		heatableOf(Dense{2, Rectified}, draw(7, 3, "small")),
	}
}

// states lists all states of n neurons.
func states(n int) (all []State) {
	for bits := range 1 << n {
		s := make(State, n)
		for i := range s {
			s[i] = int8(bits>>i&1)*2 - 1
		}
		all = append(all, s)
	}
	return all
}

func number(s State) (bits int) {
	for i, v := range s {
		if v > 0 {
			bits |= 1 << i
		}
	}
	return bits
}

// A measure gives the logarithm of the weight of a state at inverse temperature β.
type measure func(x energeticFlippers, r int, beta float64) float64

func boltzmann(x energeticFlippers, r int, beta float64) float64 {
	return -beta * energy(x, r) * float64(len(x.State(r)))
}

// peretto is the stationary measure of parallel heat-bath updates, ∏ 2cosh βh_i
// (Peretto, Biol. Cybern. 50, 51 (1984)).
func peretto(x energeticFlippers, r int, beta float64) (log float64) {
	n := len(x.State(r))
	for i := range n {
		log += math.Log(2 * math.Cosh(beta*float64(fields(x).Field(r, i))/float64(n)))
	}
	return log
}

// distribution returns the probabilities of all states.
func distribution(net heatable, m measure, beta float64) []float64 {
	n := net.N
	all := states(n)
	x := net.Start(all, nil).(energeticFlippers)
	p := make([]float64, len(all))
	total := 0.0
	for r := range p {
		p[r] = math.Exp(m(x, r, beta))
		total += p[r]
	}
	for r := range p {
		p[r] /= total
	}
	return p
}

// drawn returns count states drawn from p.
func drawn(n int, p []float64, count int, r *random.Source) []State {
	all := states(n)
	out := make([]State, count)
	for c := range out {
		v := float64(r.Uint64()>>11) / (1 << 53)
		at := 0
		for ; at < len(p)-1 && v >= p[at]; at++ {
			v -= p[at]
		}
		out[c] = slices.Clone(all[at])
	}
	return out
}

// chiSquare returns the probability of counts as far from p, or farther. States
// expected fewer than five times are taken together.
func chiSquare(counts []int, p []float64) float64 {
	total := 0
	for _, c := range counts {
		total += c
	}
	var sum, restP float64
	rest, kept := 0, 0
	add := func(count int, p float64) {
		want := p * float64(total)
		sum += (float64(count) - want) * (float64(count) - want) / want
		kept++
	}
	for s, c := range counts {
		if p[s]*float64(total) < 5 {
			rest, restP = rest+c, restP+p[s]
			continue
		}
		add(c, p[s])
	}
	if rest > 0 || restP*float64(total) > 1e-6 {
		add(rest, restP)
	}
	if kept == 1 {
		return 1
	}
	return distuv.ChiSquared{K: float64(kept - 1)}.Survival(sum)
}

// heated returns the counts of the states that the given ones are in after some
// sweeps.
func heated(t *testing.T, net heatable, rule thermal.Transition, order Order, from []State, sweeps int, name string) []int {
	t.Helper()
	n := net.N
	key := random.NewKey(name)
	x := net.Start(from, nil)
	relaxation := Dynamics{Order: order, MaxSweeps: sweeps}.Relax(x, len(from), n, key)
	streams := make([]Key, len(from))
	for r := range streams {
		streams[r] = key.Sub("noise", uint64(r))
	}
	relaxation.Heat(thermal.NewDecision(rule, net.unit(), big.NewRat(3, 5)), streams)
	for !relaxation.Done() {
		if err := relaxation.Sweep(context.Background(), nil); err != nil {
			t.Fatal(err)
		}
	}
	counts := make([]int, 1<<n)
	for r := range from {
		if p := relaxation.Progress(r); p.Stop != Thermal || p.Sweeps != sweeps {
			t.Fatalf("replica %d: %+v", r, p)
		}
		counts[number(x.State(r))]++
	}
	return counts
}

// The Boltzmann distribution of every small network is stationary under
// sequential sweeps, and reached by those in random order; under parallel ones
// Peretto's is stationary.
func TestStationaryDistribution(t *testing.T) {
	const beta, runs = 1 / 0.6, 4000
	for _, net := range smallNetworks() {
		n, k := net.N, net.K
		for name, rule := range rules {
			for _, order := range []Order{Random, Typewriter, Parallel} {
				m := measure(boltzmann)
				_, hebbian := net.rule.(Hopfield)
				if order == Parallel {
					if !hebbian || rule != thermal.HeatBath {
						continue
					}
					m = peretto
				}
				p := distribution(net, m, beta)
				name := fmt.Sprintf("%T N=%d K=%d %s order %d", net.rule, n, k, name, order)
				from := drawn(n, p, runs, random.NewKey("drawn "+name).Source())
				if c := chiSquare(heated(t, net, rule, order, from, 1, name), p); c < 1e-3 {
					t.Errorf("%s: not stationary, chance %.2g", name, c)
				}
				if order != Random { // Metropolis' certain flips of a zero field can make a typewriter periodic
					continue
				}
				up := make([]State, runs/3)
				for r := range up {
					up[r] = slices.Clone(states(n)[1])
				}
				if c := chiSquare(heated(t, net, rule, order, up, 40, name), p); c < 1e-3 {
					t.Errorf("%s: not reached, chance %.2g", name, c)
				}
			}
		}
	}
}

// transitions returns the probabilities of all parallel steps, W[from][to], from the
// flips of each neuron alone.
func transitions(net heatable, rule thermal.Transition, temperature *big.Rat) [][]float64 {
	n := net.N
	all := states(n)
	x := net.Start(all, nil).(LocalFields)
	slope := new(big.Rat).Quo(net.unit(), temperature)
	w := make([][]float64, len(all))
	for from, s := range all {
		w[from] = make([]float64, len(all))
		for to := range all {
			w[from][to] = 1
		}
		for i, v := range s {
			p := probability(rule, slope, int64(v)*x.Field(from, i))
			for to := range all {
				if (from^to)>>i&1 == 1 {
					w[from][to] *= p
				} else {
					w[from][to] *= 1 - p
				}
			}
		}
	}
	return w
}

// after returns the distribution p after so many steps of w.
func after(w [][]float64, p []float64, steps int) []float64 {
	for range steps {
		next := make([]float64, len(p))
		for from, row := range w {
			for to, v := range row {
				next[to] += p[from] * v
			}
		}
		p = next
	}
	return p
}

// Parallel updates are those of their transition matrix, by both rules: a few
// sweeps from one state, and the stationary vector. That of a heat bath is Peretto's
// measure. thermal.Metropolis flips every neuron that is not stable for certain: a state in
// which none is, as that of the highest energy, and its negative flip into each
// other for ever, and all that is stationary of a Hopfield network lies on such pairs.
func TestParallelUpdatesAgainstTheirTransitionMatrix(t *testing.T) {
	const runs = 4000
	temperature := big.NewRat(3, 5)
	for _, net := range smallNetworks()[:3] {
		n, k := net.N, net.K
		all := states(n)
		for name, rule := range rules {
			name := fmt.Sprintf("%T N=%d K=%d %s", net.rule, n, k, name)
			w := transitions(net, rule, temperature)
			delta := make([]float64, len(all))
			delta[1] = 1
			same := make([]State, runs)
			for r := range same {
				same[r] = slices.Clone(all[1])
			}
			if c := chiSquare(heated(t, net, rule, Parallel, same, 3, name), after(w, delta, 3)); c < 1e-3 {
				t.Errorf("%s: three sweeps, chance %.2g", name, c)
			}
			p := stationary(w)
			if c := chiSquare(heated(t, net, rule, Parallel, drawn(n, p, runs, random.NewKey("drawn "+name).Source()), 5, name), p); c < 1e-3 {
				t.Errorf("%s: not stationary, chance %.2g", name, c)
			}
			if _, hebbian := net.rule.(Hopfield); !hebbian {
				continue
			}
			want := distribution(net, peretto, 1/0.6)
			x := net.Start(all, nil).(LocalFields)
			for s, v := range p {
				stable := false
				for i := range n {
					stable = stable || int64(all[s][i])*x.Field(s, i) > 0
				}
				switch {
				case rule == thermal.HeatBath && math.Abs(v-want[s]) > 1e-9:
					t.Errorf("%s: state %d has %v, in Peretto's measure %v", name, s, v, want[s])
				case rule == thermal.Metropolis && stable && v > 1e-9:
					t.Errorf("%s: state %d has %v and is stable somewhere", name, s, v)
				}
			}
		}
	}
}

// stationary returns what is left of a uniform distribution after 2¹² steps of w.
func stationary(w [][]float64) []float64 {
	for range 12 {
		square := make([][]float64, len(w))
		for from := range w {
			square[from] = after(w, w[from], 1)
		}
		w = square
	}
	return after(w, slices.Repeat([]float64{1 / float64(len(w))}, len(w)), 1)
}

// At T → 0 both rules are the dynamics at T = 0, where no field can vanish: N even
// and K odd.
func TestColdIsZeroTemperature(t *testing.T) {
	for _, net := range []heatable{heatableOf(Hopfield{}, draw(60, 15, "cold")), heatableOf(Dense{3, Full}, draw(30, 31, "cold"))} {
		n := net.N
		for name, rule := range rules {
			for _, order := range []Order{Random, Typewriter, Parallel} {
				key := random.NewKey(name)
				start := []State{randomState(n, "a"), randomState(n, "b")}
				zero := net.Start([]State{slices.Clone(start[0]), slices.Clone(start[1])}, nil)
				cold := net.Start(start, nil)
				x := Dynamics{Order: order, MaxSweeps: 9}.Relax(zero, 2, n, key)
				y := Dynamics{Order: order, MaxSweeps: 9}.Relax(cold, 2, n, key)
				y.Heat(thermal.NewDecision(rule, net.unit(), big.NewRat(1, 1e7)), []Key{random.NewKey("1"), random.NewKey("2")})
				for !y.Done() {
					for _, r := range []*Relaxation{x, y} {
						if err := r.Sweep(context.Background(), nil); err != nil {
							t.Fatal(err)
						}
					}
				}
				for r := range 2 {
					if !slices.Equal(zero.State(r), cold.State(r)) || x.Progress(r).Flips != y.Progress(r).Flips {
						t.Errorf("%T, %s, order %d: states differ", net, name, order)
					}
				}
			}
		}
	}
}

// Sweeps by blocks, by the guide, and those of long rows that look ahead, make the same
// updates as one that takes neuron by neuron, whatever is live, with every kernel.
func TestThermalSweepOfHopfield(t *testing.T) {
	defer func(was string) { _ = UseKernel(was) }(ActiveKernel())
	for _, name := range Kernels() {
		if err := UseKernel(name); err != nil {
			t.Fatal(err)
		}
		t.Run(name, testThermalSweep)
	}
}

func testThermalSweep(t *testing.T) {
	long := struct{ n, k int }{90, 64*blockWords + 1}
	for _, size := range append(slices.Clone(sizes), long) {
		for _, order := range []Order{Random, Typewriter, Parallel} {
			name := fmt.Sprintf("%d %d %d", size.n, size.k, order)
			p := draw(size.n, size.k, name)
			net := heatableOf(Hopfield{Diagonal: size.k%2 == 0}, p)
			load := func() Replicas {
				return net.Start([]State{randomState(size.n, "a"), randomState(size.n, "b"), randomState(size.n, "c")}, nil)
			}
			fast, slow := load(), load()
			var visit []int32
			if order != Parallel {
				visit = make([]int32, size.n)
				random.NewKey(name).Source().Permute(visit)
			}
			for sweep, temperature := range []*big.Rat{big.NewRat(1, 10), big.NewRat(1, 1000), big.NewRat(3, 1), big.NewRat(1e11, 1), big.NewRat(1, 2)} {
				g := thermal.NewDecision(thermal.Transition(sweep%2), net.unit(), temperature)
				noise := make([]Noise, 3)
				for r := range noise {
					noise[r] = Noise{g, make([]uint64, size.n)}
					noise[r].Draw(random.NewKey(name).Sub("noise", uint64(sweep), uint64(r)).Source())
					for i := range noise[r].Bits {
						noise[r].Bits[i] >>= i % 65 // many in the first cell of the guide
					}
				}
				s := &Sweep{Order: visit, Live: []int{0, 2}}
				a, b := make([]int, 3), make([]int, 3)
				if err := sweepThermal(context.Background(), fast, s, noise, a); err != nil {
					t.Fatal(err)
				}
				if err := (&singly{slow.(Flippers), noise}).sweep(context.Background(), s, b); err != nil {
					t.Fatal(err)
				}
				for r := range 3 {
					if !slices.Equal(fast.State(r), slow.State(r)) || a[r] != b[r] {
						t.Fatalf("%s: replica %d differs after sweep %d", name, r, sweep)
					}
				}
			}
			quench := &Sweep{Order: visit, Live: []int{0, 1, 2}}
			for _, x := range []Replicas{fast, slow} {
				if err := x.Sweep(context.Background(), quench, make([]int, 3)); err != nil {
					t.Fatal(err)
				}
			}
			for r := range 3 {
				if !slices.Equal(fast.State(r), slow.State(r)) {
					t.Fatalf("%s: replica %d differs after the quench", name, r)
				}
			}
		}
	}
}

// The noise of a replica is its own: it does not depend on which others there are.
func TestNoiseBelongsToTheReplica(t *testing.T) {
	net := heatableOf(Hopfield{}, draw(50, 5, "noise"))
	g := thermal.NewDecision(thermal.HeatBath, net.unit(), big.NewRat(1, 2))
	run := func(streams ...Key) State {
		var start []State
		for range streams {
			start = append(start, randomState(50, "start"))
		}
		x := net.Start(start, nil)
		r := Dynamics{MaxSweeps: 5}.Relax(x, len(start), 50, random.NewKey("key"))
		r.Heat(g, streams)
		for !r.Done() {
			if err := r.Sweep(context.Background(), nil); err != nil {
				t.Fatal(err)
			}
		}
		return x.State(len(start) - 1)
	}
	a, b := random.NewKey("a"), random.NewKey("b")
	if !slices.Equal(run(a), run(b, a)) {
		t.Error("a replica moves otherwise beside another")
	}
	if slices.Equal(run(a), run(b)) {
		t.Error("two streams give one noise")
	}
}

// BenchmarkHeatBath compares sweeps at T > 0 with sweeps at T = 0 of a network at
// rest, one replica.
func BenchmarkHeatBath(b *testing.B) {
	type point struct {
		n, k int
		t    *big.Rat
	}
	var points []point
	for _, size := range [][2]int{{1000, 100}, {10000, 200}, {10000, 500}, {10000, 1000}, {10000, 1380}} {
		points = append(points, point{size[0], size[1], nil})
		for _, tenths := range []int64{1, 3, 5, 7, 10} {
			points = append(points, point{size[0], size[1], big.NewRat(tenths, 10)})
		}
	}
	for _, c := range points {
		name := fmt.Sprintf("N=%d,K=%d/T=0", c.n, c.k)
		if c.t != nil {
			name = fmt.Sprintf("N=%d,K=%d/T=%s", c.n, c.k, c.t.FloatString(1))
		}
		b.Run(name, func(b *testing.B) {
			net := heatableOf(Hopfield{}, draw(c.n, c.k, "bench"))
			s := make(State, c.n)
			net.Pattern(0, s)
			replicas := net.Start([]State{s}, nil)
			x := Dynamics{}.Relax(replicas, 1, c.n, random.NewKey("bench"))
			if c.t != nil {
				x.Heat(thermal.NewDecision(thermal.HeatBath, net.unit(), c.t), []Key{random.NewKey("noise")})
			}
			flips := 0
			for b.Loop() {
				if c.t == nil { // as if it moved: the quiet of a fixed point would end the comparison
					replicas.(*hopfieldReplicas).replicas[0].quiet.on = false
					x.live, x.progress[0].Stop = []int{0}, Running
				}
				if err := x.Sweep(context.Background(), nil); err != nil {
					b.Fatal(err)
				}
				flips = x.Progress(0).Flips
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(c.n), "ns/update")
			b.ReportMetric(float64(flips)/float64(b.N)/float64(c.n), "flips/update")
		})
	}
}
