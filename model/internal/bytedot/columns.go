package bytedot

import "slices"

// A run is spare columns From … To−1, which repeat the column of a pattern.
type run struct {
	pattern  int
	from, to int
}

// A copied is up to 16 columns of one word that repeat columns of one piece.
type copied struct {
	from  int       // first byte of the piece in the row
	to    int       // word
	shift int       // place of the first column in it
	keep  uint64    // the other columns of the word
	bytes [16]uint8 // the byte in the piece, for each column; 128: none
	bits  [16]uint8 // and the bit of it
}

// most is the largest size of a weight. A flip changes it by one, and one more fits a
// byte, so that weights beyond are found after the flip.
const most = 126

// near is the largest sum of a pattern that has no spare columns.
const near = most - 30

// place returns where the weight of a column is: bytes of a piece that are multiplied
// with the same bit of the 16 bytes of a row lie together.
func place(column int) int { return column&^127 | column&7<<4 | column>>3&15 }

// columns returns how many columns a row has without spare ones: one for each pattern
// and, at odd N, those that count P.
func (n Network) columns() int {
	if n.N&1 == 0 {
		return n.K
	}
	return n.K + countColumns + n.K/2/countUnit
}

// At odd N, P = 2q + r is counted by a column for r, six for the bits of q mod 64, and
// one for each 64 in q.
const (
	countColumns = 7
	countUnit    = 64
)

// columnsOf returns how many columns a pattern with the sum u is given. Sums beyond
// 4√N are those of patterns that are being retrieved, or of mixtures: these may grow
// to N/2 soon.
func columnsOf(u, n int) int {
	u = max(u, -u)
	switch {
	case u <= near:
		return 1
	case u*u > 16*n:
		u = (n + 1) / 2
	default:
		u += u/4 + most - near
	}
	return (u + most - 1) / most
}

// pieces returns how many pieces so many columns take.
func pieces(columns int) int { return (columns + pieceColumns - 1) / pieceColumns }

// mostPieces returns how many pieces a row has at most. Two planes take as long as twice
// the pieces, but never need other columns than they have.
func (n Network) mostPieces() int { return max(2, pieces(n.columns())*3/2) }

// shape gives x rows of so many columns, with nothing in them.
func (x *Replica) shape(columns int) {
	x.pieces = pieces(columns)
	words := 2 * x.pieces
	all := (x.net.N + 15) &^ 15 * words // kernels count 16 rows at a time
	x.rows = resized(x.rows, all)
	clear(x.rows[x.net.N*words:])
	x.pattern = cleared(x.pattern, words)
	for w := range (x.net.K + 63) / 64 {
		x.pattern[w] = ^uint64(0)
	}
	if rest := x.net.K & 63; rest != 0 {
		x.pattern[x.net.K/64] = 1<<rest - 1
	}
}

// turn writes the turned rows, without spare columns.
func (x *Replica) turn() {
	x.kernel.Turn(x)
	if x.net.N&1 == 0 {
		return
	}
	for i := range x.net.N {
		row := x.row(i)
		x.writeCount(row, x.ups(row))
	}
}

// arrange gives the patterns with the sums U in x.sums their columns and weights. The
// rows are turned again unless they are as they have to be, without spare columns.
func (x *Replica) arrange(turned bool) {
	planes, columns := 1, x.net.columns()
	for _, u := range x.sums {
		columns += columnsOf(int(u), x.net.N) - 1
	}
	if !turned {
		columns += pieceColumns / 2 // or there would be no room again soon
	}
	if pieces(columns) > x.net.mostPieces() {
		planes, columns = 2, x.net.columns()
	}
	if !turned || pieces(columns) != x.pieces {
		x.shape(columns)
		x.turn()
	}
	x.planes = planes
	x.follow = append(x.follow[:0], x.pattern...)
	x.steps = cleared(x.steps, x.pieces*pieceColumns)
	x.weights = cleared(x.weights, planes*len(x.steps))
	x.runs = x.runs[:0]
	x.spares = cleared(x.spares, x.net.K)
	x.free = x.net.columns()
	x.total = 0
	for mu, u := range x.sums {
		x.total += int(u)
		at := place(mu)
		x.steps[at] = 1
		switch spare := columnsOf(int(u), x.net.N) - 1; {
		case planes == 2:
			x.split(at, int(u))
		case spare > 0:
			x.give(mu, spare)
			x.divide(mu, int(u))
		default:
			x.weights[at] = int8(u)
		}
	}
	x.spread(x.runs)
	x.weighCount()
	x.setThreshold()
}

// split gives a column a weight in two planes.
func (x *Replica) split(at, u int) {
	high := (u + 32) >> 6
	x.weights[at] = int8(u - high<<6)
	x.weights[at+len(x.steps)] = int8(high)
}

// give gives a pattern n more columns, in which nothing is set yet.
func (x *Replica) give(mu, n int) {
	x.runs = append(x.runs, run{mu, x.free, x.free + n})
	x.spares[mu] += int32(n)
	x.free += n
}

