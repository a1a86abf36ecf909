package model

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"hopcap/model/random"
)

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
		q.Draw(random.NewKey("rows"), backwards{})
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
func TestGoldenPatterns(t *testing.T) {
	k := random.NewKey("hopcap")
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

// The activity is (1 + a)/2, and the first patterns are of the same ensemble.
func TestActivity(t *testing.T) {
	p := draw(5, 3, "activity")
	if f := p.Activity(); f.Cmp(big.NewRat(1, 2)) != 0 {
		t.Errorf("activity %v without a bias", f)
	}
	p.Bias = big.NewRat(-4, 5)
	if f := p.First(2).Activity(); f.Cmp(big.NewRat(1, 10)) != 0 {
		t.Errorf("activity %v with a bias of −4/5, want 1/10", f)
	}
}
