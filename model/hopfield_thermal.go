package model

import (
	"context"
	"errors"
	"math"
	"math/big"

	"hopcap/model/internal/kernel"
)

// FieldUnit returns ΔE of s_i·N h_i = 1, which is 2/N: flipping a neuron costs
// 2 s_i h_i. With the diagonal kept, h_i contains s_i·K/N and is more than half
// of that cost; such updates have no detailed balance with the energy.
func (Hopfield) FieldUnit(n, _ int) *big.Rat { return big.NewRat(2, int64(n)) }

// EnergyUnit returns 1/2N.
func (h Hopfield) EnergyUnit(n, _ int) (*big.Rat, error) {
	if h.Diagonal {
		return nil, errors.New("fields that contain J_ii are not energy differences")
	}
	return big.NewRat(1, 2*int64(n)), nil
}

// IntegerEnergy returns −Σ_μ (M^μ)².
func (x *hopfieldReplicas) IntegerEnergy(r int) (energy int64) {
	rep := x.counted(r)
	for _, m := range rep.overlaps(rep.ints) {
		energy -= int64(m) * int64(m)
	}
	return energy
}

// Flip turns spin i of replica r over.
func (x *hopfieldReplicas) Flip(r, i int) {
	x.replicas[r].toBits(x.pool)
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
		x.replicas[r].toBits(x.pool)
		x.replicas[r].begin(s.Order == nil, true)
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

// visitHot updates the neurons of a piece of the order at T > 0 and returns how
// many flipped.
func (x *hopfieldReplica) visitHot(order []int32, q *Noise) (flips int) {
	for len(order) > 0 {
		var n, flipped int
		switch {
		case x.kernel.Heat != nil && q.Decision.Guide() != nil:
			n = len(order)
			flipped = x.visitByGuide(order, q)
		case x.net.stride > blockWords:
			n = min(lookahead, len(order))
			flipped = x.visitBelow(order[:n], q)
		default:
			n = min(x.hotBlock(), len(order))
			flipped = x.visitBlock(order[:n], q)
			x.adapt(flipped)
		}
		order = order[n:]
		flips += flipped
	}
	return flips
}

// hotWords is how long rows are that are taken eight at a time where more than a fifth
// of the neurons flipped in the sweep before: there a flip costs less (BenchmarkHeatBath).
const hotWords = 24

// visitByGuide lets the kernel decide and flip, but for the few neurons that the guide
// does not decide.
func (x *hopfieldReplica) visitByGuide(order []int32, q *Noise) (flips int) {
	x.scan.Eight = x.layout.eight || x.last > x.net.N/5 && x.net.stride <= hotWords
	defer func() {
		x.scan.Eight = x.layout.eight
		x.flips += flips
	}()
	x.scan.Self, x.scan.Whole = x.net.self(), true
	x.scan.Order, x.scan.Patterns, x.scan.Guide, x.scan.Noise = order, x.net.K, q.Decision.Guide(), q.Bits
	for {
		n := x.kernel.Heat(&x.scan)
		flips += x.scan.Flips
		if n == len(x.scan.Order) {
			return flips
		}
		i := int(x.scan.Order[n])
		if x.scan.Over {
			x.widen(i)
		} else if q.Decision.Flips(x.scan.Field(i)*int64(x.state[i])-x.net.self(), q.Bits[i]) {
			x.flip(i)
			flips++
		}
		x.scan.Order = x.scan.Order[n+1:]
	}
}

// Where the kernel has no Heat, or thresholds do not fit 32 bits, neurons with rows of up
// to blockWords words are visited in blocks of leastHot to mostHot: the longer, the more
// visits a scan makes, and the more flips each may have to be corrected for
// (BenchmarkHeatBath).
const (
	blockWords = 32
	leastHot   = 8
	mostHot    = 32
)

// hotBlock returns the length of the next block, at most leastHot at first.
func (x *hopfieldReplica) hotBlock() int {
	x.span = min(max(x.span, leastHot), mostHot)
	return x.span
}

// adapt makes blocks longer or shorter, so that about one neuron of each flips.
func (x *hopfieldReplica) adapt(flips int) {
	switch {
	case flips == 0:
		x.span *= 2
	case flips > 1:
		x.span /= 2
	}
}

// visitBlock takes all stabilities of a block first, so that a flip cuts no scan
// short. A flip of neuron i changes the stability of another by
//
//	−2 s_i s_j N J_ij,  |N J_ij| ≤ K,
//
// so that a neuron which is farther from the threshold of its number than 2K for
// each flip of the block so far is decided by what the scan found. The others need
// the couplings, N J_ij = K − 2·popcount(row_i XOR row_j).
func (x *hopfieldReplica) visitBlock(block []int32, q *Noise) int {
	x.scan.Self, x.scan.Whole = x.net.self(), true
	x.scan.Order, x.scan.Stable = block, x.stable
	x.kernel.Scan(&x.scan)
	var room [mostHot]int32
	flipped, doubt := room[:0], int64(0)
	for t, i := range block {
		cell := q.Bits[i] >> (64 - kernel.CellBits)
		stability := int64(x.stable[t])
		if stability-doubt >= q.Decision.Begins(cell) {
			continue
		}
		if stability+doubt < q.Decision.Begins(cell+1) || x.flipsAfter(flipped, i, x.stable[t], q) {
			flipped = append(flipped, i)
			doubt += 2 * int64(x.net.K)
			x.flip(int(i))
		}
	}
	return len(flipped)
}

// flipsAfter decides about neuron i, of which a scan noted the stability before
// some others flipped.
func (x *hopfieldReplica) flipsAfter(flipped []int32, i, noted int32, q *Noise) bool {
	if noted == math.MinInt32 || noted == math.MaxInt32 { // clamped
		return q.Decision.Flips(x.hotStability(int(i), noted, 0), q.Bits[i])
	}
	return q.Decision.Flips(int64(noted)+x.change(i, flipped), q.Bits[i])
}

// change returns by how much the flips of some neurons have changed the stability
// of neuron j.
func (x *hopfieldReplica) change(j int32, flipped []int32) (sum int64) {
	row := x.net.Row(int(j))
	for _, i := range flipped {
		coupling := x.net.K - 2*x.kernel.Unlike(x.net.Row(int(i)), row)
		sum += 2 * int64(coupling) * int64(x.state[i])
	}
	return sum * int64(x.state[j])
}

// lookahead is how many neurons are scanned for one that may flip by the highest
// of their thresholds. The more there are, the higher it is, and the more often
// the scan stops for a neuron that does not flip; the fewer, the more scans.
const lookahead = 64

// visitBelow makes one scan stop at stabilities below the highest threshold that
// any of its neurons can have; there the neuron's own number decides.
func (x *hopfieldReplica) visitBelow(order []int32, q *Noise) (flips int) {
	highest := int64(math.MinInt64)
	for _, i := range order {
		highest = max(highest, q.Decision.Above(q.Bits[i]))
	}
	x.scan.Self = x.net.self() + highest
	x.scan.Order, x.scan.Stable = order, x.stable
	for {
		n := x.kernel.Scan(&x.scan)
		if n == len(x.scan.Order) {
			return flips
		}
		i := int(x.scan.Order[n])
		if q.Decision.Flips(x.hotStability(i, x.scan.Stable[n], highest), q.Bits[i]) {
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
		if q.Decision.Flips(x.hotStability(i, v, 0), q.Bits[i]) {
			x.stable[i] = -1
		}
	}
	return x.turnAll(pool)
}
