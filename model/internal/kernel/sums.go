package kernel

import "math/bits"

// Sums hold one integer for each of K patterns in bit slices, two's complement:
// bit b of the integer of pattern μ is bit μ mod 64 of word μ/64 of slice b. The
// words of the slices are interleaved, so that a row of patterns is read once:
// eight words of slice 0, the same words of slice 1, …, then the next group of
// eight words.
//
// The integers are 2·V + Base, all odd or all even, and V is what is in slices.
// Unless Base is 0, slice 0 is constant: one bit for each active pattern, which
// counts Base.
type Sums struct {
	Groups int      // groups of eight words
	Width  int      // slices
	Base   int      // what 0 in the slices stands for
	First  int      // slice of the lowest bit: 1 if slice 0 is the constant one, else 0
	Bits   []uint64 // (Groups, Width, 8)
	Active []uint64 // (Groups, 8), the patterns that count
	Weight []uint64 // (Width, 8), what a bit counts in a field, modulo 2⁶⁴

	spare []uint64 // room for Bits
}

// MaxWidth is the largest number of slices.
const MaxWidth = 24

// Reset makes room for sums of rows of the given words, with no pattern active.
func (s *Sums) Reset(words, width, base int) {
	*s = Sums{Groups: (words + 7) / 8, Active: s.Active, Bits: s.Bits, Weight: s.Weight, spare: s.spare}
	s.setBase(base)
	s.Active = zeroed(s.Active, s.Groups*8)
	s.setWidth(width)
}

func (s *Sums) setBase(base int) {
	s.Base, s.First = base, 0
	if base != 0 {
		s.First = 1
	}
}

func (s *Sums) setWidth(width int) {
	if width > MaxWidth {
		panic("kernel: sums too wide")
	}
	s.Width = width
	s.Bits = zeroed(s.Bits, s.Groups*width*8)
	s.setWeight()
}

func (s *Sums) setWeight() {
	width := s.Width
	s.Weight = zeroed(s.Weight, width*8)
	for b := range width {
		w := uint64(2) << (b + 1 - s.First)
		switch {
		case b < s.First:
			w = uint64(2 * s.Base)
		case b == width-1:
			w = -w
		}
		for l := range 8 {
			s.Weight[b*8+l] = w
		}
	}
}

func zeroed(s []uint64, n int) []uint64 {
	if cap(s) < n {
		return make([]uint64, n)
	}
	s = s[:n]
	clear(s)
	return s
}

// at returns the place of word w of slice 0 in Bits; slice b is 8b words on.
func (s *Sums) at(w int) int { return w/8*s.Width*8 + w%8 }

// Get returns the sum of an active pattern μ.
func (s *Sums) Get(mu int) int {
	at := s.at(mu >> 6)
	v := uint64(0)
	for b := s.First; b < s.Width; b++ {
		v |= s.Bits[at+b*8] >> (mu & 63) & 1 << (b - s.First)
	}
	unused := 64 - (s.Width - s.First)
	return 2*int(int64(v)<<unused>>unused) + s.Base
}

// Ints writes the sums to dst, shape (K); what it writes for inactive patterns
// means nothing.
func (s *Sums) Ints(dst []int32) {
	width := s.Width - s.First
	unused := 32 - width
	for w := 0; w*64 < len(dst); w++ {
		part := dst[w*64 : min(len(dst), w*64+64)]
		clear(part)
		join(part, s.Bits[s.at(w)+s.First*8:], width)
		for j, v := range part {
			part[j] = 2*(v<<unused>>unused) + int32(s.Base)
		}
	}
}

// SetInts gives the patterns that active lists by a bit each the sums m,
// shape (K), and no other pattern is active.
func (s *Sums) SetInts(m []int32, active []uint64) {
	for w := 0; w*64 < len(m); w++ {
		s.Active[w] = active[w]
		group := s.Bits[s.at(w):]
		group[0] = active[w]
		split(m[w*64:min(len(m), w*64+64)], int32(s.Base), group[s.First*8:], s.Width-s.First)
		for b := s.First; b < s.Width; b++ {
			group[b*8] &= active[w]
		}
	}
}

// ones spreads the bits of a byte over eight bytes.
var ones = func() (t [256]uint64) {
	for v := range t {
		for j := range 8 {
			t[v] |= uint64(v) >> j & 1 << (8 * j)
		}
	}
	return t
}()

