package model

import (
	"context"
	"fmt"

	"hopcap/model/random"
	"hopcap/model/thermal"
)

// A Noise is what a replica needs for a sweep at T > 0.
type Noise struct {
	Decision *thermal.Decision
	Bits     []uint64 // (N), the uniform number of each neuron
}

// Draw takes the numbers of a sweep from r, neuron by neuron.
func (q *Noise) Draw(r *random.Source) { r.Fill(q.Bits) }

// ThermalReplicas have their own implementation of a sweep at T > 0.
type ThermalReplicas interface {
	Replicas
	// SweepThermal is Sweep with noise, shape (replicas). It uses only the noise of the live
	// replicas.
	SweepThermal(ctx context.Context, s *Sweep, noise []Noise, flips []int) error
}

// sweepThermal makes one sweep at T > 0 of any replicas that can do it.
func sweepThermal(ctx context.Context, x Replicas, s *Sweep, noise []Noise, flips []int) error {
	switch x := x.(type) {
	case ThermalReplicas:
		return x.SweepThermal(ctx, s, noise, flips)
	case Flippers:
		return (&singly{x, noise}).sweep(ctx, s, flips)
	}
	panic(fmt.Sprintf("model: %T at T > 0", x))
}

// singly makes thermal updates one at a time.
type singly struct {
	Flippers
	noise []Noise
}

var _ updater = (*singly)(nil)

func (x *singly) unstable(r, i int) bool {
	q := &x.noise[r]
	return q.Decision.Flips(x.Field(r, i)*int64(x.State(r)[i]), q.Bits[i])
}

func (x *singly) flip(r, i int) { x.Flip(r, i) }

// sweep takes a field for about a thousand steps, which is short enough to look
// at ctx often.
func (x *singly) sweep(ctx context.Context, s *Sweep, flips []int) error {
	const work = 1 << 10
	return update(ctx, x, s, len(x.State(s.Live[0])), work, flips)
}
