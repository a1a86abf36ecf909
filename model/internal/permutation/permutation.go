// Package permutation draws uniform random permutations.
package permutation

import "math/bits"

// A Stream is a stream of random bits, xoshiro256++ (Blackman and Vigna, ACM Trans.
// Math. Softw. 47, 36 (2021)), as its state.
type Stream struct{ S0, S1, S2, S3 uint64 }

// Next returns 64 bits and the state after them. A loop that keeps the state in a
// variable has it in registers.
func (s Stream) Next() (uint64, Stream) {
	out := bits.RotateLeft64(s.S0+s.S3, 23) + s.S0
	t := s.S1 << 17
	s.S2 ^= s.S0
	s.S3 ^= s.S1
	s.S1 ^= s.S2
	s.S0 ^= s.S3
	s.S2 ^= t
	s.S3 = bits.RotateLeft64(s.S3, 45)
	return out, s
}

// Draw fills p with a uniform random permutation of 0 … len(p)−1: for i from 0 up,
// p[i] = p[j], p[j] = i with j uniform in 0 … i (Fisher–Yates, inside out).
//
// Several j come from each 64-bit word w (Brackett-Rozinsky and Lemire, Softw. Pract.
// Exp. 55 (2025)): j is the upper half of w·(i+1) and the lower half is the w of the
// next j; the batch is drawn again if the last lower half is below 2⁶⁴ mod the product
// of its (i+1), which makes every outcome equally likely. Batches are of four while they
// end within the first 2¹⁴ elements, then of two, the last element alone if one is left.
func (s *Stream) Draw(p []int32) {
	i := min(len(p), mostBy4) &^ 3
	if vectors {
		s.blocks(p[:i])
	} else {
		s.by4(p, 0, i)
	}
	i = s.by2(p, i)
	if i < len(p) {
		j, w := bits.Mul64(s.word(), uint64(i+1))
		for !unbiased(w, uint64(i+1)) {
			j, w = bits.Mul64(s.word(), uint64(i+1))
		}
		p[i], p[j] = p[j], int32(i)
	}
}

// mostBy4 is where batches of four end, so that the product of four ranges leaves a
// rejection rare.
const mostBy4 = 1 << 14

// word returns the next 64 bits.
func (s *Stream) word() (w uint64) {
	w, *s = s.Next()
	return w
}

// unbiased reports whether a batch of dice whose ranges have the given product may be
// kept, w being what is left of its word.
func unbiased(w, product uint64) bool { return w >= product || w >= -product%product }

// by4 goes on with p from i up to end in batches of four.
func (s *Stream) by4(p []int32, i, end int) {
	x := *s
	for ; i < end; i += 4 {
		n := uint64(i + 1)
		var j0, j1, j2, j3 uint64
		for {
			var w uint64
			w, x = x.Next()
			j0, w = bits.Mul64(w, n)
			j1, w = bits.Mul64(w, n+1)
			j2, w = bits.Mul64(w, n+2)
			j3, w = bits.Mul64(w, n+3)
			if w >= mostBy4*mostBy4*mostBy4*mostBy4 || unbiased(w, n*(n+1)*(n+2)*(n+3)) {
				break
			}
		}
		q := p[i : i+4 : i+4]
		q[0], p[j0] = p[j0], int32(i)
		q[1], p[j1] = p[j1], int32(i+1)
		q[2], p[j2] = p[j2], int32(i+2)
		q[3], p[j3] = p[j3], int32(i+3)
	}
	*s = x
}

// by2 goes on with p from i in batches of two and returns where it ended.
func (s *Stream) by2(p []int32, i int) int {
	for ; i+2 <= len(p); i += 2 {
		n := uint64(i + 1)
		var j0, j1 uint64
		for {
			w := s.word()
			j0, w = bits.Mul64(w, n)
			j1, w = bits.Mul64(w, n+1)
			if unbiased(w, n*(n+1)) {
				break
			}
		}
		p[i], p[j0] = p[j0], int32(i)
		p[i+1], p[j1] = p[j1], int32(i+1)
	}
	return i
}

// blocks is by4 from 0 to the end in blocks of 16 elements, whose dice are thrown at the
// same time. A block of which a batch may have to be drawn again, which is rare, is made
// one batch after the other.
func (s *Stream) blocks(p []int32) {
	i := 0
	for i+16 <= len(p) {
		n := min(mostBlocks, (len(p)-i)/16)
		most := uint64(4 * bits.Len(uint(i+16*n-1))) // a product of four ranges is 2^most at most
		done := batches(s, &p[0], i, n, most)
		i += 16 * done
		if done < n {
			s.by4(p, i, i+16)
			i += 16
		}
	}
	s.by4(p, i, len(p))
}

// mostBlocks is how many blocks are made without looking at the bound of the dice.
const mostBlocks = 64
