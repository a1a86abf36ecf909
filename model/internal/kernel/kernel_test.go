package kernel

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// source returns a generator for the inputs of one test.
func source() *rand.Rand { return rand.New(rand.NewPCG(1, 2)) }

// lengths go around the edges of words of 64, groups of 2 and 8, and unrolled
// loops.
var lengths = []int{1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 22, 24, 31, 32, 33, 40, 64, 65}

const guard = 0xdeadbeefdeadbeef

// guarded returns n random words between two guards.
func guarded(r *rand.Rand, n int) []uint64 {
	s := make([]uint64, n+18)
	for i := range s {
		s[i] = guard
	}
	s = s[9 : n+9]
	for i := range s {
		s[i] = r.Uint64()
	}
	return s
}

// guards reports whether the guards around s, a result of guarded, still stand.
func guards(s []uint64) bool {
	return !slices.ContainsFunc(s[len(s):len(s)+9], func(w uint64) bool { return w != guard })
}

// natives runs f with each kernel but the pure-Go one.
func natives(t *testing.T, f func(t *testing.T, k *Kernel)) {
	t.Logf("this machine runs %v", Names())
	for _, k := range kernels {
		if k != &generic {
			t.Run(k.Name, func(t *testing.T) { f(t, k) })
		}
	}
}

func TestFill(t *testing.T) {
	natives(t, func(t *testing.T, k *Kernel) {
		r := source()
		for n := 0; n <= 256; n += 8 {
			var a, b Lanes
			for j := range a {
				for l := range a[j] {
					a[j][l] = r.Uint64()
				}
			}
			b = a
			got, want := guarded(r, n), make([]uint64, n)
			k.Fill(got, &a)
			generic.Fill(want, &b)
			if !slices.Equal(got, want) || a != b || !guards(got) {
				t.Fatalf("%d words differ", n)
			}
		}
	})
}

func TestUnlike(t *testing.T) {
	natives(t, func(t *testing.T, k *Kernel) {
		r := source()
		for n := range 70 {
			a, b := guarded(r, n), guarded(r, n)
			if got, want := k.Unlike(a, b), generic.Unlike(a, b); got != want {
				t.Fatalf("%d words: %d, want %d", n, got, want)
			}
		}
	})
}

func TestTally(t *testing.T) {
	natives(t, func(t *testing.T, k *Kernel) {
		r := source()
		for _, words := range lengths {
			for _, n := range []int{1, 2, 7, 8, 9, 16, 23, 70} {
				rows := guarded(r, n*words)
				got := Tally{Rows: rows, Stride: words, Spins: spins(r, n)}
				got.Reset(words, 2*n)
				want := got
				want.Counts = slices.Clone(got.Counts)
				a, b := make([]int32, 64*words), make([]int32, 64*words)
				for range 2 {
					k.Tally(&got)
					generic.Tally(&want)
				}
				got.AddTo(a, 2*n)
				want.AddTo(b, 2*n)
				if !slices.Equal(a, b) {
					t.Fatalf("%d rows of %d words differ", n, words)
				}
				for mu := range a {
					m := 0
					for i, v := range got.Spins {
						m += 2 * (2*int(rows[i*words+mu>>6]>>(mu&63)&1) - 1) * int(v)
					}
					if int(a[mu]) != m {
						t.Fatalf("sum %d of %d rows: %d, want %d", mu, n, a[mu], m)
					}
				}
			}
		}
	})
}

// spins returns n random signs.
func spins(r *rand.Rand, n int) []int8 {
	s := make([]int8, n)
	for i := range s {
		s[i] = int8(2*r.IntN(2) - 1)
	}
	return s
}

// base returns what sums can have as Base: 0, 1, or a centred one of either parity.
func base(r *rand.Rand, width int) int {
	if r.IntN(2) == 0 {
		return r.IntN(2)
	}
	return Centred(1+r.IntN(width-1), r.IntN(2))
}

