package model

import (
	"context"
	"fmt"
	"math/bits"
)

// Fingerprint returns 64 bits that tell the state from others, the same for s
// and −s: a hash of the spins, packed 64 to a word, after all have been turned
// so that s_0 = +1. Two of n different states share theirs with probability
// n²/2⁶⁵.
func (s State) Fingerprint() uint64 {
	h := mix(uint64(len(s)))
	for first := 0; first < len(s); first += 64 {
		var w uint64
		for b, v := range s[first:min(first+64, len(s))] {
			w |= uint64(^uint8(v^s[0])>>7) << b // 1 for equals, without a branch: half would be guessed wrong
		}
		h = mix(h+0x9e3779b97f4a7c15) ^ mix(w^bits.RotateLeft64(h, 32))
	}
	return h
}

// MaxEnumerated is the most neurons whose states can be visited one by one.
const MaxEnumerated = 24

// Minima visits all 2^N states of the network, N ≤ MaxEnumerated, and calls
// found with each fixed point of the zero-temperature dynamics: each state all
// of whose neurons are aligned with their local fields,
//
//	s_i·N·h_i ≥ 0,
//
// the least of which is margin. A margin of 0 is a minimum that has neighbours of
// the same energy. Of s and −s, which are alike, found sees the one with
// s_{N−1} = +1; it must not keep the state.
//
// The states come in the order of a Gray code, so that each is one flip away
// from the one before and its fields follow from theirs, in integers.
func (h Hopfield) Minima(ctx context.Context, found func(s State, margin int)) error {
	if h.N > MaxEnumerated {
		panic(fmt.Sprintf("model: the states of %d neurons, at most %d", h.N, MaxEnumerated))
	}
	e := newEnumeration(h)
	for t := uint32(1); ; t++ {
		if margin := e.margin(); margin >= 0 {
			found(e.state(), int(margin))
		}
		if t>>(h.N-1) != 0 {
			return nil
		}
		if t&0xffff == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		e.flip(bits.TrailingZeros32(t))
	}
}

// An enumeration is a state on its way through all of them.
type enumeration struct {
	n         int
	couplings [MaxEnumerated][MaxEnumerated]int32 // N·J_ij
	spins     [MaxEnumerated]int32
	fields    [MaxEnumerated]int32 // N·h_i
}

// newEnumeration starts with all spins up.
func newEnumeration(h Hopfield) *enumeration {
	e := &enumeration{n: h.N}
	for i := range h.N {
		e.spins[i] = 1
		for j := range h.N {
			if i == j && !h.Diagonal {
				continue
			}
			for w, word := range h.Row(i) {
				e.couplings[i][j] -= 2 * int32(bits.OnesCount64(word^h.Row(j)[w]))
			}
			e.couplings[i][j] += int32(h.K)
			e.fields[i] += e.couplings[i][j]
		}
	}
	return e
}

func (e *enumeration) flip(j int) {
	e.spins[j] = -e.spins[j]
	twice := 2 * e.spins[j]
	row := &e.couplings[j]
	for i := range e.n {
		e.fields[i] += twice * row[i]
	}
}

// margin returns the least s_i·N·h_i, or some negative one.
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
