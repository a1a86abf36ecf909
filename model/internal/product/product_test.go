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
	return all[64 : n+64 : n+64], all
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

// rows returns rows of whole words as a network has them: what follows the last
// is another's.
func rows(r *rand.Rand, n, stride int) []uint64 { return words(r, n*stride+8)[:n*stride] }

// square is a weight of more than a byte from a = 32 on.
func square(a int) int { return a*a/4 - 128 }

func squares() Table { return NewTable(square) }

func TestTable(t *testing.T) {
	table := squares()
	if table.Plain != 31 || NewTable(func(a int) int { return a }).Plain != 63 {
		t.Errorf("bytes up to %d", table.Plain)
	}
	for a := range table.Low {
		if got := int(table.Low[a]) + int(table.High[a])<<8; got != square(a) {
			t.Errorf("weight %d at %d, want %d", got, a, square(a))
		}
	}
}

func TestPlace(t *testing.T) {
	seen := map[int]bool{}
	for mu := range 3 * Block {
		place := Place(mu)
		if At(place) != mu || place/Block != mu/Block || place/64%8 != mu%8 || place%64 != mu/8%64 {
			t.Fatalf("pattern %d is at %d, where %d is", mu, place, At(place))
		}
		seen[place] = true
	}
	if len(seen) != 3*Block {
		t.Error("two patterns in one place")
	}
}

// weights returns those of random bytes H, of which the planes in large have
// some above 255.
func weights(r *rand.Rand, words int, large func(plane int) bool) *Weights {
	s := step(r, words, large)
	s.run()
	return s.Weights
}

func step(r *rand.Rand, words int, large func(plane int) bool) *Step {
	blocks := Blocks(words)
	s := &Step{Table: squares(), H: make([]uint8, blocks*Block), Weights: NewWeights(blocks),
		Row: rows(r, 1, words), Words: words}
	for place := range s.H {
		s.H[place] = uint8(r.IntN(61) - 30)
		if large(place>>6) && r.IntN(5) == 0 {
			s.H[place] = uint8(r.IntN(253) - 126)
		}
	}
	return s
}

func sometimes(plane int) bool { return plane%13 == 2 } // in blocks 0, 1 and 3
func never(int) bool           { return false }
func always(int) bool          { return true }

