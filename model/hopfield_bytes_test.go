package model

import (
	"context"
	"errors"
	"math/big"
	"slices"
	"testing"

	"hopcap/model/internal/bytedot"
	"hopcap/model/internal/kernel"
	"hopcap/model/random"
	"hopcap/model/thermal"
)

// bothForms returns the same replicas twice: as the rule says, and with all sums in bits.
func bothForms(h *hopfieldNetwork, states []State) (free, bits *hopfieldReplicas) {
	copied := func() (all []State) {
		for _, s := range states {
			all = append(all, slices.Clone(s))
		}
		return all
	}
	free = h.Start(copied(), nil).(*hopfieldReplicas)
	bitsOnly = true
	defer func() { bitsOnly = false }()
	return free, h.Start(copied(), nil).(*hopfieldReplicas)
}

// sameReplicas compares all that replicas tell.
func sameReplicas(t *testing.T, got, want *hopfieldReplicas) {
	t.Helper()
	for r := range want.replicas {
		if !slices.Equal(got.State(r), want.State(r)) {
			t.Fatalf("replica %d: another state", r)
		}
		m := want.Overlaps(r, make([]int32, want.net.K))
		if n := got.Overlaps(r, make([]int32, want.net.K)); !slices.Equal(n, m) {
			t.Fatalf("replica %d: overlaps %v, want %v", r, n, m)
		}
		if a, b := got.Energy(r), want.Energy(r); a != b {
			t.Fatalf("replica %d: energy %v, want %v", r, a, b)
		}
		if a, b := got.IntegerEnergy(r), want.IntegerEnergy(r); a != b {
			t.Fatalf("replica %d: energy %v, want %v", r, a, b)
		}
		for i := 0; i < want.net.N; i += 1 + want.net.N/40 {
			if a, b := got.Field(r, i), want.Field(r, i); a != b {
				t.Fatalf("replica %d: field %d of neuron %d, want %d", r, a, i, b)
			}
		}
	}
}

// withEveryKernel runs f with each kernel of this machine in use, and says whether it has
// loops for sums in bytes that the rule allows.
func withEveryKernel(t *testing.T, f func(t *testing.T, bytes bool)) {
	was := kernel.Active().Name
	defer func() { _ = kernel.Use(was) }()
	for _, name := range kernel.Names() {
		if err := kernel.Use(name); err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) { f(t, slices.Contains([]string{"avx2", "neon", "dotprod"}, name)) })
	}
}

// The rule: bytes for what fits, with the kernels that have them; a kernel takes the bytes
// of the same instructions.
func TestByteKernel(t *testing.T) {
	withEveryKernel(t, func(t *testing.T, bytes bool) {
		for _, c := range []struct {
			n, k  int
			bytes bool
		}{{1, 1, true}, {1000, 140, true}, {8192, 2048, true}, {8192, 2049, false}, {8193, 1, false}, {100, 7168, true}, {100, 7169, false}} {
			h := &hopfieldNetwork{Patterns: &Patterns{N: c.n, K: c.k}}
			k := h.byteKernel(kernel.Active())
			if (k != nil) != (bytes && c.bytes) || k != nil && k.Name != kernel.Active().Name {
				t.Errorf("N = %d, K = %d: %v", c.n, c.k, k)
			}
			if with, without := (Hopfield{}).Bytes(c.n, c.k, 3), (Hopfield{}).Bytes(c.n, c.k, 0); c.bytes && with-without < 3*bytedot.Bytes(c.n, c.k) {
				t.Errorf("N = %d, K = %d: %d bytes for three replicas", c.n, c.k, with-without)
			}
		}
	})
}

// Relaxations are the same in both forms, sweep by sweep, and some are by bytes.
func TestFormsAgree(t *testing.T) {
	sizes := []struct{ n, k int }{{1, 1}, {2, 1}, {7, 3}, {8, 700}, {15, 2}, {16, 16}, {17, 5}, {63, 9}, {64, 65}, {65, 64},
		{127, 20}, {128, 19}, {129, 128}, {191, 129}, {192, 27}, {255, 255}, {257, 36}, {300, 600}, {511, 70}, {512, 64}, {513, 700}, {1001, 140}, {2000, 100}}
	withEveryKernel(t, func(t *testing.T, bytes bool) {
		for _, c := range sizes {
			for variant := range 4 {
				h := &hopfieldNetwork{Patterns: draw(c.n, c.k, "forms"), Diagonal: variant&1 != 0}
				d := Dynamics{Order: Order(variant >> 1), MaxSweeps: 40}
				key := random.NewKey("forms").Sub("variant", uint64(variant))
				states := append(cues(h.Patterns, 3, key), randomState(c.n, "forms"))
				free, bits := bothForms(h, states)
				x, y := d.Relax(free, len(states), c.n, key), d.Relax(bits, len(states), c.n, key)
				for !y.Done() {
					if err := errors.Join(x.Sweep(context.Background(), nil), y.Sweep(context.Background(), nil)); err != nil {
						t.Fatal(err)
					}
					if !slices.Equal(x.progress, y.progress) {
						t.Fatalf("N = %d, K = %d, variant %d: %+v, want %+v", c.n, c.k, variant, x.progress, y.progress)
					}
					sameReplicas(t, free, bits)
				}
				for r := range states {
					if (free.replicas[r].form == inBytes) != bytes || bits.replicas[r].form != inBits {
						t.Fatalf("N = %d, K = %d: forms %d and %d", c.n, c.k, free.replicas[r].form, bits.replicas[r].form)
					}
				}
			}
		}
	})
}

