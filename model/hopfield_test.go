package model

import (
	"context"
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"sync"
	"testing"

	"hopcap/model/internal/kernel"
	"hopcap/model/random"
)

// only returns the one replica of a load.
func only(r Replicas) *hopfieldReplica { return &r.(*hopfieldReplicas).replicas[0] }

// allInBits keeps all sums in bits until the end of the test.
func allInBits(t testing.TB) {
	bitsOnly = true
	t.Cleanup(func() { bitsOnly = false })
}

// What the quiet spares would have changed nothing: the same relaxation with all
// visits made flips the same neurons in each sweep. It does spare some.
func TestQuietSparesOnlyVisits(t *testing.T) {
	allInBits(t)
	for _, c := range []struct {
		n, k  int
		start float64
		diag  bool
	}{
		{300, 15, 0.7, false}, {400, 56, 0.8, false}, {1001, 100, 0.8, true}, {1000, 140, 0.8, false}, {1500, 100, 0.3, false}, {4000, 512, 0.9, true}, {4001, 560, 0.8, false},
	} {
		t.Run(fmt.Sprint(c), func(t *testing.T) {
			spared := 0
			for sample := range 5 {
				key := random.NewKey(fmt.Sprint("quiet", sample))
				p := NewPatterns(c.n, c.k)
				p.Draw(key, nil)
				s := make(State, c.n)
				p.Noisy(0, int(float64(c.n)*(1-c.start)/2), key.Source(), s, make([]int32, c.n))
				quick := stored(Hopfield{Diagonal: c.diag}, p).Start([]State{slices.Clone(s)}, nil)
				plain := stored(Hopfield{Diagonal: c.diag}, p).Start([]State{slices.Clone(s)}, nil)
				spared += compareQuiet(t, quick, plain, c.n, key)
			}
			h := &hopfieldNetwork{Patterns: NewPatterns(c.n, c.k)}
			if spared == 0 && h.enough(kernel.Active()) > 0 {
				t.Error("no visit was spared")
			}
		})
	}
}

// compareQuiet relaxes both, plain without quiet, and returns how many visits
// quick was spared.
func compareQuiet(t *testing.T, quick, plain Replicas, n int, key Key) (spared int) {
	a := Dynamics{MaxSweeps: 60}.Relax(quick, 1, n, key)
	b := Dynamics{MaxSweeps: 60}.Relax(plain, 1, n, key)
	for !a.Done() {
		only(plain).quiet.on = false
		wasQuiet := only(quick).quiet.on
		if err := errors.Join(a.Sweep(context.Background(), nil), b.Sweep(context.Background(), nil)); err != nil {
			t.Fatal(err)
		}
		if a.Progress(0) != b.Progress(0) || !slices.Equal(quick.State(0), plain.State(0)) {
			t.Fatalf("sweep %d: %+v with %d visits, want %+v", a.Progress(0).Sweeps, a.Progress(0), only(quick).quiet.visits, b.Progress(0))
		}
		checkSlack(t, only(quick))
		if wasQuiet {
			spared += n - only(quick).quiet.visits
		}
	}
	return spared
}

// What a first look leaves out changes nothing: the same neurons flip that flip by
// their whole fields.
func TestLooks(t *testing.T) {
	allInBits(t)
	for _, c := range []struct {
		n, k  int
		start float64
		diag  bool
	}{{6000, 520, 0.9, false}, {6001, 600, 0.7, true}, {9000, 1170, 0.9, false}, {9001, 1170, 0.9, false}} {
		key := random.NewKey("looks").Sub("n", uint64(c.n))
		h := &hopfieldNetwork{NewPatterns(c.n, c.k), c.diag}
		h.Draw(key, nil)
		s := make(State, c.n)
		h.Noisy(3, int(float64(c.n)*(1-c.start)/2), key.Source(), s, make([]int32, c.n))
		fast, slow := h.Start([]State{slices.Clone(s)}, nil), h.Start([]State{s}, nil).(*hopfieldReplicas)
		x := Dynamics{MaxSweeps: 9}.Relax(fast, 1, c.n, key)
		left := 0
		for !x.Done() {
			if err := x.Sweep(context.Background(), nil); err != nil {
				t.Fatal(err)
			}
			left = max(left, only(fast).layout.low)
			for _, i := range x.order {
				if int64(s[i])*slow.Field(0, int(i)) < 0 {
					slow.Flip(0, int(i))
				}
			}
			if !slices.Equal(fast.State(0), s) {
				t.Fatalf("%+v: states differ after sweep %d", c, x.Sweeps())
			}
			checkSlack(t, only(fast))
			checkLow(t, only(fast))
		}
		if left == 0 {
			t.Errorf("%+v: nothing was left out", c)
		}
	}
}

