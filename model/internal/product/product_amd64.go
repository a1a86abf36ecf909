package product

import "golang.org/x/sys/cpu"

// fast reports whether the processors of a kernel have the assembly: AVX-512 with
// VNNI.
func fast(kernel string) bool { return kernel == "avx512" && cpu.X86.HasAVX512VNNI }

// scanVNNI is run of a Scan.
//
//go:noescape
func scanVNNI(s *Scan) int

// stepVNNI is run of a Step.
//
//go:noescape
func stepVNNI(s *Step) int64