// spread writes the columns of runs, which follow one after the other, in all rows.
func (x *Replica) spread(runs []run) {
	x.copies = x.copies[:0]
	var now *copied
	n := 16 // columns of now
	for _, r := range runs {
		for c := r.from; c < r.to; c++ {
			if from := r.pattern / pieceColumns * 16; n == 16 || c&63 == 0 || from != now.from {
				x.copies = append(x.copies, copied{from: from, to: c >> 6, shift: c & 63, keep: ^uint64(0)})
				now = &x.copies[len(x.copies)-1]
				fill(now.bytes[:], 128)
				fill(now.bits[:], 1)
				n = 0
			}
			now.bytes[n] = uint8(r.pattern >> 3 & 15)
			now.bits[n] = 1 << (r.pattern & 7)
			now.keep &^= 1 << (c & 63)
			x.follow[c>>6] |= 1 << (c & 63)
			n++
		}
	}
	if len(x.copies) > 0 {
		x.kernel.Copy(x)
	}
}

// divide divides the sum u of a pattern between its columns. The one that changes at
// every flip is left where u has far to go in the direction away from zero.
func (x *Replica) divide(mu, u int) {
	const room = 60
	spare := u + room
	if u < 0 {
		spare = u - room
	}
	for _, r := range x.runs {
		if r.pattern != mu {
			continue
		}
		for c := r.from; c < r.to; c++ {
			w := min(max(spare, -most), most)
			x.weights[place(c)] = int8(w)
			spare -= w
			u -= w
		}
	}
	x.weights[place(mu)] = int8(u)
}

// makeRoom is called when a weight is beyond most. All rows must be written for a new
// column, so that patterns that will soon need one get it too.
func (x *Replica) makeRoom() {
	old := len(x.runs)
	for mu := range x.net.K {
		at := place(mu)
		w := x.weights[at]
		if -near <= w && w <= near {
			continue
		}
		u := x.sum(mu)
		if x.planes == 2 {
			x.split(at, u)
			continue
		}
		if spare := columnsOf(u, x.net.N) - 1 - int(x.spares[mu]); spare > 0 {
			if x.free+spare > x.pieces*pieceColumns {
				x.readSums(x.sums)
				x.arrange(false)
				return
			}
			x.give(mu, spare)
		}
		x.divide(mu, u)
	}
	if len(x.runs) > old {
		x.spread(x.runs[old:])
	}
}

// sum returns U of a pattern.
func (x *Replica) sum(mu int) int {
	u := int(x.weights[place(mu)])
	if x.planes == 2 {
		return u + int(x.weights[place(mu)+len(x.steps)])<<6
	}
	for _, r := range x.runs {
		if r.pattern == mu {
			for c := r.from; c < r.to; c++ {
				u += int(x.weights[place(c)])
			}
		}
	}
	return u
}

// readSums writes U of all patterns to dst, shape (K).
func (x *Replica) readSums(dst []int32) {
	for mu := range dst {
		u := int32(x.weights[place(mu)])
		if x.planes == 2 {
			u += int32(x.weights[place(mu)+len(x.steps)]) << 6
		}
		dst[mu] = u
	}
	for _, r := range x.runs {
		for c := r.from; c < r.to; c++ {
			dst[r.pattern] += int32(x.weights[place(c)])
		}
	}
}

// weighCount gives the columns that count P their weights, but for the first.
func (x *Replica) weighCount() {
	if x.net.N&1 == 0 {
		return
	}
	for c := x.net.K + 1; c < x.net.columns(); c++ {
		x.weights[place(c)] = int8(-min(countUnit, 1<<(c-x.net.K-1)))
	}
}

// writeCount writes P to the columns of a row that count it.
func (x *Replica) writeCount(row []uint64, p int) {
	q := p >> 1
	v := uint64(p&1 | q&(countUnit-1)<<1 | (1<<(q/countUnit)-1)<<countColumns)
	at, n := x.net.K, x.net.columns()-x.net.K
	mask := uint64(1)<<n - 1
	w, s := at>>6, at&63
	row[w] = row[w]&^(mask<<s) | v<<s
	if s+n > 64 {
		row[w+1] = row[w+1]&^(mask>>(64-s)) | v>>(64-s)
	}
}

// setThreshold finds the threshold for the fields.
//
// At even N a neuron flips if 4D < 2T + self. At odd N, if 4(D − q) − 2r < 2T − K + self
// = b with P = 2q + r, that is if D − q is below b/4 rounded up, or where r = 1 below
// (b + 2)/4 rounded up, which is the same or one more. The column of r weighs that one.
func (x *Replica) setThreshold() {
	b := 2*x.total + x.net.Self
	if x.net.N&1 != 0 {
		b -= x.net.K
		x.weights[place(x.net.K)] = int8(-parityWeight(b))
	}
	x.threshold = int32((b + 3) >> 2)
}

// parityWeight returns by how much the threshold is higher for odd P.
func parityWeight(b int) int { return (b+5)>>2 - (b+3)>>2 }

// stability returns that of neuron i from its field when the sum of all U was total.
func (x *Replica) stability(i int, field int32, total int) int {
	b := 2*total + x.net.Self
	if x.net.N&1 == 0 {
		return 4*int(field) - b
	}
	b -= x.net.K
	odd := int(x.row(i)[x.net.K>>6] >> (x.net.K & 63) & 1)
	return 4*int(field) + odd*(4*parityWeight(b)-2) - b
}

// beyond reports whether a weight of a pattern is beyond most.
func (x *Replica) beyond() bool {
	return slices.ContainsFunc(x.weights[:len(x.steps)], func(w int8) bool { return w > most || w < -most })
}