// Sums stay what they are however narrow the slices and however many are left out: of
// orthogonal patterns, beside one with 13 neurons turned over, a quarter has 26, the most
// that five bits hold of which two are left out. With a 14th it is 28, which they hold
// only whole.
func TestLooksAtNarrowSums(t *testing.T) {
	allInBits(t)
	h := &hopfieldNetwork{Patterns: NewPatterns(4096, 512)}
	for i := range h.N {
		for mu := range h.K {
			h.Set(i, mu, 1-2*int8(bits.OnesCount(uint(i&mu))&1))
		}
	}
	turned := func(j int) int { return 256 + j%8*512 + j/8*128 }
	s := make(State, h.N)
	h.Pattern(3, s)
	for j := range 13 {
		s[turned(j)] *= -1
	}
	replicas := h.Start([]State{s}, nil)
	x := only(replicas)
	check := func(width int) {
		t.Helper()
		if l := x.layout; l.width != width || l.low == 0 {
			t.Errorf("layout %+v, want width %d", l, width)
		}
		checkLow(t, x)
		if got, want := replicas.Overlaps(0, make([]int32, h.K)), overlapsOf(h.Patterns, s); !slices.Equal(got, want) {
			t.Errorf("sums %v, want %v", got, want)
		}
	}
	check(5)
	x.decide(true)
	x.flip(turned(13))
	x.decide(false)
	check(6)
}

// checkLow holds what is known of the slices left out against the sums.
func checkLow(t *testing.T, x *hopfieldReplica) {
	if x.scan.Skip == 0 {
		return
	}
	var sum, norm int64
	base := kernel.Centred(x.layout.low, x.net.N)
	for mu, m := range x.overlaps(x.ints) {
		if x.scan.Sums.Active[mu>>6]>>(mu&63)&1 != 0 {
			low := int64((int(m)-base)&(2<<x.layout.low-1) + base)
			sum += low
			norm += max(low, -low)
		}
	}
	if sum != x.scan.Low || norm != x.scan.Doubt {
		t.Fatalf("what is left out counts %d, at most %d; want %d, %d", x.scan.Low, x.scan.Doubt, sum, norm)
	}
}

// checkSlack holds what the quiet knows of each neuron against its field.
func checkSlack(t *testing.T, x *hopfieldReplica) {
	if !x.quiet.on {
		return
	}
	for i, v := range x.state {
		stability := int64(v)*x.scan.Field(i) - x.net.self()
		if least := int64(x.quiet.slack[i]) - x.quiet.drifts[x.quiet.epoch[i]]; stability < least {
			t.Fatalf("neuron %d: stability %d, said to be at least %d", i, stability, least)
		}
	}
}

// threads is a pool that runs each part in a goroutine of its own.
type threads struct{}

func (threads) Do(n int, f func(part int)) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { f(i) })
	}
	wg.Wait()
}

// Rows so long that visits are shared: the workers find what one would.
func TestSharedVisits(t *testing.T) {
	const n, k = 90, 64 * sharedWords
	p := draw(n, k, "long rows")
	for _, order := range []Order{Random, Parallel} {
		alone := []State{randomState(n, "a"), randomState(n, "b")}
		shared := []State{slices.Clone(alone[0]), slices.Clone(alone[1])}
		x := Dynamics{Order: order, MaxSweeps: 12}.Relax(stored(Hopfield{}, p).Start(alone, nil), 2, n, random.NewKey("order"))
		y := Dynamics{Order: order, MaxSweeps: 12}.Relax(stored(Hopfield{}, p).Start(shared, threads{}), 2, n, random.NewKey("order"))
		for !x.Done() {
			if err := errors.Join(x.Sweep(context.Background(), nil), y.Sweep(context.Background(), nil)); err != nil {
				t.Fatal(err)
			}
			for r := range alone {
				if x.Progress(r) != y.Progress(r) || !slices.Equal(alone[r], shared[r]) {
					t.Fatalf("order %v, replica %d: %+v, want %+v", order, r, y.Progress(r), x.Progress(r))
				}
			}
		}
	}
}

