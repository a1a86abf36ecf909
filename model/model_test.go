package model

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"hopcap/model/random"
)

// draw returns k random patterns of n neurons.
func draw(n, k int, name string) *Patterns {
	p := NewPatterns(n, k)
	p.Draw(random.NewKey(name), nil)
	return p
}

func randomState(n int, name string) State {
	s := make(State, n)
	random.NewKey(name).Source().Signs(s)
	return s
}

var sizes = []struct{ n, k int }{
	{2, 1}, {3, 2}, {17, 5}, {40, 63}, {40, 64}, {41, 65}, {64, 9}, {65, 127}, {100, 14}, {129, 20}, {50, 300}, {60, 520},
}

func TestAgreesWithExplicitCouplings(t *testing.T) {
	for _, size := range sizes {
		for _, diagonal := range []bool{false, true} {
			for _, order := range []Order{Random, Typewriter, Parallel} {
				name := fmt.Sprintf("%d %d %v %d", size.n, size.k, diagonal, order)
				t.Run(name, func(t *testing.T) { compare(t, size.n, size.k, diagonal, order, name) })
			}
		}
	}
}

// compare relaxes four replicas step by step beside the reference.
func compare(t *testing.T, n, k int, diagonal bool, order Order, name string) {
	p := draw(n, k, name)
	j := couplings(p, diagonal)
	key := random.NewKey(name)
	slow := []State{make(State, n), make(State, n), randomState(n, name+"a"), randomState(n, name+"b")}
	p.Pattern(0, slow[0])
	p.Noisy(0, n/5, key.Sub("cue").Source(), slow[1], make([]int32, n))
	start := func(s []State) Replicas { return stored(Hopfield{Diagonal: diagonal}, p).Start(s, nil) }
	field := func(s State, i int) int { return slowField(j, s, i) }
	relaxBeside(t, slow, start, Dynamics{Order: order, MaxSweeps: 50}, key, field, func(x Replicas, r int, s State) {
		same(t, x, r, p, j, s)
	})
}

// same compares one replica with state, fields, overlaps and energy of the reference.
func same(t *testing.T, got Replicas, r int, p *Patterns, j [][]int, s State) {
	t.Helper()
	for i := range s {
		if h := fields(got).Field(r, i); h != int64(slowField(j, s, i)) {
			t.Fatalf("replica %d: field %d is %d, want %d", r, i, h, slowField(j, s, i))
		}
	}
	m := got.Overlaps(r, make([]int32, p.K))
	for mu := range m {
		if int(m[mu]) != p.Overlap(mu, s) {
			t.Fatalf("replica %d: overlap %d is %d, want %d", r, mu, m[mu], p.Overlap(mu, s))
		}
	}
	if e, want := energy(got, r), float64(slowEnergy(j, s))/float64(2*p.N*p.N); e != want {
		t.Fatalf("replica %d: energy %v, want %v", r, e, want)
	}
}

// One stored pattern is a fixed point with N·h_i = (N−1)·ξ_i and energy
// −(1 − 1/N)/2; with the diagonal, N and −1/2.
func TestOnePattern(t *testing.T) {
	p := draw(101, 1, "one")
	s := make(State, 101)
	p.Pattern(0, s)
	without := stored(Hopfield{}, p).Start([]State{s}, nil)
	with := stored(Hopfield{Diagonal: true}, p).Start([]State{s}, nil)
	for i, v := range s {
		if fields(without).Field(0, i) != 100*int64(v) || fields(with).Field(0, i) != 101*int64(v) {
			t.Fatalf("fields %d and %d at spin %d", fields(without).Field(0, i), fields(with).Field(0, i), v)
		}
	}
	if got, want := energy(without, 0), -100.0/202; got != want {
		t.Errorf("energy %v, want %v", got, want)
	}
	if energy(with, 0) != -0.5 {
		t.Errorf("energy with diagonal %v, want −0.5", energy(with, 0))
	}
}

// At T = 0 no single update raises the energy.
func TestEnergyNeverRises(t *testing.T) {
	p := draw(200, 60, "descent")
	x := stored(Hopfield{}, p).Start([]State{randomState(200, "start")}, nil)
	relax := Dynamics{}.Relax(x, 1, 200, random.NewKey("descent"))
	for last := math.Inf(1); !relax.Done(); {
		if err := relax.Sweep(context.Background(), nil); err != nil {
			t.Fatal(err)
		}
		if e := energy(x, 0); e > last {
			t.Fatalf("energy rose from %v to %v", last, e)
		} else {
			last = e
		}
	}
}

// A zero field keeps the spin: with two patterns that agree on no coupling
// between the two neurons, both states of the pair are fixed points.
func TestZeroFieldKeepsTheSpin(t *testing.T) {
	p := NewPatterns(2, 2)
	p.Set(0, 0, 1)
	p.Set(1, 0, 1)
	p.Set(0, 1, 1)
	for _, order := range []Order{Random, Typewriter, Parallel} {
		for _, s := range []State{{1, 1}, {1, -1}, {-1, 1}, {-1, -1}} {
			x := Dynamics{Order: order}.Relax(stored(Hopfield{}, p).Start([]State{slices.Clone(s)}, nil), 1, 2, random.NewKey(""))
			if err := x.Sweep(context.Background(), nil); err != nil {
				t.Fatal(err)
			}
			if got := x.Progress(0); got != (Progress{1, 0, FixedPoint}) {
				t.Errorf("order %d from %v: %+v", order, s, got)
			}
		}
	}
}

