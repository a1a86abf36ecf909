package kernel

import "golang.org/x/sys/cpu"

// native returns the kernels in assembly that this processor can run, the best first:
// every 64-bit ARM has NEON, most have its dot products of bytes too. These two differ
// in what internal/bytedot does.
func native() []*Kernel {
	if cpu.ARM64.HasASIMDDP {
		dotProd := neon
		dotProd.Name = "dotprod"
		return []*Kernel{&dotProd, &neon}
	}
	return []*Kernel{&neon}
}

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
