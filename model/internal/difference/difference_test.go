package difference

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"hopcap/model/internal/kernel"
)

const guard = 0xdeadbeefdeadbeef

// guarded returns a copy of x, and the same with the guards around it.
func guarded(x []uint64) (part, all []uint64) {
	all = slices.Repeat([]uint64{guard}, len(x)+16)
	part = all[8 : len(x)+8]
	copy(part, x)
	return part, all
}

// guards reports whether the guards in all, a result of guarded, still stand.
func guards(all []uint64) bool {
	return !slices.ContainsFunc(slices.Concat(all[:8], all[len(all)-8:]), func(w uint64) bool { return w != guard })
}

// random returns a step of random slices, valid or not.
func random(r *rand.Rand, words int, width []int) *Step {
	s := &Step{Groups: (words + 7) / 8, Stride: width[0] + 1, Width: width}
	for _, w := range width[1:] {
		s.Size += w
	}
	fill := func(n int) []uint64 {
		x := make([]uint64, n)
		for i := range x {
			x[i] = r.Uint64()
		}
		return x
	}
	s.Value, s.Rest = fill(s.Groups*s.Stride*8), fill(s.Groups*s.Size*8)
	s.Active = make([]uint64, s.Groups*8)
	copy(s.Active, fill(words))
	s.Row = fill(words + 8)[:words]
	s.Invert = -(r.Uint64() & 1)
	c := int64(r.Uint64())
	s.Plus, s.Minus = Spread(c, width[len(width)-1]), Spread(-c, width[len(width)-1])
	return s
}

var widths = [][]int{{3, 2}, {15, 9}, {14, 1}, {21, 15, 8}, {5, 7, 3}, {30, 20, 9, 4}, {16, 13, 10, 7, 4, 2}}

// The assembly agrees with run, which defines it.
func TestKernels(t *testing.T) {
	t.Logf("this machine runs %v", kernel.Names())
	r := rand.New(rand.NewPCG(1, 2))
	for _, name := range kernel.Names() {
		run := native(name)
		if run == nil {
			continue
		}
		for _, width := range widths {
			for words := range 20 {
				b := random(r, words, width)
				a := *b
				var value, rest []uint64
				a.Value, value = guarded(b.Value)
				a.Rest, rest = guarded(b.Rest)
				up, down := run(&a)
				wantUp, wantDown := b.run()
				// Patterns that are not active are anybody's: v takes Δv in there.
				if up != wantUp || down != wantDown || !slices.Equal(a.Rest, b.Rest) || !active(&a, b) {
					t.Fatalf("%s, %v, %d words: %d, %d, want %d, %d, or other slices", name, width, words, up, down, wantUp, wantDown)
				}
				if !guards(value) || !guards(rest) {
					t.Fatalf("%s, %v, %d words: it writes beside the slices", name, width, words)
				}
			}
		}
	}
}

// active reports whether the values of the active patterns, and the slices that
// are left alone, are the same.
func active(a, b *Step) bool {
	for at := range a.Value {
		mask := a.Active[at/(8*a.Stride)*8+at%8]
		if at/8%a.Stride == a.Width[0] {
			mask = ^uint64(0)
		}
		if (a.Value[at]^b.Value[at])&mask != 0 {
			return false
		}
	}
	return true
}

// Every integer steps as its polynomial: v = U³ − 5U from U = −3.
func TestPolynomial(t *testing.T) {
	v := func(u int64) int64 { return u*u*u - 5*u }
	d1 := func(u int64) int64 { return v(u+1) - v(u) }
	d2 := func(u int64) int64 { return d1(u+1) - d1(u) }
	width := []int{14, 10, 7}
	s := &Step{Groups: 1, Stride: 14, Size: 17, Width: width, Plus: Spread(6, 7), Minus: Spread(-6, 7),
		Value: make([]uint64, 14*8), Rest: make([]uint64, 17*8), Active: make([]uint64, 8), Row: make([]uint64, 8)}
	s.Active[2] = 1<<9 | 1<<30
	u := map[int]int64{9: -3, 30: 4}
	for j, at := range u {
		put(s.Value[2:], 14, j, v(at))
		put(s.Rest[2:], 10, j, d1(at))
		put(s.Rest[10*8+2:], 7, j, d2(at))
	}
	r := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		s.Row[2], s.Invert = r.Uint64(), -(r.Uint64() & 1)
		var wantUp, wantDown int64
		for j, at := range u {
			up := (s.Row[2]^s.Invert)>>j&1 != 0
			switch {
			case up && at < 7 || at <= -7: // keep U within what the slices hold
				s.Row[2] |= 1 << j &^ (s.Invert & 1 << j)
				s.Row[2] &^= s.Invert & 1 << j
				u[j]++
				wantUp += v(at+1) - v(at)
			default:
				s.Row[2] &^= 1 << j &^ (s.Invert & 1 << j)
				s.Row[2] |= s.Invert & 1 << j
				u[j]--
				wantDown += v(at-1) - v(at)
			}
		}
		if up, down := s.Run(); up != wantUp || down != wantDown {
			t.Fatalf("at %v: growth %d, %d, want %d, %d", u, up, down, wantUp, wantDown)
		}
		for j, at := range u {
			if got := [3]int64{get(s.Value[2:], 14, j), get(s.Rest[2:], 10, j), get(s.Rest[10*8+2:], 7, j)}; got != [3]int64{v(at), d1(at), d2(at)} {
				t.Fatalf("U = %d: %v, want %v", at, got, [3]int64{v(at), d1(at), d2(at)})
			}
		}
	}
}

func put(s []uint64, width, j int, v int64) {
	for b := range width {
		s[b*8] |= uint64(v) >> b & 1 << j
	}
}

func get(s []uint64, width, j int) int64 {
	var v uint64
	for b := range width {
		v |= s[b*8] >> j & 1 << b
	}
	return int64(v<<(64-width)) >> (64 - width)
}

func BenchmarkStep(b *testing.B) {
	for _, width := range [][]int{{14, 8}, {20, 15, 8}} {
		b.Run(fmt.Sprint(width), func(b *testing.B) {
			s := random(rand.New(rand.NewPCG(1, 2)), 63, width)
			for range b.N {
				s.Run()
			}
		})
	}
}

func TestBytes(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 100 {
		var slices [8]uint64
		for b := range slices {
			slices[b] = r.Uint64()
		}
		var got, want [64]uint8
		bytesGo(&slices, &want)
		for j, v := range want {
			for b := range 8 {
				if v>>b&1 != uint8(slices[b]>>j&1) {
					t.Fatalf("bit %d of byte %d is wrong", b, j)
				}
			}
		}
		if Bytes(&slices, &got); got != want {
			t.Fatalf("%v, want %v", got, want)
		}
	}
}
