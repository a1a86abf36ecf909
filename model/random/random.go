// Package random has streams of random bits. A key names a stream: it is a hash of
// everything that the stream may depend on. All arithmetic is in integers, so that streams
// are the same on every machine.
package random

import (
	"crypto/sha256"
	"encoding/binary"

	"hopcap/model/internal/permutation"
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
	x    permutation.Stream
	half uint64 // the unused upper half of a word, with bit 32 set, or 0
}

// Source returns the stream that k names, from its beginning.
func (k Key) Source() *Source {
	return &Source{x: permutation.Stream{S0: k[0], S1: k[1], S2: k[2], S3: k[3]}}
}

// Uint64 returns the next 64 bits.
func (r *Source) Uint64() (w uint64) {
	w, r.x = r.x.Next()
	return w
}

// Fill fills words with the next ones.
func (r *Source) Fill(words []uint64) {
	x := r.x
	for i := range words {
		words[i], x = x.Next()
	}
	r.x = x
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

// Permute fills p with a uniform random permutation of 0 … len(p)−1, with fewer words
// than elements: see permutation.Stream.Draw.
func (r *Source) Permute(p []int32) { r.x.Draw(p) }

// Choose moves a uniform random choice of m of the elements of p to its front,
// in random order.
func (r *Source) Choose(p []int32, m int) {
	for i := range m {
		j := i + int(r.Uintn(uint32(len(p)-i)))
		p[i], p[j] = p[j], p[i]
	}
}

// Flip turns exactly flips of the spins of s over, a uniform random choice.
// scratch has room for as many as there are spins.
func (r *Source) Flip(s []int8, flips int, scratch []int32) {
	at := scratch[:len(s)]
	for i := range at {
		at[i] = int32(i)
	}
	r.Choose(at, flips)
	for _, i := range at[:flips] {
		s[i] = -s[i]
	}
}

// Signs fills s with independent random signs, bit t mod 64 of word t/64 of the
// stream for spin t, a set bit for +1.
func (r *Source) Signs(s []int8) {
	var w uint64
	for t := range s {
		if t&63 == 0 {
			w = r.Uint64()
		}
		s[t] = int8(w&1)*2 - 1
		w >>= 1
	}
}

// Mix is the finaliser of splitmix64, a bijection.
func Mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