// sums returns sums of random integers that fit, some patterns inactive, and the
// integers.
func sums(r *rand.Rand, words, width, base int) (*Sums, []int32) {
	s := new(Sums)
	s.Reset(words, width, base)
	m := make([]int32, 64*words)
	active := make([]uint64, words)
	for mu := range m {
		if r.IntN(10) == 0 {
			continue
		}
		active[mu>>6] |= 1 << (mu & 63)
		bits := width - s.First
		m[mu] = int32(2*(r.IntN(1<<bits)-1<<(bits-1)) + base)
	}
	s.SetInts(m, active)
	return s, m
}

func TestFlip(t *testing.T) {
	r := source()
	for _, words := range lengths {
		for width := 2; width <= MaxWidth; width++ {
			s, m := sums(r, words, width, base(r, width))
			row, add := guarded(r, words), r.IntN(2) == 0
			for _, k := range kernels {
				got := *s
				got.Bits = slices.Clone(s.Bits)
				over := k.Flip(&got, row, add)
				checkFlipped(t, k.Name, got, m, row, add, over != 0)
			}
		}
	}
}

// checkFlipped compares the sums, after Flip, with the integers m before it.
func checkFlipped(t *testing.T, name string, got Sums, m []int32, row []uint64, add, over bool) {
	wraps := false
	top := 1<<(got.Width-got.First) + got.Base
	bottom := -1<<(got.Width-got.First) + got.Base
	for mu := range m {
		if got.Active[mu>>6]>>(mu&63)&1 == 0 {
			continue
		}
		if want := moved(m, mu, row, add); want >= top || want < bottom {
			wraps = true
		}
	}
	if over != wraps {
		t.Fatalf("%s: over %t, want %t", name, over, wraps)
	}
	if got.Width == MaxWidth {
		return
	}
	if over {
		got.Widen(row, add)
	}
	norm := 0
	for mu := range m {
		want := 0
		if got.Active[mu>>6]>>(mu&63)&1 != 0 {
			want = moved(m, mu, row, add)
		}
		norm += max(want, -want)
		if v := got.Get(mu); got.Active[mu>>6]>>(mu&63)&1 != 0 && v != want {
			t.Fatalf("%s: width %d, base %d, over %t: sum %d is %d, want %d (was %d)", name, got.Width, got.Base, over, mu, v, want, m[mu])
		}
	}
	if got.Base == 0 && got.Norm() != norm {
		t.Fatalf("%s: norm %d, want %d", name, got.Norm(), norm)
	}
}

func TestRebase(t *testing.T) {
	r := source()
	for _, words := range lengths {
		for width := 4; width < MaxWidth; width++ {
			odd := r.IntN(2)
			bases := []int{odd, Centred(1+r.IntN(width-3), odd), Centred(1+r.IntN(width-3), odd), odd}
			s, m := sums(r, words, width, odd)
			for mu := range m {
				m[mu] = (m[mu]-int32(odd))/4*2 + int32(odd) // so that they fit
			}
			s.SetInts(m, slices.Clone(s.Active))
			for _, base := range bases {
				if !s.Rebase(base) {
					t.Fatalf("width %d: sums do not fit base %d", width, base)
				}
				for mu, v := range m {
					if s.Active[mu>>6]>>(mu&63)&1 != 0 && s.Get(mu) != int(v) {
						t.Fatalf("width %d, base %d: sum %d is %d, want %d", width, base, mu, s.Get(mu), v)
					}
				}
				fresh := new(Sums)
				fresh.Reset(words, s.Width, base)
				fresh.SetInts(m, slices.Clone(s.Active[:words]))
				if !slices.Equal(s.Bits, fresh.Bits) || !slices.Equal(s.Weight, fresh.Weight) || s.First != fresh.First {
					t.Fatalf("width %d, base %d: slices differ from new ones", width, base)
				}
			}
		}
	}
}

