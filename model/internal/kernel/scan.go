package kernel

import "math/bits"

// A Scan looks for the next neuron that flips. For each neuron i of Order in
// turn it computes
//
//	F  = Σ_sums Weight·popcount(row_i AND slice) + Σ_apart Value·(bit of row_i) − Total
//	s_i·F − Self,
//
// the stability of s_i, notes it in Stable, and stops at the first negative one.
// What it leaves in Stable after that one means nothing.
//
// With Skip > 0 it looks first at what F is without the lowest Skip slices. Where
// that leaves no doubt that s_i is stable, it notes the least that the stability
// can be, and goes on.
type Scan struct {
	Rows   []uint64 // (neurons, Stride), and room to read eight words past the last row
	Stride int      // words from row to row
	Words  int      // words of a row that hold patterns

	Order  []int32 // (visits), neurons
	Spins  []int8  // (neurons), ±1
	Sums   Sums
	Apart  []Apart
	Total  int64
	Self   int64
	Skip   int     // slices that a first look leaves out
	Low    int64   // what they count in Total
	Doubt  int64   // the most that they can count in F
	Whole  bool    // do not stop, and leave nothing out
	Eight  bool    // take eight neurons at a time, if the kernel can
	Ahead  int     // how many visits ahead a row is asked for from memory
	Far    int     // and how many, for the second-level cache before that; 0: not
	Stable []int32 // (visits), stabilities, those out of range clamped

	Noise    []uint64 // (neurons), the uniform numbers of a Heat
	Guide    *Guide   // and what they decide; nil at T = 0
	Patterns int      // K: those active in Sums and those apart
	Flips    int      // made by a Heat
	Over     bool     // a Heat stopped after a flip: sums do not fit and have wrapped around
}

// A Guide decides neurons at T > 0 by their noise u, of which the upper CellBits bits
// are the cell. Below Cells[cell+1] a neuron flips; from Cells[cell] on, in cell 0 from
// Tail[leading zeros of u], it does not. Between them it takes more than a guide.
type Guide struct {
	Cells [1<<CellBits + 1]int32
	Tail  [65]int32
}

// CellBits is how many bits of the noise a Guide goes by.
const CellBits = 10

// limits returns below which stability neuron i flips, and from which not.
func (s *Scan) limits(i int) (flip, stay int64) {
	g := s.Guide
	if g == nil {
		return 0, 0
	}
	u := s.Noise[i]
	cell := u >> (64 - CellBits)
	flip, stay = int64(g.Cells[cell+1]), int64(g.Cells[cell])
	if cell == 0 {
		stay = int64(g.Tail[bits.LeadingZeros64(u)])
	}
	return flip, stay
}

// An Apart is a pattern whose sum is kept as a plain integer: it is the bit
// Shift of word Word of a row.
type Apart struct {
	Word, Shift int
	Value       int64
}

// A Tally is rows counted into vertical counters: for every pattern, in how many
// of the rows its sign is that of the spin of the row.
type Tally struct {
	Rows   []uint64 // (len(Spins), Stride), and room to read eight words past the last row
	Stride int
	Spins  []int8   // ±1
	Groups int      // groups of eight words
	Depth  int      // bits of a counter, at least 4, and enough
	Counts []uint64 // (Groups, Depth, 8), bit slices of the counters
}

// Reset makes t count rows of the given words into zero counters that hold up to
// n.
func (t *Tally) Reset(words, n int) {
	t.Groups = (words + 7) / 8
	t.Depth = max(4, bits.Len(uint(n)))
	t.Counts = zeroed(t.Counts, t.Groups*t.Depth*8)
}

// AddTo adds 2·count − n to dst, shape (K), for the n rows counted so far.
func (t *Tally) AddTo(dst []int32, n int) {
	var counts [64]int32
	for w := 0; w*64 < len(dst); w++ {
		part := dst[w*64 : min(len(dst), w*64+64)]
		counts = [64]int32{}
		join(counts[:len(part)], t.Counts[w/8*t.Depth*8+w%8:], t.Depth)
		for j, v := range counts[:len(part)] {
			part[j] += 2*v - int32(n)
		}
	}
}
