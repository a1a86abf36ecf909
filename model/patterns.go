package model

import (
	"fmt"
	"math/big"
	"math/bits"

	"hopcap/model/internal/kernel"
	"hopcap/model/random"
)

// Patterns are K stored patterns of N neurons, ξ_i^μ = ±1, one bit each.
//
// They are packed by neuron: row i holds ξ_i^μ for all μ, pattern μ in bit
// μ mod 64 of word μ/64, a set bit for +1. Bits at and past K are zero.
type Patterns struct {
	N, K int
	// Bias is the mean ⟨ξ_i^μ⟩ of the ensemble of the patterns, −1 … 1, exactly. nil is 0.
	// Some rules subtract it.
	Bias   *big.Rat
	stride int      // words from one row to the next
	rows   []uint64 // (N, stride)
	memory *memory  // what was borrowed, if anything was
	// redrawn is the key of RedrawnPatterns, whose first block alone is in rows; else nil
	redrawn *Key
}

// NewPatterns returns room for k patterns of n neurons, all −1.
func NewPatterns(n, k int) *Patterns {
	if n < 1 || k < 1 {
		panic(fmt.Sprintf("model: %d patterns of %d neurons", k, n))
	}
	p := &Patterns{N: n, K: k, stride: stride(k)}
	words := n * p.stride
	p.rows = make([]uint64, words+overread)[:words]
	preferHuge(p.rows)
	return p
}

// Activity returns (1 + ⟨ξ_i^μ⟩)/2, the fraction of +1 in the ensemble: ½ without a bias.
func (p *Patterns) Activity() *big.Rat {
	f := big.NewRat(1, 2)
	if p.Bias == nil {
		return f
	}
	return f.Add(f, new(big.Rat).Mul(p.Bias, f))
}

// overread is how many words past the last row a kernel may read. It does not use them.
const overread = 8

// Row returns the packed bits of neuron i, shape (stride); shared, not copied.
func (p *Patterns) Row(i int) []uint64 { return p.rows[i*p.stride : (i+1)*p.stride] }

// At returns ξ_i^μ.
func (p *Patterns) At(i, mu int) int8 {
	return int8(p.rows[i*p.stride+mu>>6]>>(mu&63)&1)*2 - 1
}

// Set makes ξ_i^μ = v, ±1.
func (p *Patterns) Set(i, mu int, v int8) {
	w := &p.rows[i*p.stride+mu>>6]
	*w &^= 1 << (mu & 63)
	if v > 0 {
		*w |= 1 << (mu & 63)
	}
}

// Pattern writes pattern μ to dst, shape (N).
func (p *Patterns) Pattern(mu int, dst State) {
	at := mu >> 6
	for i := range dst {
		dst[i] = int8(p.rows[at]>>(mu&63)&1)*2 - 1
		at += p.stride
	}
}

// Overlap returns M^μ = Σ_i ξ_i^μ s_i.
func (p *Patterns) Overlap(mu int, s State) int {
	m := 0
	at := mu >> 6
	for _, v := range s {
		m += int(p.rows[at]>>(mu&63)&1*2-1) * int(v)
		at += p.stride
	}
	return m
}

// Correlation returns Σ_μ ξ_i^μ ξ_j^μ, the coupling N·J_ij of Hebb's rule, K for i = j.
func (p *Patterns) Correlation(i, j int) int {
	unlike, other := 0, p.Row(j)
	for w, word := range p.Row(i) {
		unlike += bits.OnesCount64(word ^ other[w])
	}
	return p.K - 2*unlike
}

// A State is the N spins of a network, each +1 or −1.
type State []int8

// stride returns the words that a row of k bits takes.
func stride(k int) int { return (k + 63) / 64 }

// Tiles of the pattern matrix: tileRows neurons by tileWords words of 64
// patterns are drawn from one stream of their own, so that drawing can be
// shared between workers and any block drawn again by itself.
const (
	tileRows  = 64
	tileWords = 64
)