// Sums change their form with what is asked for, and stay what they are.
func TestFormsChange(t *testing.T) {
	h := &hopfieldNetwork{Patterns: draw(301, 40, "change")}
	decision := thermal.NewDecision(thermal.HeatBath, Hopfield{}.FieldUnit(h.N, h.K), big.NewRat(1, 2))
	order, again := make([]int32, h.N), make([]int32, h.N)
	random.NewKey("order").Source().Permute(order)
	random.NewKey("again").Source().Permute(again)
	all := []int{0, 1, 2}
	sweep := func(order []int32, live []int) func(x *hopfieldReplicas) error {
		return func(x *hopfieldReplicas) error {
			return x.Sweep(context.Background(), &Sweep{Order: order, Live: live}, make([]int, 3))
		}
	}
	hot := func(order []int32) func(x *hopfieldReplicas) error {
		return func(x *hopfieldReplicas) error {
			noise := make([]Noise, 3)
			for r := range noise {
				noise[r] = Noise{decision, make([]uint64, h.N)}
				noise[r].Draw(random.NewKey("noise").Sub("replica", uint64(r)).Source())
			}
			return x.SweepThermal(context.Background(), &Sweep{Order: order, Live: all}, noise, make([]int, 3))
		}
	}
	flip := func(x *hopfieldReplicas) error { x.Flip(0, 7); return nil }
	steps := []struct {
		what string
		do   func(x *hopfieldReplicas) error
		form [3]form // with bytes; uncounted: as before
	}{
		{"nothing", func(*hopfieldReplicas) error { return nil }, [3]form{inBytes, inBytes, inBytes}}, // was asked
		{"one", sweep(order, []int{1}), [3]form{inBytes, inBytes, inBytes}},
		{"parallel", sweep(nil, all), [3]form{inBits, inBits, inBits}},
		{"some", sweep(again, []int{0, 2}), [3]form{inBytes, uncounted, inBytes}},
		{"hot", hot(order), [3]form{inBits, inBits, inBits}},
		{"quench", sweep(order, all), [3]form{inBytes, inBytes, inBytes}},
		{"hot and parallel", hot(nil), [3]form{inBits, inBits, inBits}},
		{"after it", sweep(again, all), [3]form{inBytes, inBytes, inBytes}},
		{"flip", flip, [3]form{inBits, inBytes, inBytes}},
		{"flip more", flip, [3]form{inBits, inBytes, inBytes}},
		{"at last", sweep(order, all), [3]form{inBytes, inBytes, inBytes}},
	}
	withEveryKernel(t, func(t *testing.T, bytes bool) {
		for first := range steps { // each may be the first thing that happens
			free, bits := bothForms(h, cues(h.Patterns, 3, random.NewKey("change")))
			last := steps[0].form
			for _, s := range steps[first:] {
				if err := errors.Join(s.do(free), s.do(bits)); err != nil {
					t.Fatal(err)
				}
				sameReplicas(t, free, bits)
				for r, form := range s.form {
					if form != uncounted {
						last[r] = form
					}
					want := inBits
					if bytes {
						want = last[r]
					}
					if got := free.replicas[r].form; got != want {
						t.Errorf("from %s on, after %s: replica %d in form %d, want %d", steps[first].what, s.what, r, got, want)
					}
				}
			}
		}
	})
}

// asked counts the sweeps that replicas make.
type asked struct {
	*hopfieldReplicas
	sweeps int
}

func (x *asked) Sweep(ctx context.Context, s *Sweep, flips []int) error {
	x.sweeps++
	return x.hopfieldReplicas.Sweep(ctx, s, flips)
}