// Sums that do not fit another base stay as they are.
func TestRebaseTooFar(t *testing.T) {
	for _, v := range []int32{14, -16} {
		s := new(Sums)
		s.Reset(1, 4, 0)
		s.SetInts([]int32{v, 0}, []uint64{3})
		if base := -4 * int(v) / max(int(v), -int(v)); s.Rebase(base) {
			t.Errorf("%d fits base %d", v, base)
		}
		if s.Get(0) != int(v) || s.Get(1) != 0 || s.Base != 0 || s.Width != 4 || int64(s.Weight[3*8]) != -32 {
			t.Errorf("%d has become %d: %+v", v, s.Get(0), s)
		}
	}
}

// moved returns the sum of pattern mu after a flip.
func moved(m []int32, mu int, row []uint64, add bool) int {
	if row[mu>>6]>>(mu&63)&1 == 1 == add {
		return int(m[mu]) + 2
	}
	return int(m[mu]) - 2
}

// Low is the sum of what is left out, and its largest dot product with any signs.
func TestLow(t *testing.T) {
	r := source()
	for _, words := range lengths {
		for width := 3; width <= MaxWidth; width++ {
			d, odd := 1+r.IntN(width-2), r.IntN(2)
			s, m := sums(r, words, width, Centred(d, odd))
			sum, norm := 0, 0
			for mu, v := range m {
				if s.Active[mu>>6]>>(mu&63)&1 != 0 {
					low := (int(v)-s.Base)&(2<<d-1) + s.Base
					sum += low
					norm += max(low, -low)
				}
			}
			for _, k := range kernels {
				if v, abs := k.Low(s, 1+d); v != sum || abs != norm {
					t.Fatalf("%s: %d words, width %d, the lowest %d bits of %d: %d and %d, want %d and %d", k.Name, words, width, d, s.Base, v, abs, sum, norm)
				}
			}
		}
	}
}

func TestScan(t *testing.T) {
	r := source()
	for _, words := range lengths {
		for width := 2; width <= MaxWidth; width++ {
			for _, eight := range []bool{false, true} {
				s, m := scan(r, words, width, r.IntN(width-1))
				s.Eight = eight
				compareScans(t, s, m)
			}
		}
	}
}

// scan returns a scan over random rows which leaves out the lowest d bits at first,
// and the integers of its sums.
func scan(r *rand.Rand, words, width, d int) (*Scan, []int32) {
	const n = 19
	base := r.IntN(2)
	if d > 0 {
		base = Centred(d, base)
	}
	sums, m := sums(r, words, width, base)
	s := &Scan{
		Rows: guarded(r, n*words), Stride: words, Words: words,
		Spins: spins(r, n), Sums: *sums,
		Total: int64(r.IntN(1000)), Self: []int64{int64(r.IntN(1000)), -1 << 40, 1 << 40}[r.IntN(3)], Whole: r.IntN(2) == 0, Ahead: r.IntN(3), Far: r.IntN(5),
		Stable: make([]int32, n),
	}
	if d > 0 {
		low, doubt := generic.Low(sums, 1+d)
		s.Skip, s.Low, s.Doubt = 1+d, int64(low), int64(doubt)
	}
	for range r.IntN(n + 1) {
		s.Order = append(s.Order, int32(r.IntN(n)))
	}
	for range r.IntN(3) {
		s.Apart = append(s.Apart, Apart{r.IntN(words), r.IntN(64), r.Int64N(1e4) - 5e3})
	}
	return s, m
}

func TestHeat(t *testing.T) {
	r := source()
	for _, words := range slices.Backward(lengths) { // what longer rows left behind does not count
		for width := 2; width <= MaxWidth; width++ {
			s := heat(r, words, width)
			cold := cloned(s)
			cold.Guide = nil
			for _, eight := range []bool{false, true} {
				s.Eight, cold.Eight = eight, eight
				compareHeats(t, s)
				compareHeats(t, cold)
			}
		}
	}
}