// The assembly agrees with run, which defines it, for all words around the blocks
// and any number of planes with high bytes.
func TestScan(t *testing.T) {
	skipWithout(t)
	r := rand.New(rand.NewPCG(1, 2))
	const n = 9
	for size := 1; size < 26; size++ {
		for _, large := range []func(int) bool{never, sometimes, always} {
			for _, whole := range []bool{false, true} {
				s := &Scan{Rows: rows(r, n, size+1), Stride: size + 1, Words: size, Whole: whole, Weights: weights(r, size, large),
					Spins: make([]int8, n), Offset: make([]int64, n), Scale: 48, Fields: make([]int64, n)}
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
	}
	if scanVNNI(&Scan{}) != 0 {
		t.Error("a visit of nobody")
	}
}

func TestStep(t *testing.T) {
	skipWithout(t)
	r := rand.New(rand.NewPCG(3, 4))
	for size := 1; size < 26; size++ {
		for parity := range int8(2) {
			for _, up := range []int8{-1, 0, 1} {
				for _, large := range []func(int) bool{never, sometimes, always} {
					want := step(r, size, large)
					want.Up, want.Down, want.Parity = up, -up, parity
					got := *want
					var h, high []uint8
					got.H, h = guarded(len(want.H))
					copy(got.H, want.H)
					got.Weights = NewWeights(Blocks(size))
					got.Weights.High, high = guarded(len(want.Weights.High))
					x, planes := stepVNNI(&got)
					if y := want.run(); x != y {
						t.Fatalf("%d words: sum %d, want %d", size, x, y)
					}
					w := want.Weights
					if !slices.Equal(got.H, want.H) || !slices.Equal(got.Weights.Low, w.Low) ||
						!slices.Equal(got.Weights.Planes[:planes], w.Planes) ||
						!slices.Equal(got.Weights.High[:planes*64], w.High[:planes*64]) {
						t.Fatalf("%d words: other bytes", size)
					}
					if !guards(h) || !guards(high) {
						t.Fatalf("%d words: wrote beyond", size)
					}
				}
			}
		}
	}
}

// The weights that a step leaves are those of the table.
func TestWeights(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, large := range []func(int) bool{never, sometimes, always} {
		s := step(r, 19, large)
		s.Up, s.Down, s.Parity = 1, -1, 1
		before := slices.Clone(s.H)
		sum := s.run()
		for place, h := range before {
			now, want := int(int8(h))-1, 0
			if mu := At(place); mu < 19*64 {
				now += 2 * int(s.Row[mu/64]>>(mu%64)&1)
				want = square(max(now, -now-1))
			}
			if got := s.Weights.at(place); got != int64(want) || int(int8(s.H[place])) != now {
				t.Fatalf("H = %d, weight %d at %d, want %d and %d", int8(s.H[place]), got, place, now, want)
			}
			sum -= int64(want)
		}
		if sum != 0 {
			t.Errorf("the sum is wrong by %d", sum)
		}
	}
}

func TestSurvey(t *testing.T) {
	skipWithout(t)
	r := rand.New(rand.NewPCG(7, 8))
	for blocks := 1; blocks < 5; blocks++ {
		for parity := range int8(2) {
			s := Survey{H: step(r, 8*blocks, always).H, Active: words(r, 8*blocks), Parity: parity}
			got := s
			surveyVNNI(&got)
			s.run()
			for _, v := range got.Cubes[1:] {
				got.Cubes[0] += v
			}
			if got.Most != s.Most || got.Cubes[0] != s.Cubes[0] {
				t.Fatalf("%d blocks: %v, want %v", blocks, got, s)
			}
		}
	}
	// the largest cubes of one sign, in all lanes of many blocks
	s := Survey{H: slices.Repeat([]uint8{127}, 64*Block), Active: slices.Repeat([]uint64{1<<64 - 1}, 64*8)}
	surveyVNNI(&s)
	sum := int64(0)
	for _, v := range s.Cubes {
		sum += v
	}
	if want := int64(64 * Block * 127 * 127 * 127); sum != want {
		t.Errorf("Σ H³ = %d, want %d", sum, want)
	}
}

func TestCount(t *testing.T) {
	skipWithout(t)
	r := rand.New(rand.NewPCG(9, 10))
	for size := 1; size < 26; size++ {
		for n := range 3 {
			c := Count{Rows: rows(r, n, size+1), Stride: size + 1, Words: size, Chosen: words(r, 8*Blocks(size)),
				Ones: make([]int64, n), Common: make([]int64, n)}
			got := c
			got.Ones, got.Common = make([]int64, n), make([]int64, n)
			countVNNI(&got)
			c.run()
			if !slices.Equal(got.Ones, c.Ones) || !slices.Equal(got.Common, c.Common) {
				t.Fatalf("%d words: %v and %v, want %v and %v", size, got.Ones, got.Common, c.Ones, c.Common)
			}
		}
	}
}

func TestSpread(t *testing.T) {
	skipWithout(t)
	r := rand.New(rand.NewPCG(11, 12))
	for depth := 4; depth <= 8; depth++ {
		for blocks := 1; blocks < 4; blocks++ {
			s := Spread{Slices: words(r, blocks*depth*8), Depth: depth, Planes: make([]uint8, blocks*Block)}
			got := s
			var all []uint8
			got.Planes, all = guarded(blocks * Block)
			spreadVNNI(&got)
			s.run()
			if !slices.Equal(got.Planes, s.Planes) || !guards(all) {
				t.Fatalf("%d blocks of depth %d", blocks, depth)
			}
		}
	}
}

// BenchmarkScan is a visit of 200 neurons with 4000 patterns, one to retrieve.
func BenchmarkScan(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	const n, size = 200, 63
	s := &Scan{Rows: rows(r, n, size), Stride: size, Words: size, Whole: true, Scale: 48, Weights: weights(r, size, never),
		Spins: slices.Repeat([]int8{1}, n), Offset: make([]int64, n), Fields: make([]int64, n)}
	s.Weights.Planes = s.Weights.Planes[:1]
	for _, i := range r.Perm(n) {
		s.Order = append(s.Order, int32(i))
	}
	for b.Loop() {
		s.Run()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/visit")
}

// BenchmarkStep is a flip there.
func BenchmarkStep(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	s := step(r, 63, never)
	s.H[0] = 90
	s.Up, s.Down = 1, -1
	for b.Loop() {
		s.Up, s.Down = -s.Up, -s.Down
		s.Run()
	}
}
