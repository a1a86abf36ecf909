package model

import (
	"context"
	"fmt"
	"math"
	"math/bits"
	"slices"

	"hopcap/model/random"
)

// Fingerprint returns 64 bits that tell the state from others, the same for s
// and −s: a hash of the spins, packed 64 to a word, after all have been turned
// so that s_0 = +1. Two of n different states share theirs with probability
// n²/2⁶⁵.
func (s State) Fingerprint() uint64 {
	h := random.Mix(uint64(len(s)))
	for first := 0; first < len(s); first += 64 {
		var w uint64
		for b, v := range s[first:min(first+64, len(s))] {
			w |= uint64(^uint8(v^s[0])>>7) << b // 1 for equals, without a branch: half would be guessed wrong
		}
		h = random.Mix(h+0x9e3779b97f4a7c15) ^ random.Mix(w^bits.RotateLeft64(h, 32))
	}
	return h
}

// MaxEnumerated is the most neurons whose states can be visited one by one.
const MaxEnumerated = 24

// Minima visits all 2^N states of a network of n ≤ MaxEnumerated neurons, whose replicas
// are Flippers. It calls found for each fixed point of the zero-temperature dynamics, that
// is for each state in which all neurons i satisfy
//
//	s_i·Field(i) ≥ 0.
//
// margin is the least s_i·Field(i). A minimum of margin 0 has neighbours of the same
// energy. If s and −s are both minima with the same margin and energy, found is called only
// for the one with s_{N−1} = +1. found must not keep the state.
//
// The states come in the order of a Gray code, so that one flip leads to the next state. If
// the network has PairCouplings, its fields are computed from the couplings, in integers.
func Minima(ctx context.Context, net Network, n int, found func(s State, margin int64)) error {
	if n > MaxEnumerated {
		panic(fmt.Sprintf("model: the states of %d neurons, at most %d", n, MaxEnumerated))
	}
	if pairs, ok := net.(PairCouplings); ok {
		if e := newEnumeration(pairs, n); e != nil {
			return e.minima(ctx, found)
		}
	}
	s := make(State, n)
	for i := range s {
		s[i] = 1
	}
	x, ok := net.Start([]State{s}, nil).(Flippers)
	if !ok {
		return fmt.Errorf("the states of %T cannot be visited by flipping one neuron after the other", net)
	}
	v := visitor{Flippers: x, seen: map[uint64]likeState{}}
	return v.minima(ctx, found)
}

// PairCouplings are networks whose neurons are coupled in pairs.
type PairCouplings interface {
	Network
	// Coupling returns how much of Field(i) is due to s_j: N·J_ij for Hebb's couplings.
	Coupling(i, j int) int64
}

var _ PairCouplings = (*hopfieldNetwork)(nil)

// Coupling returns N·J_ij = Σ_μ ξ_i^μ ξ_j^μ.
func (h *hopfieldNetwork) Coupling(i, j int) int64 {
	if i == j && !h.Diagonal {
		return 0
	}
	return int64(h.Correlation(i, j))
}

// An enumeration is a state of pair couplings on its way through all with
// s_{N−1} = +1. Of −s, all fields are the negatives.
type enumeration struct {
	n         int
	couplings [MaxEnumerated][MaxEnumerated]int32
	spins     [MaxEnumerated]int32
	fields    [MaxEnumerated]int32
}

// newEnumeration starts with all spins up. It is nil if fields may not fit 32 bits.
func newEnumeration(net PairCouplings, n int) *enumeration {
	e := &enumeration{n: n}
	for i := range n {
		e.spins[i] = 1
		var most int64
		for j := range n {
			c := net.Coupling(i, j)
			if most += max(c, -c); most > math.MaxInt32 {
				return nil
			}
			e.couplings[j][i] = int32(c)
			e.fields[i] += int32(c)
		}
	}
	return e
}

func (e *enumeration) minima(ctx context.Context, found func(s State, margin int64)) error {
	for t := uint32(1); ; t++ {
		if margin := e.margin(); margin >= 0 {
			found(e.state(), int64(margin))
		}
		if t>>(e.n-1) != 0 {
			return nil
		}
		if t&0xffff == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		e.flip(bits.TrailingZeros32(t))
	}
}

func (e *enumeration) flip(j int) {
	e.spins[j] = -e.spins[j]
	twice := 2 * e.spins[j]
	row := &e.couplings[j] // of what s_j does to each field
	for i := range e.n {
		e.fields[i] += twice * row[i]
	}
}

// margin returns the least s_i·Field(i), or some negative one.
func (e *enumeration) margin() int32 {
	least := e.spins[0] * e.fields[0]
	for i := 1; i < e.n && least >= 0; i++ {
		least = min(least, e.spins[i]*e.fields[i])
	}
	return least
}

func (e *enumeration) state() State {
	s := make(State, e.n)
	for i := range s {
		s[i] = int8(e.spins[i])
	}
	return s
}

// A visitor is a replica on its way through all states, those with s_{N−1} = +1 first.
type visitor struct {
	Flippers
	seen map[uint64]likeState // the minima with s_{N−1} = +1, by their spins
}

// A likeState is what a minimum and its negative must share to be counted once.
type likeState struct {
	margin int64
	energy float64
}

func (v *visitor) minima(ctx context.Context, found func(s State, margin int64)) error {
	s := v.State(0)
	for t := uint32(1); ; t++ {
		if margin := v.margin(s); margin >= 0 && !v.again(s, margin) {
			found(slices.Clone(s), margin)
		}
		if t>>len(s) != 0 {
			return nil
		}
		if t&0xff == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		v.Flip(0, bits.TrailingZeros32(t))
	}
}

// margin returns the least s_i·Field(i), or some negative one.
func (v *visitor) margin(s State) int64 {
	least := int64(math.MaxInt64)
	for i := 0; i < len(s) && least >= 0; i++ {
		least = min(least, int64(s[i])*v.Field(0, i))
	}
	return least
}

// again reports whether the negative of a minimum, alike, has been found.
func (v *visitor) again(s State, margin int64) bool {
	like := likeState{margin: margin}
	if x, ok := v.Flippers.(Energetic); ok {
		like.energy = x.Energy(0)
	}
	if s[len(s)-1] > 0 {
		v.seen[s.ups()] = like
		return false
	}
	before, ok := v.seen[s.ups()^(1<<len(s)-1)]
	return ok && before == like
}