// heat returns a Heat of which most noise is in cells from where the guide decides about
// half of the neurons.
func heat(r *rand.Rand, words, width int) *Scan {
	s, m := scan(r, words, width, 0)
	s.Order = s.Order[:0]
	for _, i := range r.Perm(len(s.Spins))[:r.IntN(len(s.Spins)+1)] {
		s.Order = append(s.Order, int32(i))
	}
	s.Patterns = 64*words - r.IntN(64)
	active := make([]uint64, words)
	for mu := range s.Patterns {
		active[mu/64] |= 1 << (mu % 64)
	}
	for i := range s.Spins {
		s.Rows[i*words+words-1] &= active[words-1]
	}
	s.Apart = nil
	for _, mu := range r.Perm(s.Patterns)[:min(s.Patterns, []int{0, 1, 2, 32}[r.IntN(4)])] {
		s.Apart = append(s.Apart, Apart{mu / 64, mu % 64, 2 * (r.Int64N(1e4) - 5e3)})
		active[mu/64] &^= 1 << (mu % 64)
	}
	s.Sums.Reset(words, width, s.Sums.Base)
	if width == MaxWidth { // so that it stays
		for mu := range m {
			m[mu] = (m[mu]-int32(s.Sums.Base))/4*2 + int32(s.Sums.Base)
		}
	}
	s.Sums.SetInts(m, active)
	s.Whole = true
	generic.Scan(s)
	sorted := slices.Sorted(slices.Values(s.Stable[:len(s.Order)]))
	s.Guide = new(Guide)
	if len(sorted) > 0 {
		for cell := range s.Guide.Cells {
			at := float64(len(sorted)-1) * float64(len(s.Guide.Cells)-1-cell) / float64(len(s.Guide.Cells)-1)
			s.Guide.Cells[cell] = sorted[int(at)]
		}
		for zeros := range s.Guide.Tail {
			s.Guide.Tail[zeros] = s.Guide.Cells[r.IntN(2)]
		}
	}
	s.Noise = make([]uint64, len(s.Spins))
	for i := range s.Noise {
		s.Noise[i] = r.Uint64() >> (r.IntN(2) * r.IntN(64))
	}
	return s
}

// compareHeats compares kernels at every stop. At one that is not decided the lowest bit
// of its noise does.
func compareHeats(t *testing.T, s *Scan) {
	for want := cloned(s); ; {
		before := cloned(want)
		n := generic.Heat(want)
		for _, k := range kernels {
			if k.Heat == nil {
				continue
			}
			got := cloned(before)
			at := fmt.Sprintf("%s: %d words, width %d, eight %t, %d neurons", k.Name, s.Words, s.Sums.Width, s.Eight, len(before.Order))
			if stop := k.Heat(got); stop != n || got.Flips != want.Flips || got.Over != want.Over || got.Total != want.Total {
				t.Fatalf("%s: stops at %d, over %t, after %d flips, total %d, want %d, %t, %d, %d", at,
					stop, got.Over, got.Flips, got.Total, n, want.Over, want.Flips, want.Total)
			}
			if !slices.Equal(got.Spins, want.Spins) || !slices.Equal(got.Sums.Bits, want.Sums.Bits) || !slices.Equal(got.Apart, want.Apart) {
				t.Fatalf("%s: differs after %d flips", at, want.Flips)
			}
		}
		if n == len(want.Order) {
			return
		}
		i := int(want.Order[n])
		if !want.Over && want.Noise[i]&1 != 0 {
			want.turn(i)
		}
		if want.Over {
			want.Sums.Widen(want.Rows[i*want.Stride:][:want.Words], want.Spins[i] > 0)
		}
		want.Order = want.Order[n+1:]
	}
}

// cloned is s with what a Heat, or widening, changes of its own.
func cloned(s *Scan) *Scan {
	c := *s
	c.Spins, c.Sums.Bits, c.Apart = slices.Clone(s.Spins), slices.Clone(s.Sums.Bits), slices.Clone(s.Apart)
	c.Sums.Weight = slices.Clone(s.Sums.Weight)
	return &c
}

// Counts of set bits pass no register where every bit is set.
func TestScanOfOnes(t *testing.T) {
	for _, words := range []int{56, 64, 120, 121, 137, 300} {
		s, m := scan(source(), words, 3, 0)
		s.Sums.Reset(words, 3, 0)
		for i := range s.Rows {
			s.Rows[i] = ^uint64(0)
		}
		for mu := range m {
			m[mu] = -2
		}
		s.Sums.SetInts(m, s.Rows[:words])
		s.Self, s.Whole = 0, true
		compareScans(t, s, m)
	}
}

