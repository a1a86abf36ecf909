package model

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"testing"

	"hopcap/model/random"
)

// Blocks are the columns of the patterns that Draw makes.
func TestBlocks(t *testing.T) {
	for _, k := range []int{1, 100, 4096, 4097, 9000} {
		key := random.NewKey("blocks")
		p := NewPatterns(70, k)
		p.Draw(key, nil)
		e := &redrawnNetwork{n: 70, k: k, key: key}
		for first := 0; first < k; first += BlockPatterns {
			b := e.block(first / BlockPatterns)
			for mu := range b.K {
				for i := range 70 {
					if b.At(i, mu) != p.At(i, first+mu) {
						t.Fatalf("K = %d: pattern %d differs at neuron %d", k, first+mu, i)
					}
				}
			}
		}
	}
}

// Redrawn patterns relax as kept ones do.
func TestRedrawnIsExponential(t *testing.T) {
	for _, c := range []struct {
		n, k   int
		lambda *big.Rat
	}{{18, 9000, nil}, {24, 5000, big.NewRat(1, 3)}, {12, 40, nil}, {30, 4200, big.NewRat(2, 1)}} {
		for _, order := range []Order{Random, Parallel} {
			key := random.NewKey(fmt.Sprint("redrawn", c.n))
			p := NewPatterns(c.n, c.k)
			p.Draw(key, nil)
			kept := []State{make(State, c.n), randomState(c.n, "far")}
			p.Noisy(7, c.n/8, key.Sub("cue").Source(), kept[0], make([]int32, c.n))
			redrawn := []State{slices.Clone(kept[0]), slices.Clone(kept[1])}
			a := stored(Exponential{Lambda: c.lambda}, p).Start(kept, nil)
			b := stored(Exponential{Lambda: c.lambda}, RedrawnPatterns(c.n, c.k, key)).Start(redrawn, nil)
			x := Dynamics{Order: order, MaxSweeps: 5}.Relax(a, 2, c.n, key)
			y := Dynamics{Order: order, MaxSweeps: 5}.Relax(b, 2, c.n, key)
			for !x.Done() {
				if err := x.Sweep(context.Background(), nil); err != nil {
					t.Fatal(err)
				}
				if err := y.Sweep(context.Background(), nil); err != nil {
					t.Fatal(err)
				}
				sameEnd(t, a, b, c.k)
			}
			if x.Progress(0) != y.Progress(0) || x.Progress(1) != y.Progress(1) {
				t.Errorf("N = %d, order %d: %+v and %+v", c.n, order, x.Progress(0), y.Progress(0))
			}
		}
	}
}

// sameEnd compares two replicas of two networks.
func sameEnd(t *testing.T, a, b Replicas, k int) {
	t.Helper()
	for r := range 2 {
		m := a.Overlaps(r, make([]int32, k))
		if !slices.Equal(a.State(r), b.State(r)) || !slices.Equal(m, b.Overlaps(r, make([]int32, k))) || energy(a, r) != energy(b, r) {
			t.Fatalf("replica %d ends elsewhere", r)
		}
		best, at := 0, 0
		for mu, v := range m {
			if max(int(v), -int(v)) > max(best, -best) {
				best, at = int(v), mu
			}
		}
		if gotBest, gotAt := b.(*redrawnReplicas).Largest(r); gotBest != best || gotAt != at {
			t.Fatalf("largest overlap %d of pattern %d, want %d of %d", gotBest, gotAt, best, at)
		}
	}
}
