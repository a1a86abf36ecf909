package model

import (
	"context"
	"fmt"
	"math/big"
)

// Leveled replicas tell their energy as an integer.
type Leveled interface {
	Replicas
	// Level returns the energy of replica r in the LevelUnit of its network, up to a
	// constant.
	Level(r int) int64
}

var _ Leveled = (*hopfieldReplicas)(nil)

// LevelUnit returns the energy of one level, 1/2N.
func (h Hopfield) LevelUnit() *big.Rat { return big.NewRat(1, 2*int64(h.N)) }

// Level returns −Σ_μ (M^μ)².
func (x *hopfieldReplicas) Level(r int) (level int64) {
	rep := &x.replicas[r]
	for _, m := range rep.overlaps(rep.ints) {
		level -= int64(m) * int64(m)
	}
	return level
}

// A Ladder is the temperatures of parallel tempering, falling, with what decides
// the updates at each and the swaps between neighbours.
type Ladder struct {
	Temperatures []*big.Rat
	updates      []*Glauber // by rung
	swaps        []*Glauber // of rungs k and k+1
}

// NewLadder returns the ladder of a network that updates by rule, at two or more
// falling temperatures.
func NewLadder(rule Rule, h Hopfield, temperatures []*big.Rat) *Ladder {
	l := &Ladder{Temperatures: temperatures}
	for k, temperature := range temperatures {
		l.updates = append(l.updates, NewGlauber(rule, h.FieldUnit(), temperature))
		if k == 0 {
			continue
		}
		rise := new(big.Rat).Sub(new(big.Rat).Inv(temperature), new(big.Rat).Inv(temperatures[k-1]))
		if rise.Sign() <= 0 {
			panic(fmt.Sprintf("model: a ladder with %s below %s", temperatures[k-1], temperature))
		}
		l.swaps = append(l.swaps, NewGlauber(Metropolis, rise.Mul(rise, h.LevelUnit()), big.NewRat(1, 1)))
	}
	return l
}

// A Tempering is parallel tempering (Hukushima and Nemoto, J. Phys. Soc. Jpn. 65,
// 1604 (1996)): replicas of one network at the temperatures of a ladder. After
// every sweep neighbours a, b are offered to swap temperatures, which they do with
// probability
//
//	min(1, e^{(β_a − β_b)(E_a − E_b)}),
//
// rungs 0 and 1, 2 and 3, … after even sweeps, 1 and 2, 3 and 4, … after odd ones.
type Tempering struct {
	Attempts []int // of swaps, by the upper rung
	Swaps    []int // made

	ladder     *Ladder
	relaxation *Relaxation
	replicas   Leveled
	key        Key
	walkers    []int // by rung, the replica that is there
}

// NewTempering puts replica r, of as many as there are temperatures, on rung r. The
// order of updates is drawn from key as by Relax, the noise of replica r from
// noise.Sub("walker", r), and that of the swaps from noise.Sub("swap", sweep).
func NewTempering(d Dynamics, l *Ladder, replicas Leveled, key, noise Key) *Tempering {
	count := len(l.Temperatures)
	t := &Tempering{
		Attempts: make([]int, count-1), Swaps: make([]int, count-1),
		ladder: l, replicas: replicas, key: noise,
		relaxation: d.Relax(replicas, count, len(replicas.State(0)), key),
	}
	streams := make([]Key, count)
	for r := range streams {
		t.walkers = append(t.walkers, r)
		streams[r] = noise.Sub("walker", uint64(r))
	}
	t.relaxation.Heat(l.updates[0], streams)
	return t
}

// Walker returns the replica that is on a rung.
func (t *Tempering) Walker(rung int) int { return t.walkers[rung] }

// Done reports whether all sweeps are made.
func (t *Tempering) Done() bool { return t.relaxation.Done() }

// Sweep makes a sweep at every temperature and offers swaps.
func (t *Tempering) Sweep(ctx context.Context) error {
	for rung, r := range t.walkers {
		t.relaxation.noise[r].Glauber = t.ladder.updates[rung]
	}
	sweep := t.relaxation.Sweeps()
	if err := t.relaxation.Sweep(ctx, nil); err != nil {
		return err
	}
	source := t.key.Sub("swap", uint64(sweep)).Source()
	for rung := sweep & 1; rung+1 < len(t.walkers); rung += 2 {
		t.offer(rung, source.Uint64())
	}
	return nil
}

// offer swaps rungs k and k+1 as u says. The walker below is at the lower
// temperature: it goes up for certain if its energy is higher.
func (t *Tempering) offer(k int, u uint64) {
	above, below := &t.walkers[k], &t.walkers[k+1]
	t.Attempts[k]++
	if t.ladder.swaps[k].Flips(t.replicas.Level(*above)-t.replicas.Level(*below), u) {
		*above, *below = *below, *above
		t.Swaps[k]++
	}
}
