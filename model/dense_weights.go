package model

import (
	"context"
	"fmt"
	"math/bits"
)

// A weighted network knows the gain of every overlap: flipping spins changes its
// energy by a sum over patterns of
//
//	rise(M) = F(M+2) − F(M)  or  fall(M) = F(M) − F(M−2),
//
// so that with w(M) = F(M+2) − F(M−2), s_i before and all other spins as they are
//
//	D_i = Σ_{μ: ξ_i^μ = +1} w(M^μ) − B,  B = Σ_μ rise(M^μ) for s_i = +1, Σ_μ fall(M^μ) for s_i = −1.
//
// weightedReplicas take F from a table in 128 bits, which serves every form and
// size that can be computed exactly.
type weightedReplicas struct {
	net      *denseNetwork
	gains    []gain // by overlap, from −N to N in steps of 2
	states   []State
	overlaps [][]int32 // (replicas, K)
	rise     []int128  // (replicas) Σ_μ rise(M^μ)
	fall     []int128
}

// A gain is how F changes around one overlap.
type gain struct{ f, rise, fall, weight int128 }

var _ updater = (*weightedReplicas)(nil)

func startWeighted(d *denseNetwork, states []State, pool Pool) Replicas {
	x := &weightedReplicas{
		net: d, gains: d.gains(d.N), states: states,
		overlaps: make([][]int32, len(states)),
		rise:     make([]int128, len(states)),
		fall:     make([]int128, len(states)),
	}
	do(pool, len(states), func(r int) {
		if len(states[r]) != d.N {
			panic(fmt.Sprintf("model: %d spins for a network of %d", len(states[r]), d.N))
		}
		x.overlaps[r] = make([]int32, d.K)
		for i, v := range states[r] {
			x.add(r, i, int32(v))
		}
		x.total(r)
	})
	return x
}

// gains returns the table of F around M = −N, −N+2, …, N.
func (d Dense) gains(n int) []gain {
	table := make([]gain, n+1)
	before, at := d.Form.of(n, d.Degree, int64(-n-2)), d.Form.of(n, d.Degree, int64(-n))
	for u := range table {
		after := d.Form.of(n, d.Degree, int64(2*u-n+2))
		table[u] = gain{f: at, rise: after.minus(at), fall: at.minus(before), weight: after.minus(before)}
		before, at = at, after
	}
	return table
}

func (x *weightedReplicas) at(m int32) *gain { return &x.gains[(int(m)+x.net.N)/2] }

// add adds v·ξ_i to the overlaps of replica r.
func (x *weightedReplicas) add(r, i int, v int32) {
	row := x.net.Row(i)
	for mu := range x.overlaps[r] {
		x.overlaps[r][mu] += v * (int32(row[mu>>6]>>(mu&63)&1)*2 - 1)
	}
}

// total sums rise and fall over the patterns.
func (x *weightedReplicas) total(r int) {
	x.rise[r], x.fall[r] = int128{}, int128{}
	for _, m := range x.overlaps[r] {
		g := x.at(m)
		x.rise[r], x.fall[r] = x.rise[r].plus(g.rise), x.fall[r].plus(g.fall)
	}
}

// field returns D_i.
func (x *weightedReplicas) field(r, i int) int128 {
	var d int128
	m := x.overlaps[r]
	for w, word := range x.net.Row(i)[:stride(len(m))] {
		for ; word != 0; word &= word - 1 {
			d = d.plus(x.at(m[w<<6+bits.TrailingZeros64(word)]).weight)
		}
	}
	if x.states[r][i] > 0 {
		return d.minus(x.rise[r])
	}
	return d.minus(x.fall[r])
}

func (x *weightedReplicas) unstable(r, i int) bool {
	return x.field(r, i).sign()*int(x.states[r][i]) < 0
}

func (x *weightedReplicas) flip(r, i int) {
	s := x.states[r]
	s[i] = -s[i]
	x.add(r, i, 2*int32(s[i]))
	x.total(r)
}

func (x *weightedReplicas) State(r int) State { return x.states[r] }

// Field returns D_i, clamped to 64 bits.
func (x *weightedReplicas) Field(r, i int) int64 { return x.field(r, i).int64() }

func (x *weightedReplicas) Overlaps(r int, dst []int32) []int32 {
	copy(dst, x.overlaps[r])
	return dst
}

func (x *weightedReplicas) Energy(r int) float64 { return x.net.energy(x.sum(r)) }

// sum returns Σ_μ F(M^μ).
func (x *weightedReplicas) sum(r int) (sum int128) {
	for _, m := range x.overlaps[r] {
		sum = sum.plus(x.at(m).f)
	}
	return sum
}

func (x *weightedReplicas) Sweep(ctx context.Context, s *Sweep, flips []int) error {
	return update(ctx, x, s, x.net.N, x.net.K, flips)
}
