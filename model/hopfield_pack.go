package model

import (
	"math"
	"math/bits"

	"hopcap/model/internal/kernel"
)

// pack puts the overlap sums in ints into slices, as few as is cheapest, and
// those that do not fit apart.
func (x *hopfieldReplica) pack() {
	x.whole = x.net.cheapest(x.kernel, x.ints)
	x.part(x.whole.width)
	x.slice(x.leaveOut())
}

// part finds the sums that do not fit slices for so many bits.
func (x *hopfieldReplica) part(width int) {
	x.active = resized(x.active, x.net.stride)
	clear(x.active)
	limit := largest(width, x.net.N)
	x.scan.Apart = x.scan.Apart[:0]
	x.scan.Total = 0
	noise := 0.0
	for mu, m := range x.ints {
		x.scan.Total += int64(m)
		if m > limit || -m > limit {
			x.scan.Apart = append(x.scan.Apart, kernel.Apart{Word: mu >> 6, Shift: mu & 63, Value: 2 * int64(m)})
		} else {
			x.active[mu>>6] |= 1 << (mu & 63)
			noise += float64(m) * float64(m)
		}
	}
	x.noise = math.Sqrt(noise)
}

// slice puts the sums that are not apart into slices.
func (x *hopfieldReplica) slice(l layout) {
	base := l.base(x.net.N)
	slices := l.width
	if base != 0 {
		slices++
	}
	x.scan.Sums.Reset(x.net.stride, slices, base)
	x.scan.Sums.SetInts(x.ints, x.active)
	x.use(l)
}

// use makes visits use what is in slices as l says.
func (x *hopfieldReplica) use(l layout) {
	x.layout = l
	x.scan.Eight, x.scan.Skip = l.eight, 0
	if l.low > 0 {
		x.scan.Skip = l.low + 1
	}
	x.look()
}

// look finds what the slices left out by a first look can count.
func (x *hopfieldReplica) look() {
	if x.scan.Skip > 0 {
		sum, norm := x.kernel.Low(&x.scan.Sums, x.scan.Skip)
		x.scan.Low, x.scan.Doubt = int64(sum), int64(norm)
	}
}

// decide begins a sweep in which visits compute whole stabilities, or one in which
// they need only find out who flips.
func (x *hopfieldReplica) decide(exact bool) {
	x.exact = exact
	l := x.leaveOut()
	if l == x.layout {
		return
	}
	if l.width == x.layout.width && x.scan.Sums.Rebase(l.base(x.net.N)) {
		x.use(l)
		return
	}
	x.overlaps(x.ints)
	x.pack()
}

// A layout of the overlap sums: their bits, how many of the lowest a first look
// leaves out, and whether eight neurons are visited at a time.
type layout struct {
	width, low int
	eight      bool
}

// base returns what 0 in the slices stands for, the sums being those of n neurons.
func (l layout) base(n int) int {
	if l.low == 0 {
		return n & 1
	}
	return kernel.Centred(l.low, n)
}

// largest returns the largest overlap sum of n neurons that is put into slices for
// so many bits: an eighth below what fits, so that it stays there for a while.
func largest(width, n int) int32 {
	fits := int32(1)<<width - 2 + int32(n&1)
	return fits - fits/8
}

// cheapest returns the layout with which a visit costs least that computes a whole
// stability. What each costs, BenchmarkScan of the kernels measures.
func (h *hopfieldNetwork) cheapest(k *kernel.Kernel, m []int32) (best layout) {
	var need [kernel.MaxWidth + 1]int // need[w] sums take w bits
	for _, v := range m {
		need[min(widthOf(v, h.N), kernel.MaxWidth)]++
	}
	least := math.Inf(1)
	apart := len(m)
	for width := 2; width < kernel.MaxWidth && (apart > 0 || width <= best.width); width++ {
		apart -= need[width]
		for _, eight := range []bool{false, true} {
			if eight && !k.Eight {
				continue
			}
			if c := cost(h.stride, width+h.N&1, apart, eight); c <= least && apart <= maxApart {
				least, best = c, layout{width: width, eight: eight}
			}
		}
	}
	return best
}

// leaveOut returns the layout for sums of the present width with which a visit
// costs least. BenchmarkLooks shows what it is worth.
//
// The lowest bits count up to K·2^low/2 or so. A stability below that calls for a
// second look. Near a stored pattern stabilities are about normal: around the share
// of the patterns apart in N·h_i, and as broad as that of the others. A neuron that
// is not as the pattern says may flip.
//
// The base of the sums goes down by 2^low with it, and so does the largest that fits:
// what largest leaves free is as much at low = width − 3.
func (x *hopfieldReplica) leaveOut() (best layout) {
	h, apart := x.net, len(x.scan.Apart)
	best = x.whole
	if x.exact || h.stride < lookWords {
		return best
	}
	signal := 0.0
	for _, a := range x.scan.Apart {
		signal += float64(a.Value) * float64(a.Value) / 4
	}
	signal = math.Sqrt(signal)
	unlike := max(0, 1-signal/float64(h.N)) / 2
	least := cost(h.stride, best.width+h.N&1, apart, best.eight)
	for low := 1; low <= min(mostLow, best.width-3); low++ {
		doubt := float64(h.K) * float64(int(1)<<low) / 2
		again := unlike + (1-unlike)*math.Erfc((signal-doubt)/(math.Sqrt2*x.noise))/2
		if c := costOfLooks(h.stride, best.width, low, apart, again, false); c < least {
			least, best.low, best.eight = c, low, false
		}
		if c := costOfLooks(h.stride, best.width, low, apart, again, true); c < least && x.kernel.Eight {
			least, best.low, best.eight = c, low, true
		}
	}
	return best
}

// costOfLooks is what a visit costs on average whose first look leaves out the lowest
// bits, where a neuron calls for a second look with probability again.
func costOfLooks(words, width, low, apart int, again float64, eight bool) float64 {
	first, second := cost(words, width-low, apart, eight), cost(words, low+1, 0, eight)
	if eight {
		return first + (1-math.Pow(1-again, 8))*(second+missed/8)
	}
	return first + again*(second+missed)
}

// mostLow is how many bits are left out at most, missed what it costs that the
// processor did not expect a second look. With rows shorter than lookWords there is
// little to be left out.
const (
	mostLow   = 5
	missed    = 16 * 40
	lookWords = 8
)

// cost is what a visit costs with AVX-512, where it is known best, in sixteenths
// of a cycle. Two vector instructions start in a cycle: three for each 64 bytes
// of the sums, one for each slice to weigh its counts, some for the end. Eight
// neurons at a time use all of every vector however short the rows are, but a
// word of eight rows takes six cycles to gather.
func cost(words, width, apart int, eight bool) float64 {
	if eight {
		return float64(words*(3*width+12) + 2*width + 40 + 12*apart)
	}
	groups := (words + 7) / 8
	return float64(8 * (3*width*groups + width + 20 + 2*apart))
}

// maxApart is how many patterns are kept apart at most.
const maxApart = 32

// widthOf returns the least width, 2 or more, whose largest sum is not below v.
func widthOf(v int32, n int) int {
	if v < 0 {
		v = -v
	}
	w := max(2, bits.Len32(uint32(v)))
	for largest(w, n) < v {
		w++
	}
	return w
}
