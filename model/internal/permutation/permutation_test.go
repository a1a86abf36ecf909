package permutation

import (
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"
)

func stream(r *rand.Rand) Stream { return Stream{r.Uint64(), r.Uint64(), r.Uint64(), r.Uint64()} }

// one fills p by the definition alone, and returns the state after it.
func one(s Stream, p []int32) Stream {
	end := min(len(p), mostBy4) &^ 3
	s.by4(p, 0, end)
	i := s.by2(p, end)
	for ; i < len(p); i++ {
		j, w := bits.Mul64(s.word(), uint64(i+1))
		for !unbiased(w, uint64(i+1)) {
			j, w = bits.Mul64(s.word(), uint64(i+1))
		}
		p[i], p[j] = p[j], int32(i)
	}
	return s
}

// Vectors give the same permutation as one batch after the other, and leave the stream
// at the same place, whatever the length, and also where a batch has to be looked at
// again.
func TestDraw(t *testing.T) {
	if !vectors {
		t.Skip("this machine has none")
	}
	r := rand.New(rand.NewPCG(1, 2))
	lengths := []int{4000, 8192, 16383, 16384, 16385, 16390, 40001}
	for n := range 1100 {
		lengths = append(lengths, n)
	}
	for _, n := range lengths {
		for range max(2, 2000/(n+1)) {
			a, b := make([]int32, n), make([]int32, n)
			s := stream(r)
			after := one(s, a)
			s.Draw(b)
			if !slices.Equal(a, b) || s != after {
				t.Fatalf("%d elements differ", n)
			}
		}
	}
}

// Some blocks are left to the definition, but few: a block is where too little is left of
// a word, as of every one in 256 at the end of batches of four.
func TestDrawAgain(t *testing.T) {
	if !vectors {
		t.Skip("this machine has none")
	}
	r := rand.New(rand.NewPCG(3, 4))
	p := make([]int32, mostBy4)
	s := stream(r)
	if n := batches(&s, &p[0], 0, mostBlocks, 32); n != mostBlocks {
		t.Fatalf("%d blocks", n)
	}
	again := 0
	for range 200 {
		s := stream(r)
		if batches(&s, &p[0], mostBy4-16, 1, 56) == 0 {
			again++
		}
	}
	if again < 1 || again > 20 {
		t.Errorf("%d of 200 blocks of four words left", again)
	}
}

func BenchmarkDraw(b *testing.B) {
	for _, n := range []int{500, 1000, 4000, 10000} {
		p := make([]int32, n)
		for _, v := range []bool{true, false} {
			b.Run(map[bool]string{true: "vectors", false: "words"}[v], func(b *testing.B) {
				s := stream(rand.New(rand.NewPCG(1, 2)))
				for b.Loop() {
					if v {
						s.Draw(p)
					} else {
						s = one(s, p)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n*b.N), "ns/element")
			})
		}
	}
}
