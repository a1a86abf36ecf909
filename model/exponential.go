package model

import (
	"context"
	"fmt"
	"math/big"
	"math/bits"

	"hopcap/model/internal/exact"
	"hopcap/model/internal/kernel"
)

// Exponential is the dense associative memory with F = exp (Demircigil, Heusel,
// Löwe, Upgang and Vermet, J. Stat. Phys. 168, 288 (2017)), and with an inverse
// temperature λ the log-sum-exp energy on binary states (Lucibello and Mézard,
// Phys. Rev. Lett. 132, 077301 (2024)),
//
//	E = −(1/λ) ln Σ_μ e^{λ M^μ}.
//
// A neuron takes the value of the lower energy, and a tie keeps it: with the
// cavity overlaps c^μ = M^μ − ξ_i^μ s_i it follows the sign of
//
//	D_i = Σ_μ ξ_i^μ e^{λ c^μ}.
//
// The sign is exact at every N. Since e^{2λ} is transcendental, D_i is zero only
// if for every c as many ξ_i^μ are +1 as −1 among the patterns with c^μ = c. The
// natural load is α = (ln K)/N.
type Exponential struct {
	Lambda *big.Rat // λ > 0; nil is 1
	// Keep is how many pattern bits, N·K, are kept in memory at most: of more, the
	// patterns are drawn anew whenever a state has changed. 0 is 2³⁴, 2 GiB.
	Keep int
}

var _ Redrawer = Exponential{}

// Store returns the network of the patterns, which are all that there is to it.
func (e Exponential) Store(ctx context.Context, p *Patterns, _ Key, _ Pool) (Network, error) {
	if p.redrawn != nil {
		return &redrawnNetwork{n: p.N, k: p.K, key: *p.redrawn, lambda: e.Lambda}, ctx.Err()
	}
	return &exponentialNetwork{Patterns: p, Lambda: e.Lambda}, ctx.Err()
}

// Redraws reports whether there are more patterns than are kept.
func (e Exponential) Redraws(n, k int) bool {
	keep := e.Keep
	if keep == 0 {
		keep = 1 << 34
	}
	return n*k > keep
}

// exponentialNetwork is a pattern set stored as an exponential memory.
type exponentialNetwork struct {
	*Patterns
	Lambda *big.Rat
}

// Start returns replicas of the network in the given states, shape (N) each.
func (e *exponentialNetwork) Start(states []State, pool Pool) Replicas {
	x := &exponentialReplicas{net: e, decay: newDecay(e.Lambda), replicas: make([]exponentialReplica, len(states))}
	x.scale = 61 - bits.Len(uint(e.K))
	x.table = x.decay.table(x.scale, e.N+2)
	x.decay.upTo(e.N+2, 128) // here, since what follows shares it
	do(pool, len(states), func(r int) { x.load(&x.replicas[r], states[r]) })
	return x
}

// exponentialReplicas decide by a few patterns wherever they outweigh the rest.
//
// Each term of D_i is e^{λc} in units of 2^−scale·e^{λ(top+1)}, rounded down, top
// the largest overlap: table[j] for c = top+1−2j, between the true term less two
// and the true term. Patterns with less than a two-hundredth of Σ e^{λM} are the bulk.
// They are only counted by overlap. A flip changes their overlaps by at most two, so for
// some flips a bound on their sum is known without reading them. If this bound leaves the
// sign open, all patterns are summed. If the sum leaves it open too, the sign is computed
// in multiple precision.
type exponentialReplicas struct {
	net      *exponentialNetwork
	decay    *decay
	scale    int
	table    []int64 // ⌊2^scale·e^{−2λj}⌋
	replicas []exponentialReplica
}

type exponentialReplica struct {
	state    State
	overlaps []int32 // (K), without the flips in pending
	counts   []int   // by (N+M)/2, the patterns in the bulk
	heavy    []heavy // the others, always current
	pending  []int32 // neurons flipped since the overlaps were current
	top      int32   // largest overlap of the heavy
	rest     int64   // the most that the bulk can weigh
}

// A heavy is a pattern that may decide, with its overlap.
type heavy struct {
	mu int
	m  int32
}

var _ updater = (*exponentialReplicas)(nil)

func (x *exponentialReplicas) load(q *exponentialReplica, s State) {
	if len(s) != x.net.N {
		panic(fmt.Sprintf("model: %d spins for a network of %d", len(s), x.net.N))
	}
	q.state = s
	q.overlaps = x.net.allOverlaps(s)
	x.weigh(q)
}

