package model

import (
	"context"
	"slices"
	"testing"

	"hopcap/model/random"
)

// What was in borrowed memory before changes nothing.
func TestBorrowedPatterns(t *testing.T) {
	for round := range 3 {
		for _, size := range sizes {
			p := BorrowPatterns(size.n, size.k)
			for i := range p.N {
				if p.K&63 != 0 && p.Row(i)[p.stride-1]>>(p.K&63) != 0 {
					t.Fatalf("round %d, N=%d, K=%d: bits past K", round, p.N, p.K)
				}
			}
			key := random.NewKey("borrowed")
			p.Draw(key, nil)
			q := draw(size.n, size.k, "borrowed")
			s := randomState(size.n, "start")
			got := overlapsAfter(&hopfieldNetwork{Patterns: p}, s, round+1, Random)
			want := overlapsAfter(&hopfieldNetwork{Patterns: q}, s, round+1, Random)
			if !slices.Equal(p.rows, q.rows) || !slices.Equal(got, want) {
				t.Fatalf("round %d: N=%d, K=%d differs", round, p.N, p.K)
			}
			p.Release()
			p.Release() // has nothing left to give back
		}
	}
}

// overlapsAfter returns what count replicas of a state come to.
func overlapsAfter(h *hopfieldNetwork, s State, count int, order Order) (all []int32) {
	states := make([]State, count)
	for r := range states {
		states[r] = slices.Clone(s)
		states[r][r%h.N] *= -1
	}
	replicas := h.Start(states, nil)
	x := Dynamics{Order: order, MaxSweeps: 20}.Relax(replicas, count, h.N, random.NewKey("relaxed"))
	for !x.Done() {
		if err := x.Sweep(context.Background(), nil); err != nil {
			panic(err)
		}
	}
	for r := range states {
		all = append(all, replicas.Overlaps(r, make([]int32, h.K))...)
	}
	return all
}
