package model

import (
	"context"

	"hopcap/model/thermal"
)

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

	ladder     *thermal.Ladder
	relaxation *Relaxation
	replicas   IntegerEnergies
	key        Key
	walkers    []int // by rung, the replica that is there
}

// NewTempering puts replica r on rung r. There are as many replicas as temperatures. The
// order of updates is drawn from key as by Relax. The noise of replica r is drawn from
// noise.Sub("walker", r), and the noise of the swaps from noise.Sub("swap", sweep).
func NewTempering(d Dynamics, l *thermal.Ladder, replicas IntegerEnergies, key, noise Key) *Tempering {
	count := len(l.Temperatures)
	return tempering(l, replicas, noise, TemperingCheckpoint{
		Walkers: identity(count), Attempts: make([]int, count-1), Swaps: make([]int, count-1),
	}, d.Relax(replicas, count, len(replicas.State(0)), key))
}

// A TemperingCheckpoint is parallel tempering between two sweeps.
type TemperingCheckpoint struct {
	Checkpoint
	Walkers, Attempts, Swaps []int
}

// Checkpoint returns where it is; it shares memory with it.
func (t *Tempering) Checkpoint() TemperingCheckpoint {
	return TemperingCheckpoint{t.relaxation.Checkpoint(), t.walkers, t.Attempts, t.Swaps}
}

// ResumeTempering returns the tempering that c was taken from. The replicas must have been
// loaded in the states of c.
func ResumeTempering(d Dynamics, l *thermal.Ladder, replicas IntegerEnergies, c TemperingCheckpoint, key, noise Key) *Tempering {
	return tempering(l, replicas, noise, c, d.Resume(replicas, c.Checkpoint, key))
}

func tempering(l *thermal.Ladder, replicas IntegerEnergies, noise Key, c TemperingCheckpoint, x *Relaxation) *Tempering {
	streams := make([]Key, len(c.Walkers))
	for r := range streams {
		streams[r] = noise.Sub("walker", uint64(r))
	}
	x.Heat(l.Update(0), streams)
	return &Tempering{
		Attempts: c.Attempts, Swaps: c.Swaps,
		ladder: l, relaxation: x, replicas: replicas, key: noise, walkers: c.Walkers,
	}
}

func identity(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// Walker returns the replica that is on a rung.
func (t *Tempering) Walker(rung int) int { return t.walkers[rung] }

// Sweeps returns the number of sweeps made so far.
func (t *Tempering) Sweeps() int { return t.relaxation.Sweeps() }

// Done reports whether all sweeps are made.
func (t *Tempering) Done() bool { return t.relaxation.Done() }

// Sweep makes a sweep at every temperature and offers swaps.
func (t *Tempering) Sweep(ctx context.Context) error {
	for rung, r := range t.walkers {
		t.relaxation.noise[r].Decision = t.ladder.Update(rung)
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
	if t.ladder.Swap(k).Flips(t.replicas.IntegerEnergy(*above)-t.replicas.IntegerEnergy(*below), u) {
		*above, *below = *below, *above
		t.Swaps[k]++
	}
}
