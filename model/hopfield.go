package model

import (
	"context"
	"fmt"

	"hopcap/model/internal/bytedot"
	"hopcap/model/internal/kernel"
)

// Hopfield is the network with the outer-product rule of Hopfield (PNAS 79,
// 2554 (1982)),
//
//	J_ij = (1/N) Σ_μ ξ_i^μ ξ_j^μ,  J_ii = 0.
//
// The couplings are never formed: N·h_i = Σ_μ ξ_i^μ M^μ − K·s_i. The natural load is
// α = K/N.
type Hopfield struct {
	Pairwise
	// Diagonal keeps J_ii = K/N.
	Diagonal bool
}

var _ Canonical = Hopfield{}

// Store returns the network of the patterns, which are all that there is to it.
func (h Hopfield) Store(ctx context.Context, p *Patterns, _ Key, _ Pool) (Network, error) {
	return &hopfieldNetwork{Patterns: p, Diagonal: h.Diagonal}, ctx.Err()
}

// hopfieldNetwork is a pattern set stored by Hopfield's rule.
type hopfieldNetwork struct {
	*Patterns
	Diagonal bool
}

// self is N·J_ii, or what of it the rule takes away.
func (h *hopfieldNetwork) self() int64 {
	if h.Diagonal {
		return 0
	}
	return int64(h.K)
}

// Start returns replicas of the network in the given states, shape (N) each.
func (h *hopfieldNetwork) Start(states []State, pool Pool) Replicas {
	x := &hopfieldReplicas{net: h, pool: pool, replicas: h.memory.roomFor(len(states)), byBytes: h.byteKernel(kernel.Active())}
	for r, s := range states {
		if len(s) != h.N {
			panic(fmt.Sprintf("model: %d spins for a network of %d", len(s), h.N))
		}
		x.replicas[r].load(h, s)
		if x.byBytes == nil {
			x.replicas[r].toBits(pool)
		}
	}
	return x
}

// hopfieldReplicas are replicas of one Hopfield network.
type hopfieldReplicas struct {
	net      *hopfieldNetwork
	pool     Pool
	replicas []hopfieldReplica
	byBytes  *bytedot.Kernel // sweeps at T = 0 in order; nil: with sums in bits
	identity []int32         // (N), 0 … N−1: the order in which parallel updates read the rows
}

func (x *hopfieldReplicas) State(r int) State { return x.replicas[r].state }

func (x *hopfieldReplicas) Overlaps(r int, dst []int32) []int32 {
	return x.counted(r).overlaps(dst)
}

// Field returns N·h_i.
func (x *hopfieldReplicas) Field(r, i int) int64 {
	rep := x.counted(r)
	if rep.form == inBytes {
		return int64(rep.bytes.Stability(i)) * int64(rep.state[i])
	}
	return rep.scan.Field(i) - x.net.self()*int64(rep.state[i])
}

// Energy returns E/N = −(1/2N²)(Σ_μ (M^μ)² − N·K), the last term only without
// the diagonal.
func (x *hopfieldReplicas) Energy(r int) float64 {
	n := int64(x.net.N)
	sum := -n * x.net.self()
	rep := x.counted(r)
	for _, m := range rep.overlaps(rep.ints) {
		sum += int64(m) * int64(m)
	}
	return -float64(sum) / float64(2*n*n)
}

// Sweep updates the live replicas, in order or all neurons at once. The order is
// cut where the rows of a piece fit the cache, so that one pass over the patterns
// serves all replicas, and where it is time to look at ctx.
func (x *hopfieldReplicas) Sweep(ctx context.Context, s *Sweep, flips []int) error {
	order := s.Order
	if order == nil {
		order = x.parallelOrder()
	} else if x.byBytes != nil {
		return x.sweepBytes(ctx, s, flips)
	}
	for _, r := range s.Live {
		x.replicas[r].toBits(x.pool)
		x.replicas[r].begin(s.Order == nil, false)
	}
	piece := x.piece(len(s.Live))
	for done := 0; done < len(order); {
		if err := ctx.Err(); err != nil {
			return err
		}
		next := min(done+piece, len(order))
		for _, r := range s.Live {
			flips[r] += x.replicas[r].visit(order[done:next], x.pool)
		}
		done = next
		if s.Visited != nil {
			s.Visited(done)
		}
	}
	for _, r := range s.Live {
		flips[r] += x.replicas[r].end(order, x.pool)
	}
	return nil
}

