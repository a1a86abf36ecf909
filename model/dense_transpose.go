package model

import "hopcap/model/internal/difference"

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
	var low, high [64]uint8
	difference.Bytes((*[8]uint64)(slices[:8]), &low)
	if count > 8 {
		difference.Bytes((*[8]uint64)(slices[8:16]), &high)
	}
	for j := range a {
		a[j] = uint64(low[j]) | uint64(high[j])<<8
	}
}
