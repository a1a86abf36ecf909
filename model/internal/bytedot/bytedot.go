// Package bytedot relaxes small Hopfield networks at T = 0, one neuron after the
// other, with overlaps that are kept as bytes.
//
// A turned row of neuron i has a bit for each pattern μ, set where ξ_i^μ s_i = +1.
// Let U^μ be the number of neurons with that bit set, less N/2 rounded down; the
// overlap sum is M^μ = 2U^μ − (N mod 2). With D_i = Σ_μ bit_i^μ U^μ, T = Σ_μ U^μ and
// P_i the number of set bits, the stability of neuron i is
//
//	s_i·N·h_i = Σ_μ ξ_i^μ s_i M^μ − self = 4 D_i − 2 (N mod 2) P_i − 2T + (N mod 2) K − self,
//
// where self is K, or 0 if the couplings keep their diagonal. Neurons with a negative
// stability flip. Nearly all U^μ fit a signed byte, so that D is a dot product of
// bytes. 16 bytes of a turned row, ANDed with a mask of one bit for each byte, are one
// side of the dot product without more ado: the bit counts 1, 2, 4 or 8, and the sum
// is shifted back.
//
// A row has columns. Column μ < K belongs to pattern μ. A U^μ that does not fit a byte
// is divided between the column of the pattern and spare columns at the end of the row
// that repeat its bit. If this takes too many spare columns, there are two planes of
// bytes instead, and a column counts low + 64·high. At odd N more columns count P_i,
// so that the sum over the columns decides alone: neuron i flips if it is below a
// threshold that is the same for all neurons.
//
// The columns of a row lie in pieces of 16 bytes. The bytes of one piece lie in the
// order in which a kernel needs them: [bit of the byte][byte of the piece], see place.
package bytedot

import "math/bits"

// MaxNeurons and MaxPatterns are the largest networks.
const (
	MaxNeurons  = 8192
	MaxPatterns = 7168
)

// A Network is K packed patterns of N neurons: pattern μ of neuron i is bit μ mod 64 of
// word i·Stride + μ/64 of Rows, set for +1. Bits from K on mean nothing.
type Network struct {
	N, K   int
	Stride int      // words from row to row
	Rows   []uint64 // (N, Stride), and room to read one word past the last row
	Self   int      // N·J_ii of the outer products that the couplings leave out: K or 0
}

// A Replica is one state of a network, with all that an update needs kept current
// through every flip. The zero Replica has nothing loaded. Replicas use their memory
// again at the next Load.
type Replica struct {
	kernel *Kernel
	net    Network
	state  []int8 // (N), ±1; the caller's

	rows    []uint64 // (N, 2·pieces), turned rows, and empty ones up to a multiple of 16
	pieces  int      // of a row
	planes  int      // of weights: 1 or 2
	weights []int8   // (planes, pieces, 8, 16), what the columns count
	steps   []int8   // (pieces, 8, 16), 1 where the column is that of a pattern, else 0
	pattern []uint64 // (2·pieces), the columns of patterns
	follow  []uint64 // (2·pieces), the columns that turn over with their neuron

	total     int   // T
	threshold int32 // a neuron flips if its field is below
	fields    [maxBlock]int32

	runs   []run    // spare columns that are in use
	spares []int32  // (K), how many a pattern has
	free   int      // first column that is not in use
	copies []copied // those that are to be written in all rows

	sums     []int32              // (K), room for U
	counts   [pieceColumns]uint16 // of one piece, room for countSteps
	identity []int32              // (N), 0 … N−1
	padded   [maxBlock]int32      // less than a block of an order, with the last repeated
	turned   [maxBlock]int32      // the neurons of the present block that flipped
}

// maxBlock is the most neurons that a kernel looks at together.
const maxBlock = 16

// pieceColumns is how many columns a piece has.
const pieceColumns = 128

// Fits reports whether networks of n neurons and k patterns can be loaded.
func Fits(n, k int) bool { return n <= MaxNeurons && k <= MaxPatterns }

// Bytes returns the memory that a replica of a network of n neurons and k patterns takes
// at most.
func Bytes(n, k int) int64 {
	pieces := int64(Network{N: n, K: k}.mostPieces())
	rows := int64(n+15) * 16 * pieces
	return rows + 3*pieceColumns*pieces + 8*int64(k) + 4*int64(n)
}

// Load makes x a replica of a network in the given state, shape (N), which x changes
// from now on.
func (x *Replica) Load(k *Kernel, net Network, state []int8) {
	x.kernel, x.net, x.state = k, net, state
	x.sums = resized(x.sums, net.K)
	x.shape(net.columns() + columnsOf(net.N/2, net.N) - 1) // most often one pattern has a large sum
	x.turn()
	x.kernel.Count(x)
	x.arrange(true)
}

