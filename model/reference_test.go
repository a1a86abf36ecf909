package model

// The slow, obvious network that the fast one is held against: an explicit J
// and double loops.

// couplings returns N·J_ij = Σ_μ ξ_i^μ ξ_j^μ, shape (N, N).
func couplings(p *Patterns, diagonal bool) [][]int {
	j := make([][]int, p.N)
	for a := range j {
		j[a] = make([]int, p.N)
		for b := range j[a] {
			if a == b && !diagonal {
				continue
			}
			for mu := range p.K {
				j[a][b] += int(p.At(a, mu)) * int(p.At(b, mu))
			}
		}
	}
	return j
}

func slowField(j [][]int, s State, i int) (h int) {
	for b, v := range s {
		h += j[i][b] * int(v)
	}
	return h
}

// slowEnergy returns 2·N²·E/N.
func slowEnergy(j [][]int, s State) (e int) {
	for i, v := range s {
		e -= int(v) * slowField(j, s, i)
	}
	return e
}

// slowSweep updates s once in the given order, or all at once if it is nil, and
// returns the number of flips.
func slowSweep(j [][]int, s State, order []int32) (flips int) {
	if order == nil {
		next := make(State, len(s))
		for i := range s {
			next[i] = aligned(s[i], slowField(j, s, i))
			if next[i] != s[i] {
				flips++
			}
		}
		copy(s, next)
		return flips
	}
	for _, i := range order {
		if v := aligned(s[i], slowField(j, s, int(i))); v != s[i] {
			s[i] = v
			flips++
		}
	}
	return flips
}

func aligned(s int8, field int) int8 {
	switch {
	case field > 0:
		return 1
	case field < 0:
		return -1
	}
	return s
}
