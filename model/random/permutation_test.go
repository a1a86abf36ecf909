package random

import (
	"slices"
	"testing"

	"hopcap/model/internal/permutation"
)

// Permutations by vectors are those of a Source, and leave it at the same place.
func TestVectorPermutations(t *testing.T) {
	for n := range 2300 {
		if n >= 300 {
			n = 300 + (n-300)*17
		}
		key := NewKey("permutation").Sub("length", uint64(n))
		source := key.Source()
		s := permutation.Stream{S0: key[0], S1: key[1], S2: key[2], S3: key[3]}
		want, got := make([]int32, n), make([]int32, n)
		source.Permute(want)
		s.Draw(got)
		if !slices.Equal(got, want) || s != (permutation.Stream{S0: source.x.s0, S1: source.x.s1, S2: source.x.s2, S3: source.x.s3}) {
			t.Fatalf("%d elements differ", n)
		}
	}
}
