package model

import (
	"math/bits"

	"hopcap/model/internal/kernel"
)

// pack puts the overlap sums in ints into slices, as few as is cheapest, and
// those that do not fit apart.
func (x *hopfieldReplica) pack() {
	l := x.net.cheapest(x.kernel, x.ints)
	first := x.net.N & 1
	active := x.zero[:0:0]
	limit := largest(l.width, first)
	x.scan.Apart = x.scan.Apart[:0]
	x.scan.Total = 0
	for mu, m := range x.ints {
		if mu&63 == 0 {
			active = append(active, 0)
		}
		x.scan.Total += int64(m)
		if m > limit || -m > limit {
			x.scan.Apart = append(x.scan.Apart, kernel.Apart{Word: mu >> 6, Shift: mu & 63, Value: 2 * int64(m)})
		} else {
			active[mu>>6] |= 1 << (mu & 63)
		}
	}
	x.scan.Sums.Reset(x.net.stride, l.lanes, l.width, first)
	x.scan.Sums.SetInts(x.ints, active)
}

// A layout of the overlap sums.
type layout struct{ lanes, width int }

// largest returns the largest overlap sum that is put into slices of the given
// width: an eighth below what fits, so that it stays there for a while.
func largest(width, first int) int32 {
	fits := int32(1)<<(width-first) - 1
	return fits - fits/8
}

// cheapest returns the layout with which a visit costs least.
//
// The unit is a vector instruction on 64 bytes, of which two start in a cycle:
// three for each 64 bytes of the sums, one to weigh each register of counts at
// the end, and two as the price of a pattern apart. BenchmarkLayout measures
// what the rule chooses between.
func (h Hopfield) cheapest(k *kernel.Kernel, m []int32) (best layout) {
	first := h.N & 1
	var need [kernel.MaxWidth + 2]int // need[w] sums take w slices
	for _, v := range m {
		need[min(widthOf(v, first), kernel.MaxWidth+1)]++
	}
	least := 0
	apart := len(m)
	for width := 2; width <= kernel.MaxWidth; width++ {
		apart -= need[width]
		for _, lanes := range []int{8, 2} {
			if lanes == 2 && !k.Narrow {
				continue
			}
			groups := (h.stride + lanes - 1) / lanes
			registers := (width*lanes + 7) / 8
			cost := 3*groups*registers + registers + 2*apart
			if (least == 0 || cost <= least) && apart <= maxApart {
				least, best = cost, layout{lanes, width}
			}
		}
		if apart == 0 && best.width > 0 && width >= best.width+4 {
			break
		}
	}
	return best
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
