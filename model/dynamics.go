package model

import (
	"context"
	"fmt"
	"slices"

	"hopcap/model/thermal"
)

// An Order says when the neurons of a sweep are updated.
type Order int

// The orders of update.
const (
	Random     Order = iota // one after the other, a fresh permutation each sweep
	Typewriter              // one after the other, 0 … N−1
	Parallel                // all at once (Little 1974); may end in a cycle, of two states if couplings are symmetric
)

// A Stop is the reason why a relaxation ended.
type Stop int

// The reasons for an end.
const (
	Running    Stop = iota // it has not
	FixedPoint             // a whole sweep flipped nothing
	Cycle                  // parallel updates: the state is the one before last; asymmetric couplings: any earlier state
	MaxSweeps              // the limit was reached first
	Thermal                // T > 0: all sweeps are made
)

// String returns the name used in records.
func (s Stop) String() string {
	return [...]string{"running", "fixed_point", "cycle", "max_sweeps", "thermal"}[s]
}

// A Dynamics says how a network relaxes. Its zero value is the textbook case: T = 0, random
// order, no limit. Single updates s_i ← sgn h_i are repeated until a sweep flips nothing. A
// zero field keeps the spin.
//
// A relaxation that is heated (Relaxation.Heat) makes MaxSweeps sweeps of thermal
// updates, whether anything flips or not.
type Dynamics struct {
	Order     Order
	MaxSweeps int // 0: no limit
}

// A Progress is how far one replica has come.
type Progress struct {
	Sweeps int // made, the last one without a flip included
	Flips  int // in all
	Stop   Stop
}

// A Relaxation is replicas of one network on their way to a fixed point.
type Relaxation struct {
	dynamics Dynamics
	replicas Replicas
	key      Key
	order    []int32
	flips    []int // (replicas), of the last sweep
	live     []int
	before   []State    // (replicas, N): parallel updates, the state before the last
	anchors  []State    // (replicas, N): asymmetric couplings, a state to recognise
	progress []Progress // (replicas)
	sweeps   int        // made by the relaxation
	streams  []Key      // (replicas), of the noise; nil at T = 0
	noise    []Noise    // (replicas)
}

// Relax returns the replicas at the beginning of their relaxation. The order of
// the updates in sweep t = 0, 1, … is drawn from key.Sub("order", t) and is the
// same for all replicas.
func (d Dynamics) Relax(replicas Replicas, count, neurons int, key Key) *Relaxation {
	x := &Relaxation{
		dynamics: d, replicas: replicas, key: key,
		flips:    make([]int, count),
		progress: make([]Progress, count),
	}
	for r := range count {
		x.live = append(x.live, r)
		if len(replicas.State(r)) != neurons {
			panic(fmt.Sprintf("model: %d spins for a network of %d", len(replicas.State(r)), neurons))
		}
	}
	switch d.Order {
	case Random: // drawn anew for each sweep
		x.order = make([]int32, neurons)
	case Typewriter:
		x.order = make([]int32, neurons)
		for i := range x.order {
			x.order[i] = int32(i)
		}
	case Parallel:
		x.before = make([]State, count)
		for r := range x.before {
			x.before[r] = make(State, 0, neurons)
		}
	}
	if a, ok := replicas.(Asymmetric); ok && a.Asymmetric() && d.Order != Random {
		x.anchors = make([]State, count)
	}
	return x
}

// Progress returns how far replica r has come.
func (x *Relaxation) Progress(r int) Progress { return x.progress[r] }

// Sweeps returns the number of sweeps made so far.
func (x *Relaxation) Sweeps() int { return x.sweeps }

// Done reports whether every replica has stopped.
func (x *Relaxation) Done() bool { return len(x.live) == 0 }

// Sweep advances every replica that has not stopped by one sweep. visited, where
// not nil, is told now and then how many neurons are done.
func (x *Relaxation) Sweep(ctx context.Context, visited func(neurons int)) error {
	var last []State // two states back
	if x.dynamics.Order == Parallel {
		last = make([]State, len(x.before))
		for _, r := range x.live {
			last[r] = x.before[r]
			x.before[r] = append(make(State, 0, len(x.replicas.State(r))), x.replicas.State(r)...)
		}
	}
	if err := x.update(ctx, visited); err != nil {
		return err
	}
	x.sweeps++
	live := x.live[:0]
	for _, r := range x.live {
		p := &x.progress[r]
		p.Sweeps++
		p.Flips += x.flips[r]
		switch {
		case x.streams != nil && p.Sweeps == x.dynamics.MaxSweeps:
			p.Stop = Thermal
		case x.streams != nil:
			live = append(live, r)
		case x.flips[r] == 0:
			p.Stop = FixedPoint
		case last != nil && slices.Equal(last[r], x.replicas.State(r)), x.recurs(r):
			p.Stop = Cycle
		case p.Sweeps == x.dynamics.MaxSweeps:
			p.Stop = MaxSweeps
		default:
			live = append(live, r)
		}
	}
	x.live = live
	return nil
}

