package kernel

import "golang.org/x/sys/cpu"

// native returns the kernels in assembly that this processor can run, the best
// first.
func native() (list []*Kernel) {
	x := &cpu.X86
	if x.HasAVX512F && x.HasAVX512BW && x.HasAVX512DQ && x.HasAVX512VL && x.HasAVX512IFMA && x.HasAVX512VPOPCNTDQ {
		list = append(list, &avx512)
	}
	return list
}

var avx512 = Kernel{
	Name: "avx512", Narrow: true,
	Fill: fillAVX512, Unlike: unlikeAVX512, Tally: tallyAVX512,
	Scan: func(s *Scan) int {
		dot := s.Sums.Room/8 - 1
		if s.Sums.Lanes == 2 {
			dot += 24
		}
		return scanAVX512(s, dot)
	},
	Flip: func(s *Sums, row []uint64, add bool) uint64 {
		if s.Lanes == 2 {
			return flipNarrow(s, row, add)
		}
		return flipWide(s, row, add)
	},
}

//go:noescape
func fillAVX512(dst []uint64, lanes *Lanes)

// scanAVX512 takes the place of the dot product in the list of them.
//
//go:noescape
func scanAVX512(s *Scan, dot int) int

//go:noescape
func flipWide(s *Sums, row []uint64, add bool) (over uint64)

//go:noescape
func flipNarrow(s *Sums, row []uint64, add bool) (over uint64)

//go:noescape
func unlikeAVX512(a, b []uint64) int

//go:noescape
func tallyAVX512(t *Tally)