// Every kernel relaxes every size alike.
func TestKernelsAgree(t *testing.T) {
	was := kernel.Active().Name
	defer func() { _ = kernel.Use(was) }()
	t.Logf("this machine runs %v", kernel.Names())
	for _, size := range []struct{ n, k int }{{7, 3}, {130, 18}, {257, 511}, {300, 600}, {500, 70}, {1001, 150}} {
		for _, order := range []Order{Random, Parallel} {
			var want []int32
			for _, name := range kernel.Names() {
				if err := kernel.Use(name); err != nil {
					t.Fatal(err)
				}
				p := draw(size.n, size.k, "kernels")
				s := randomState(size.n, "kernels")
				got := overlapsAfter(&hopfieldNetwork{Patterns: p}, s, 3, order)
				if want == nil {
					want = got
				}
				if !slices.Equal(got, want) {
					t.Errorf("%s: N=%d, K=%d, order %v differs from %s", name, size.n, size.k, order, kernel.Names()[0])
				}
			}
		}
	}
}

// Overlap sums leave the slices, in both directions, and come back.
func TestSumsOutgrowTheirSlices(t *testing.T) {
	allInBits(t)
	for _, n := range []int{512, 513} {
		p := draw(n, 40, "outgrow")
		s := make(State, n)
		p.Pattern(7, s)
		x := only(stored(Hopfield{}, p).Start([]State{s}, nil))
		m := make([]int32, p.K)
		for i := range 2 * n { // to the negative of the pattern, and back
			x.flip(i % n)
			x.overlaps(m)
			for mu := range m {
				if want := p.Overlap(mu, s); int(m[mu]) != want {
					t.Fatalf("N = %d: overlap %d after %d flips is %d, want %d", n, mu, i+1, m[mu], want)
				}
			}
		}
	}
}

// The patterns of a mixture are held apart, and the slices stay few.
func TestPatternsApart(t *testing.T) {
	allInBits(t)
	p := draw(2001, 3000, "apart")
	mixture, one := make(State, p.N), make(State, p.N)
	for i := range mixture {
		mixture[i] = int8(max(-1, min(1, int(p.At(i, 1))+int(p.At(i, 70))+int(p.At(i, 2999)))))
	}
	p.Pattern(3, one)
	for _, c := range []struct {
		s    State
		want []int
	}{{mixture, []int{1, 70, 2999}}, {one, []int{3}}} {
		x := only(stored(Hopfield{}, p).Start([]State{c.s}, nil))
		var apart []int
		for _, a := range x.scan.Apart {
			apart = append(apart, a.Word*64+a.Shift)
		}
		if x.scan.Sums.Width > 9 {
			t.Errorf("%d slices", x.scan.Sums.Width)
		}
		for _, mu := range c.want {
			if !slices.Contains(apart, mu) {
				t.Errorf("%v are apart, want %v among them", apart, c.want)
			}
		}
	}
}

// A sweep hears of a cancelled context, and tells how far it is.
func TestSweepListens(t *testing.T) {
	p := draw(30000, 70, "listens")
	x := stored(Hopfield{}, p).Start([]State{randomState(p.N, "listens")}, nil)
	order := make([]int32, p.N)
	random.NewKey("listens").Source().Permute(order)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := x.Sweep(ctx, &Sweep{Order: order, Live: []int{0}}, make([]int, 1)); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled sweep returns %v", err)
	}
	last := 0
	said := func(neurons int) {
		if neurons <= last {
			t.Errorf("%d neurons after %d", neurons, last)
		}
		last = neurons
	}
	if err := x.Sweep(context.Background(), &Sweep{Order: order, Live: []int{0}, Visited: said}, make([]int, 1)); err != nil || last != p.N {
		t.Errorf("%v, %d neurons visited", err, last)
	}
}
