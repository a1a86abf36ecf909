package sweep

import (
	"math"

	"golang.org/x/sys/unix"
)

// availableMemory is half of the machine's: macOS does not say how much of it is
// free to take.
func availableMemory() int64 {
	size, err := unix.SysctlUint64("hw.memsize")
	if err != nil {
		return math.MaxInt64
	}
	return int64(size / 2)
}
