package difference

import "hopcap/model/internal/kernel"

// Bytes turns eight slices, of which some may be zero, into bytes: bit b of byte j
// is bit j of slice b.
func Bytes(slices *[8]uint64, dst *[64]uint8) {
	if kernel.Active().Name == "avx512" {
		bytesAVX512(slices, dst)
		return
	}
	bytesGo(slices, dst)
}

// bytesGo defines what Bytes does.
func bytesGo(slices *[8]uint64, dst *[64]uint8) {
	for part := range 8 {
		x := uint64(0)
		for b, s := range slices {
			x |= s >> (8 * part) & 0xff << (8 * b)
		}
		x = transpose8(x)
		for j := range 8 {
			dst[8*part+j] = uint8(x >> (8 * j))
		}
	}
}

// transpose8 turns the matrix of 8 by 8 bits, row i in byte i, over its main
// diagonal.
func transpose8(x uint64) uint64 {
	t := (x ^ x>>7) & 0x00aa00aa00aa00aa
	x ^= t ^ t<<7
	t = (x ^ x>>14) & 0x0000cccc0000cccc
	x ^= t ^ t<<14
	t = (x ^ x>>28) & 0x00000000f0f0f0f0
	return x ^ t ^ t<<28
}
