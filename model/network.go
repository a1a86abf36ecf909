package model

import (
	"context"
	"math/big"

	"hopcap/model/random"
)

// A Rule says how stored patterns couple the neurons. It is a value without
// patterns, whose zero value is the textbook case; what stores a pattern set is the
// Network that Store returns.
//
// A rule may be more: Heatable if it can be updated at T > 0, Canonical if it can be
// tempered, a Redrawer if it can do without patterns in memory.
type Rule interface {
	// Alpha returns the load of K patterns of N neurons in the rule's own scale, K/N
	// for pair couplings: the nearest float64.
	Alpha(n, k int) float64
	// Patterns returns the K of a load, before it is rounded.
	Patterns(n int, alpha *big.Rat) *big.Rat
	// Check says why there is no such memory of K patterns of N neurons, or returns
	// nil. The other methods are for sizes that pass it.
	Check(n, k int) error
	// Bytes returns the memory that K patterns of N neurons take, stored and with so
	// many replicas at work, and no less than Store takes on the way.
	Bytes(n, k, replicas int) int64
	// Store couples the neurons by the patterns, once for a pattern set. The network
	// keeps p and may share its memory. Whatever the rule draws (masks, dreams, ties
	// decided at random) comes from key.Sub, key being that of the patterns. A pattern
	// set that cannot be stored is a *NotStored; if ctx ends, its error is returned
	// within 100 ms.
	Store(ctx context.Context, p *Patterns, key Key, pool Pool) (Network, error)
}

// A Key names a random stream.
type Key = random.Key

// NotStored is the error of a rule that finds no couplings for a pattern set: its
// overlap matrix is singular, say, or no couplings make all patterns stable. It is a
// result and no failure.
type NotStored struct{ Reason string }

func (e *NotStored) Error() string { return "patterns not stored: " + e.Reason }

// A Network is a pattern set stored by a rule. It may be a Targeter.
type Network interface {
	// Start returns replicas of the network in the given states, which it takes
	// over. They are relaxed together, so that each pass over the patterns
	// serves them all; what happens to one does not depend on the others. If pool
	// is an Ender and ends, the replicas are of no use.
	Start(states []State, pool Pool) Replicas
}

// A Targeter is a network that is to recall other patterns than the cued one, as
// one that stores a sequence.
type Targeter interface {
	Network
	// Target returns the pattern that is due so many sweeps after a cue of pattern
	// cue.
	Target(cue, sweeps int) int
}

// Replicas are states of one network with whatever their local fields need,
// kept current through every flip.
//
// They may be Energetic, tell their fields (LocalFields), be turned over by hand
// (Flippers), know quickly that nothing will flip (Settlers), have a way of their own at
// T > 0 (ThermalReplicas), and, as replicas of a Canonical rule must, tell their energy as
// an integer (IntegerEnergies).
type Replicas interface {
	// Sweep attempts one update of each neuron of the live replicas and adds
	// to flips, shape (replicas), how many flipped. After an error the replicas
	// are between two updates of the same sweep and can only be read.
	Sweep(ctx context.Context, s *Sweep, flips []int) error
	// State returns the spins of replica r; shared, not copied.
	State(r int) State
	// Overlaps writes M^μ = Σ_i ξ_i^μ s_i of replica r to dst, shape (K), and
	// returns it.
	Overlaps(r int, dst []int32) []int32
}

// Energetic replicas have an energy, which no update at T = 0 raises. Those of
// asymmetric couplings have none.
type Energetic interface {
	Replicas
	// Energy returns the energy per neuron of replica r.
	Energy(r int) float64
}

// LocalFields are replicas that tell their fields.
type LocalFields interface {
	Replicas
	// Field returns the local field of neuron i in replica r, in the units in
	// which the network decides: N·h_i for Hebb's couplings. A neuron with
	// s_i·Field < 0 flips.
	Field(r, i int) int64
}

// Flippers are replicas that tell their fields and whose spins can be turned over one
// by one.
type Flippers interface {
	LocalFields
	// Flip turns spin i of replica r over.
	Flip(r, i int)
}

// Settlers are replicas that can tell in less time than a sweep takes that a sweep would
// flip nothing. A relaxation then counts the sweep and draws no order for it.
type Settlers interface {
	Replicas
	// Settled reports whether replica r is known to be at a fixed point: no neuron has
	// s_i·h_i < 0. It may say false at a fixed point, and changes nothing.
	Settled(r int) bool
}

// Replicas of Asymmetric couplings may end in cycles of more than two states.
type Asymmetric interface {
	Replicas
	// Asymmetric reports whether they may. A state must determine the next one.
	Asymmetric() bool
}

// A Heatable rule can be updated at T > 0: its fields are energy differences, or, of
// asymmetric couplings, those of each neuron by itself. Its replicas are
// ThermalReplicas or Flippers.
type Heatable interface {
	Rule
	// FieldUnit returns the ΔE of a neuron with s_i·Field = 1 in a network of N neurons
	// and K patterns, in units of J.
	FieldUnit(n, k int) *big.Rat
}

// A Canonical rule has the Boltzmann distribution of an energy in equilibrium at T > 0,
// if neurons are updated one after the other. Its replicas are IntegerEnergies.
type Canonical interface {
	Heatable
	// EnergyUnit returns the energy that an IntegerEnergy of one means in a network of
	// N neurons and K patterns, in units of J, or says why its energies are no such
	// integers, or its updates without detailed balance.
	EnergyUnit(n, k int) (*big.Rat, error)
}

// IntegerEnergies are replicas that tell their energy as an integer.
type IntegerEnergies interface {
	Replicas
	// IntegerEnergy returns the energy of replica r in the EnergyUnit of its rule, up
	// to a constant.
	IntegerEnergy(r int) int64
}

// A Sweep is one attempted update of every neuron of several replicas.
type Sweep struct {
	// Order is the order of the updates, shape (N), a permutation of the neurons, the
	// same for all replicas; nil updates all at once from the state before (Little's
	// parallel dynamics).
	Order []int32
	// Live lists the replicas that take part.
	Live []int
	// Visited, where not nil, is told now and then how many neurons of the
	// sweep are done.
	Visited func(neurons int)
}

// Pairwise is the load of rules for pair couplings, α = K/N, and finds nothing wrong
// with any size. Such rules embed it.
type Pairwise struct{}

// Alpha returns K/N.
func (Pairwise) Alpha(n, k int) float64 { return float64(k) / float64(n) }

// Patterns returns αN.
func (Pairwise) Patterns(n int, alpha *big.Rat) *big.Rat {
	return new(big.Rat).Mul(alpha, big.NewRat(int64(n), 1))
}

// Check returns nil.
func (Pairwise) Check(int, int) error { return nil }