// cacheBytes is what the rows of a piece may take when several replicas share
// them, and longBytes what takes one or two milliseconds.
const (
	cacheBytes = 1 << 19
	longBytes  = 1 << 24
)

// piece returns how many neurons the replicas visit at a time.
func (x *hopfieldReplicas) piece(live int) int {
	bytes := cacheBytes
	if live == 1 {
		bytes = longBytes
	}
	return max(64, bytes/(8*x.net.stride))
}

func (x *hopfieldReplicas) parallelOrder() []int32 {
	if x.identity == nil {
		x.identity = make([]int32, x.net.N)
		for i := range x.identity {
			x.identity[i] = int32(i)
		}
	}
	return x.identity
}

// Bytes returns the memory that k patterns of n neurons take with replicas at work.
func (Hopfield) Bytes(n, k, replicas int) int64 {
	const slices = 16 // of the sums
	rows := int64(n) * int64(stride(k))
	words := int64(stride(k)) * (slices + 6*mostEpochs + tallyParts*20 + 3)
	replica := 14*int64(n) + 8*words + 4*int64(k)
	if maybeInBytes(n, k) {
		replica += bytedot.Bytes(n, k)
	}
	return 8*rows + int64(replicas)*replica + 12*int64(n)
}

var (
	_ Energetic       = (*hopfieldReplicas)(nil)
	_ Flippers        = (*hopfieldReplicas)(nil)
	_ Settlers        = (*hopfieldReplicas)(nil)
	_ ThermalReplicas = (*hopfieldReplicas)(nil)
	_ IntegerEnergies = (*hopfieldReplicas)(nil)
)

// A hopfieldReplica is one state with its overlap sums M^μ, which are kept
// current through every flip: as bytes, or in bit slices, and the few that are too
// large for the slices apart. hopfield_sweep.go lists the ways in which its neurons are
// visited.
type hopfieldReplica struct {
	net    *hopfieldNetwork
	kernel *kernel.Kernel
	state  State // (N)
	form   form
	bytes  bytedot.Replica // while the sums are in bytes; all that follows is for sums in bits
	overlapSums
	looks
	record
	pace
	quiet quiet
}

// overlapSums are the sums M^μ and room to count and to pack them.
type overlapSums struct {
	scan   kernel.Scan // the sums, and how to look for the next flip
	zero   []uint64    // (stride)
	ints   []int32     // (K), the sums as integers
	active []uint64    // (stride), which of them are in slices
	counts []kernel.Tally
}

// looks says what of the sums a visit reads.
type looks struct {
	exact  bool    // visits compute whole stabilities
	whole  layout  // for them
	layout layout  // of the sums as they are
	noise  float64 // of those in slices: √Σ(M^μ)² when they came there
}

// A record is what a sweep notes of its visits.
type record struct {
	atOnce bool    // the sweep is parallel
	stable []int32 // (N), stabilities by the place in the order of the sweep
	turned []int32 // places in the order of the sweep's first few flips
	flips  int     // of this sweep so far, noted where the next depends on them
	last   int     // flips of the sweep before; at first, the flips needed to reach the nearest pattern
}

// A pace is how many neurons are looked at together.
type pace struct {
	block int // visits shared at a time
	span  int // length of the next block at T > 0
}

// load makes x the replica of h in state s. Nothing is counted yet.
func (x *hopfieldReplica) load(h *hopfieldNetwork, s State) {
	x.net, x.kernel, x.state, x.form = h, kernel.Active(), s, uncounted
	x.ints = resized(x.ints, h.K)
}

