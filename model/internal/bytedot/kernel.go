package bytedot

// A Kernel is one implementation of the inner loops. All give the same bits.
type Kernel struct {
	Name  string
	Block int // neurons that Look looks at together, at most maxBlock

	// Look computes the fields of a block of neurons after the other,
	//
	//	Σ over the columns set in the turned row of the weight of the column,
	//
	// and stops at the first block with a field below the threshold, which is then in
	// fields. It returns how many neurons come before. What is left of the order after
	// the last whole block it does not look at.
	Look func(x *Replica, order []int32) int

	// Flip turns the columns in follow of the row of neuron i over, and takes the step of
	// each column from its weight where it was set, and adds it elsewhere. It reports
	// whether a weight is beyond most now.
	Flip func(x *Replica, i int) (over bool)

	// Turn writes the turned rows: the columns of patterns, all others clear.
	Turn func(x *Replica)

	// Copy writes the columns of copies in all rows.
	Copy func(x *Replica)

	// Count writes U of all patterns to sums, from the turned rows.
	Count func(x *Replica)
}

// Kernels returns what this machine can run, the best first.
func Kernels() []*Kernel { return append(native(), &generic) }

// countSteps is Count by a function that adds to counts, in the order of weights, in how
// many of a number of rows the columns of one piece are set. It takes so many rows a
// step, and 255 steps.
func (x *Replica) countSteps(step int, count func(rows *uint64, stride, steps int, counts *[pieceColumns]uint16)) {
	words := 2 * x.pieces
	for c := range pieces(x.net.K) {
		x.counts = [pieceColumns]uint16{}
		for i := 0; i < x.net.N; i += 255 * step {
			rows := min(255*step, x.net.N-i)
			count(&x.rows[i*words+2*c], 8*words, (rows+step-1)/step, &x.counts)
		}
		sums := x.sums[c*pieceColumns:]
		for mu := range min(len(sums), pieceColumns) {
			sums[mu] = int32(x.counts[place(mu)]) - int32(x.net.N/2)
		}
	}
}
