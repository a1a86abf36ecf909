// Package model is the physics of associative memories: random patterns, networks that
// store them, the dynamics by which a network relaxes, energies and overlaps. It reads no
// configuration, opens no file, prints nothing and starts no goroutine.
//
// A Rule, such as Hopfield, stores Patterns in a Network. The network starts Replicas in
// given states. Dynamics relaxes the replicas:
//
//	patterns.Draw(key, nil)
//	network, err := model.Hopfield{}.Store(ctx, patterns, key, nil)
//	replicas := network.Start(cues, nil)
//	relaxation := model.Dynamics{}.Relax(replicas, len(cues), n, key)
//
// Some memories can do more: they have an energy, or can be updated at T > 0. Each such
// ability is an interface that a rule, a network or its replicas may have: Heatable,
// Canonical, Energetic, LocalFields and others. To write a rule with explicit couplings,
// use NewCouplings and check the rule with modeltest.Conform.
//
// # Notation
//
//	symbol      Go                         shape, range, normalisation
//	N           Patterns.N                 neurons
//	K           Patterns.K                 stored patterns (P in many papers)
//	α = K/N     –                          load of a network with pair couplings
//	ξ_i^μ       Patterns.At(i, mu)         ±1; packed, row i holds the K bits of neuron i
//	s_i         State[i]                   ±1
//	M^μ         Overlaps                   Σ_i ξ_i^μ s_i, an integer, |M^μ| ≤ N
//	m^μ         M^μ / N                    overlap of a state with pattern μ, −1 … 1
//	J_ij        Couplings, or not stored   (1/N) Σ_μ ξ_i^μ ξ_j^μ, J_ii = 0 (Hebb)
//	h_i         LocalFields.Field(r, i)/N  local field Σ_j J_ij s_j
//	E/N         Energetic.Energy           −(1/2N) Σ_ij J_ij s_i s_j, per neuron
//	T           thermal.Decision           in units of J
//
// At T = 0 a neuron takes the sign of its local field, and a zero field keeps
// the spin (Hopfield, PNAS 79, 2554 (1982)). All of this is integer arithmetic:
// N·h_i = Σ_μ ξ_i^μ M^μ − K·s_i, so every implementation agrees exactly.
package model

// Physics is the version of everything that decides a record: the random
// streams, the order of updates, the rule at a tie. Records of different
// versions are not mixed.
const Physics = 1
