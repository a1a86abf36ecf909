package model

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"hopcap/model/random"
)

// balanced returns n patterns of 2^n·copies neurons on which every combination of
// signs stands equally often.
func balanced(n, copies int) *Patterns {
	p := NewPatterns(copies<<n, n)
	for i := range p.N {
		for mu := range n {
			p.Set(i, mu, int8(i>>mu&1)*2-1)
		}
	}
	return p
}

func upTo(n int) (m Mixture) {
	for mu := range n {
		m = append(m, Part{mu, 1})
	}
	return m
}

// On balanced patterns the mixture of n has overlap C(n−1, (n−1)/2)/2^{n−1} with
// each of them, ½ for three and ⅜ for five, so that K = n gives the energy
//
//	E/N = −n·m²/2 + n/(2N),
//
// −3/8 + 3/(2N) for three (Amit, Gutfreund and Sompolinsky 1985: −0.375, −0.352,
// −0.342), and it is a fixed point.
func TestMixtureOfBalancedPatterns(t *testing.T) {
	for _, c := range []struct {
		n       int
		overlap float64
		energy  float64 // without the n/(2N) of the diagonal
	}{{1, 1, -0.5}, {3, 0.5, -0.375}, {5, 0.375, -0.3515625}, {7, 0.3125, -0.341796875}} {
		p := balanced(c.n, 3)
		s := make(State, p.N)
		p.Mix(upTo(c.n), s)
		x := stored(Hopfield{}, p).Start([]State{s}, nil)
		for mu, m := range x.Overlaps(0, make([]int32, p.K)) {
			if float64(m)/float64(p.N) != c.overlap {
				t.Errorf("n = %d: overlap %v with pattern %d, want %v", c.n, float64(m)/float64(p.N), mu, c.overlap)
			}
		}
		want := c.energy + float64(c.n)/float64(2*p.N)
		if got := energy(x, 0); math.Abs(got-want) > 1e-15 {
			t.Errorf("n = %d: energy %v, want %v", c.n, got, want)
		}
		for i, v := range s {
			if fields(x).Field(0, i)*int64(v) < 0 {
				t.Errorf("n = %d: neuron %d is not aligned", c.n, i)
			}
		}
	}
}

// The nearest mixture is found with its signs, below and above a few flips.
func TestNearestMixture(t *testing.T) {
	p := draw(401, 30, "nearest")
	s := make(State, p.N)
	for _, mix := range []string{"+3 -17 +29", "-0 -1 -2", "+4 -5 +6 -7 +8", "+9 +10 -11 -12 +13 +14 -15"} {
		m, err := ParseMixture(mix)
		if err != nil {
			t.Fatal(err)
		}
		p.Mix(m, s)
		random.NewKey(mix).Source().Flip(s, 20, make([]int32, p.N))
		got, overlap := p.NearestMixture(s, overlapsOf(p, s), 9)
		slices.SortFunc(got, func(a, b Part) int { return a.Pattern - b.Pattern })
		if got.String() != mix || overlap != p.N-40 {
			t.Errorf("%s: found %s with overlap %d, want %d", mix, got, overlap, p.N-40)
		}
	}
}

func overlapsOf(p *Patterns, s State) []int32 {
	m := make([]int32, p.K)
	for mu := range m {
		m[mu] = int32(p.Overlap(mu, s))
	}
	return m
}

// Of the mixtures of the strongest 3, 5, … patterns, made one by one, the nearest is
// found, however many neurons and patterns there are.
func TestNearestMixtureAgainstAll(t *testing.T) {
	for _, size := range []struct{ n, k int }{{1, 3}, {63, 4}, {64, 64}, {65, 7}, {130, 9}, {200, 65}, {257, 300}} {
		p := draw(size.n, size.k, fmt.Sprint("all mixtures", size))
		for seed := range 20 {
			s := randomState(size.n, fmt.Sprint(seed))
			m := overlapsOf(p, s)
			var want Mixture
			most := -size.n - 1
			for n := 3; n <= min(9, size.k); n += 2 {
				mix, mixed := strongest(m, n), make(State, size.n)
				p.Mix(mix, mixed)
				overlap := 0
				for i := range s {
					overlap += int(s[i] * mixed[i])
				}
				if overlap > most {
					want, most = mix, overlap
				}
			}
			if got, overlap := p.NearestMixture(s, m, 9); got.String() != want.String() || overlap != most {
				t.Errorf("%v: %s with overlap %d, want %s with %d", size, got, overlap, want, most)
			}
		}
	}
}

// With two patterns there is no mixture, and never more than asked for.
func TestNearestMixtureIsBounded(t *testing.T) {
	p := draw(100, 2, "two")
	if m, _ := p.NearestMixture(randomState(100, "s"), overlapsOf(p, randomState(100, "s")), 7); m != nil {
		t.Errorf("%s of two patterns", m)
	}
	p = draw(100, 3, "three")
	if m, _ := p.NearestMixture(randomState(100, "s"), overlapsOf(p, randomState(100, "s")), 7); len(m) != 3 {
		t.Errorf("%s of three patterns", m)
	}
	p = draw(100, 50, "many")
	for seed := range 50 {
		s := randomState(100, fmt.Sprint(seed))
		if m, _ := p.NearestMixture(s, overlapsOf(p, s), 5); len(m) != 3 && len(m) != 5 {
			t.Errorf("%d patterns in the nearest mixture of at most 5", len(m))
		}
	}
}

