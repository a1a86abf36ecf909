package difference

// native returns run for the processors of a kernel, or nil.
func native(kernel string) func(s *Step) (up, down int64) {
	switch kernel {
	case "avx512":
		return runAVX512
	case "avx2":
		return runAVX2
	}
	return nil
}

//go:noescape
func runAVX512(s *Step) (up, down int64)

//go:noescape
func runAVX2(s *Step) (up, down int64)

// bytesAVX512 is bytesGo for processors whose kernel is avx512.
//
//go:noescape
func bytesAVX512(slices *[8]uint64, dst *[64]uint8)
