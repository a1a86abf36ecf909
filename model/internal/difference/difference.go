// Package difference steps polynomials of integers that are kept in bit slices:
// for each pattern the value v(U) and its finite differences Δv(U), Δ²v(U), …,
// of which the last is constant, follow U one up or down.
package difference

import (
	"math/bits"

	"hopcap/model/internal/kernel"
)

// A Step takes U of every active pattern one up or down. Slices are two's
// complement, their words in groups of eight: eight words of slice 0, the same
// words of slice 1, ….
type Step struct {
	Value  []uint64 // (Groups, Stride, 8), slices of v, and others that are left alone
	Rest   []uint64 // (Groups, Size, 8), slices of Δv, Δ²v, … one after the other
	Active []uint64 // (Groups·8), the patterns there are
	Row    []uint64 // up where it has a bit, and room to read eight words past its end
	Invert uint64   // all ones: up where Row has none
	Groups int
	Stride int
	Size   int
	Width  []int    // slices of v, Δv, …; all but v have a sign
	Plus   []uint64 // bit by bit, all ones for 1, the last, constant difference
	Minus  []uint64 // its negative
}

// Spread writes the lowest bits of c as all ones for 1 and zero for 0.
func Spread(c int64, count int) []uint64 {
	s := make([]uint64, count)
	for b := range s {
		s[b] = -(uint64(c) >> b & 1)
	}
	return s
}

// Run makes the step and returns by how much Σv grows for the patterns that go
// up, and for those that go down.
func (s *Step) Run() (up, down int64) {
	if run := native(kernel.Active().Name); run != nil {
		return run(s)
	}
	return s.run()
}

// run defines what Run does.
func (s *Step) run() (up, down int64) {
	for w := range min(s.Groups*8, len(s.Row)) {
		active := s.Active[w]
		rises := (s.Row[w] ^ s.Invert) & active
		u, d := s.word(w, rises, active&^rises)
		up += u
		down += d
	}
	return up, down
}

// word steps the patterns of word w.
func (s *Step) word(w int, up, down uint64) (rises, falls int64) {
	var rest [64]uint64
	last := len(s.Width) - 1
	slices := s.Rest[w/8*s.Size*8+w%8:]
	for b := range s.Size {
		rest[b] = slices[b*8]
	}
	// Down: Δ^k(U−1) = Δ^k(U) − Δ^{k+1}(U−1), the last first.
	to := s.Size
	from := to - s.Width[last]
	addConstant(rest[from:to], s.Minus, down)
	for k := last - 1; k > 0; k-- {
		low := from - s.Width[k]
		subtract(rest[low:from], rest[from:to], down)
		from, to = low, from
	}
	delta := rest[:s.Width[1]]
	accumulate(s.Value[w/8*s.Stride*8+w%8:], s.Width[0], delta, down)
	rises, falls = total(delta, up), -total(delta, down)
	// Up: Δ^k(U+1) = Δ^k(U) + Δ^{k+1}(U), the first first.
	from = 0
	for k := 1; k < last; k++ {
		to := from + s.Width[k]
		add(rest[from:to], rest[to:to+s.Width[k+1]], up)
		from = to
	}
	addConstant(rest[from:s.Size], s.Plus, up)
	for b := range s.Size {
		slices[b*8] = rest[b]
	}
	return rises, falls
}

// total returns the sum of the integers in slices a where mask has a bit.
func total(a []uint64, mask uint64) (sum int64) {
	sign := len(a) - 1
	sum = -int64(bits.OnesCount64(a[sign]&mask)) << sign
	for b, y := range a[:sign] {
		sum += int64(bits.OnesCount64(y&mask)) << b
	}
	return sum
}

// accumulate adds delta to the first slices of value, or takes it away where
// down has a bit.
func accumulate(value []uint64, width int, delta []uint64, down uint64) {
	carry := down // a − b = a + ¬b + 1
	y := uint64(0)
	for b := range width {
		if b < len(delta) {
			y = delta[b] ^ down
		}
		v := value[b*8]
		s := v ^ y
		value[b*8] = s ^ carry
		carry = v&y | s&carry
	}
}

// add adds b to a where mask has a bit.
func add(a, b []uint64, mask uint64) {
	carry, y := uint64(0), uint64(0)
	for k, v := range a {
		if k < len(b) {
			y = b[k] & mask
		}
		s := v ^ y
		a[k] = s ^ carry
		carry = v&y | s&carry
	}
}

// subtract takes b away from a where mask has a bit.
func subtract(a, b []uint64, mask uint64) {
	borrow, y := uint64(0), uint64(0)
	for k, v := range a {
		if k < len(b) {
			y = b[k] & mask
		}
		s := v ^ y
		a[k] = s ^ borrow
		borrow = y&^v | borrow&^s
	}
}

// addConstant adds the integer of bits c to a where mask has a bit.
func addConstant(a, c []uint64, mask uint64) {
	carry := uint64(0)
	for k, v := range a {
		y := mask & c[k]
		s := v ^ y
		a[k] = s ^ carry
		carry = v&y | s&carry
	}
}
