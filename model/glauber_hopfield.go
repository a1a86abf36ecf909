package model

import (
	"context"
	"math"
	"math/big"
)

var _ Heatable = Hopfield{}

// FieldUnit returns ΔE of s_i·N h_i = 1, which is 2/N: flipping a neuron costs
// 2 s_i h_i. With the diagonal kept, h_i contains s_i·K/N and is more than half
// of that cost; such updates have no detailed balance with the energy.
func (h Hopfield) FieldUnit() *big.Rat { return big.NewRat(2, int64(h.N)) }

var (
	_ Flippers        = (*hopfieldReplicas)(nil)
	_ ThermalReplicas = (*hopfieldReplicas)(nil)
)

// Flip turns spin i of replica r over.
func (x *hopfieldReplicas) Flip(r, i int) {
	x.replicas[r].quiet.on = false
	x.replicas[r].flip(i)
}

// SweepThermal updates the live replicas, in order or all neurons at once. As in
// Sweep, the order is cut where the rows of a piece fit the cache.
func (x *hopfieldReplicas) SweepThermal(ctx context.Context, s *Sweep, noise []Noise, flips []int) error {
	order := s.Order
	if order == nil {
		order = x.parallelOrder()
	}
	for _, r := range s.Live {
		x.replicas[r].begin(s.Order == nil)
		x.replicas[r].quiet.on = false
	}
	piece := x.piece(len(s.Live))
	for done := 0; done < len(order); {
		if err := ctx.Err(); err != nil {
			return err
		}
		next := min(done+piece, len(order))
		for _, r := range s.Live {
			if s.Order == nil {
				x.replicas[r].visit(order[done:next], x.pool) // which only notes the stabilities
			} else {
				flips[r] += x.replicas[r].visitHot(order[done:next], &noise[r])
			}
		}
		done = next
		if s.Visited != nil {
			s.Visited(done)
		}
	}
	for _, r := range s.Live {
		x.replicas[r].scan.Self = x.net.self()
		if s.Order == nil {
			flips[r] += x.replicas[r].turnHot(&noise[r], x.pool)
		}
	}
	return nil
}

// lookahead is how many neurons are scanned for one that may flip by the highest
// of their thresholds. The more there are, the higher it is, and the more often
// the scan stops for a neuron that does not flip; the fewer, the more scans.
const lookahead = 64

// visitHot updates the neurons of a piece of the order at T > 0 and returns how
// many flipped. The scan stops at stabilities below the highest threshold that
// any of its neurons can have; there the neuron's own number decides.
func (x *hopfieldReplica) visitHot(order []int32, q *Noise) (flips int) {
	for len(order) > 0 {
		part := order[:min(lookahead, len(order))]
		highest := int64(math.MinInt64)
		for _, i := range part {
			highest = max(highest, q.Glauber.Above(q.Bits[i]))
		}
		flips += x.visitBelow(part, highest, q)
		order = order[len(part):]
	}
	return flips
}

// visitBelow is visitHot where no neuron flips with a stability of highest.
func (x *hopfieldReplica) visitBelow(order []int32, highest int64, q *Noise) (flips int) {
	x.scan.Self = x.net.self() + highest
	x.scan.Order, x.scan.Stable = order, x.stable
	for {
		n := x.kernel.Scan(&x.scan)
		if n == len(x.scan.Order) {
			return flips
		}
		i := int(x.scan.Order[n])
		if q.Glauber.Flips(x.hotStability(i, x.scan.Stable[n], highest), q.Bits[i]) {
			x.flip(i)
			flips++
		}
		x.scan.Order = x.scan.Order[n+1:]
	}
}

// hotStability returns the stability of neuron i, of which the scan noted the
// part above highest, clamped.
func (x *hopfieldReplica) hotStability(i int, noted int32, highest int64) int64 {
	if noted == math.MinInt32 || noted == math.MaxInt32 {
		return x.scan.Field(i)*int64(x.state[i]) - x.net.self()
	}
	return int64(noted) + highest
}

// turnHot flips all neurons at once that their noise makes flip, by the
// stabilities that the scan noted.
func (x *hopfieldReplica) turnHot(q *Noise, pool Pool) int {
	for i, v := range x.stable {
		x.stable[i] = 0
		if q.Glauber.Flips(x.hotStability(i, v, 0), q.Bits[i]) {
			x.stable[i] = -1
		}
	}
	return x.turnAll(pool)
}
