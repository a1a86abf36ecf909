package model

import (
	"fmt"
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
	var b strings.Builder
	for i, p := range m {
		if i > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%c%d", "- +"[p.Sign+1], p.Pattern)
	}
	return b.String()
}

// ParseMixture reads what String writes. An even number of patterns is no
// mixture, since their sum may vanish; nor is one that has a pattern twice.
func ParseMixture(text string) (Mixture, error) {
	var m Mixture
	for _, word := range strings.Fields(text) {
		mu, err := strconv.ParseUint(word[1:], 10, 31)
		sign := strings.IndexByte("- +", word[0]) - 1
		if err != nil || sign != 1 && sign != -1 {
			return nil, fmt.Errorf("%q is no pattern with its sign, such as +0 or -4", word)
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
	overlap = -len(s) - 1
	sums := make([]int16, len(s)) // Σ_μ σ_μ ξ_i^μ·s_i of the first n patterns
	for n, part := range parts {
		at, shift := part.Pattern>>6, part.Pattern&63
		for i := range sums {
			sums[i] += (int16(p.rows[at]>>shift&1)*2 - 1) * int16(part.Sign*s[i])
			at += p.stride
		}
		if n++; n < 3 || n%2 == 0 {
			continue
		}
		if m := balance(sums); m > overlap {
			nearest, overlap = parts[:n], m
		}
	}
	return nearest, overlap
}

// balance returns Σ_i sgn(v_i) of odd numbers.
func balance(v []int16) int {
	negative := 0
	for _, x := range v {
		negative += int(uint16(x) >> 15)
	}
	return len(v) - 2*negative
}

// strongest returns the n patterns of largest |M^μ|, in falling order, those of
// equals with smaller index first, with their signs; a vanishing overlap has the
// sign +.
func strongest(overlaps []int32, n int) Mixture {
	parts := make(Mixture, 0, n)
	for len(parts) < n {
		best, size := 0, int32(-1)
		for mu, m := range overlaps {
			if m = max(m, -m); m > size && !parts.has(mu) {
				best, size = mu, m
			}
		}
		sign := int8(1)
		if overlaps[best] < 0 {
			sign = -1
		}
		parts = append(parts, Part{best, sign})
	}
	return parts
}

// has tells whether pattern mu is a part of the mixture.
func (m Mixture) has(mu int) bool {
	return slices.ContainsFunc(m, func(p Part) bool { return p.Pattern == mu })
}
