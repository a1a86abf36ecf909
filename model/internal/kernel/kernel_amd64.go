package kernel

import "golang.org/x/sys/cpu"

// native returns the kernels in assembly that this processor can run, the best
// first.
func native() (list []*Kernel) {
	x := &cpu.X86
	if x.HasAVX512F && x.HasAVX512CD && x.HasAVX512BW && x.HasAVX512DQ && x.HasAVX512VL && x.HasAVX512IFMA && x.HasAVX512VPOPCNTDQ {
		list = append(list, &avx512)
	}
	if x.HasAVX2 && x.HasPOPCNT {
		list = append(list, &avx2)
	}
	return list
}

var avx512 = Kernel{
	Name: "avx512", Eight: true,
	Fill: fillAVX512, Unlike: unlikeAVX512, Tally: tallyAVX512, Flip: flipAVX512, Low: lowAVX512,
	Scan: func(s *Scan) int {
		if s.Eight && len(s.Spins) >= 8 && s.Words <= mostLanes {
			return scanEight(s)
		}
		return scanOne(s)
	},
	Heat: func(s *Scan) int {
		if s.Eight && len(s.Spins) >= 8 && s.Words <= mostLanes && s.Sums.Width <= 23 { // Z23 is its own
			return heatEight(s)
		}
		return heatOne(s)
	},
}

// mostLanes is how many words of eight rows there is room for in scanEight and heatEight.
const mostLanes = 64

var avx2 = Kernel{
	Name: "avx2",
	Fill: fillAVX2, Scan: scanAVX2, Flip: flipAVX2, Unlike: unlikeAVX2, Tally: tallyGo, Low: lowGo,
}

//go:noescape
func fillAVX2(dst []uint64, lanes *Lanes)

//go:noescape
func scanAVX2(s *Scan) int

//go:noescape
func flipAVX2(s *Sums, row []uint64, add bool) (over uint64)

//go:noescape
func unlikeAVX2(a, b []uint64) int

//go:noescape
func fillAVX512(dst []uint64, lanes *Lanes)

//go:noescape
func scanOne(s *Scan) int

//go:noescape
func scanEight(s *Scan) int

//go:noescape
func heatOne(s *Scan) int

//go:noescape
func heatEight(s *Scan) int

//go:noescape
func flipAVX512(s *Sums, row []uint64, add bool) (over uint64)

//go:noescape
func unlikeAVX512(a, b []uint64) int

//go:noescape
func lowAVX512(s *Sums, skip int) (sum, norm int)

//go:noescape
func tallyAVX512(t *Tally)