// Of equally near mixtures that of fewer patterns is taken: patterns 3 and 4, which
// are opposite and have no overlap with the state, add nothing to the three others.
func TestNearestMixtureOfEquals(t *testing.T) {
	p := NewPatterns(32, 5)
	for i := range p.N {
		for mu := range 4 {
			p.Set(i, mu, int8(i>>mu&1)*2-1)
		}
		p.Set(i, 4, -p.At(i, 3))
	}
	s := make(State, p.N)
	p.Mix(upTo(3), s)
	if got, overlap := p.NearestMixture(s, overlapsOf(p, s), 5); got.String() != "+0 +1 +2" || overlap != p.N {
		t.Errorf("%s with overlap %d, want +0 +1 +2 with %d", got, overlap, p.N)
	}
}

// A vanishing overlap counts as positive.
func TestStrongest(t *testing.T) {
	if got := strongest([]int32{0, -7, 0, 7, 3}, 5).String(); got != "-1 +3 +4 +0 +2" {
		t.Errorf("%s", got)
	}
}

func TestParseMixture(t *testing.T) {
	for _, text := range []string{"", "+0 +1", "0 1 2", "+0 -1 +1", "+", "+-1 +2 +3", "+9999999999"} {
		if m, err := ParseMixture(text); err == nil {
			t.Errorf("%q gives %s, want an error", text, m)
		}
	}
	if m, err := ParseMixture(" +0  -4 +7"); err != nil || m.String() != "+0 -4 +7" {
		t.Errorf("%s, %v", m, err)
	}
}

// A fingerprint is the same for s and −s, another for every other state: here for
// each state of 12 neurons, and for each flip of one of 200.
func TestFingerprint(t *testing.T) {
	seen := map[uint64]State{}
	for bits := range 1 << 12 {
		s := make(State, 12)
		for i := range s {
			s[i] = int8(bits>>i&1)*2 - 1
		}
		f := s.Fingerprint()
		if old := seen[f]; old != nil && !slices.Equal(old, negated(s)) {
			t.Fatalf("%v and %v share a fingerprint", s, old)
		}
		seen[f] = s
	}
	if len(seen) != 1<<11 {
		t.Errorf("%d fingerprints, want 2^11", len(seen))
	}
	s := randomState(200, "fingerprint")
	for i := range s {
		f := s.Fingerprint()
		s[i] = -s[i]
		if s.Fingerprint() == f || s.Fingerprint() != negated(s).Fingerprint() {
			t.Errorf("flip of neuron %d", i)
		}
	}
}

func negated(s State) State {
	t := slices.Clone(s)
	for i := range t {
		t[i] = -t[i]
	}
	return t
}

// Every fixed point and no other state is found, by comparison with explicit
// couplings on all states.
func TestMinimaAgainstBruteForce(t *testing.T) {
	for _, size := range []struct{ n, k int }{{1, 1}, {2, 1}, {2, 2}, {5, 3}, {8, 2}, {11, 4}, {12, 3}, {12, 12}} {
		for _, diagonal := range []bool{false, true} {
			p := draw(size.n, size.k, fmt.Sprint("minima", size))
			want := bruteMinima(couplings(p, diagonal), size.n)
			err := Minima(context.Background(), stored(Hopfield{Diagonal: diagonal}, p), size.n, func(s State, margin int64) {
				if m, ok := want[fmt.Sprint(s)]; !ok || int64(m) != margin {
					t.Errorf("%v, diagonal %v: %v with margin %d, want %d %v", size, diagonal, s, margin, m, ok)
				}
				delete(want, fmt.Sprint(s))
			})
			if err != nil || len(want) > 0 {
				t.Errorf("%v, diagonal %v: %v, missed %v", size, diagonal, err, want)
			}
		}
	}
}

// bruteMinima returns the least s_i·N·h_i of each state with s_{N−1} = +1 where it
// is not negative.
func bruteMinima(j [][]int, n int) map[string]int {
	found := map[string]int{}
	for bits := range 1 << (n - 1) {
		s := make(State, n)
		for i := range s {
			s[i] = int8(bits>>i&1)*2 - 1
		}
		s[n-1] = 1
		margin := math.MaxInt
		for i := range s {
			margin = min(margin, int(s[i])*slowField(j, s, i))
		}
		if margin >= 0 {
			found[fmt.Sprint(s)] = margin
		}
	}
	return found
}

func TestMinimaStops(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	err := Minima(ctx, stored(Hopfield{}, draw(24, 3, "stop")), 24, func(State, int64) {})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that of the context", err)
	}
}

func BenchmarkMinima20(b *testing.B) {
	p := draw(20, 3, "bench")
	for b.Loop() {
		if err := Minima(context.Background(), stored(Hopfield{}, p), 20, func(State, int64) {}); err != nil {
			b.Fatal(err)
		}
	}
}
