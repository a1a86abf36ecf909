// Package product decides updates of memories whose weights are quadratic in the
// overlap, by dot products of bytes.
//
// For each pattern there is a byte H, half its overlap rounded down, and a weight
// that depends on a = max(H, −H−Parity) alone. Nearly all weights fit a byte.
//
// Patterns lie in blocks of 512, 64 bytes of a row, and a block in eight planes of
// 64 patterns: plane p has bit p of each byte of the row. A plane of a row is then
// one AND, and not a mask that is spread from bits to bytes.
package product

import (
	"math/bits"

	"hopcap/model/internal/kernel"
)

// Limit is the most patterns: sums of weights below 127² fit 31 bits.
const Limit = 1<<31/(127*127) - 512

// Block is the patterns of a block, which take as many bytes.
const Block = 512

// Fast reports whether the kernel in use has these loops in assembly.
func Fast() bool { return fast(kernel.Active().Name) }

// Blocks returns how many blocks words of 64 patterns take.
func Blocks(words int) int { return (words + 7) / 8 }

// Place returns where the byte of pattern mu is.
func Place(mu int) int { return mu&^(Block-1) | mu&7<<6 | mu>>3&63 }

// At returns the pattern whose byte is at a place.
func At(place int) int { return place&^(Block-1) | place&63<<3 | place>>6&7 }

// A Table gives the weights by a, High·256 + Low.
type Table struct {
	Low   [128]int8
	High  [128]uint8
	Plain uint8 // the largest a, at most 63, up to which High is 0
}

// NewTable returns the table of a weight that rises with a, from −128 on.
func NewTable(weight func(a int) int) (t Table) {
	for a := range t.Low {
		v := weight(a)
		t.Low[a], t.High[a] = int8(v), uint8((v+128)>>8)
		if t.High[a] == 0 && a < 64 {
			t.Plain = uint8(a)
		}
	}
	return t
}

// Weights are those of the patterns in one state, in bytes: those above 127 have
// High bytes too, of which there are only the planes that have any. Those of
// patterns past the words of a row are zero.
type Weights struct {
	Low    []int8  // (blocks, 8, 64)
	High   []uint8 // (planes of Planes, 64), with room for all
	Planes []int32 // 8·block + p, rising, with room for all
}

// NewWeights returns room for the weights of so many blocks.
func NewWeights(blocks int) *Weights {
	return &Weights{make([]int8, blocks*Block), make([]uint8, blocks*Block), make([]int32, 0, 8*blocks)}
}

// at returns the weight at a place.
func (w *Weights) at(place int) int64 {
	v := int64(w.Low[place])
	for n, p := range w.Planes {
		if int(p) == place>>6 {
			v += int64(w.High[n<<6+place&63]) << 8
		}
	}
	return v
}

// A Scan looks for the next neuron that flips. For each neuron i of Order in turn
// it notes in Fields
//
//	D_i = Scale·Σ_{μ in row i} weight + Offset_i − (Rise if s_i = +1, else Fall)
//
// and stops at the first with s_i·D_i < 0, which it notes too.
type Scan struct {
	Rows    []uint64 // (neurons, Stride), and room to read seven words past the last row
	Stride  int
	Words   int // words of a row that hold patterns
	Weights *Weights
	Order   []int32 // (visits), neurons
	Spins   []int8  // (neurons), ±1
	Offset  []int64 // (neurons)
	Scale   int64
	Rise    int64
	Fall    int64
	Whole   bool    // do not stop
	Fields  []int64 // (visits)
}

// Run returns how many neurons come before the first that flips.
func (s *Scan) Run() int {
	if Fast() {
		return scanVNNI(s)
	}
	return s.run()
}

// run defines what Run does.
func (s *Scan) run() int {
	for t, i := range s.Order {
		sum := int64(0)
		for w, row := range s.Rows[int(i)*s.Stride:][:s.Words] {
			for ; row != 0; row &= row - 1 {
				sum += s.Weights.at(Place(w*64 + bits.TrailingZeros64(row)))
			}
		}
		side := s.Rise
		if s.Spins[i] < 0 {
			side = s.Fall
		}
		s.Fields[t] = s.Scale*sum + s.Offset[i] - side
		if s.Fields[t]*int64(s.Spins[i]) < 0 && !s.Whole {
			return t
		}
	}
	return len(s.Order)
}

// A Step changes H of every pattern and the weights with it. Places past the
// words of the row are changed like those without a bit.
type Step struct {
	Table
	H       []uint8 // (blocks, 8, 64), two's complement
	Weights *Weights
	Row     []uint64 // (Words)
	Words   int
	Up      int8 // added to H where Row has a bit
	Down    int8 // added elsewhere
	Parity  int8 // 0 or 1
}

