//go:build !amd64 && !arm64

package difference

func native(string) func(s *Step) (up, down int64) { return nil }

func bytesAVX512(slices *[8]uint64, dst *[64]uint8) { bytesGo(slices, dst) }
