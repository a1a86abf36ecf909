package model

import "slices"

// The neurons of a Hopfield network are visited in one of these ways, which find the same:
//
//	T = 0  visit         the kernel looks for the next neuron that flips, alone or (search) in
//	                     blocks shared by a pool
//	       visitMany     the kernel looks and flips by itself, where many neurons flip
//	       visitFew      only neurons that may have become unstable are looked at (quiet)
//	       bytes.Sweep   small networks: sums are in bytes (hopfield_bytes.go)
//	T > 0  visitByGuide  the kernel decides and flips, by thresholds of 32 bits
//	       visitBlock    a short block of neurons is looked at, then corrected for its flips
//	       visitBelow    long rows: the kernel looks for the next neuron that may flip

// begin starts a sweep, at T > 0 a hot one.
func (x *hopfieldReplica) begin(atOnce, hot bool) {
	x.atOnce = atOnce
	x.turned = x.turned[:0]
	x.quiet.begin(atOnce)
	x.decide(atOnce || hot || x.quiet.on || x.quiet.near)
	x.scan.Whole = atOnce
	x.scan.Stable = x.stable
	x.last, x.flips = x.flips, 0
}

// manyFlips tells whether so many neurons may flip that the kernel makes the sweep at
// T = 0 alone. It flips faster, and takes a little longer for neurons that do not flip: that
// pays from one flip in manyShare on (BenchmarkTrial).
func (x *hopfieldReplica) manyFlips() bool {
	return !x.atOnce && x.last > x.net.N/manyShare && x.layout.eight && x.net.enough(x.kernel) < 0
}

const manyShare = 100

// visit updates the neurons of a piece of the order and returns how many
// flipped. Parallel updates only note the stabilities.
func (x *hopfieldReplica) visit(order []int32, pool Pool) (flips int) {
	if x.quiet.on {
		return x.visitFew(order, pool)
	}
	if x.manyFlips() {
		return x.visitMany(order)
	}
	x.scan.Order = order
	for {
		n := x.search(pool)
		if n == len(x.scan.Order) || x.atOnce {
			x.scan.Stable = x.scan.Stable[len(x.scan.Order):]
			return flips
		}
		x.turn(n)
		x.flips++
		flips++
		x.scan.Order = x.scan.Order[n+1:]
		x.scan.Stable = x.scan.Stable[n+1:]
	}
}

// visitMany lets the kernel decide and flip, where no stabilities need to be noted.
func (x *hopfieldReplica) visitMany(order []int32) (flips int) {
	x.scan.Order, x.scan.Patterns, x.scan.Guide = order, x.net.K, nil
	for {
		n := x.kernel.Heat(&x.scan)
		flips += x.scan.Flips
		if n == len(x.scan.Order) {
			x.flips += flips
			return flips
		}
		x.widen(int(x.scan.Order[n]))
		x.scan.Order = x.scan.Order[n+1:]
	}
}

// search returns the place of the first neuron of the scan that flips. Where rows
// are so long that a few are worth a goroutine, a block of neurons is looked at
// at the same time. Results past the first flip are discarded, so blocks are short
// while many neurons flip.
func (x *hopfieldReplica) search(pool Pool) int {
	if pool == nil || x.net.stride < sharedWords {
		return x.kernel.Scan(&x.scan)
	}
	order, stable := x.scan.Order, x.scan.Stable
	for done := 0; done < len(order); {
		block := order[done:min(done+x.block, len(order))]
		n := x.searchBlock(block, stable[done:], pool)
		done += n
		if n < len(block) {
			x.block = max(x.block/2, leastBlock)
			return done
		}
		x.block = min(2*x.block, mostBlock)
	}
	return len(order)
}

// sharedWords is how long rows are whose visits are shared, leastBlock and
// mostBlock how many visits are shared at a time.
const (
	sharedWords = 512
	leastBlock  = 16
	mostBlock   = 512
)

// searchBlock is search in one block, in up to eight parts.
func (x *hopfieldReplica) searchBlock(block, stable []int32, pool Pool) int {
	part := max(leastBlock/2, len(block)/8)
	parts := (len(block) + part - 1) / part
	var found [leastBlock]int
	pool.Do(parts, func(a int) {
		s := x.scan
		s.Order = block[a*part : min((a+1)*part, len(block))]
		s.Stable = stable[a*part:]
		found[a] = a*part + x.kernel.Scan(&s)
	})
	for a := range parts {
		if end := min((a+1)*part, len(block)); found[a] < end {
			return found[a]
		}
	}
	return len(block)
}

// turn flips neuron n of the scan, notes the stability that it has then, and
// that it has flipped if few have.
func (x *hopfieldReplica) turn(n int) {
	if len(x.turned) <= mostTurned {
		x.turned = append(x.turned, int32(len(x.stable)-len(x.scan.Stable)+n))
	}
	x.scan.Stable[n] = x.turnedStability(x.scan.Stable[n])
	x.flip(int(x.scan.Order[n]))
}

// turnedStability returns the stability after a flip of a neuron that had v
// before it.
func (x *hopfieldReplica) turnedStability(v int32) int32 {
	return clamped(-int64(v) + 2*(int64(x.net.K)-x.net.self()))
}

// end ends a sweep that came through. Parallel updates flip now.
func (x *hopfieldReplica) end(order []int32, pool Pool) (flips int) {
	if x.atOnce {
		return x.turnAll(pool)
	}
	x.quiet.end(x, order)
	return 0
}

// turnAll flips every neuron whose stability is negative: one after the other,
// or, where a whole new count costs less, all at once. A count costs about a
// quarter of a flip for each neuron of the network (BenchmarkTurnAll).
func (x *hopfieldReplica) turnAll(pool Pool) (flips int) {
	for _, v := range x.stable {
		flips += int(uint32(v) >> 31)
	}
	if flips > x.net.N/4 {
		for i, v := range x.stable {
			x.state[i] *= 1 | int8(v>>31)
		}
		x.tally(pool)
		x.pack()
		return flips
	}
	for at := 0; ; at++ {
		n := slices.IndexFunc(x.stable[at:], func(v int32) bool { return v < 0 })
		if n < 0 {
			return flips
		}
		at += n
		x.flip(at)
	}
}
