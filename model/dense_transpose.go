package model

// transpose turns the bit matrix a over its main diagonal, given that its rows
// from used on are zero, and leaves rows from wanted on undefined.
func transpose(a *[64]uint64, used, wanted int) {
	mask := ^uint64(0)
	limit := 64
	for half := 32; half > 0; half >>= 1 {
		mask ^= mask << half
		if wanted <= half {
			for k := range half {
				a[k] ^= (a[k]>>half ^ a[k+half]) & mask << half
			}
			limit = half
			continue
		}
		for base := 0; base < limit; base += 2 * half {
			for k := base; k < base+min(half, used); k++ {
				t := (a[k]>>half ^ a[k+half]) & mask
				a[k] ^= t << half
				a[k+half] ^= t
			}
		}
	}
}

// unslice turns count bit slices in the first words of a into 64 integers.
func unslice(a *[64]uint64, count int) {
	if count > 16 {
		transpose(a, count, 64)
		return
	}
	slices := *a
	for part := range 8 {
		low := transpose8(bytesOf(slices[:8], 8*part))
		high := uint64(0)
		if count > 8 {
			high = transpose8(bytesOf(slices[8:16], 8*part))
		}
		for j := range 8 {
			a[8*part+j] = low>>(8*j)&0xff | high>>(8*j)&0xff<<8
		}
	}
}

// bytesOf returns the bytes at the given bit of eight words, that of the first
// word lowest.
func bytesOf(words []uint64, at int) uint64 {
	w := (*[8]uint64)(words)
	return w[0]>>at&0xff | w[1]>>at&0xff<<8 | w[2]>>at&0xff<<16 | w[3]>>at&0xff<<24 |
		w[4]>>at&0xff<<32 | w[5]>>at&0xff<<40 | w[6]>>at&0xff<<48 | w[7]>>at&0xff<<56
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
