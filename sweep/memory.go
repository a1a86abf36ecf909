package sweep

import "math"

// spareMemory is what units at work may take together when nobody says: nine
// tenths of what the machine can give, for Go itself needs some.
func spareMemory() int64 {
	available := availableMemory()
	if available == math.MaxInt64 {
		return available
	}
	return available / 10 * 9
}
