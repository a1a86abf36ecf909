package random

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"testing"
)

// Permutations of many lengths, and where each leaves the stream, are what they were
// when they were drawn one word after the other.
func TestGoldenPermutations(t *testing.T) {
	lengths := []int{1 << 13, 1<<14 - 1, 1 << 14, 1<<14 + 1, 1<<14 + 6, 40003}
	for n := range 1200 {
		lengths = append(lengths, n)
	}
	h := sha256.New()
	for _, n := range lengths {
		r := NewKey("permutation").Sub("length", uint64(n)).Source()
		p := make([]int32, n)
		r.Permute(p)
		if err := binary.Write(h, binary.LittleEndian, p); err != nil {
			t.Fatal(err)
		}
		if err := binary.Write(h, binary.LittleEndian, r.Uint64()); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := fmt.Sprintf("%x", h.Sum(nil)), "09dad63f89fd9c55224b60e832f8a454c66b3ad3b6e19b6adacb0ec2b559a921"; got != want {
		t.Errorf("permutations %s, want %s", got, want)
	}
}
