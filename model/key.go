package model

import (
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
)

// A Key names one random stream: it is a hash of everything the stream may
// depend on, and of nothing else, so that neither workers nor order nor the
// rest of a study can move a number.
type Key [4]uint64

// NewKey returns the key of a canonical text.
func NewKey(text string) Key {
	return keyOf(sha256.Sum256([]byte(text)))
}

// Sub returns the key of a part of k's stream: a role with its indices. Roles
// with different names, and indices that differ in value or number, give
// unrelated keys.
func (k Key) Sub(role string, index ...uint64) Key {
	var room [128]byte
	b := room[:0]
	for _, w := range k {
		b = binary.LittleEndian.AppendUint64(b, w)
	}
	for _, v := range index {
		b = binary.LittleEndian.AppendUint64(b, v)
	}
	b = append(b, role...)
	return keyOf(sha256.Sum256(b))
}

func keyOf(sum [32]byte) (k Key) {
	for i := range k {
		k[i] = binary.LittleEndian.Uint64(sum[8*i:])
	}
	return k
}

// A Source is a stream of random bits, xoshiro256++ (Blackman and Vigna, ACM
// Trans. Math. Softw. 47, 36 (2021)) started at its key.
type Source struct {
	s    [4]uint64
	half uint64 // the unused upper half of a word, with bit 32 set, or 0
}

// Source returns the stream that k names, from its beginning.
func (k Key) Source() *Source {
	return &Source{s: k}
}

// Uint64 returns the next 64 bits.
func (r *Source) Uint64() uint64 {
	s := &r.s
	out := bits.RotateLeft64(s[0]+s[3], 23) + s[0]
	t := s[1] << 17
	s[2] ^= s[0]
	s[3] ^= s[1]
	s[1] ^= s[2]
	s[0] ^= s[3]
	s[2] ^= t
	s[3] = bits.RotateLeft64(s[3], 45)
	return out
}

// Uint32 returns the next 32 bits: each 64-bit word gives its low half first.
func (r *Source) Uint32() uint32 {
	if r.half != 0 {
		v := uint32(r.half)
		r.half = 0
		return v
	}
	w := r.Uint64()
	r.half = w>>32 | 1<<32
	return uint32(w)
}

// Uintn returns a uniform integer in [0, n), n ≥ 1, without bias (Lemire, ACM
// Trans. Model. Comput. Simul. 29, 3 (2019)).
func (r *Source) Uintn(n uint32) uint32 {
	prod := uint64(r.Uint32()) * uint64(n)
	if low := uint32(prod); low < n {
		threshold := -n % n
		for low < threshold {
			prod = uint64(r.Uint32()) * uint64(n)
			low = uint32(prod)
		}
	}
	return uint32(prod >> 32)
}

// Permute fills p with a uniform random permutation of 0 … len(p)−1
// (Fisher–Yates, from the end).
func (r *Source) Permute(p []int32) {
	for i := range p {
		p[i] = int32(i)
	}
	for i := len(p) - 1; i > 0; i-- {
		j := r.Uintn(uint32(i + 1))
		p[i], p[j] = p[j], p[i]
	}
}

// Choose moves a uniform random choice of m of the elements of p to its front,
// in random order.
func (r *Source) Choose(p []int32, m int) {
	for i := range m {
		j := i + int(r.Uintn(uint32(len(p)-i)))
		p[i], p[j] = p[j], p[i]
	}
}
