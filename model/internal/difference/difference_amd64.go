package difference

// runAVX512 is run for processors whose kernel is avx512.
//
//go:noescape
func runAVX512(s *Step) (up, down int64)

// bytesAVX512 is bytesGo for processors whose kernel is avx512.
//
//go:noescape
func bytesAVX512(slices *[8]uint64, dst *[64]uint8)
