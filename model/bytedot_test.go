package model

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"hopcap/model/internal/bytedot"
	"hopcap/model/random"
)

// edges are numbers of patterns around the edges of bytes, words, and the pieces of rows
// that bytedot reads.
var edges = []int{1, 2, 7, 8, 9, 15, 16, 17, 63, 64, 65, 119, 127, 128, 129, 191, 192, 193, 255, 256, 257, 385, 700, 1025, 2049}

// Relaxations by bytes are those by bits: sweeps, flips, overlaps and final states.
func TestBytes(t *testing.T) {
	allInBits(t)
	r := rand.New(rand.NewPCG(1, 2))
	for _, k := range edges {
		for range 3 {
			n := 2 + r.IntN(400)
			if k < 400 && r.IntN(3) == 0 {
				n = 400 + r.IntN(1200)
			}
			h := &hopfieldNetwork{Patterns: NewPatterns(n, k), Diagonal: r.IntN(2) == 0}
			key := random.NewKey("bytes").Sub("sample", uint64(n), uint64(k))
			h.Draw(key, nil)
			alike := []float64{0, 0.9, 0.99, 1}[r.IntN(4)]
			for mu := 1; mu < k; mu++ { // shares signs with the first
				for i := range n {
					if r.Float64() < alike {
						h.Set(i, mu, h.At(i, 0))
					}
				}
			}
			start := make(State, n)
			h.Noisy(0, r.IntN(n/2+1), key.Source(), start, make([]int32, n))
			order := Order(r.IntN(2))
			t.Run(fmt.Sprintf("N=%d,K=%d,alike=%v,order=%d", n, k, alike, order), func(t *testing.T) {
				sameByBytes(t, h, start, order, key)
			})
		}
	}
}

// sameByBytes relaxes h from a state by bits and by bytes, with every kernel.
func sameByBytes(t *testing.T, h *hopfieldNetwork, start State, order Order, key random.Key) {
	const most = 30
	replicas := h.Start([]State{slices.Clone(start)}, nil)
	x := Dynamics{Order: order, MaxSweeps: most}.Relax(replicas, 1, h.N, key)
	for !x.Done() {
		if err := x.Sweep(context.Background(), nil); err != nil {
			t.Fatal(err)
		}
	}
	want := x.Progress(0)
	overlaps := replicas.Overlaps(0, make([]int32, h.K))
	for _, k := range bytedot.Kernels() {
		net := bytedot.Network{N: h.N, K: h.K, Stride: h.stride, Rows: h.rows, Self: int(h.self())}
		var b bytedot.Replica
		b.Load(k, net, slices.Clone(start))
		got := Progress{Stop: MaxSweeps}
		neurons := make([]int32, h.N)
		for i := range neurons {
			neurons[i] = int32(i)
		}
		for got.Sweeps < most && got.Stop != FixedPoint {
			if order == Random {
				key.Sub("order", uint64(got.Sweeps)).Source().Permute(neurons)
			}
			flips := b.Sweep(neurons)
			got.Sweeps++
			got.Flips += flips
			if flips == 0 {
				got.Stop = FixedPoint
			}
		}
		if got != want || !slices.Equal(State(b.State()), replicas.State(0)) {
			t.Fatalf("%s: %+v, want %+v", k.Name, got, want)
		}
		if m := b.Overlaps(make([]int32, h.K)); !slices.Equal(m, overlaps) {
			t.Fatalf("%s: overlaps %v, want %v", k.Name, m, overlaps)
		}
		for i := 0; i < h.N; i += 17 {
			if s := int64(b.State()[i]) * int64(b.Stability(i)); s != fields(replicas).Field(0, i) {
				t.Fatalf("%s: field %d of neuron %d, want %d", k.Name, s, i, fields(replicas).Field(0, i))
			}
		}
	}
}