// recurs reports whether replica r has come back to a state that it was in, if its
// couplings are asymmetric and its updates follow from its state: it compares with the
// state after the last 1, 2, 4, … sweeps, so that a cycle of any length is found
// (Brent, BIT 20, 176 (1980)).
func (x *Relaxation) recurs(r int) bool {
	if x.anchors == nil {
		return false
	}
	s, made := x.replicas.State(r), x.progress[r].Sweeps
	if slices.Equal(x.anchors[r], s) {
		return true
	}
	if made&(made-1) == 0 {
		x.anchors[r] = slices.Clone(s)
	}
	return false
}

// update makes a sweep at the temperature of the relaxation and puts into flips how many
// neurons flipped.
func (x *Relaxation) update(ctx context.Context, visited func(neurons int)) error {
	settled := x.settled()
	clear(x.flips)
	if settled {
		return ctx.Err()
	}
	if x.dynamics.Order == Random {
		x.key.Sub("order", uint64(x.sweeps)).Source().Permute(x.order)
	}
	s := &Sweep{Order: x.order, Live: x.live, Visited: visited}
	if x.streams == nil {
		return x.replicas.Sweep(ctx, s, x.flips)
	}
	for _, r := range x.live {
		x.noise[r].Draw(x.streams[r].Sub("sweep", uint64(x.sweeps)).Source())
	}
	return sweepThermal(ctx, x.replicas, s, x.noise, x.flips)
}

// settled reports whether the replicas know that the next sweep flips nothing. They are
// asked only if hardly anything flipped in the last sweep. Otherwise the answer would mostly
// be no.
func (x *Relaxation) settled() bool {
	const hardly = 4
	replicas, ok := x.replicas.(Settlers)
	if !ok || x.streams != nil || x.sweeps == 0 {
		return false
	}
	return !slices.ContainsFunc(x.live, func(r int) bool { return x.flips[r] > hardly }) &&
		!slices.ContainsFunc(x.live, func(r int) bool { return !replicas.Settled(r) })
}

// Heat makes the sweeps from now on thermal ones, decided by g. The noise of
// replica r in sweep t is drawn from streams[r].Sub("sweep", t).
func (x *Relaxation) Heat(g *thermal.Decision, streams []Key) {
	x.streams = streams
	if x.noise == nil {
		x.noise = make([]Noise, len(x.progress))
	}
	for r := range x.noise {
		x.noise[r].Decision = g
		if x.noise[r].Bits == nil {
			x.noise[r].Bits = make([]uint64, len(x.replicas.State(r)))
		}
	}
}

// A Checkpoint is a relaxation between two sweeps, enough to go on from there.
type Checkpoint struct {
	Sweeps   int
	Progress []Progress // (replicas)
	States   []State    // (replicas, N)
	Before   []State    // (replicas, N), parallel updates only
	Anchors  []State    // (replicas, N), asymmetric couplings only
}

// Checkpoint returns where the relaxation is; it shares memory with it.
func (x *Relaxation) Checkpoint() Checkpoint {
	c := Checkpoint{Sweeps: x.sweeps, Progress: x.progress, Before: x.before, Anchors: x.anchors}
	for r := range x.progress {
		c.States = append(c.States, x.replicas.State(r))
	}
	return c
}

// Resume returns the relaxation that c was taken from. The replicas must have
// been loaded in the states of c.
func (d Dynamics) Resume(replicas Replicas, c Checkpoint, key Key) *Relaxation {
	x := d.Relax(replicas, len(c.States), len(c.States[0]), key)
	x.sweeps, x.progress = c.Sweeps, c.Progress
	if x.before != nil {
		x.before = c.Before
	}
	if x.anchors != nil {
		x.anchors = c.Anchors
	}
	x.live = x.live[:0]
	for r, p := range c.Progress {
		if p.Stop == Running {
			x.live = append(x.live, r)
		}
	}
	return x
}