// Eight at a time, those that are missing from the last eight do not flip.
func TestScanOfFewerThanEight(t *testing.T) {
	s, m := scan(source(), 3, 6, 0)
	for i := range s.Spins {
		s.Spins[i] = -1
	}
	s.Eight, s.Whole, s.Total, s.Self = true, false, 1<<40, 0
	for n := range 19 {
		s.Order = s.Order[:0]
		for i := range n {
			s.Order = append(s.Order, int32(i))
		}
		compareScans(t, s, m)
	}
}

func compareScans(t *testing.T, s *Scan, m []int32) {
	plain := slices.Repeat([]int32{7}, len(s.Stable)) // where nothing is written
	want := len(s.Order)
	least := slices.Clone(plain)
	for v, i := range s.Order {
		plain[v] = clamp(stability(s, m, int(i)))
		least[v] = clamp(max(0, stability(s, m, int(i))-2*s.Doubt))
		if stability(s, m, int(i)) < 0 && !s.Whole {
			want = v
			break
		}
	}
	for _, k := range kernels {
		for v := range s.Stable {
			s.Stable[v] = 7
		}
		got := k.Scan(s)
		if got != want || !slices.Equal(s.Stable[len(s.Order):], plain[len(s.Order):]) {
			t.Fatalf("%s: %d words, width %d, eight %t: stops at %d of %d, want %d", k.Name, s.Words, s.Sums.Width, s.Eight, got, len(s.Order), want)
		}
		for v := range min(got+1, len(s.Order)) {
			if v == want || s.Whole {
				least[v] = plain[v]
			}
			if s.Stable[v] > plain[v] || s.Stable[v] < least[v] {
				t.Fatalf("%s: %d words, width %d, skip %d, eight %t: stability %d is %d, want %d, at least %d", k.Name,
					s.Words, s.Sums.Width, s.Skip, s.Eight, v, s.Stable[v], plain[v], least[v])
			}
		}
	}
}

// stability computes what Scan says, pattern by pattern.
func stability(s *Scan, m []int32, i int) int64 {
	row := s.Rows[i*s.Stride : i*s.Stride+s.Words]
	f := -s.Total
	for mu, v := range m {
		f += int64(row[mu>>6]>>(mu&63)&1) * 2 * int64(v)
	}
	for _, a := range s.Apart {
		f += int64(row[a.Word]>>a.Shift&1) * a.Value
	}
	return int64(s.Spins[i])*f - s.Self
}

func TestUse(t *testing.T) {
	was := active
	defer func() { active = was }()
	for _, name := range Names() {
		if err := Use(name); err != nil || Active().Name != name {
			t.Errorf("Use(%q) = %v, runs %s", name, err, Active().Name)
		}
	}
	if err := Use("abacus"); err == nil {
		t.Error("a kernel that does not exist is taken")
	}
	if err := force(""); err != nil {
		t.Error(err)
	}
	if err := force("go"); err != nil || Active().Name != "go" {
		t.Errorf("HOPCAP_KERNEL=go gives %v, runs %s", err, Active().Name)
	}
}

// BenchmarkScan measures the dot product of rows with the sums: rows that stay
// in the cache, and rows from memory.
func BenchmarkScan(b *testing.B) {
	for _, k := range kernels {
		for _, c := range []struct {
			n, words, width int
			eight           bool
		}{
			{500, 1, 7, false}, {500, 1, 7, true}, {1000, 3, 7, false}, {1000, 3, 7, true},
			{2000, 5, 8, false}, {2000, 5, 8, true}, {4000, 9, 9, false}, {4000, 9, 9, true},
			{7000, 16, 9, false}, {7000, 16, 9, true}, {10000, 22, 9, false}, {10000, 22, 9, true},
			{30000, 66, 10, false}, {1000, 204, 11, false}, {100000, 204, 11, false},
		} {
			if c.eight && !k.Eight {
				continue
			}
			b.Run(fmt.Sprintf("%s/N=%d,words=%d,width=%d,eight=%t", k.Name, c.n, c.words, c.width, c.eight), func(b *testing.B) {
				benchScan(b, k, c.n, c.words, c.width, c.eight)
			})
		}
	}
}

