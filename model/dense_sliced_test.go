package model

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"hopcap/model/random"
)

// The sizes that need several groups of words, counters of more than a byte,
// and each kind of polynomial.
func TestSlicedDense(t *testing.T) {
	for _, c := range []struct {
		n, k, degree int
		form         Form
	}{{13, 1100, 3, Full}, {14, 520, 3, Distinct}, {300, 30, 3, Full}, {40, 129, 4, Full}, {31, 513, 5, Distinct}, {16, 100, 5, Full}, {301, 20, 4, Distinct}} {
		name := fmt.Sprintf("N%d K%d n%d form%d", c.n, c.k, c.degree, c.form)
		t.Run(name, func(t *testing.T) {
			d := &denseNetwork{draw(c.n, c.k, name), Dense{c.degree, c.form}}
			compareDense(t, d, Random, name, func(s []State) Replicas {
				p := d.slices(d.N, d.K)
				if p == nil {
					t.Fatal("no slices")
				}
				return startSliced(d, p, s, nil)
			})
		})
	}
}

// Degree 3 by products of bytes, in every order, up to the largest network, in
// assembly where there is some and in Go.
func TestProductDense(t *testing.T) {
	defer func(was string) { _ = UseKernel(was) }(ActiveKernel())
	for _, kernel := range []string{ActiveKernel(), "go"} {
		if err := UseKernel(kernel); err != nil {
			t.Fatal(err)
		}
		t.Run(kernel, testProductDense)
	}
}

func testProductDense(t *testing.T) {
	for _, c := range []struct {
		n, k int
		form Form
	}{{13, 1100, Full}, {14, 520, Distinct}, {40, 129, Full}, {31, 64, Distinct}, {9, 300, Distinct}, {10, 448, Full},
		{253, 3, Full}, {254, 2, Full}, {252, 2, Distinct}, {21, 512, Full}, {22, 513, Full}} {
		for _, order := range []Order{Random, Parallel} {
			name := fmt.Sprintf("N%d K%d form%d order%d", c.n, c.k, c.form, order)
			t.Run(name, func(t *testing.T) {
				d := &denseNetwork{draw(c.n, c.k, name), Dense{3, c.form}}
				if !d.products(d.N, d.K) {
					t.Fatal("not by products")
				}
				compareDense(t, d, order, name, func(s []State) Replicas { return startProducts(d, s, nil) })
			})
		}
	}
}

// Patterns that are nearly all alike, or opposites: large overlaps everywhere.
func TestProductDenseOfLikePatterns(t *testing.T) {
	for _, n := range []int{81, 90} {
		name := fmt.Sprint("like ", n)
		d := &denseNetwork{draw(n, 150, name), Dense{3, Full}}
		for i := range n {
			row := d.Row(i)
			for w := range row {
				row[w] |= row[w]<<1 | row[w]<<2 | row[w]<<3 | row[w]>>1
				if w&1 != 0 {
					row[w] = ^row[w]
				}
			}
			row[len(row)-1] &= 1<<(d.K&63) - 1
		}
		compareDense(t, d, Random, name, func(s []State) Replicas { return startProducts(d, s, nil) })
	}
}

// Neurons that were looked at are looked at again after a flip from outside.
func TestProductDenseAfterAFlip(t *testing.T) {
	const name = "flipped from outside"
	d := &denseNetwork{draw(40, 100, name), Dense{3, Full}}
	slow := randomState(40, name)
	x := startProducts(d, []State{slices.Clone(slow)}, nil).(*productReplicas)
	reference := slowly(d)
	field := func(s State, i int) int { return reference.field(s, i).Sign() }
	order := make([]int32, 40)
	for sweep := range uint64(30) {
		random.NewKey(name).Sub("order", sweep).Source().Permute(order)
		want, got := slowSweep(field, slow, order), make([]int, 1)
		if err := x.Sweep(context.Background(), &Sweep{Order: order, Live: []int{0}}, got); err != nil {
			t.Fatal(err)
		}
		if got[0] != want || !slices.Equal(x.State(0), slow) {
			t.Fatalf("sweep %d: %d flips, want %d", sweep, got[0], want)
		}
		if sweep%3 == 2 {
			x.Flip(0, int(sweep))
			slow[sweep] = -slow[sweep]
		}
	}
}

// What was in borrowed memory before changes nothing, nor does a second network.
func TestBorrowedDense(t *testing.T) {
	for round := range 3 {
		for _, size := range []struct{ n, k int }{{20, 600}, {21, 600}, {20, 64}, {33, 65}, {20, 600}} {
			name := fmt.Sprint("borrowed ", size, round)
			p := BorrowPatterns(size.n, size.k)
			p.Draw(random.NewKey(name), nil)
			d := &denseNetwork{p, Dense{3, Full}}
			for range 2 {
				compareDense(t, d, Random, name, func(s []State) Replicas { return startProducts(d, s, nil) })
			}
			p.Release()
		}
	}
}

func TestTranspose(t *testing.T) {
	r := random.NewKey("transpose").Source()
	for used := range 65 {
		var a [64]uint64
		for i := range used {
			a[i] = r.Uint64()
		}
		whole := a
		unslice(&whole, used)
		sameBits(t, &a, &whole, 64)
		for _, wanted := range []int{1, 2, 8, 9, 22, 32, 33, 64} {
			part := a
			transpose(&part, used, wanted)
			sameBits(t, &a, &part, wanted)
		}
	}
}

// sameBits compares the first rows of b with the columns of a.
func sameBits(t *testing.T, a, b *[64]uint64, rows int) {
	t.Helper()
	for i := range 64 {
		for j := range rows {
			if a[i]>>j&1 != b[j]>>i&1 {
				t.Fatalf("bit %d of row %d is not bit %d of row %d", j, i, i, j)
			}
		}
	}
}

// A whole retrieval trial: drawing, cue, relaxation, overlaps.
func BenchmarkDenseTrial(b *testing.B) {
	for _, c := range []struct{ n, k, degree int }{{200, 4000, 3}, {200, 100000, 4}} {
		b.Run(fmt.Sprintf("N=%d/K=%d/n=%d", c.n, c.k, c.degree), func(b *testing.B) {
			sweeps, flips := 0, 0
			for t := range b.N {
				key := random.NewKey("trial").Sub("sample", uint64(t))
				p := BorrowPatterns(c.n, c.k)
				p.Draw(key, nil)
				s := make(State, c.n)
				p.Noisy(0, c.n/20, key.Sub("cue").Source(), s, make([]int32, c.n))
				x := stored(Dense{c.degree, Full}, p).Start([]State{s}, nil)
				relax := Dynamics{}.Relax(x, 1, c.n, key)
				for !relax.Done() {
					if err := relax.Sweep(context.Background(), nil); err != nil {
						b.Fatal(err)
					}
				}
				if largest, ok := x.(interface{ Largest(r int) (best, at int) }); ok {
					largest.Largest(0)
				} else {
					x.Overlaps(0, make([]int32, c.k))
				}
				energy(x, 0)
				sweeps += relax.Progress(0).Sweeps
				flips += relax.Progress(0).Flips
				p.Release()
			}
			b.ReportMetric(float64(sweeps)/float64(b.N), "sweeps/op")
			b.ReportMetric(float64(flips)/float64(b.N), "flips/op")
		})
	}
}