// Draw fills p with independent unbiased signs. Tile (a, b) holds neurons
// 64a … 64a+63 and patterns 4096b … 4096b+4095; its words, row by row, come from
// eight xoshiro256++ streams in turn (word t from stream t mod 8), which start
// at the tile's key, key.Sub("tile", a, b), by
//
//	state j of stream ℓ = random.Mix(tile[j] + (ℓ+1)·0x9e3779b97f4a7c15),
//
// where mix is the finaliser of splitmix64 (Steele, Lea, Flood 2014).
//
// If pool is an Ender and ends, p is of no use.
func (p *Patterns) Draw(key Key, pool Pool) {
	k := kernel.Active()
	doLong(pool, 8*len(p.rows), (p.N+tileRows-1)/tileRows, func(a int) {
		for b := 0; b*tileWords < p.stride; b++ {
			p.drawTile(k, key.Sub("tile", uint64(a), uint64(b)), a*tileRows, b*tileWords)
		}
	})
}

// drawTile draws the tile of the given key whose first row is i0 and whose first
// word in it is w0.
func (p *Patterns) drawTile(k *kernel.Kernel, tile Key, i0, w0 int) {
	i1, w1 := min(i0+tileRows, p.N), min(w0+tileWords, p.stride)
	lanes := lanesOf(tile)
	switch {
	case w1-w0 == tileWords:
		for i := i0; i < i1; i++ {
			k.Fill(p.Row(i)[w0:w1], &lanes)
		}
	case w0 == 0:
		drawRun(k, p.rows[i0*p.stride:i1*p.stride], &lanes)
	default:
		var room [tileRows * tileWords]uint64
		k.Fill(room[:tileRows*(w1-w0)], &lanes)
		for i := i0; i < i1; i++ {
			copy(p.Row(i)[w0:], room[(i-i0)*(w1-w0):(i-i0+1)*(w1-w0)])
		}
	}
	if w1 == p.stride && p.K&63 != 0 {
		last := uint64(1)<<(p.K&63) - 1
		for i := i0; i < i1; i++ {
			p.rows[i*p.stride+w1-1] &= last
		}
	}
}

// drawRun fills dst, of any length, with the words of lanes in turn.
func drawRun(k *kernel.Kernel, dst []uint64, lanes *kernel.Lanes) {
	whole := len(dst) &^ 7
	k.Fill(dst[:whole], lanes)
	if whole < len(dst) {
		var rest [8]uint64
		k.Fill(rest[:], lanes)
		copy(dst[whole:], rest[:])
	}
}

// lanesOf returns the eight streams of a tile.
func lanesOf(tile Key) (lanes kernel.Lanes) {
	for j := range lanes {
		for l := range lanes[j] {
			lanes[j][l] = random.Mix(tile[j] + uint64(l+1)*0x9e3779b97f4a7c15)
		}
	}
	return lanes
}

// popcount returns the number of set bits.
func popcount(words []uint64) (n int) {
	for _, w := range words {
		n += bits.OnesCount64(w)
	}
	return n
}

// A Pool runs the parts of one large piece of work, perhaps at the same time. Whoever is
// given a Pool may be given nil, and then runs them one after the other.
type Pool interface {
	// Do calls f(0) … f(n−1), each once, and returns when all have returned.
	Do(n int, f func(part int))
}

// An Ender is a Pool that can end: its result is not needed any more. Draw, Start and
// parallel sweeps then stop early, and what they made must not be used.
type Ender interface {
	Pool
	Ended() bool
}

// longWork is how many bytes there are in work that looks now and then whether
// anybody waits for it.
const longWork = 1 << 26

// doLong is do for parts of work on so many bytes.
func doLong(pool Pool, bytes, n int, f func(part int)) {
	e, ok := pool.(Ender)
	if !ok || bytes < longWork {
		do(pool, n, f)
		return
	}
	do(pool, n, func(part int) {
		if !e.Ended() {
			f(part)
		}
	})
}

func do(pool Pool, n int, f func(part int)) {
	if pool != nil {
		pool.Do(n, f)
		return
	}
	for i := range n {
		f(i)
	}
}