func benchScan(b *testing.B, k *Kernel, n, words, width int, eight bool) {
	r := source()
	sums, _ := sums(r, words, width, 0)
	s := &Scan{
		Rows: make([]uint64, n*words+8), Stride: words, Words: words, Eight: eight,
		Spins: spins(r, n), Sums: *sums, Self: -1 << 40, Ahead: 1 + 128/words, Stable: make([]int32, n),
		Apart: []Apart{{0, 3, 5}},
	}
	for i := range s.Rows {
		s.Rows[i] = r.Uint64()
	}
	for _, i := range r.Perm(n) {
		s.Order = append(s.Order, int32(i))
	}
	for b.Loop() {
		k.Scan(s)
	}
	visit := float64(b.Elapsed().Nanoseconds()) / float64(b.N) / float64(n)
	b.ReportMetric(visit, "ns/visit")
	b.ReportMetric(float64(words*8)/visit, "GB/s")
	b.ReportMetric(visit/(float64(words*width)/8), "ns/64B·slice")
}

func BenchmarkFlip(b *testing.B) {
	r := source()
	for _, k := range kernels {
		for _, c := range []struct{ words, width int }{{1, 7}, {3, 7}, {9, 8}, {22, 9}, {204, 11}} {
			b.Run(fmt.Sprintf("%s/words=%d,width=%d", k.Name, c.words, c.width), func(b *testing.B) {
				s, _ := sums(r, c.words, c.width, 0)
				row, add := guarded(r, c.words), false
				for b.Loop() {
					add = !add
					k.Flip(s, row, add)
				}
			})
		}
	}
}

func BenchmarkLow(b *testing.B) {
	r := source()
	for _, k := range kernels {
		for _, c := range []struct{ words, width int }{{3, 8}, {9, 9}, {22, 10}, {66, 11}, {204, 12}} {
			for _, low := range []int{1, 3} {
				b.Run(fmt.Sprintf("%s/words=%d,low=%d", k.Name, c.words, low), func(b *testing.B) {
					s, _ := sums(r, c.words, c.width, Centred(low, 0))
					for b.Loop() {
						k.Low(s, low+1)
					}
				})
			}
		}
	}
}

func BenchmarkFill(b *testing.B) {
	dst := make([]uint64, 4096)
	for _, k := range kernels {
		b.Run(k.Name, func(b *testing.B) {
			b.SetBytes(int64(len(dst) * 8))
			var lanes Lanes
			lanes[0][0] = 1
			for b.Loop() {
				k.Fill(dst, &lanes)
			}
		})
	}
}

func BenchmarkTally(b *testing.B) {
	r := source()
	for _, k := range kernels {
		for _, c := range []struct{ n, words int }{{500, 1}, {1000, 3}, {10000, 22}, {100000, 204}} {
			b.Run(fmt.Sprintf("%s/N=%d,words=%d", k.Name, c.n, c.words), func(b *testing.B) {
				t := &Tally{Rows: make([]uint64, c.n*c.words+8), Stride: c.words, Spins: spins(r, c.n)}
				for i := range t.Rows {
					t.Rows[i] = r.Uint64()
				}
				b.SetBytes(int64(c.n * c.words * 8))
				for b.Loop() {
					t.Reset(c.words, c.n)
					k.Tally(t)
				}
			})
		}
	}
}

// BenchmarkInts times the ways between slices and integers.
func BenchmarkInts(b *testing.B) {
	s, m := sums(source(), 3, 8, 0)
	active := slices.Repeat([]uint64{^uint64(0)}, 3)
	b.Run("Ints", func(b *testing.B) {
		for b.Loop() {
			s.Ints(m)
		}
	})
	b.Run("SetInts", func(b *testing.B) {
		for b.Loop() {
			s.SetInts(m, active)
		}
	})
}
