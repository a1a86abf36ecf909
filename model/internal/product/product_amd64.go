package product

import "golang.org/x/sys/cpu"

// fast reports whether the processors of a kernel have the assembly: AVX-512 with
// VNNI and VBMI.
func fast(kernel string) bool {
	return kernel == "avx512" && cpu.X86.HasAVX512VNNI && cpu.X86.HasAVX512VBMI
}

// scanVNNI is run of a Scan.
//
//go:noescape
func scanVNNI(s *Scan) int

// stepVNNI is run of a Step, of which Weights.Planes has room for all; it returns
// how many there are.
//
//go:noescape
func stepVNNI(s *Step) (sum int64, planes int)

// surveyVNNI is run of a Survey.
//
//go:noescape
func surveyVNNI(s *Survey)

// countVNNI is run of a Count.
//
//go:noescape
func countVNNI(c *Count)

// spreadVNNI is run of a Spread.
//
//go:noescape
func spreadVNNI(s *Spread)
