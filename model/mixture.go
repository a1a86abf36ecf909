package model

import (
	"cmp"
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
		if slices.ContainsFunc(m, func(p Part) bool { return p.Pattern == int(mu) }) {
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
	mixed := make(State, len(s))
	for n := 3; n <= len(parts); n += 2 {
		p.Mix(parts[:n], mixed)
		sum := 0
		for i, v := range mixed {
			sum += int(v * s[i])
		}
		if sum > overlap {
			nearest, overlap = parts[:n], sum
		}
	}
	return nearest, overlap
}

// strongest returns the n patterns of largest |M^μ|, in falling order, with
// their signs; a vanishing overlap has the sign +.
func strongest(overlaps []int32, n int) Mixture {
	order := make([]int, len(overlaps))
	for mu := range order {
		order[mu] = mu
	}
	size := func(mu int) int32 { return max(overlaps[mu], -overlaps[mu]) }
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(size(b), size(a)) })
	parts := make(Mixture, n)
	for i, mu := range order[:n] {
		parts[i] = Part{mu, 1}
		if overlaps[mu] < 0 {
			parts[i].Sign = -1
		}
	}
	return parts
}
