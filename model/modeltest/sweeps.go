package modeltest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/big"
	"testing"

	"hopcap/model"
	"hopcap/model/thermal"
)

// most bounds the sweeps of a relaxation here.
const most = 12

// sweep makes one sweep of s as the fields of slow say; flips decides about a neuron with
// its field.
func (c *testCase) sweep(s model.State, order []int32, flips func(i int, field *big.Float) bool) (count int) {
	if order == nil {
		before := clones([]model.State{s})[0]
		for i := range s {
			if flips(i, c.slow.Field(before, i)) {
				s[i] = -s[i]
				count++
			}
		}
		return count
	}
	for _, i := range order {
		if flips(int(i), c.slow.Field(s, int(i))) {
			s[i] = -s[i]
			count++
		}
	}
	return count
}

// order is the order of updates in sweep t of a relaxation with the key of the case.
func (c *testCase) order(o model.Order, t int) []int32 {
	order := make([]int32, c.p.N)
	switch o {
	case model.Random:
		c.key.Sub("order", uint64(t)).Source().Permute(order)
	case model.Typewriter:
		for i := range order {
			order[i] = int32(i)
		}
	case model.Parallel:
		return nil
	}
	return order
}

// cold relaxes replicas at T = 0, sweep by sweep, beside slow.
func (c *testCase) cold(t *testing.T, o model.Order) {
	t.Helper()
	slow, name := c.states(), fmt.Sprintf("%s, order %d", c.name, o)
	replicas := c.network.Start(c.states(), nil)
	x := model.Dynamics{Order: o, MaxSweeps: most}.Relax(replicas, len(slow), c.p.N, c.key)
	flips := make([]int, len(slow))
	for !x.Done() {
		before := energies(replicas, len(slow))
		running := make([]bool, len(slow))
		for r := range slow {
			running[r] = x.Progress(r).Stop == model.Running
		}
		order := c.order(o, x.Sweeps())
		if err := x.Sweep(context.Background(), nil); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for r, s := range slow {
			if running[r] {
				flips[r] += c.sweep(s, order, func(i int, field *big.Float) bool { return field.Sign()*int(s[i]) < 0 })
			}
			if !equalStates([]model.State{s}, []model.State{replicas.State(r)}) || flips[r] != x.Progress(r).Flips {
				t.Fatalf("%s: replica %d differs after sweep %d", name, r, x.Sweeps())
			}
			c.same(t, name, replicas, r)
		}
		for r, e := range energies(replicas, len(slow)) {
			if o != model.Parallel && e > before[r]+1e-12 {
				t.Fatalf("%s: the energy of replica %d rose from %v to %v", name, r, before[r], e)
			}
		}
	}
	for r, s := range slow {
		for i := range s {
			if x.Progress(r).Stop == model.FixedPoint && c.slow.Field(s, i).Sign()*int(s[i]) < 0 {
				t.Fatalf("%s: replica %d stopped with neuron %d unstable", name, r, i)
			}
		}
	}
	c.ends(t, name, replicas, o)
}

// ends checks that a sweep ends with its context.
func (c *testCase) ends(t *testing.T, name string, x model.Replicas, o model.Order) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := x.Sweep(ctx, &model.Sweep{Order: c.order(o, 0), Live: []int{0}}, make([]int, 5)); !errors.Is(err, context.Canceled) {
		t.Errorf("%s: Sweep returned %v after its context had ended", name, err)
	}
}

// energies are the energies of replicas, if they have any.
func energies(x model.Replicas, count int) (list []float64) {
	if x, ok := x.(model.Energetic); ok {
		for r := range count {
			list = append(list, x.Energy(r))
		}
	}
	return list
}

// same checks what a replica tells of its state against slow.
func (c *testCase) same(t *testing.T, name string, x model.Replicas, r int) {
	t.Helper()
	s := x.State(r)
	for mu, m := range x.Overlaps(r, make([]int32, c.p.K)) {
		if int(m) != c.p.Overlap(mu, s) {
			t.Fatalf("%s: overlap %d with pattern %d, want %d", name, m, mu, c.p.Overlap(mu, s))
		}
	}
	if x, ok := x.(model.LocalFields); ok {
		_, heatable := c.rule.(model.Heatable)
		for i := range s {
			got, want := x.Field(r, i), c.slow.Field(s, i)
			if heatable && want.Cmp(new(big.Float).SetInt64(got)) != 0 || want.Sign() != big.NewInt(got).Sign() {
				t.Fatalf("%s: field %d of neuron %d, want %v", name, got, i, want)
			}
		}
	}
	if x, ok := x.(model.Energetic); ok && c.slow.Energy != nil {
		if got, want := x.Energy(r), c.slow.Energy(s); math.Abs(got-want) > 1e-12*max(1, math.Abs(want)) {
			t.Fatalf("%s: energy %v, want %v", name, got, want)
		}
	}
}

