package model

import (
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"
)

// A Mixture is a state made of an odd number n of patterns with signs σ_μ = ±1,
//
//	s_i = sgn Σ_{μ∈S} σ_μ ξ_i^μ.
//
// For n = 1 it is a pattern or its negative. For n = 3, 5, … these are the
// symmetric spurious states of Amit, Gutfreund and Sompolinsky (Phys. Rev. A 32,
// 1007 (1985)): at small load they are fixed points of the Hopfield network,
// which nobody stored, with overlaps ½, ⅜, … with each of their patterns.
type Mixture []Part

// A Part is a pattern with its sign.
type Part struct {
	Pattern int
	Sign    int8
}

// String lists the patterns with their signs: "+0 -4 +7".
func (m Mixture) String() string {
	var text []byte
	for i, p := range m {
		if i > 0 {
			text = append(text, ' ')
		}
		text = strconv.AppendInt(append(text, "- +"[p.Sign+1]), int64(p.Pattern), 10)
	}
	return string(text)
}

// ParseMixture reads what String writes. An even number of patterns is no
// mixture, since their sum may vanish; nor is one that has a pattern twice.
func ParseMixture(text string) (Mixture, error) {
	var m Mixture
	for _, word := range strings.Fields(text) {
		mu, err := strconv.ParseUint(word[1:], 10, 31)
		sign := strings.IndexByte("- +", word[0]) - 1
		if err != nil || sign != 1 && sign != -1 {
			return nil, fmt.Errorf("%q is not a pattern with its sign, such as +0 or -4", word)
		}
		if m.has(int(mu)) {
			return nil, fmt.Errorf("pattern %d comes twice", mu)
		}
		m = append(m, Part{int(mu), int8(sign)})
	}
	if len(m)%2 == 0 {
		return nil, fmt.Errorf("a mixture has an odd number of patterns, not %d", len(m))
	}
	return m, nil
}

// Mix writes the mixture m to s, shape (N).
func (p *Patterns) Mix(m Mixture, s State) {
	if len(m)%2 == 0 {
		panic(fmt.Sprintf("model: a mixture of %d patterns", len(m)))
	}
	for i := range s {
		sum := 0
		for _, part := range m {
			sum += int(part.Sign * p.At(i, part.Pattern))
		}
		s[i] = 1
		if sum < 0 {
			s[i] = -1
		}
	}
}

// NearestMixture returns the mixture of 3, 5, … at most largest patterns that is
// most like the state s, with its overlap Σ_i s_i·sgn(Σ_μ σ_μ ξ_i^μ); nil if
// there are not three patterns. Of n patterns it looks at one mixture: the n
// whose overlaps M^μ with s, shape (K), are the largest in size, each with the
// sign of its overlap. Of equals it takes the one of fewer patterns, and in it
// the patterns of smaller index.
func (p *Patterns) NearestMixture(s State, overlaps []int32, largest int) (nearest Mixture, overlap int) {
	parts := strongest(overlaps, min(largest, p.K))
	var few [8]int
	unlike := few[:]
	if len(parts) >= len(few) {
		unlike = make([]int, len(parts)+1)
	}
	for first := 0; first < len(s); first += 64 {
		p.addUnlike(parts, s[first:min(first+64, len(s))], first, unlike)
	}
	overlap = -len(s) - 1
	for n := 3; n <= len(parts); n += 2 {
		if m := len(s) - 2*unlike[n]; m > overlap {
			nearest, overlap = parts[:n], m
		}
	}
	return nearest, overlap
}

// addUnlike counts, for n = 3, 5, …, the neurons in which the state s differs from the
// mixture of the first n parts, and adds the count to unlike[n]. It looks at the neurons
// first, first + 1, …, at most 64. A neuron differs from the mixture if it differs from most
// of its parts. All 64 neurons are counted at once, in bit slices.
func (p *Patterns) addUnlike(parts Mixture, s State, first int, unlike []int) {
	ups := s.ups()
	columns := p.columns(first, len(s))
	var count [8]uint64 // bit b of how many of the parts each neuron differs from
	for n, part := range parts {
		carry := ups ^ columns[part.Pattern&63]
		if p.stride > 1 {
			carry = ups ^ p.gather(part.Pattern, first, len(s))
		}
		if part.Sign < 0 {
			carry ^= 1<<len(s) - 1
		}
		for b := 0; carry != 0; b++ {
			count[b], carry = count[b]^carry, count[b]&carry
		}
		if n++; n >= 3 && n%2 == 1 {
			unlike[n] += bits.OnesCount64(above(&count, n/2))
		}
	}
}

// ups returns the spins of a state of at most 64 neurons, a set bit for +1.
func (s State) ups() (w uint64) {
	for _, v := range s {
		w = w>>1 | uint64(^v)&(1<<63)
	}
	return w >> (64 - len(s))
}

// columns returns, where all patterns are in one word, what gather does of each.
func (p *Patterns) columns(first, n int) (columns [64]uint64) {
	if p.stride == 1 {
		copy(columns[:n], p.rows[first:])
		transpose(&columns, n, p.K)
	}
	return columns
}

// gather returns ξ_i^μ of the neurons i = first, first + 1, … of n, 64 at most, a set
// bit for +1.
func (p *Patterns) gather(mu, first, n int) (w uint64) {
	at, shift := first*p.stride+mu>>6, 63-mu&63
	for range n {
		w = w>>1 | p.rows[at]<<shift&(1<<63)
		at += p.stride
	}
	return w >> (64 - n)
}

// above returns where a count in bit slices is greater than t.
func above(count *[8]uint64, t int) (greater uint64) {
	equal := ^uint64(0)
	for b := len(count) - 1; b >= 0; b-- {
		if t>>b&1 == 1 {
			equal &= count[b]
			continue
		}
		greater |= equal & count[b]
		equal &^= count[b]
	}
	return greater
}

// strongest returns the n patterns of largest |M^μ|, each with the sign of M^μ, in falling
// order. Among equal |M^μ| the smaller index comes first. A vanishing overlap has the sign
// +.
func strongest(overlaps []int32, n int) Mixture {
	parts := make(Mixture, 0, n)
	size := func(p Part) int32 { return max(overlaps[p.Pattern], -overlaps[p.Pattern]) }
	for mu, m := range overlaps {
		part := Part{mu, 1}
		if m < 0 {
			part.Sign = -1
		}
		at := len(parts)
		switch {
		case at < n:
			parts = append(parts, part)
		case size(parts[at-1]) >= size(part):
			continue
		default:
			at--
		}
		for ; at > 0 && size(parts[at-1]) < size(part); at-- {
			parts[at] = parts[at-1]
		}
		parts[at] = part
	}
	return parts
}

// has reports whether pattern mu is a part of the mixture.
func (m Mixture) has(mu int) bool {
	return slices.ContainsFunc(m, func(p Part) bool { return p.Pattern == mu })
}