// allOverlaps returns M^μ = Σ_i ξ_i^μ s_i, shape (K).
func (p *Patterns) allOverlaps(s State) []int32 {
	tally := kernel.Tally{Rows: p.rows, Stride: p.stride, Spins: s}
	tally.Reset(stride(p.K), p.N)
	kernel.Active().Tally(&tally)
	m := make([]int32, p.K)
	for w := range stride(p.K) {
		var block [64]uint64
		for b := range tally.Depth {
			block[b] = tally.Counts[(w/8*tally.Depth+b)*8+w%8]
		}
		unslice(&block, tally.Depth)
		for j := range min(64, p.K-w*64) {
			m[w*64+j] = int32(2*int(block[j]) - p.N)
		}
	}
	return m
}

// weigh parts the patterns into heavy and bulk by their current overlaps.
func (x *exponentialReplicas) weigh(q *exponentialReplica) {
	n := x.net.N
	q.counts = make([]int, n+1)
	for _, m := range q.overlaps {
		q.counts[(int(m)+n)/2]++
	}
	u := n
	for q.counts[u] == 0 {
		u--
	}
	q.top = int32(2*u - n)
	var total int64
	for v := u; v >= 0; v-- {
		total += int64(q.counts[v]) * x.at(u-v)
	}
	// Take the largest overlaps until less than a part in 256 is left.
	left := total
	for ; u >= 0 && left > total>>8; u-- {
		left -= int64(q.counts[u]) * x.at((int(q.top)+n)/2-u)
		q.counts[u] = 0
	}
	q.heavy = q.heavy[:0]
	least := int32(2*u - n)
	for mu, m := range q.overlaps {
		if m > least {
			q.heavy = append(q.heavy, heavy{mu, m})
		}
	}
	x.bound(q)
}

// at returns table[j], which is zero from some j on.
func (x *exponentialReplicas) at(j int) int64 {
	if j >= len(x.table) {
		return 0
	}
	return x.table[j]
}

// bound finds the most that the bulk can weigh after the pending flips; more
// than everything if it could outgrow the table.
func (x *exponentialReplicas) bound(q *exponentialReplica) {
	bulk := make([]int, x.net.N+2+len(q.pending)) // by (top+1−c)/2 at the largest c
	for u, count := range q.counts {
		if count == 0 {
			continue
		}
		c := 2*u - x.net.N + 1 + 2*len(q.pending)
		j := (int(q.top) + 1 - c) / 2
		if j < 0 {
			q.rest = 1 << 62
			return
		}
		bulk[j] += count
	}
	sum, doubt := x.decay.combine(bulk, 128)
	sum.Add(sum, doubt)
	q.rest = sum.Rsh(sum, uint(x.decay.places+guard-x.scale)).Int64() + 1
}

// current applies the pending flips to all patterns.
func (x *exponentialReplicas) current(q *exponentialReplica) {
	if len(q.pending) == 0 {
		return
	}
	q.pending = q.pending[:0]
	q.overlaps = x.net.allOverlaps(q.state)
	x.weigh(q)
}

// sum returns D_i·s_i of the heavy patterns in units of the table, and the most
// by which the true value with the bulk may differ.
func (x *exponentialReplicas) sum(q *exponentialReplica, i int) (d, margin int64) {
	row, s := x.net.Row(i), int32(q.state[i])
	for _, h := range q.heavy {
		sign := (int32(row[h.mu>>6]>>(h.mu&63)&1)*2 - 1) * s
		d += int64(sign) * x.at(int(q.top+1-(h.m-sign))/2)
	}
	return d, 2*int64(len(q.heavy)) + q.rest
}

// sumAll is sum over all patterns, whose overlaps are current.
func (x *exponentialReplicas) sumAll(q *exponentialReplica, i int) (d, margin int64) {
	row, s := x.net.Row(i), int32(q.state[i])
	for mu, m := range q.overlaps {
		sign := (int32(row[mu>>6]>>(mu&63)&1)*2 - 1) * s
		d += int64(sign) * x.at(int(q.top+1-(m-sign))/2)
	}
	return d, 2 * int64(x.net.K)
}