// A sweep that is known to flip nothing is counted like one that was made. It is known if
// each replica of the last sweep flipped at most four neurons in the one before.
func TestSettledSweepsCount(t *testing.T) {
	withEveryKernel(t, func(t *testing.T, bytes bool) {
		spared := 0
		for variant := range 24 {
			order, count := Order(variant%3), 1+variant/3%4
			key := random.NewKey("settled").Sub("variant", uint64(variant))
			h := &hopfieldNetwork{Patterns: draw(500, 60, "settled")}
			free, bits := bothForms(h, cues(h.Patterns, count, key))
			counter := &asked{hopfieldReplicas: free}
			d := Dynamics{Order: order, MaxSweeps: 50}
			x, y := d.Relax(counter, count, h.N, key), d.Relax(bits, count, h.N, key)
			finish(x)
			hardly := false // did the live ones flip in the sweep before
			for !y.Done() {
				hardly = y.sweeps > 0 && !slices.ContainsFunc(y.live, func(r int) bool { return y.flips[r] > 4 })
				if err := y.Sweep(context.Background(), nil); err != nil {
					t.Fatal(err)
				}
			}
			if !slices.Equal(x.progress, y.progress) || x.Sweeps() != y.Sweeps() {
				t.Errorf("order %v: %+v, want %+v", order, x.progress, y.progress)
			}
			sameReplicas(t, free, bits)
			want := 0
			if bytes && hardly && order != Parallel {
				want = 1
			}
			if made := x.Sweeps() - want; counter.sweeps != made {
				t.Errorf("order %v, %d replicas: %d of %d sweeps were made, want %d", order, count, counter.sweeps, x.Sweeps(), made)
			}
			spared += want
		}
		if bytes && (spared < 4 || spared == 16) {
			t.Errorf("%d of 16 relaxations were spared a sweep", spared)
		}
	})
}

// A sweep that would flip nothing ends with its context too.
func TestSettledSweepListens(t *testing.T) {
	p := draw(100, 3, "settled")
	s := make(State, p.N)
	p.Pattern(0, s)
	x := Dynamics{}.Relax(stored(Hopfield{}, p).Start([]State{s}, nil), 1, p.N, Key{})
	x.sweeps = 1
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := x.Sweep(ctx, nil); !errors.Is(err, context.Canceled) || x.Sweeps() != 1 {
		t.Errorf("%v after %d sweeps", err, x.Sweeps())
	}
}

// Trials use the memory of those before: beside what draws the patterns, what is left are
// the headers of a network and of its replicas, and two more where sums are counted in
// parts for a pool.
func TestTrialsUseMemoryAgain(t *testing.T) {
	if underRace {
		t.Skip("allocations are not counted under the race detector")
	}
	const n, k = 300, 40
	withEveryKernel(t, func(t *testing.T, bytes bool) {
		headers := 4.0
		if bytes {
			headers = 2
		}
		key := random.NewKey("again")
		order := make([]int32, n)
		key.Source().Permute(order)
		states := cues(draw(n, k, "again"), 2, key)
		sweep := &Sweep{Order: order, Live: []int{0, 1}}
		flips := make([]int, 2)
		drawn := testing.AllocsPerRun(50, func() {
			p := BorrowPatterns(n, k)
			p.Draw(key, nil)
			p.Release()
		})
		all := testing.AllocsPerRun(50, func() {
			p := BorrowPatterns(n, k)
			p.Draw(key, nil)
			x := (&hopfieldNetwork{Patterns: p}).Start(states, nil)
			for range 4 {
				if err := x.Sweep(context.Background(), sweep, flips); err != nil {
					t.Fatal(err)
				}
			}
			p.Release()
		})
		if all-drawn > headers {
			t.Errorf("%v allocations a trial, %v of them for patterns", all, drawn)
		}
	})
}

// Memory that is given back holds on to no state.
func TestReleasedBytesLetGo(t *testing.T) {
	withEveryKernel(t, func(t *testing.T, bytes bool) {
		p := BorrowPatterns(100, 9)
		p.Draw(random.NewKey("released"), nil)
		x := (&hopfieldNetwork{Patterns: p}).Start([]State{randomState(100, "released")}, nil).(*hopfieldReplicas)
		x.Overlaps(0, make([]int32, 9))
		rep := &x.replicas[0]
		if (rep.bytes.State() != nil) != bytes {
			t.Errorf("%d neurons in bytes", len(rep.bytes.State()))
		}
		p.Release()
		if rep.state != nil || rep.bytes.State() != nil {
			t.Error("a state is kept")
		}
	})
}

// A sweep by bytes tells how far it is.
func TestByteSweepTells(t *testing.T) {
	p := draw(200, 7, "tells")
	x := stored(Hopfield{}, p).Start([]State{randomState(p.N, "tells")}, nil)
	order := make([]int32, p.N)
	random.NewKey("tells").Source().Permute(order)
	last := 0
	s := &Sweep{Order: order, Live: []int{0}, Visited: func(neurons int) { last = neurons }}
	if err := x.Sweep(context.Background(), s, make([]int, 1)); err != nil || last != p.N {
		t.Errorf("%v, %d neurons visited", err, last)
	}
}

// cues are states near the first patterns, a tenth of the neurons not as in them.
func cues(p *Patterns, count int, key Key) (states []State) {
	for r := range count {
		s := make(State, p.N)
		p.Noisy(r%p.K, p.N/10, key.Sub("cue", uint64(r)).Source(), s, make([]int32, p.N))
		states = append(states, s)
	}
	return states
}

// finish relaxes to the end.
func finish(x *Relaxation) {
	for !x.Done() {
		if err := x.Sweep(context.Background(), nil); err != nil {
			panic(err) // the context has no end
		}
	}
}
