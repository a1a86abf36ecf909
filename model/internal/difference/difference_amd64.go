package difference

// runAVX512 is run for processors whose kernel is avx512.
//
//go:noescape
func runAVX512(s *Step) (up, down int64)
