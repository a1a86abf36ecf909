package permutation

import "golang.org/x/sys/cpu"

// vectors says that there is batches.
var vectors = cpu.X86.HasAVX2

// batches is by4 for whole blocks of 16 elements from element i on, at most mostBlocks of
// them. p is the first element of the permutation. It stops before a block in which what
// is left of some word is below 2^most, and returns how many it did.
//
//go:noescape
func batches(s *Stream, p *int32, i, blocks int, most uint64) (done int)