// stability returns D_i·s_i in units of the table, with the exact sign.
func (x *exponentialReplicas) stability(q *exponentialReplica, i int) int64 {
	if d, margin := x.sum(q, i); max(d, -d) > margin {
		return d
	}
	if len(q.pending) > 0 {
		x.current(q)
		if d, margin := x.sum(q, i); max(d, -d) > margin {
			return d
		}
	}
	if d, margin := x.sumAll(q, i); max(d, -d) > margin {
		return d
	}
	return int64(x.exactly(q, i))
}

// exactly returns the sign of D_i·s_i = Σ_c n(c) e^{λc}, in which n(c) counts the
// patterns of cavity overlap c, those with ξ_i^μ s_i = −1 as −1. The overlaps
// are current.
func (x *exponentialReplicas) exactly(q *exponentialReplica, i int) int {
	n := make([]int, x.net.N+2) // by (N+1−c)/2, the largest c first
	for mu, m := range q.overlaps {
		sign := int32(x.net.At(i, mu)) * int32(q.state[i])
		n[(x.net.N+1-int(m-sign))/2] += int(sign)
	}
	return x.decay.sign(n)
}

func (x *exponentialReplicas) unstable(r, i int) bool {
	return x.stability(&x.replicas[r], i) < 0
}

// flip turns spin i over and corrects the heavy patterns.
func (x *exponentialReplicas) flip(r, i int) {
	q := &x.replicas[r]
	q.state[i] = -q.state[i]
	q.pending = append(q.pending, int32(i))
	row, s := x.net.Row(i), int32(q.state[i])
	q.top = -int32(x.net.N)
	for k := range q.heavy {
		h := &q.heavy[k]
		h.m += 2 * s * (int32(row[h.mu>>6]>>(h.mu&63)&1)*2 - 1)
		q.top = max(q.top, h.m)
	}
	x.bound(q)
}

// Flip turns spin i of replica r over.
func (x *exponentialReplicas) Flip(r, i int) { x.flip(r, i) }

func (x *exponentialReplicas) State(r int) State { return x.replicas[r].state }

// Field returns D_i in units of 2^−scale·e^{λ(top+1)}, the sign exact.
func (x *exponentialReplicas) Field(r, i int) int64 {
	q := &x.replicas[r]
	return x.stability(q, i) * int64(q.state[i])
}

func (x *exponentialReplicas) Overlaps(r int, dst []int32) []int32 {
	q := &x.replicas[r]
	x.current(q)
	copy(dst, q.overlaps)
	return dst
}

// Energy returns −ln(Σ_μ e^{λM^μ})/(λN).
func (x *exponentialReplicas) Energy(r int) float64 {
	q := &x.replicas[r]
	x.current(q)
	n := x.net.N
	counts := make([]int, n+1) // by (N−M)/2
	for _, m := range q.overlaps {
		counts[(n-int(m))/2]++
	}
	return x.decay.energy(counts)
}

func (x *exponentialReplicas) Sweep(ctx context.Context, s *Sweep, flips []int) error {
	return update(ctx, x, s, x.net.N, x.net.K, flips)
}

// Check returns nil: there is one of every size.
func (Exponential) Check(int, int) error { return nil }

// Patterns returns e^{αN} to more than 30 decimals, at most e^64. It is no
// half of an odd integer for any rational αN > 0.
func (Exponential) Patterns(n int, alpha *big.Rat) *big.Rat {
	x := new(big.Rat).Mul(alpha, big.NewRat(int64(n), 1))
	if limit := big.NewRat(64, 1); x.Cmp(limit) > 0 {
		x = limit
	}
	const places = 256
	e := exact.Exp(x, places)
	return new(big.Rat).SetFrac(new(big.Int).Lsh(big.NewInt(1), places), e)
}

// Alpha returns (ln K)/N, the nearest float64.
func (Exponential) Alpha(n, k int) float64 {
	const places = 128
	log := exact.Log(big.NewInt(int64(k)), 0, places)
	alpha, _ := new(big.Rat).SetFrac(log, new(big.Int).Lsh(big.NewInt(int64(n)), places)).Float64()
	return alpha
}

// Bytes returns the memory that k patterns of n neurons take with replicas at work, all
// patterns being heavy.
func (e Exponential) Bytes(n, k, replicas int) int64 {
	if e.Redraws(n, k) {
		return redrawnBytes(n, replicas)
	}
	return 8*int64(n)*int64(stride(k)) + int64(k)*int64(bits.Len(uint(n)))/8 + int64(replicas)*(24*int64(n)+20*int64(k))
}
