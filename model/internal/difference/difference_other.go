//go:build !amd64

package difference

func runAVX512(s *Step) (up, down int64) { return s.run() }

func bytesAVX512(slices *[8]uint64, dst *[64]uint8) { bytesGo(slices, dst) }