// Leave lets go of the network and of the state, neither of which x owns, until the next
// Load.
func (x *Replica) Leave() { x.net, x.state = Network{}, nil }

// State returns the spins, shape (N).
func (x *Replica) State() []int8 { return x.state }

// Overlaps writes the overlap sums M^μ to dst, shape (K), and returns it.
func (x *Replica) Overlaps(dst []int32) []int32 {
	x.readSums(dst)
	for mu := range dst {
		dst[mu] = 2*dst[mu] - int32(x.net.N&1)
	}
	return dst
}

// Stability returns s_i·N·h_i.
func (x *Replica) Stability(i int) int {
	fill(x.padded[:x.kernel.Block], int32(i))
	bound := x.threshold
	x.threshold = 1<<31 - 1 // so that every block is one to look at
	x.kernel.Look(x, x.padded[:x.kernel.Block])
	x.threshold = bound
	return x.stability(i, x.fields[0], x.total)
}

// Sweep updates the neurons of the order one after the other and returns how many
// flipped.
func (x *Replica) Sweep(order []int32) (flips int) {
	block := x.kernel.Block
	for len(order) >= block {
		n := x.kernel.Look(x, order)
		order = order[n:]
		if len(order) < block {
			break
		}
		flips += x.settle(order[:block])
		order = order[block:]
	}
	if len(order) > 0 && x.look(order) {
		flips += x.settle(order)
	}
	return flips
}

// look fills fields for less than a block of neurons, and reports whether one of them
// may flip.
func (x *Replica) look(order []int32) bool {
	block := x.padded[:x.kernel.Block]
	fill(block[copy(block, order):], order[len(order)-1])
	return x.kernel.Look(x, block) == 0
}

// Stable reports whether no neuron would flip.
func (x *Replica) Stable() bool {
	if len(x.identity) != x.net.N {
		x.identity = resized(x.identity, x.net.N)
		for i := range x.identity {
			x.identity[i] = int32(i)
		}
	}
	n := x.kernel.Look(x, x.identity)
	rest := x.identity[n:]
	return len(rest) == 0 || len(rest) < x.kernel.Block && !x.look(rest)
}

// settle updates the neurons of a block, whose fields are as they were at its
// beginning, and returns how many flipped.
//
// Each flip changes a stability by at most 2K. Only where that leaves doubt are the
// couplings to the neurons that flipped before in the block computed.
func (x *Replica) settle(block []int32) (flips int) {
	old := x.threshold
	limit := old // fields from here on cannot have fallen below the threshold
	sure := old  // fields below here cannot have risen above it
	total := x.total
	for j, i := range block {
		d := x.fields[j]
		if d >= limit {
			continue
		}
		if d >= sure && x.stability(int(i), d, total)+x.change(int(i), x.turned[:flips]) >= 0 {
			continue
		}
		x.turned[flips] = i
		flips++
		x.flip(int(i))
		reach := int32(x.net.K*flips+1) / 2 // four times a field is a stability, but for 3 at most
		limit, sure = old+reach, old-reach
	}
	return flips
}

// change returns how much the stability of neuron i changed as others flipped: each
// by −2·s_i s_f N·J_if, where s_f is the spin before.
func (x *Replica) change(i int, flipped []int32) (sum int) {
	row := x.row(i)
	for _, f := range flipped {
		other := x.row(int(f))
		unlike := 0
		for w, m := range x.pattern {
			unlike += bits.OnesCount64((row[w] ^ other[w]) & m)
		}
		sum += 2 * (x.net.K - 2*unlike) // the other row has turned over since
	}
	return sum
}

// flip turns spin i over.
func (x *Replica) flip(i int) {
	row := x.row(i)
	set := x.ups(row)
	over := x.kernel.Flip(x, i)
	x.state[i] = -x.state[i]
	x.total += x.net.K - 2*set
	if x.net.N&1 != 0 {
		x.writeCount(row, x.net.K-set)
	}
	x.setThreshold()
	if over {
		x.makeRoom()
	}
}

// row returns the turned row of neuron i.
func (x *Replica) row(i int) []uint64 {
	w := 2 * x.pieces
	return x.rows[i*w : (i+1)*w : (i+1)*w]
}

// ups returns P of a turned row.
func (x *Replica) ups(row []uint64) (n int) {
	for w, m := range x.pattern {
		n += bits.OnesCount64(row[w] & m)
	}
	return n
}

func fill[T any](s []T, v T) {
	for j := range s {
		s[j] = v
	}
}

// resized returns s with n elements of whatever value, in its room if that is enough.
func resized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// cleared returns s with n elements that are zero, in its room if that is enough.
func cleared[T any](s []T, n int) []T {
	s = resized(s, n)
	clear(s)
	return s
}