// Run makes the step and returns the sum of all weights.
func (s *Step) Run() int64 {
	if !Fast() {
		return s.run()
	}
	sum, planes := stepVNNI(s)
	s.Weights.Planes = s.Weights.Planes[:planes]
	return sum
}

// run defines what Run does.
func (s *Step) run() (sum int64) {
	w := s.Weights
	w.Planes = w.Planes[:0]
	for from := 0; from < len(s.H); from += 64 {
		high := w.High[len(w.Planes)<<6:][:64]
		clear(high)
		plain := true
		for k := range high {
			a, inside := s.change(from + k)
			plain = plain && a <= s.Plain
			w.Low[from+k] = 0
			if inside {
				w.Low[from+k], high[k] = s.Low[a], s.High[a]
				sum += int64(s.Low[a]) + int64(s.High[a])<<8
			}
		}
		if !plain {
			w.Planes = append(w.Planes, int32(from>>6))
		}
	}
	return sum
}

// change makes the step at one place. It returns a there, and whether the row has
// the place.
func (s *Step) change(place int) (a uint8, inside bool) {
	mu := At(place)
	inside = mu>>6 < s.Words
	if inside && s.Row[mu>>6]>>(mu&63)&1 != 0 {
		s.H[place] += uint8(s.Up)
	} else {
		s.H[place] += uint8(s.Down)
	}
	return size(s.H[place], s.Parity), inside
}

// Weight returns that of a pattern whose byte is h.
func (s *Step) Weight(h uint8) int64 {
	a := size(h, s.Parity)
	return int64(s.Low[a]) + int64(s.High[a])<<8
}

// size returns a.
func size(h uint8, parity int8) uint8 { return uint8(max(int8(h), -int8(h)-parity)) }

// A Survey is what is asked of all H of the patterns there are.
type Survey struct {
	H      []uint8  // (blocks, 8, 64)
	Active []uint64 // (blocks, 8), the patterns there are
	Parity int8
	Most   [64]uint8 // the largest a, by byte of the plane
	Cubes  [8]int64  // parts of Σ H³
}

// Run returns the largest a and Σ H³.
func (s *Survey) Run() (most uint8, cubes int64) {
	if Fast() {
		surveyVNNI(s)
	} else {
		s.run()
	}
	for _, a := range s.Most {
		most = max(most, a)
	}
	for _, part := range s.Cubes {
		cubes += part
	}
	return most, cubes
}

// run defines what Run does.
func (s *Survey) run() {
	s.Most, s.Cubes = [64]uint8{}, [8]int64{}
	for place, h := range s.H {
		if mu := At(place); s.Active[mu>>6]>>(mu&63)&1 != 0 {
			s.Most[place&63] = max(s.Most[place&63], size(h, s.Parity))
			x := int64(int8(h))
			s.Cubes[0] += x * x * x
		}
	}
}

// A Count counts the bits of rows.
type Count struct {
	Rows   []uint64 // (neurons, Stride)
	Stride int
	Words  int      // of a row that are counted
	Chosen []uint64 // (blocks, 8)
	Ones   []int64  // (neurons), bits of a row
	Common []int64  // (neurons), those that Chosen has too
}

// Run counts them.
func (c *Count) Run() {
	if Fast() {
		countVNNI(c)
		return
	}
	c.run()
}

// run defines what Run does.
func (c *Count) run() {
	for i := range c.Ones {
		c.Ones[i], c.Common[i] = 0, 0
		for w, row := range c.Rows[i*c.Stride:][:c.Words] {
			c.Ones[i] += int64(bits.OnesCount64(row))
			c.Common[i] += int64(bits.OnesCount64(row & c.Chosen[w]))
		}
	}
}

// A Spread turns bit slices of bytes into planes: bit b of the byte of pattern μ is
// bit μ mod 64 of word μ/64 of slice b.
type Spread struct {
	Slices []uint64 // (blocks, Depth, 8)
	Depth  int      // at most 8; at least 4
	Planes []uint8  // (blocks, 8, 64)
}

// Run makes the planes.
func (s *Spread) Run() {
	if Fast() {
		spreadVNNI(s)
		return
	}
	s.run()
}

// run defines what Run does.
func (s *Spread) run() {
	for place := range s.Planes {
		mu := At(place)
		slices := s.Slices[mu/Block*s.Depth*8+mu%Block>>6:]
		s.Planes[place] = 0
		for b := range s.Depth {
			s.Planes[place] |= uint8(slices[b*8]>>(mu&63)&1) << b
		}
	}
}
