//go:build !amd64

package permutation

const vectors = false

func batches(*Stream, *int32, int, int, uint64) int { panic("permutation: no vectors") }
