package model

import (
	"context"
	"math/big"

	"hopcap/model/random"
)

// A Rule says how stored patterns couple the neurons. It has no patterns itself: Store
// returns a Network that stores a pattern set. The zero value of a rule is the textbook
// case.
//
// A rule may also be Heatable (updates at T > 0), Canonical (parallel tempering) or a
// Redrawer (more patterns than memory holds).
type Rule interface {
	// Alpha returns the load of K patterns of N neurons in the rule's own scale, K/N
	// for pair couplings: the nearest float64.
	Alpha(n, k int) float64
	// Patterns returns the K of a load, before it is rounded.
	Patterns(n int, alpha *big.Rat) *big.Rat
	// Check says why there is no such memory of K patterns of N neurons, or returns
	// nil. The other methods are for sizes that pass it.
	Check(n, k int) error
	// Bytes returns the memory that a network of K stored patterns, N neurons and so many
	// replicas takes. It is no less than the memory that Store needs on the way.
	Bytes(n, k, replicas int) int64
	// Store stores a pattern set, once. The network keeps p and may share its memory. key
	// is the key of the patterns. Random choices of the rule (masks, dreams, ties) are drawn
	// from key.Sub. If the pattern set cannot be stored, the error is a *NotStored. If ctx
	// ends, Store returns the error of ctx within 100 ms.
	Store(ctx context.Context, p *Patterns, key Key, pool Pool) (Network, error)
}

// A Key names a random stream.
type Key = random.Key

// NotStored is the error of a rule that finds no couplings for a pattern set. For example,
// the overlap matrix is singular, or no couplings make all patterns stable. It is a result
// of a trial, not a failure of the program.
type NotStored struct{ Reason string }

func (e *NotStored) Error() string { return "patterns not stored: " + e.Reason }

// A Network is a pattern set stored by a rule. It may be a Targeter.
type Network interface {
	// Start returns replicas of the network in the given states. The replicas keep the
	// states and change them. They relax together, so that one pass over the patterns
	// serves all of them, but no replica depends on another. If pool is an Ender and has
	// ended, the replicas must not be used.
	Start(states []State, pool Pool) Replicas
}

// A Targeter is a network that should recall other patterns than the cued one. An example
// is a network that stores a sequence.
type Targeter interface {
	Network
	// Target returns the pattern to recall after so many sweeps from a cue of pattern cue.
	Target(cue, sweeps int) int
}

// Replicas are states of one network, with the data from which their local fields are
// computed. Every flip updates these data.
//
// Replicas may have an energy (Energetic), give their fields (LocalFields), flip single
// neurons (Flippers), know quickly that nothing will flip (Settlers), and have a faster
// sweep at T > 0 (ThermalReplicas). Replicas of a Canonical rule also give their energy as
// an integer (IntegerEnergies).
type Replicas interface {
	// Sweep attempts one update of each neuron of the live replicas. It adds the number of
	// flips to flips, shape (replicas). After an error the replicas are between two updates
	// of the sweep. They can then be read, but not swept again.
	Sweep(ctx context.Context, s *Sweep, flips []int) error
	// State returns the spins of replica r; shared, not copied.
	State(r int) State
	// Overlaps writes M^μ = Σ_i ξ_i^μ s_i of replica r to dst, shape (K), and
	// returns it.
	Overlaps(r int, dst []int32) []int32
}

// Energetic replicas have an energy. No single update at T = 0 raises it. Replicas of
// asymmetric couplings have no energy.
type Energetic interface {
	Replicas
	// Energy returns the energy per neuron of replica r.
	Energy(r int) float64
}

// LocalFields are replicas whose local fields can be read.
type LocalFields interface {
	Replicas
	// Field returns the local field of neuron i in replica r, in the units in
	// which the network decides: N·h_i for Hebb's couplings. A neuron with
	// s_i·Field < 0 flips.
	Field(r, i int) int64
}

// Flippers are replicas whose local fields can be read and whose neurons can be flipped one
// by one.
type Flippers interface {
	LocalFields
	// Flip flips neuron i of replica r.
	Flip(r, i int)
}

// Settlers are replicas that can find out that a sweep would flip nothing, in less time
// than the sweep takes. A relaxation then counts the sweep and draws no order for it.
type Settlers interface {
	Replicas
	// Settled reports whether replica r is known to be at a fixed point: no neuron has
	// s_i·h_i < 0. It may return false at a fixed point. It changes nothing.
	Settled(r int) bool
}

// Asymmetric are replicas that may end in cycles of more than two states, because their
// couplings are asymmetric.
type Asymmetric interface {
	Replicas
	// Asymmetric reports whether they may end in such cycles. The state after a sweep must
	// depend on the state before it alone.
	Asymmetric() bool
}

// A Heatable rule can be updated at T > 0: the field of a neuron gives the energy
// difference of its flip. With asymmetric couplings there is no energy of the whole
// network, only this difference for each neuron. The replicas are ThermalReplicas or
// Flippers.
type Heatable interface {
	Rule
	// FieldUnit returns the ΔE of a neuron with s_i·Field = 1 in a network of N neurons
	// and K patterns, in units of J.
	FieldUnit(n, k int) *big.Rat
}

// A Canonical rule reaches the Boltzmann distribution of its energy at T > 0, if neurons
// are updated one after the other. Its replicas are IntegerEnergies.
type Canonical interface {
	Heatable
	// EnergyUnit returns the energy that an IntegerEnergy of one stands for, in a network of
	// N neurons and K patterns, in units of J. The error says why energies of this size are
	// not integers, or why updates have no detailed balance.
	EnergyUnit(n, k int) (*big.Rat, error)
}

// IntegerEnergies are replicas whose energy is an integer in some unit.
type IntegerEnergies interface {
	Replicas
	// IntegerEnergy returns the energy of replica r in the EnergyUnit of its rule, up
	// to a constant.
	IntegerEnergy(r int) int64
}

// A Sweep is one attempted update of every neuron of several replicas.
type Sweep struct {
	// Order is the order of the updates, the same for all replicas: a permutation of the
	// neurons, shape (N). If it is nil, all neurons are updated at once from the state
	// before (Little's parallel dynamics).
	Order []int32
	// Live lists the replicas that are updated.
	Live []int
	// Visited, if not nil, is called now and then with the number of neurons done.
	Visited func(neurons int)
}

// Pairwise gives rules for pair couplings the load α = K/N. It allows all sizes. Such rules
// embed it.
type Pairwise struct{}

// Alpha returns K/N.
func (Pairwise) Alpha(n, k int) float64 { return float64(k) / float64(n) }

// Patterns returns αN.
func (Pairwise) Patterns(n int, alpha *big.Rat) *big.Rat {
	return new(big.Rat).Mul(alpha, big.NewRat(int64(n), 1))
}

// Check returns nil.
func (Pairwise) Check(int, int) error { return nil }
