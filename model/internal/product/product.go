// Package product decides updates of memories whose weights are products of two
// small numbers: for each pattern there is a byte U, and with h = U − Centre
//
//	v(U) = |h|·|h + Parity|,
//
// which is a polynomial of degree two where Parity is 0 or 1. Sums of v over the
// patterns of a row are dot products of bytes, for which processors have
// instructions.
package product

import (
	"math/bits"

	"hopcap/model/internal/kernel"
)

// Limit is the most patterns: sums of v fit 31 bits.
const Limit = 1<<31/(127*127) - 63

// Fast reports whether the kernel in use has these loops in assembly.
func Fast() bool { return fast(kernel.Active().Name) }

// Room is the bytes to be made for each of A, B and U: all words of 64 patterns,
// rounded up to four.
func Room(words int) int { return (words + 3) / 4 * 4 * 64 }

// A Scan looks for the next neuron that flips. For each neuron i of Order in turn
// it notes in Fields
//
//	D_i = Scale·Σ_{μ in row i} A·B + Offset_i − (Rise if s_i = +1, else Fall)
//
// and stops at the first with s_i·D_i < 0, which it notes too.
type Scan struct {
	Rows   []uint64 // (neurons, Stride), and room to read three words past the last row
	Stride int
	Words  int     // words of a row that hold patterns
	A, B   []uint8 // (Room), at most 127; A is zero where there is no pattern
	Order  []int32 // (visits), neurons
	Spins  []int8  // (neurons), ±1
	Offset []int64 // (neurons)
	Scale  int64
	Rise   int64
	Fall   int64
	Whole  bool    // do not stop
	Fields []int64 // (visits)
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
				mu := w*64 + bits.TrailingZeros64(row)
				sum += int64(s.A[mu]) * int64(s.B[mu])
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

// A Step changes U of every pattern and the factors with it, which must stay at
// most 127. A and B may be one where Parity is 0.
type Step struct {
	U, A, B []uint8  // (Room)
	Row     []uint64 // (Words)
	Active  []uint64 // (Words), the patterns there are; the factors of others become zero
	Words   int
	Up      int8 // added to U where Row has a bit
	Down    int8 // added elsewhere
	Centre  int8
	Parity  int8
}

// Run makes the step and returns Σ A·B.
func (s *Step) Run() int64 {
	if Fast() {
		return stepVNNI(s)
	}
	return s.run()
}

// run defines what Run does.
func (s *Step) run() (sum int64) {
	for mu := range s.Words * 64 {
		change := s.Down
		if s.Row[mu/64]>>(mu%64)&1 != 0 {
			change = s.Up
		}
		s.U[mu] += uint8(change)
		h := int8(s.U[mu]) - s.Centre
		s.A[mu], s.B[mu] = size(h), size(h+s.Parity)
		if s.Active[mu/64]>>(mu%64)&1 == 0 {
			s.A[mu], s.B[mu] = 0, 0
		}
		sum += int64(s.A[mu]) * int64(s.B[mu])
	}
	return sum
}

// size returns |h|.
func size(h int8) uint8 { return uint8(max(h, -h)) }