// join puts the bits of up to 64 integers together: bit b of integer j is bit j
// of slices[8b]. It adds them to dst.
func join(dst []int32, slices []uint64, width int) {
	for b := 0; b < width; b += 8 {
		for c := 0; c < len(dst); c += 8 {
			bytes := uint64(0) // of eight integers
			for i := range min(8, width-b) {
				bytes |= ones[slices[(b+i)*8]>>c&255] << i
			}
			for j := range min(8, len(dst)-c) {
				dst[c+j] += int32(bytes>>(8*j)&255) << b
			}
		}
	}
}

// split takes up to 64 integers 2·v + base apart: bit b of v of integer j becomes
// bit j of slices[8b].
func split(m []int32, base int32, slices []uint64, width int) {
	for b := range width {
		slices[b*8] = 0
	}
	for b := 0; b < width; b += 8 {
		for c := 0; c < len(m); c += 8 {
			bytes := uint64(0)
			for j := range min(8, len(m)-c) {
				bytes |= uint64((m[c+j]-base)>>1>>b&255) << (8 * j)
			}
			for i := range min(8, width-b) {
				const first, gather = 0x0101010101010101, 0x0102040810204080
				slices[(b+i)*8] |= bytes >> i & first * gather >> 56 << c
			}
		}
	}
}

// Widen adds a slice after a Flip of row that returned over ≠ 0, and so makes
// good the sums that wrapped around.
func (s *Sums) Widen(row []uint64, add bool) {
	old := *s
	s.Bits, s.spare = nil, nil
	s.setWidth(s.Width + 1)
	for w, x := range row {
		from, to := old.at(w), s.at(w)
		for b := range old.Width {
			s.Bits[to+b*8] = old.Bits[from+b*8]
		}
		sign := old.Bits[from+(old.Width-1)*8]
		s.Bits[to+old.Width*8] = sign ^ old.wrapped(w, x, add)
	}
}

// wrapped returns the patterns of word w that wrapped around when x was added or
// taken away: those that went up and now have the least sum there is, and those
// that went down and have the largest.
func (s *Sums) wrapped(w int, x uint64, add bool) uint64 {
	if !add {
		x = ^x
	}
	at := s.at(w)
	same := s.Active[w] & ^(s.Bits[at+(s.Width-1)*8] ^ x) // the new sign is that of the step: up and negative, down and not
	for b := s.First; b < s.Width-1; b++ {
		same &= s.Bits[at+b*8] ^ x // the other bits are against it
	}
	return same
}

// Rebase changes Base, by an even number: what is in slices is another V for the
// same sums. It reports whether all of them fit; if not, it changes nothing.
func (s *Sums) Rebase(base int) bool {
	old := *s
	s.Bits, s.spare = old.spare, old.Bits
	s.setBase(base)
	s.setWidth(old.Width - old.First + s.First)
	over := uint64(0)
	for w, active := range s.Active {
		over |= s.rebase(&old, w, active)
	}
	if over == 0 {
		return true
	}
	old.spare = s.Bits
	*s = old
	s.setWeight()
	return false
}

// rebase is Rebase of word w. It returns the sums that do not fit.
func (s *Sums) rebase(old *Sums, w int, active uint64) uint64 {
	from, to := old.at(w)+old.First*8, s.at(w)
	s.Bits[to] = active // unless slice 0 is one of V
	to += s.First * 8
	carry, last := uint64(0), uint64(0)
	for b := range s.Width - s.First {
		x, step := old.Bits[from+b*8], active&-uint64((old.Base-s.Base)/2>>b&1)
		last = carry
		s.Bits[to+b*8], carry = adder(x, step, carry)
	}
	return carry ^ last
}

// Norm returns the sum of the absolute values of all sums. Base is 0.
func (s *Sums) Norm() (n int) {
	for w, active := range s.Active {
		at := s.at(w)
		sign := s.Bits[at+(s.Width-1)*8] & active
		for b := range s.Width - 1 {
			n += bits.OnesCount64(s.Bits[at+b*8]^sign) << b
		}
		n += bits.OnesCount64(sign)
	}
	return 2 * n
}

// Centred returns the base of sums of the parity of n with which what the lowest
// d bits of V count, 2·(V mod 2^d) + Base, lies around 0: in −2^d … 2^d − 2, or
// in −2^d + 1 … 2^d − 1 where sums are odd.
func Centred(d, n int) int { return n&1 - 1<<d }
