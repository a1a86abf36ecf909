package model

import (
	"context"
	"fmt"
	"math/bits"
)

// Hopfield is the network with the outer-product rule of Hopfield (PNAS 79,
// 2554 (1982)),
//
//	J_ij = (1/N) Σ_μ ξ_i^μ ξ_j^μ,  J_ii = 0.
//
// The couplings are never formed: N·h_i = Σ_μ ξ_i^μ M^μ − K·s_i.
type Hopfield struct {
	*Patterns
	// Diagonal keeps J_ii = K/N.
	Diagonal bool
}

var _ Network = Hopfield{}

// Size returns N and K.
func (h Hopfield) Size() (n, k int) { return h.N, h.K }

// Load returns replicas of the network in the given states, shape (N) each.
func (h Hopfield) Load(states []State, pool Pool) Replicas {
	x := &hopfieldReplicas{net: h, states: states, overlaps: make([][]int32, len(states))}
	for r, s := range states {
		if len(s) != h.N {
			panic(fmt.Sprintf("model: %d spins for a network of %d", len(s), h.N))
		}
		x.overlaps[r] = make([]int32, h.K)
	}
	do(pool, len(states), func(r int) {
		for i, v := range states[r] {
			x.add(r, i, int32(v))
		}
	})
	return x
}

// hopfieldReplicas keep the overlap sums M^μ current.
type hopfieldReplicas struct {
	net      Hopfield
	states   []State   // (replicas, N)
	overlaps [][]int32 // (replicas, K)
}

func (x *hopfieldReplicas) State(r int) State { return x.states[r] }

func (x *hopfieldReplicas) Overlaps(r int, dst []int32) []int32 {
	copy(dst, x.overlaps[r])
	return dst
}

// add adds v·ξ_i to the overlaps of replica r.
func (x *hopfieldReplicas) add(r, i int, v int32) {
	m := x.overlaps[r]
	row := x.net.Row(i)
	for mu := range m {
		if row[mu>>6]>>(mu&63)&1 != 0 {
			m[mu] += v
		} else {
			m[mu] -= v
		}
	}
}

// Field returns N·h_i.
func (x *hopfieldReplicas) Field(r, i int) int64 {
	m := x.overlaps[r]
	var all, set int64
	for _, v := range m {
		all += int64(v)
	}
	for w, word := range x.net.Row(i) {
		for ; word != 0; word &= word - 1 {
			set += int64(m[w<<6+bits.TrailingZeros64(word)])
		}
	}
	h := 2*set - all
	if !x.net.Diagonal {
		h -= int64(x.net.K) * int64(x.states[r][i])
	}
	return h
}

// Energy returns E/N = −(1/2N²)(Σ_μ (M^μ)² − N·K), the last term only without
// the diagonal.
func (x *hopfieldReplicas) Energy(r int) float64 {
	n := int64(x.net.N)
	var sum int64
	for _, m := range x.overlaps[r] {
		sum += int64(m) * int64(m)
	}
	if !x.net.Diagonal {
		sum -= n * int64(x.net.K)
	}
	return -float64(sum) / float64(2*n*n)
}

// Sweep updates the live replicas, in order or all neurons at once.
func (x *hopfieldReplicas) Sweep(ctx context.Context, s *Sweep, flips []int) error {
	for _, r := range s.Live {
		var err error
		if s.Order == nil {
			err = x.parallel(ctx, r, flips)
		} else {
			err = x.sequential(ctx, r, s.Order, flips)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (x *hopfieldReplicas) sequential(ctx context.Context, r int, order []int32, flips []int) error {
	for t, i := range order {
		if t&255 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if x.Field(r, int(i))*int64(x.states[r][i]) < 0 {
			x.flip(r, int(i))
			flips[r]++
		}
	}
	return nil
}

func (x *hopfieldReplicas) parallel(ctx context.Context, r int, flips []int) error {
	var turned []int
	for i, v := range x.states[r] {
		if i&255 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if x.Field(r, i)*int64(v) < 0 {
			turned = append(turned, i)
		}
	}
	for _, i := range turned {
		x.flip(r, i)
	}
	flips[r] += len(turned)
	return nil
}

func (x *hopfieldReplicas) flip(r, i int) {
	s := x.states[r]
	s[i] = -s[i]
	x.add(r, i, 2*int32(s[i]))
}

// HopfieldBytes returns the memory that k patterns of n neurons take with
// replicas of the network at work.
func HopfieldBytes(n, k, replicas int) int64 {
	return 8*int64(n)*int64(stride(k)) + int64(replicas)*(int64(n)+4*int64(k)) + 4*int64(n)
}
