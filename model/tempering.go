package model

import (
	"context"
	"fmt"
	"math/big"
)

// A Temperable network has energies that are integers; its replicas are Leveled.
type Temperable interface {
	Heatable
	// LevelUnit returns the energy of one level, in units of J.
	LevelUnit() *big.Rat
}

// Leveled replicas tell their energy as an integer.
type Leveled interface {
	Replicas
	// Level returns the energy of replica r in the LevelUnit of its network, up to a
	// constant.
	Level(r int) int64
}

var (
	_ Temperable = Hopfield{}
	_ Temperable = Dense{}
	_ Leveled    = (*hopfieldReplicas)(nil)
	_ Leveled    = (*slicedReplicas)(nil)
	_ Leveled    = (*weightedReplicas)(nil)
	_ Leveled    = (*productReplicas)(nil)
)

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

// LevelUnit returns the energy of one level: of ΣF = 1, or that of the Hopfield
// network.
func (d Dense) LevelUnit() *big.Rat {
	if d.Degree == 2 && d.Form != Rectified {
		return Hopfield{Patterns: d.Patterns}.LevelUnit()
	}
	return d.FieldUnit()
}

// LevelFault says why the energies of a dense memory of this size are no levels, or
// returns "": they are computed in more than 64 bits.
func LevelFault(n, k, degree int) string {
	bound := power(n+2, degree)
	bound.Mul(bound, big.NewInt(int64(k)))
	if bound.BitLen() > 62 {
		return fmt.Sprintf("K·(N+2)^n takes %d bits at N = %d, K = %d, n = %d, and energies to be compared have 62", bound.BitLen(), n, k, degree)
	}
	return ""
}

// Level returns −Σ_μ F(M^μ).
func (x *slicedReplicas) Level(r int) int64 { return -x.replicas[r].f }

// Level returns −Σ_μ F(M^μ).
func (x *weightedReplicas) Level(r int) int64 { return -x.sum(r).int64() }

// Level returns −Σ_μ F(M^μ).
func (x *productReplicas) Level(r int) int64 { return -x.sum(r) }

// A Ladder is the temperatures of parallel tempering, falling, with what decides
// the updates at each and the swaps between neighbours.
type Ladder struct {
	Temperatures []*big.Rat
	updates      []*Glauber // by rung
	swaps        []*Glauber // of rungs k and k+1
}

// NewLadder returns the ladder of a network that updates by rule, at two or more
// falling temperatures that LadderFault finds nothing wrong with.
func NewLadder(rule Rule, net Temperable, temperatures []*big.Rat) *Ladder {
	if why := LadderFault(net, temperatures); why != "" {
		panic("model: " + why)
	}
	l := &Ladder{Temperatures: temperatures}
	for k, temperature := range temperatures {
		l.updates = append(l.updates, NewGlauber(rule, net.FieldUnit(), temperature))
		if k > 0 {
			l.swaps = append(l.swaps, NewGlauber(Metropolis, levelRise(net, temperatures[k-1], temperature), big.NewRat(1, 1)))
		}
	}
	return l
}

// LadderFault says why there is no ladder of these temperatures, or returns "".
func LadderFault(net Temperable, temperatures []*big.Rat) string {
	if why := GlauberFault(net.FieldUnit(), temperatures[0]); why != "" {
		return why
	}
	for k, temperature := range temperatures[1:] {
		above := temperatures[k]
		if temperature.Cmp(above) >= 0 {
			return fmt.Sprintf("temperatures %s and %s, must fall", above.FloatString(12), temperature.FloatString(12))
		}
		if why := GlauberFault(levelRise(net, above, temperature), big.NewRat(1, 1)); why != "" {
			return fmt.Sprintf("temperatures %s and %s are too close: %s", above.FloatString(12), temperature.FloatString(12), why)
		}
	}
	return ""
}

// levelRise is (1/below − 1/above) times the energy of a level.
func levelRise(net Temperable, above, below *big.Rat) *big.Rat {
	rise := new(big.Rat).Sub(new(big.Rat).Inv(below), new(big.Rat).Inv(above))
	return rise.Mul(rise, net.LevelUnit())
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

// Resume returns the tempering that c was taken from. The replicas must have been
// loaded in the states of c.
func (l *Ladder) Resume(d Dynamics, replicas Leveled, c TemperingCheckpoint, key, noise Key) *Tempering {
	return tempering(l, replicas, noise, c, d.Resume(replicas, c.Checkpoint, key))
}

func tempering(l *Ladder, replicas Leveled, noise Key, c TemperingCheckpoint, x *Relaxation) *Tempering {
	streams := make([]Key, len(c.Walkers))
	for r := range streams {
		streams[r] = noise.Sub("walker", uint64(r))
	}
	x.Heat(l.updates[0], streams)
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
