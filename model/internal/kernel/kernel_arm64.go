package kernel

// native returns the kernel in assembly: every 64-bit ARM has NEON.
func native() []*Kernel { return []*Kernel{&neon} }

var neon = Kernel{
	Name: "neon",
	Fill: fillNEON, Scan: scanNEON, Flip: flipNEON, Unlike: unlikeNEON, Tally: tallyGo, Low: lowGo,
}

//go:noescape
func fillNEON(dst []uint64, lanes *Lanes)

//go:noescape
func scanNEON(s *Scan) int

//go:noescape
func flipNEON(s *Sums, row []uint64, add bool) (over uint64)

//go:noescape
func unlikeNEON(a, b []uint64) int
