// Package modeltest checks the rules of package model: Conform runs a rule beside an
// obvious implementation of it and through what must be true of every rule.
package modeltest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/big"
	"runtime"
	"slices"
	"sync"
	"testing"

	"hopcap/model"
	"hopcap/model/random"
)

// A Slow is an obvious implementation of a pattern set that a rule has stored. It may be
// as slow as it likes: networks have up to 40 neurons.
type Slow struct {
	// Field returns the local field of neuron i in state s, exactly, or at least with the
	// right sign. If the rule is Heatable it is in the units of Field: of rounded couplings,
	// the sum of couplings that are rounded alike.
	Field func(s model.State, i int) *big.Float
	// Energy returns the energy per neuron of state s. Nil if there is none.
	Energy func(s model.State) float64
}

// FromCouplings is the Slow of explicit couplings, in the units of Field.
func FromCouplings(couplings [][]int) Slow {
	return Slow{Field: func(s model.State, i int) *big.Float {
		sum := 0
		for j, c := range couplings[i] {
			sum += c * int(s[j])
		}
		return new(big.Float).SetInt64(int64(sum))
	}}
}

// Conform checks a rule against slow, which stores patterns as the rule does, and by
// identities:
//
//   - Patterns is the inverse of Alpha, and Bytes covers what is held;
//   - Store ends with its context, and stores the same with helpers and without;
//   - every sweep, in every order, cold and (if the rule is Heatable) hot, flips what the
//     fields of slow say, a zero field keeping the spin; so a fixed point is one of slow;
//   - after sweeps and flips the fields are still the fields of slow;
//   - the energy is the energy of slow, and at T = 0 never rises when neurons are updated
//     one after the other; if the rule is Canonical, the field gives the energy change of a
//     flip, and the energy is an integer in its unit;
//   - replicas that relax together reach the same states as each alone, and a relaxation
//     that continues from a checkpoint reaches the same state as one without a break.
func Conform(t *testing.T, rule model.Rule, slow func(p *model.Patterns, key model.Key) Slow) {
	t.Helper()
	ran := 0
	for _, size := range []struct{ n, k int }{{2, 1}, {9, 2}, {10, 2}, {24, 3}, {25, 7}, {30, 66}} {
		if rule.Check(size.n, size.k) != nil {
			continue
		}
		c := newCase(t, rule, slow, size.n, size.k)
		if c == nil {
			continue // NotStored
		}
		ran++
		c.load(t)
		c.store(t)
		for _, order := range []model.Order{model.Random, model.Typewriter, model.Parallel} {
			c.cold(t, order)
			c.together(t, order)
			c.resume(t, order)
			c.hot(t, order)
		}
		c.flip(t)
	}
	if ran < 3 {
		t.Errorf("%T stores patterns of %d sizes only", rule, ran)
	}
	conformBytes(t, rule)
}

// A testCase is one pattern set.
type testCase struct {
	name    string
	rule    model.Rule
	p       *model.Patterns
	key     model.Key
	network model.Network
	slow    Slow
}

func newCase(t *testing.T, rule model.Rule, slow func(p *model.Patterns, key model.Key) Slow, n, k int) *testCase {
	t.Helper()
	c := &testCase{name: fmt.Sprintf("%#v, N = %d, K = %d", rule, n, k), rule: rule, p: model.NewPatterns(n, k)}
	c.key = random.NewKey(fmt.Sprint("conform ", n, " ", k))
	c.p.Draw(c.key, nil)
	network, err := rule.Store(context.Background(), c.p, c.key, nil)
	var unstored *model.NotStored
	if errors.As(err, &unstored) {
		return nil
	}
	if err != nil {
		t.Fatalf("%s: %v", c.name, err)
	}
	c.network, c.slow = network, slow(c.p, c.key)
	return c
}

// states are a stored pattern, a cue, a state in which neuron 0 may have a field of zero,
// and two random ones.
func (c *testCase) states() []model.State {
	states := make([]model.State, 5)
	for r := range states {
		states[r] = make(model.State, c.p.N)
		c.key.Sub("state", uint64(r)).Source().Signs(states[r])
	}
	c.p.Pattern(0, states[0])
	c.p.Noisy(0, c.p.N/5, c.key.Sub("cue").Source(), states[1], make([]int32, c.p.N))
	c.p.Pattern(0, states[2])
	for i := range c.p.N / 2 {
		states[2][i] = c.p.At(i, c.p.K-1)
	}
	return states
}

// load checks that Patterns undoes Alpha.
func (c *testCase) load(t *testing.T) {
	t.Helper()
	alpha := new(big.Rat).SetFloat64(c.rule.Alpha(c.p.N, c.p.K))
	k, _ := c.rule.Patterns(c.p.N, alpha).Float64()
	if math.Abs(k/float64(c.p.K)-1) > 1e-9 {
		t.Errorf("%s: the load %s is one of %v patterns", c.name, alpha.FloatString(6), k)
	}
}

// store checks that Store ends with its context and does not depend on the pool.
func (c *testCase) store(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := c.rule.Store(ctx, c.p, c.key, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("%s: Store returned %v after its context had ended", c.name, err)
	}
	again, err := c.rule.Store(context.Background(), c.p, c.key, threads{})
	if err != nil {
		t.Fatalf("%s, with a pool: %v", c.name, err)
	}
	x, ok := c.network.Start(c.states(), nil).(model.LocalFields)
	y, _ := again.Start(c.states(), threads{}).(model.LocalFields)
	if !ok {
		return
	}
	for r := range c.states() {
		for i := range c.p.N {
			if x.Field(r, i) != y.Field(r, i) {
				t.Fatalf("%s: field %d is %d alone and %d with a pool", c.name, i, x.Field(r, i), y.Field(r, i))
			}
		}
	}
}

// threads is a Pool that runs all parts at the same time.
type threads struct{}

func (threads) Do(n int, f func(part int)) {
	var all sync.WaitGroup
	for part := range n {
		all.Go(func() { f(part) })
	}
	all.Wait()
}

// conformBytes checks that Bytes covers what two replicas of a larger network hold.
func conformBytes(t *testing.T, rule model.Rule) {
	t.Helper()
	const n, k = 200, 100
	if rule.Check(n, k) != nil {
		return
	}
	held := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := held()
	p := model.NewPatterns(n, k)
	key := random.NewKey("bytes")
	p.Draw(key, nil)
	network, err := rule.Store(context.Background(), p, key, nil)
	if err != nil {
		return
	}
	states := []model.State{make(model.State, n), make(model.State, n)}
	for r := range states {
		p.Pattern(r, states[r])
	}
	x := network.Start(states, nil)
	const slack = 1 << 15
	if after := held(); after > before && int64(after-before) > rule.Bytes(n, k, 2)+slack {
		t.Errorf("%#v holds %d bytes and says %d", rule, after-before, rule.Bytes(n, k, 2))
	}
	runtime.KeepAlive(x)
}

// equalStates reports whether two lists of states are the same.
func equalStates(a, b []model.State) bool {
	return slices.EqualFunc(a, b, func(x, y model.State) bool { return slices.Equal(x, y) })
}

// clones returns copies.
func clones(states []model.State) []model.State {
	out := make([]model.State, len(states))
	for r, s := range states {
		out[r] = slices.Clone(s)
	}
	return out
}
