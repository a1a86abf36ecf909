package bytedot

import "math/bits"

// The loops in Go define the meaning.
var generic = Kernel{
	Name: "go", Block: 1,
	Look:  func(x *Replica, order []int32) int { return lookGo(x, order, 1) },
	Flip:  flipGo,
	Turn:  turnGo,
	Copy:  copyGo,
	Count: countGo,
}

func lookGo(x *Replica, order []int32, block int) int {
	for n := 0; n+block <= len(order); n += block {
		low := false
		for j := range block {
			x.fields[j] = x.field(x.row(int(order[n+j])))
			low = low || x.fields[j] < x.threshold
		}
		if low {
			return n
		}
	}
	return len(order) / block * block
}

// field returns the sum over the columns of a turned row.
func (x *Replica) field(row []uint64) (sum int32) {
	high := x.weights[(x.planes-1)*len(x.steps):]
	for w, b := range row {
		for ; b != 0; b &= b - 1 {
			at := place(w<<6 + bits.TrailingZeros64(b))
			sum += int32(x.weights[at])
			if x.planes == 2 {
				sum += int32(high[at]) << 6
			}
		}
	}
	return sum
}

func flipGo(x *Replica, i int) (over bool) {
	row := x.row(i)
	for c := range x.pieces * pieceColumns {
		at := place(c)
		if row[c>>6]>>(c&63)&1 != 0 {
			x.weights[at] -= x.steps[at]
		} else {
			x.weights[at] += x.steps[at]
		}
	}
	for w, m := range x.follow {
		row[w] ^= m
	}
	return x.beyond()
}

func turnGo(x *Replica) {
	words := (x.net.K + 63) / 64
	for i, s := range x.state {
		turn := uint64(int64(s) >> 63)
		row := x.row(i)
		from := x.net.Rows[i*x.net.Stride:][:words]
		for w, b := range from {
			row[w] = (b ^ turn) & x.pattern[w]
		}
		clear(row[words:])
	}
}

func copyGo(x *Replica) {
	for i := range x.net.N {
		row := x.row(i)
		for c := range x.copies {
			p := &x.copies[c]
			set := uint64(0)
			for j, k := range p.bytes {
				if k < 16 && uint8(row[p.from>>3+int(k>>3)]>>(k&7*8))&p.bits[j] != 0 {
					set |= 1 << j
				}
			}
			row[p.to] = row[p.to]&p.keep | set<<p.shift
		}
	}
}

func countGo(x *Replica) {
	for mu := range x.sums {
		x.sums[mu] = -int32(x.net.N / 2)
	}
	for i := range x.net.N {
		row := x.row(i)
		for w, m := range x.pattern {
			for b := row[w] & m; b != 0; b &= b - 1 {
				x.sums[w<<6+bits.TrailingZeros64(b)]++
			}
		}
	}
}
