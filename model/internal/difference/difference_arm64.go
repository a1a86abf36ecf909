package difference

// native returns run for the processors of a kernel, or nil.
func native(kernel string) func(s *Step) (up, down int64) {
	if kernel == "neon" || kernel == "dotprod" {
		return runNEON
	}
	return nil
}

//go:noescape
func runNEON(s *Step) (up, down int64)

func bytesAVX512(slices *[8]uint64, dst *[64]uint8) { bytesGo(slices, dst) }
