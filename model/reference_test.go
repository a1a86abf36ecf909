package model

import (
	"context"
	"slices"
	"testing"
)

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

// slowSweep updates s once by the sign of a field, in the given order, or all at once if
// it is nil, and returns the number of flips. A field of zero keeps the spin.
func slowSweep(field func(s State, i int) int, s State, order []int32) (flips int) {
	next := s
	if order == nil {
		next = slices.Clone(s)
		for i := range s {
			order = append(order, int32(i))
		}
	}
	for _, i := range order {
		if v := aligned(s[i], field(s, int(i))); v != s[i] {
			next[i] = v
			flips++
		}
	}
	copy(s, next)
	return flips
}

// relaxBeside relaxes replicas step by step beside slow ones, which begin in the same
// states and follow field; same compares what else is known of a replica.
func relaxBeside(t *testing.T, slow []State, start func([]State) Replicas, d Dynamics, key Key, field func(s State, i int) int, same func(x Replicas, r int, s State)) {
	t.Helper()
	n := len(slow[0])
	fast := make([]State, len(slow))
	for r, s := range slow {
		fast[r] = slices.Clone(s)
	}
	replicas := start(fast)
	x := d.Relax(replicas, len(slow), n, key)
	for sweep := 0; !x.Done(); sweep++ {
		var visit []int32
		switch d.Order {
		case Random:
			visit = make([]int32, n)
			key.Sub("order", uint64(sweep)).Source().Permute(visit)
		case Typewriter:
			for i := range n {
				visit = append(visit, int32(i))
			}
		}
		was := make([]Progress, len(slow))
		for r := range slow {
			was[r] = x.Progress(r)
		}
		if err := x.Sweep(context.Background(), nil); err != nil {
			t.Fatal(err)
		}
		for r, s := range slow {
			if was[r].Stop != Running {
				continue
			}
			flips := slowSweep(field, s, visit)
			if got := x.Progress(r).Flips - was[r].Flips; got != flips || !slices.Equal(replicas.State(r), s) {
				t.Fatalf("sweep %d of replica %d flipped %d, want %d, or others", sweep, r, got, flips)
			}
			if fixed := flips == 0; fixed != (x.Progress(r).Stop == FixedPoint) {
				t.Fatalf("replica %d: stop %v after %d flips", r, x.Progress(r).Stop, flips)
			}
			same(replicas, r, s)
		}
	}
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
