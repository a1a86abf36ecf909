package model

import (
	"math"
	"math/bits"

	"hopcap/model/internal/kernel"
)

// pack puts the overlap sums in ints into slices, as few as is cheapest, and
// those that do not fit apart.
func (x *hopfieldReplica) pack() {
	l := x.net.cheapest(x.kernel, x.ints)
	first := x.net.N & 1
	x.active = resized(x.active, x.net.stride)
	clear(x.active)
	limit := largest(l.width, first)
	x.scan.Apart = x.scan.Apart[:0]
	x.scan.Total = 0
	for mu, m := range x.ints {
		x.scan.Total += int64(m)
		if m > limit || -m > limit {
			x.scan.Apart = append(x.scan.Apart, kernel.Apart{Word: mu >> 6, Shift: mu & 63, Value: 2 * int64(m)})
		} else {
			x.active[mu>>6] |= 1 << (mu & 63)
		}
	}
	x.scan.Eight = l.eight
	x.scan.Sums.Reset(x.net.stride, l.width, first)
	x.scan.Sums.SetInts(x.ints, x.active)
}

// A layout of the overlap sums: slices, and whether eight neurons are visited at
// a time.
type layout struct {
	width int
	eight bool
}

// largest returns the largest overlap sum that is put into slices of the given
// width: an eighth below what fits, so that it stays there for a while.
func largest(width, first int) int32 {
	fits := int32(1)<<(width-first) - 1
	return fits - fits/8
}

// cheapest returns the layout with which a visit costs least. What each costs,
// BenchmarkScan of the kernels measures.
func (h Hopfield) cheapest(k *kernel.Kernel, m []int32) (best layout) {
	first := h.N & 1
	var need [kernel.MaxWidth + 2]int // need[w] sums take w slices
	for _, v := range m {
		need[min(widthOf(v, first), kernel.MaxWidth+1)]++
	}
	least := math.MaxInt
	apart := len(m)
	for width := 2; width <= kernel.MaxWidth && (apart > 0 || width <= best.width); width++ {
		apart -= need[width]
		for _, eight := range []bool{false, true} {
			if eight && !k.Eight {
				continue
			}
			if c := cost(h.stride, width, apart, eight); c <= least && apart <= maxApart {
				least, best = c, layout{width, eight}
			}
		}
	}
	return best
}

// cost is what a visit costs with AVX-512, where it is known best, in sixteenths
// of a cycle. Two vector instructions start in a cycle: three for each 64 bytes
// of the sums, one for each slice to weigh its counts, some for the end. Eight
// neurons at a time use all of every vector however short the rows are, but a
// word of eight rows takes six cycles to gather.
func cost(words, width, apart int, eight bool) int {
	if eight {
		return words*(3*width+12) + 2*width + 40 + 12*apart
	}
	groups := (words + 7) / 8
	return 8 * (3*width*groups + width + 20 + 2*apart)
}

// maxApart is how many patterns are kept apart at most.
const maxApart = 32

// widthOf returns the least width, 2 or more, whose largest sum is not below v.
func widthOf(v int32, first int) int {
	if v < 0 {
		v = -v
	}
	w := max(2, bits.Len32(uint32(v))+first)
	for largest(w, first) < v {
		w++
	}
	return w
}