// Two neurons with a negative coupling, updated at once, exchange for ever.
func TestParallelCycle(t *testing.T) {
	p := NewPatterns(2, 1)
	p.Set(0, 0, 1)
	s := State{1, 1}
	x := Dynamics{Order: Parallel}.Relax(stored(Hopfield{}, p).Start([]State{s}, nil), 1, 2, random.NewKey(""))
	for !x.Done() {
		if err := x.Sweep(context.Background(), nil); err != nil {
			t.Fatal(err)
		}
	}
	if got := x.Progress(0); got != (Progress{2, 4, Cycle}) {
		t.Errorf("%+v, want a cycle after 2 sweeps and 4 flips", got)
	}
	if !slices.Equal(s, State{1, 1}) {
		t.Errorf("stopped at %v, want the later of the two states", s)
	}
}

func TestSweepLimit(t *testing.T) {
	p := draw(300, 100, "limit")
	x := Dynamics{MaxSweeps: 2}.Relax(stored(Hopfield{}, p).Start([]State{randomState(300, "far")}, nil), 1, 300, random.NewKey("limit"))
	for !x.Done() {
		if err := x.Sweep(context.Background(), nil); err != nil {
			t.Fatal(err)
		}
	}
	if got := x.Progress(0); got.Sweeps != 2 || got.Stop != MaxSweeps {
		t.Errorf("%+v, want max_sweeps after 2", got)
	}
}

// What happens to one replica does not depend on the others.
func TestReplicasAreIndependent(t *testing.T) {
	p := draw(150, 30, "batch")
	starts := make([]State, 5)
	for r := range starts {
		starts[r] = randomState(150, fmt.Sprint("start", r))
	}
	together := relaxed(t, p, starts)
	for r := range starts {
		if alone := relaxed(t, p, starts[r:r+1]); !slices.Equal(alone[0], together[r]) {
			t.Errorf("replica %d ends elsewhere alone", r)
		}
	}
}

func relaxed(t *testing.T, p *Patterns, starts []State) (ends []State) {
	t.Helper()
	for _, s := range starts {
		ends = append(ends, slices.Clone(s))
	}
	x := Dynamics{}.Relax(stored(Hopfield{}, p).Start(ends, nil), len(ends), p.N, random.NewKey("order"))
	for !x.Done() {
		if err := x.Sweep(context.Background(), nil); err != nil {
			t.Fatal(err)
		}
	}
	return ends
}

func TestNoisyCue(t *testing.T) {
	p := draw(97, 3, "noisy")
	at := make([]int, 97)
	scratch := make([]int32, 97)
	s := make(State, 97)
	const cues = 2000
	for c := range cues {
		p.Noisy(2, 10, random.NewKey("noisy").Sub("cue", uint64(c)).Source(), s, scratch)
		if m := p.Overlap(2, s); m != 97-20 {
			t.Fatalf("cue overlap %d, want 77", m)
		}
		for i := range s {
			if s[i] != p.At(i, 2) {
				at[i]++
			}
		}
	}
	mean := cues * 10.0 / 97
	for i, n := range at {
		if z := (float64(n) - mean) / math.Sqrt(mean); math.Abs(z) > 4.5 {
			t.Errorf("neuron %d was flipped %d times, expected %.0f", i, n, mean)
		}
	}
}

func TestPartialCue(t *testing.T) {
	p := draw(200, 2, "partial")
	s := make(State, 200)
	agree := 0
	for c := range 500 {
		p.Partial(1, 80, random.NewKey("partial").Sub("cue", uint64(c)).Source(), s, make([]int32, 200))
		agree += (p.Overlap(1, s) + 200) / 2
	}
	// 80 known, 120 random: 140 ± √30 a cue
	if z := (float64(agree) - 500*140) / math.Sqrt(500*30); math.Abs(z) > 4 {
		t.Errorf("partial cues agree on %d neurons, z = %.1f", agree, z)
	}
}

// ending is a pool that nobody waits for after so many parts.
type ending struct{ parts, left int }

func (e *ending) Do(n int, f func(part int)) {
	for i := range n {
		f(i)
	}
}

func (e *ending) Ended() bool {
	if e.left--; e.left < 0 {
		return true
	}
	e.parts++
	return false
}

// Large pattern sets are neither drawn nor counted for nobody.
func TestEnd(t *testing.T) {
	const n, k = 1 << 13, 1 << 16
	whole, cut := NewPatterns(n, k), NewPatterns(n, k)
	const tiles = 3
	e := &ending{left: tiles}
	cut.Draw(random.NewKey("end"), e)
	whole.Draw(random.NewKey("end"), &ending{left: n})
	if e.parts != tiles || !slices.Equal(cut.rows[:tiles*tileRows*cut.stride], whole.rows[:tiles*tileRows*cut.stride]) {
		t.Errorf("%d parts drawn, want %d", e.parts, tiles)
	}
	if slices.ContainsFunc(cut.rows[tiles*tileRows*cut.stride:], func(w uint64) bool { return w != 0 }) {
		t.Error("drawn for nobody")
	}
	e = &ending{left: 1}
	stored(Hopfield{}, cut).Start([]State{randomState(n, "end")}, e)
	if e.parts != 1 {
		t.Errorf("%d parts counted", e.parts)
	}
}
