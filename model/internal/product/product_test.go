package product

import (
	"math/rand/v2"
	"slices"
	"testing"

	"hopcap/model/internal/kernel"
)

const guard = 0xa5

// guarded returns n bytes, and the same between guards.
func guarded(n int) (part, all []uint8) {
	all = slices.Repeat([]uint8{guard}, n+128)
	part = all[64 : n+64]
	clear(part)
	return part, all
}

func guards(all []uint8) bool {
	return !slices.ContainsFunc(slices.Concat(all[:64], all[len(all)-64:]), func(b uint8) bool { return b != guard })
}

func skipWithout(t *testing.T) {
	if !slices.ContainsFunc(kernel.Names(), fast) {
		t.Skipf("this machine runs %v, of which none has it", kernel.Names())
	}
}

func words(r *rand.Rand, n int) []uint64 {
	x := make([]uint64, n)
	for i := range x {
		x[i] = r.Uint64()
	}
	return x
}

// The assembly agrees with run, which defines it, for all words around the blocks
// of four, and for factors of any size.
func TestScan(t *testing.T) {
	skipWithout(t)
	r := rand.New(rand.NewPCG(1, 2))
	const n = 9
	for size := 1; size < 18; size++ {
		for _, whole := range []bool{false, true} {
			s := &Scan{Rows: words(r, n*(size+1)+3), Stride: size + 1, Words: size, Whole: whole,
				A: make([]uint8, Room(size)), B: make([]uint8, Room(size)),
				Spins: make([]int8, n), Offset: make([]int64, n), Scale: 48, Fields: make([]int64, n)}
			for mu := range size * 64 {
				s.A[mu], s.B[mu] = uint8(r.IntN(128)), uint8(r.IntN(128))
			}
			if size%3 == 0 {
				s.B = s.A
			}
			for i := range n {
				s.Spins[i], s.Offset[i] = int8(2*r.IntN(2)-1), r.Int64N(1<<40)-1<<39
			}
			for _, i := range r.Perm(n) {
				s.Order = append(s.Order, int32(i))
			}
			s.Rise, s.Fall = -1<<40, 1<<40
			if whole {
				s.Rise, s.Fall = r.Int64N(1<<30), r.Int64N(1<<30)
			} else { // the seventh flips
				s.Offset[s.Order[6]] -= int64(s.Spins[s.Order[6]]) << 42
			}
			got := *s
			got.Fields = make([]int64, n)
			if a, b := scanVNNI(&got), s.run(); a != b || !slices.Equal(got.Fields, s.Fields) {
				t.Fatalf("%d words: %d, %v, want %d, %v", size, a, got.Fields, b, s.Fields)
			}
		}
	}
	if scanVNNI(&Scan{}) != 0 {
		t.Error("a visit of nobody")
	}
}

func TestStep(t *testing.T) {
	skipWithout(t)
	r := rand.New(rand.NewPCG(3, 4))
	for size := range 18 {
		for parity := range int8(2) {
			for _, up := range []int8{-1, 0, 1} {
				want := &Step{U: make([]uint8, Room(size)), A: make([]uint8, Room(size)), B: make([]uint8, Room(size)),
					Row: words(r, size), Active: words(r, size), Words: size, Up: up, Down: -up, Centre: 100, Parity: parity}
				for mu := range want.U {
					want.U[mu] = uint8(100 + r.IntN(252) - 126)
				}
				got := *want
				var u, a, b []uint8
				got.U, u = guarded(len(want.U))
				copy(got.U, want.U)
				got.A, a = guarded(len(want.U))
				if got.B, b = got.A, a; parity != 0 {
					got.B, b = guarded(len(want.U))
				}
				if x, y := stepVNNI(&got), want.run(); x != y {
					t.Fatalf("%d words: sum %d, want %d", size, x, y)
				}
				if !slices.Equal(got.U, want.U) || !slices.Equal(got.A, want.A) || !slices.Equal(got.B, want.B) || !guards(u) || !guards(a) || !guards(b) {
					t.Fatalf("%d words: other bytes", size)
				}
			}
		}
	}
}
