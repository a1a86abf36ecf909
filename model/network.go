package model

import "context"

// A Network is a set of stored patterns with the rule by which they couple the
// neurons.
type Network interface {
	// Size returns the number of neurons and of stored patterns.
	Size() (n, k int)
	// Load returns replicas of the network in the given states, which it takes
	// over. They are relaxed together, so that each pass over the patterns
	// serves them all; what happens to one does not depend on the others. If pool
	// is an Ender and ends, the replicas are of no use.
	Load(states []State, pool Pool) Replicas
}

// Replicas are states of one network with whatever their local fields need,
// kept current through every flip.
type Replicas interface {
	// Sweep attempts one update of each neuron of the live replicas and adds
	// to flips, shape (replicas), how many flipped. After an error the replicas
	// are between two updates of the same sweep and can only be read.
	Sweep(ctx context.Context, s *Sweep, flips []int) error
	// State returns the spins of replica r; shared, not copied.
	State(r int) State
	// Field returns the local field of neuron i in replica r, in the units in
	// which the network decides: N·h_i for pair couplings.
	Field(r, i int) int64
	// Overlaps writes M^μ = Σ_i ξ_i^μ s_i of replica r to dst, shape (K), and
	// returns it.
	Overlaps(r int, dst []int32) []int32
	// Energy returns the energy per neuron of replica r.
	Energy(r int) float64
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