// together checks that replicas come to what each comes to alone.
func (c *testCase) together(t *testing.T, o model.Order) {
	t.Helper()
	all := c.finish(t, c.relax(c.states(), o, threads{}))
	for r, s := range c.states() {
		if alone := c.finish(t, c.relax([]model.State{s}, o, nil)); !equalStates(alone, all[r:r+1]) {
			t.Errorf("%s, order %d: replica %d comes to another state alone", c.name, o, r)
		}
	}
}

// resume checks that a relaxation goes on from its checkpoint as if nothing had happened.
func (c *testCase) resume(t *testing.T, o model.Order) {
	t.Helper()
	states := c.states()[3:]
	half := c.relax(clones(states), o, nil)
	if err := half.Sweep(context.Background(), nil); err != nil {
		t.Fatalf("%s: %v", c.name, err)
	}
	saved := half.Checkpoint()
	saved.States = clones(saved.States)
	replicas := c.network.Start(saved.States, nil)
	resumed := relaxation{model.Dynamics{Order: o, MaxSweeps: most}.Resume(replicas, saved, c.key), replicas, len(states)}
	if !equalStates(c.finish(t, resumed), c.finish(t, c.relax(states, o, nil))) {
		t.Errorf("%s, order %d: a relaxation goes on otherwise from its checkpoint", c.name, o)
	}
}

// A relaxation is one with its replicas.
type relaxation struct {
	*model.Relaxation
	replicas model.Replicas
	count    int
}

func (c *testCase) relax(states []model.State, o model.Order, pool model.Pool) relaxation {
	replicas := c.network.Start(states, pool)
	return relaxation{model.Dynamics{Order: o, MaxSweeps: most}.Relax(replicas, len(states), c.p.N, c.key), replicas, len(states)}
}

// finish returns what the replicas come to.
func (c *testCase) finish(t *testing.T, x relaxation) (states []model.State) {
	t.Helper()
	for !x.Done() {
		if err := x.Sweep(context.Background(), nil); err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
	}
	for r := range x.count {
		states = append(states, x.replicas.State(r))
	}
	return states
}

// hot makes sweeps at T > 0 beside slow.
func (c *testCase) hot(t *testing.T, o model.Order) {
	t.Helper()
	rule, ok := c.rule.(model.Heatable)
	if !ok {
		return
	}
	const sweeps = 4
	g := thermal.NewDecision(thermal.HeatBath, rule.FieldUnit(c.p.N, c.p.K), big.NewRat(3, 5))
	slow := c.states()
	replicas := c.network.Start(c.states(), nil)
	x := model.Dynamics{Order: o, MaxSweeps: sweeps}.Relax(replicas, len(slow), c.p.N, c.key)
	streams := make([]model.Key, len(slow))
	for r := range streams {
		streams[r] = c.key.Sub("noise", uint64(r))
	}
	x.Heat(g, streams)
	for !x.Done() {
		made, order := x.Sweeps(), c.order(o, x.Sweeps())
		if err := x.Sweep(context.Background(), nil); err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		for r, s := range slow {
			noise := model.Noise{Decision: g, Bits: make([]uint64, len(s))}
			noise.Draw(streams[r].Sub("sweep", uint64(made)).Source())
			c.sweep(s, order, func(i int, field *big.Float) bool {
				f, _ := field.Int64()
				return g.Flips(f*int64(s[i]), noise.Bits[i])
			})
			if !equalStates([]model.State{s}, []model.State{replicas.State(r)}) {
				t.Fatalf("%s, order %d: replica %d differs after hot sweep %d", c.name, o, r, made+1)
			}
			c.same(t, c.name, replicas, r)
		}
	}
}

// flip turns neurons over by hand.
func (c *testCase) flip(t *testing.T) {
	t.Helper()
	x, ok := c.network.Start(c.states(), nil).(model.Flippers)
	if !ok {
		return
	}
	for i := range c.p.N {
		r := i % len(c.states())
		before, stability := energies(x, r+1), x.Field(r, i)*int64(x.State(r)[i])
		integers, _ := x.(model.IntegerEnergies)
		var integer int64
		if integers != nil {
			integer = integers.IntegerEnergy(r)
		}
		x.Flip(r, i)
		c.same(t, c.name, x, r)
		rule, ok := c.rule.(model.Canonical)
		if !ok {
			continue
		}
		unit, err := rule.EnergyUnit(c.p.N, c.p.K)
		if err != nil {
			continue // no detailed balance
		}
		n := float64(c.p.N)
		rise := (energies(x, r+1)[r] - before[r]) * n
		inUnits := new(big.Rat).Mul(unit, big.NewRat(integers.IntegerEnergy(r)-integer, 1))
		byField := new(big.Rat).Mul(rule.FieldUnit(c.p.N, c.p.K), big.NewRat(stability, 1))
		if got, _ := inUnits.Float64(); math.Abs(got-rise) > 1e-9*n || inUnits.Cmp(byField) != 0 {
			t.Fatalf("%s: a flip of neuron %d raises the energy by %v, as an integer by %v, by its field by %s", c.name, i, rise, got, byField.FloatString(9))
		}
	}
}