// makeRoom prepares x for sums in bits, which are not there yet.
func (x *hopfieldReplica) makeRoom() {
	h := x.net
	x.block = leastBlock
	x.zero = resized(x.zero, h.stride)
	clear(x.zero)
	x.stable = resized(x.stable, h.N)
	x.quiet.on, x.quiet.near = false, false
	x.exact = false
	x.scan = kernel.Scan{
		Rows: h.rows, Stride: h.stride, Words: h.stride,
		Spins: x.state, Self: h.self(), Ahead: 1 + aheadBytes/(8*h.stride),
		Sums: x.scan.Sums, Apart: x.scan.Apart,
	}
	if 8*len(h.rows) > farBytes {
		x.scan.Ahead, x.scan.Far = 1, farVisits
	}
}

// leave lets go of what x does not own.
func (x *hopfieldReplica) leave() {
	x.bytes.Leave()
	x.net, x.state, x.scan.Rows, x.scan.Spins = nil, nil, nil, nil
	x.scan.Noise, x.scan.Guide = nil, nil
	for a := range x.counts {
		x.counts[a].Rows, x.counts[a].Spins = nil, nil
	}
}

// aheadBytes is how far ahead rows are asked for from memory. From farBytes of them
// on they come better in two steps, farVisits ahead into the second-level cache,
// which can wait for more of them at a time: BenchmarkAhead.
const (
	aheadBytes = 3 << 10
	farBytes   = 1 << 26
	farVisits  = 6
)

// tally puts the overlap sums of the state into ints. All parts go on a piece at a
// time, so that an Ender is asked often.
func (x *hopfieldReplica) tally(pool Pool) {
	h := x.net
	clear(x.ints)
	piece := max(64, longBytes/(8*h.stride))
	part := max(piece, (h.N+tallyParts-1)/tallyParts)
	x.counts = resized(x.counts, (h.N+part-1)/part)
	for a := range x.counts {
		x.counts[a].Stride = h.stride
		x.counts[a].Reset(h.stride, min(part, h.N-a*part))
	}
	for from := 0; from < part; from += piece {
		doLong(pool, 8*len(h.rows), len(x.counts), func(a int) {
			t := &x.counts[a]
			if i, end := a*part+from, min(a*part+min(from+piece, part), h.N); i < end {
				t.Rows, t.Spins = h.rows[i*h.stride:], x.state[i:end]
				x.kernel.Tally(t)
			}
		})
	}
	for a := range x.counts {
		x.counts[a].AddTo(x.ints, min(part, h.N-a*part))
	}
}

// tallyParts is into how many parts a count is divided at most.
const tallyParts = 16

// overlaps writes the overlap sums to dst, shape (K).
func (x *hopfieldReplica) overlaps(dst []int32) []int32 {
	if x.form == inBytes {
		return x.bytes.Overlaps(dst)
	}
	x.scan.Sums.Ints(dst)
	for _, a := range x.scan.Apart {
		dst[a.Word<<6+a.Shift] = int32(a.Value / 2)
	}
	return dst
}

// ups returns how many patterns are +1 in a row; a call of the kernel costs as
// much as a few words.
func (x *hopfieldReplica) ups(row []uint64) int {
	if len(row) <= 8 {
		return popcount(row)
	}
	return x.kernel.Unlike(row, x.zero)
}

// flip turns spin i over.
func (x *hopfieldReplica) flip(i int) {
	s := -x.state[i]
	x.state[i] = s
	row := x.net.Row(i)
	ups := x.ups(row)
	x.scan.Total += 2 * int64(s) * int64(2*ups-x.net.K)
	for a := range x.scan.Apart {
		p := &x.scan.Apart[a]
		p.Value += 4 * int64(s) * int64(row[p.Word]>>p.Shift&1*2-1)
	}
	if x.quiet.on {
		x.quiet.flip(x.kernel, row, s > 0)
	}
	if x.kernel.Flip(&x.scan.Sums, row, s > 0) != 0 {
		x.widen(i)
		return
	}
	x.look()
}

// widen makes room for the sums, of which some do not fit since neuron i flipped.
func (x *hopfieldReplica) widen(i int) {
	x.scan.Sums.Widen(x.net.Row(i), x.state[i] > 0)
	x.overlaps(x.ints)
	x.pack()
}
