package model

import (
	"context"
	"fmt"
	"math/big"
)

// couplingReplicas are states of explicit couplings with all of their fields.
type couplingReplicas struct {
	net      *Couplings
	replicas []couplingReplica
}

type couplingReplica struct {
	net    *Couplings
	state  State
	fields []int64 // (N), Σ_j c_ij s_j
	turned []int32 // room for the neurons that a parallel update flips
}

// symmetricReplicas are replicas of symmetric couplings, which have an energy.
type symmetricReplicas struct{ couplingReplicas }

var (
	_ Flippers        = (*couplingReplicas)(nil)
	_ ThermalReplicas = (*couplingReplicas)(nil)
	_ Asymmetric      = (*couplingReplicas)(nil)
	_ Energetic       = (*symmetricReplicas)(nil)
	_ IntegerEnergies = (*symmetricReplicas)(nil)
)

// Start returns replicas of the network in the given states, shape (N) each.
func (c *Couplings) Start(states []State, pool Pool) Replicas {
	x := couplingReplicas{net: c, replicas: make([]couplingReplica, len(states))}
	n := c.patterns.N
	doLong(pool, 4*n*n*len(states), len(states), func(r int) {
		s := states[r]
		if len(s) != n {
			panic(fmt.Sprintf("model: %d spins for a network of %d", len(s), n))
		}
		q := &x.replicas[r]
		q.net, q.state, q.fields = c, s, make([]int64, n)
		for j, v := range s {
			c.add(q.fields, j, int64(v))
		}
	})
	if c.symmetric {
		return &symmetricReplicas{x}
	}
	return &x
}

func (x *couplingReplicas) State(r int) State { return x.replicas[r].state }

// Asymmetric reports whether c_ij ≠ c_ji somewhere.
func (x *couplingReplicas) Asymmetric() bool { return !x.net.symmetric }

// Field returns Σ_j c_ij s_j.
func (x *couplingReplicas) Field(r, i int) int64 { return x.replicas[r].fields[i] }

// Flip turns spin i of replica r over.
func (x *couplingReplicas) Flip(r, i int) { x.replicas[r].flip(i) }

func (x *couplingReplicas) Overlaps(r int, dst []int32) []int32 {
	copy(dst, x.net.patterns.allOverlaps(x.State(r)))
	return dst
}

func (x *couplingReplicas) Sweep(ctx context.Context, s *Sweep, flips []int) error {
	return x.sweep(ctx, s, flips, func(int) *Noise { return nil })
}

// SweepThermal is Sweep with noise, shape (replicas).
func (x *couplingReplicas) SweepThermal(ctx context.Context, s *Sweep, noise []Noise, flips []int) error {
	return x.sweep(ctx, s, flips, func(r int) *Noise { return &noise[r] })
}

// columnsAtOnce is how many neurons a replica visits before the next one does, so that
// the columns are still near.
const columnsAtOnce = 256

func (x *couplingReplicas) sweep(ctx context.Context, s *Sweep, flips []int, noise func(r int) *Noise) error {
	n := x.net.patterns.N
	for done := 0; done < n; {
		next := min(done+columnsAtOnce, n)
		for _, r := range s.Live {
			if err := ctx.Err(); err != nil {
				return err
			}
			switch {
			case s.Order == nil:
				x.replicas[r].note(done, next, noise(r))
			default:
				flips[r] += x.replicas[r].visit(s.Order[done:next], noise(r))
			}
		}
		done = next
		if s.Visited != nil {
			s.Visited(done)
		}
	}
	for _, r := range s.Live {
		flips[r] += x.replicas[r].turn()
	}
	return nil
}

// flips reports whether neuron i flips when it is updated, at T = 0 without noise.
func (q *couplingReplica) flips(i int, noise *Noise) bool {
	stability := q.fields[i] * int64(q.state[i])
	if noise == nil {
		return stability < 0
	}
	return noise.Decision.Flips(stability, noise.Bits[i])
}

func (q *couplingReplica) flip(i int) {
	q.state[i] = -q.state[i]
	q.net.add(q.fields, i, 2*int64(q.state[i]))
}

// visit updates neurons one after the other and returns how many flipped.
func (q *couplingReplica) visit(order []int32, noise *Noise) (flips int) {
	for _, i := range order {
		if q.flips(int(i), noise) {
			q.flip(int(i))
			flips++
		}
	}
	return flips
}

// note finds the neurons first … last−1 that parallel updates flip.
func (q *couplingReplica) note(first, last int, noise *Noise) {
	for i := first; i < last; i++ {
		if q.flips(i, noise) {
			q.turned = append(q.turned, int32(i))
		}
	}
}

// turn flips the neurons noted and returns how many they are.
func (q *couplingReplica) turn() int {
	for _, i := range q.turned {
		q.flip(int(i))
	}
	flips := len(q.turned)
	q.turned = q.turned[:0]
	return flips
}

// IntegerEnergy returns −Σ_ij c_ij s_i s_j, the energy in half of the unit.
func (x *symmetricReplicas) IntegerEnergy(r int) (energy int64) {
	q := &x.replicas[r]
	for i, f := range q.fields {
		energy -= f * int64(q.state[i])
	}
	return energy
}

// Energy returns E/N, the nearest float64.
func (x *symmetricReplicas) Energy(r int) float64 {
	e := new(big.Rat).Mul(x.net.unit, big.NewRat(x.IntegerEnergy(r), 2*int64(x.net.patterns.N)))
	energy, _ := e.Float64()
	return energy
}
