package model

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// The first words of xoshiro256++ from the state 1, 2, 3, 4, as its authors' C
// program gives them.
func TestXoshiro(t *testing.T) {
	r := Key{1, 2, 3, 4}.Source()
	for i, want := range []uint64{41943041, 58720359, 3588806011781223, 3591011842654386, 9228616714210784205} {
		if got := r.Uint64(); got != want {
			t.Fatalf("word %d is %d, want %d", i, got, want)
		}
	}
}

func TestHalvesComeLowFirst(t *testing.T) {
	words, halves := Key{1, 2, 3, 4}.Source(), Key{1, 2, 3, 4}.Source()
	for range 10 {
		w := words.Uint64()
		if lo, hi := halves.Uint32(), halves.Uint32(); w != uint64(hi)<<32|uint64(lo) {
			t.Fatalf("%x came as %x, %x", w, lo, hi)
		}
	}
}

func TestKeysOfPartsDiffer(t *testing.T) {
	k := NewKey("a")
	seen := map[Key]string{}
	for _, role := range []string{"", "a", "order", "cue"} {
		for _, index := range [][]uint64{nil, {0}, {1}, {0, 0}, {0, 1}, {1, 0}} {
			name := fmt.Sprint(role, index)
			sub := k.Sub(role, index...)
			if other, twice := seen[sub]; twice {
				t.Errorf("%s and %s share a stream", name, other)
			}
			seen[sub] = name
		}
	}
}

func TestUintnIsUniform(t *testing.T) {
	const n, draws = 7, 70000
	var count [n]int
	r := NewKey("uniform").Source()
	for range draws {
		count[r.Uintn(n)]++
	}
	var chi2 float64
	for _, c := range count {
		d := float64(c) - draws/n
		chi2 += d * d / (draws / n)
	}
	if chi2 > 22.5 { // 6 degrees of freedom, p = 0.001
		t.Errorf("χ² = %.1f", chi2)
	}
}

func TestPermutationsAreUniform(t *testing.T) {
	count := map[[4]int32]int{}
	r := NewKey("permutations").Source()
	const draws = 24000
	for range draws {
		var p [4]int32
		r.Permute(p[:])
		count[p]++
	}
	if len(count) != 24 {
		t.Fatalf("%d permutations of four, want 24", len(count))
	}
	for p, c := range count {
		if z := (float64(c) - 1000) / math.Sqrt(1000); math.Abs(z) > 4.5 {
			t.Errorf("%v came %d times of %d", p, c, draws)
		}
	}
}

// Patterns are unbiased and independent, across words, rows and tiles.
func TestPatternsAreUnbiased(t *testing.T) {
	p := draw(200, 4200, "bias")
	total := 0
	for i := range p.N {
		total += popcount(p.Row(i))
	}
	if z := (float64(total) - 200*4200/2) / math.Sqrt(200*4200/4); math.Abs(z) > 4 {
		t.Errorf("%d bits set: z = %.1f", total, z)
	}
	for _, pair := range [][2]int{{0, 1}, {0, 64}, {63, 64}, {5, 199}, {100, 128}} {
		agree := 0
		for mu := range p.K {
			if p.At(pair[0], mu) == p.At(pair[1], mu) {
				agree++
			}
		}
		if z := (float64(agree) - 2100) / math.Sqrt(1050); math.Abs(z) > 4 {
			t.Errorf("neurons %v agree in %d of 4200 patterns: z = %.1f", pair, agree, z)
		}
	}
	for _, pair := range [][2]int{{0, 1}, {0, 64}, {8, 520}, {4095, 4096}, {0, 4096}} {
		agree := 0
		for i := range p.N {
			if p.At(i, pair[0]) == p.At(i, pair[1]) {
				agree++
			}
		}
		if z := (float64(agree) - 100) / math.Sqrt(50); math.Abs(z) > 4 {
			t.Errorf("patterns %v agree in %d of 200 neurons: z = %.1f", pair, agree, z)
		}
	}
}

// A row ends in zeros, and a pool draws the same patterns.
func TestDraw(t *testing.T) {
	for _, k := range []int{1, 63, 64, 65, 4095, 4096, 4097, 4161} {
		p := draw(130, k, "rows")
		q := NewPatterns(130, k)
		q.Draw(NewKey("rows"), backwards{})
		for i := range p.N {
			if !slices.Equal(p.Row(i), q.Row(i)) {
				t.Fatalf("K = %d: row %d depends on the pool", k, i)
			}
			for w, word := range p.Row(i) {
				if beyond := w*64 + 64 - k; beyond > 0 && beyond < 64 && word>>(64-beyond) != 0 || beyond >= 64 && word != 0 {
					t.Fatalf("K = %d: row %d has bits past the end", k, i)
				}
			}
		}
	}
}

// backwards is a pool that runs the parts in another order.
type backwards struct{}

func (backwards) Do(n int, f func(part int)) {
	for i := n - 1; i >= 0; i-- {
		f(i)
	}
}

// The random streams are part of what a record means: these numbers may change
// only with a new version of the physics.
func TestGoldenStreams(t *testing.T) {
	k := NewKey("hopcap")
	if got, want := fmt.Sprintf("%x", k.Sub("tile", 1, 2)), "[23b0367866f7536e ce5efbb36ce5ff08 956db52afda603c7 49edfa462ff2a462]"; got != want {
		t.Errorf("key %s, want %s", got, want)
	}
	p := make([]int32, 12)
	k.Source().Permute(p)
	if got, want := fmt.Sprint(p), "[8 3 9 11 1 0 5 6 10 7 4 2]"; got != want {
		t.Errorf("permutation %s, want %s", got, want)
	}
	q := draw(70, 5000, "hopcap")
	if got, want := fmt.Sprintf("%x", q.Row(69)[60:70]), "[c4ef5828b2d885dc 9855e226f377e8b2 2281924c1f650a30 d791b62c8bb8dca1 a1e17426625dd54e d0c999bad2435a7c e7fdf1ff641843e9 718d5c8e4dfe2242 65690373ad56036c 64287dc1630fa129]"; got != want {
		t.Errorf("patterns %s, want %s", got, want)
	}
	s := make(State, 20)
	draw(20, 2, "hopcap").Noisy(1, 5, k.Source(), s, make([]int32, 20))
	if got, want := fmt.Sprint(s), "[-1 1 -1 1 -1 1 1 1 1 1 1 -1 -1 -1 1 1 -1 -1 1 1]"; got != want {
		t.Errorf("noisy cue %s, want %s", got, want)
	}
	draw(20, 2, "hopcap").Partial(1, 5, k.Source(), s, make([]int32, 20))
	if got, want := fmt.Sprint(s), "[1 1 1 1 -1 -1 1 1 1 1 1 -1 -1 -1 -1 1 -1 -1 -1 1]"; got != want {
		t.Errorf("partial cue %s, want %s", got, want)
	}
}
