package experiment

import "hopcap/sweep/study"

// A minimum is the fixed point that one start has reached; its class is unsettled if the
// start has reached none.
type minimum struct {
	fingerprint uint64
	class       class
}

// captureTable counts the distinct minima of a pattern set, s and −s as one, and
// estimates how many there are. There is a row for the first 1, 2, 4, 8, … starts and a
// row for all starts.
//
// The estimate is capture–recapture (Chao, Scand. J. Stat. 11, 265 (1984), in the
// form without bias of Chao 1987): if of D distinct minima f₁ were reached once
// and f₂ twice,
//
//	D + f₁(f₁−1) / (2(f₂+1)).
//
// This is the number of minima if all basins are equal. If they are not it is a lower
// bound, since minima of small basins are missed. coverage, 1 − f₁/settled (Good,
// Biometrika 40, 237 (1953)), estimates the fraction of further starts that would end in
// a minimum already seen. A coverage near 1 says that the minima not yet seen are rarely
// reached; there may be many. An example: at N = 20 and K = 5 enumeration finds 8.97
// minima, averaged over 100 pattern sets. 16, 128 and 1024 starts see 5.6, 8.0 and 8.7
// of them, and the estimates are 6.7, 8.2 and 8.8.
var captureTable = table[census]{
	name:  "sets",
	index: []index[census]{{"starts", func(c *census) int { return c.starts }}},
	by:    "starts",
	columns: []column[census]{
		{name: "settled", role: study.Quantity, axis: "starts that reached a fixed point", doc: "starts that reached a fixed point",
			of: count(func(c *census) int { return c.settled })},
		{name: "distinct", role: study.Quantity, axis: "distinct minima", doc: "distinct fixed points reached, D; s and −s count as one",
			of: count((*census).distinct)},
		{name: "distinct_stored", role: study.Quantity, axis: "distinct stored patterns", doc: "distinct fixed points classified as a pattern or its negative",
			of: count(func(c *census) int { return c.of[storedPattern] + c.of[negative] })},
		{name: "distinct_mixture", role: study.Quantity, axis: "distinct mixtures", doc: "distinct fixed points classified as a mixture",
			of: count(func(c *census) int { return c.of[mixture] })},
		{name: "distinct_spin_glass", role: study.Quantity, axis: "distinct spin-glass states", doc: "distinct fixed points classified as a spin-glass state",
			of: count(func(c *census) int { return c.of[spinGlass] })},
		{name: "seen_once", role: study.Quantity, axis: "minima reached once", doc: "f₁, minima reached by one start",
			of: count(func(c *census) int { return c.once })},
		{name: "seen_twice", role: study.Quantity, axis: "minima reached twice", doc: "f₂, minima reached by two starts",
			of: count(func(c *census) int { return c.twice })},
		{name: "minima_estimated", role: study.Quantity, axis: "estimated number of minima", doc: "D + f₁(f₁−1)/(2(f₂+1))",
			of: decimal((*census).estimate)},
		{name: "coverage", role: study.Quantity, axis: "coverage", doc: "1 − f₁/settled; empty if no start settled",
			of: decimalOrNil((*census).coverage)},
	},
}

// captures returns the rows of the first 1, 2, 4, … starts and of all starts. Rows of fewer
// than first+1 starts are left out.
func captures(minima []minimum, first int) [][]any {
	var rows [][]any
	c := census{times: map[uint64]int{}}
	for _, m := range minima {
		c.add(m)
		if n := c.starts; n > first && (n&(n-1) == 0 || n == len(minima)) {
			rows = append(rows, captureTable.row(&c))
		}
	}
	return rows
}

// A census counts the minima that some starts have reached.
type census struct {
	starts  int
	settled int            // starts
	times   map[uint64]int // how often each minimum was reached, by its fingerprint
	of      [spinGlass + 1]int
	once    int // minima reached once
	twice   int
}

// add counts where a start has ended.
func (c *census) add(m minimum) {
	c.starts++
	if m.class == unsettled {
		return
	}
	c.settled++
	c.times[m.fingerprint]++
	switch c.times[m.fingerprint] {
	case 1:
		c.of[m.class]++
		c.once++
	case 2:
		c.once--
		c.twice++
	case 3:
		c.twice--
	}
}

func (c *census) distinct() int { return len(c.times) }

// estimate is D + f₁(f₁−1)/(2(f₂+1)), of integers until its division.
func (c *census) estimate() float64 {
	return float64(2*c.distinct()*(c.twice+1)+c.once*(c.once-1)) / float64(2*(c.twice+1))
}

// coverage is 1 − f₁/settled; false if no start settled.
func (c *census) coverage() (float64, bool) {
	return float64(c.settled-c.once) / float64(c.settled), c.settled > 0
}
