package model

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"hopcap/model/random"
)

// explicitly returns couplings c_ij in units of 1/N.
func explicitly(p *Patterns, most int, coupling func(i, j int) int) *Couplings {
	c, err := NewCouplings(context.Background(), p, big.NewRat(1, int64(p.N)), most, func(i int, row []int32) {
		for j := range row {
			row[j] = int32(coupling(i, j))
		}
	}, nil)
	if err != nil {
		panic(err)
	}
	return c
}

// Hebb's couplings written down have the energies of the Hopfield network, bit for bit.
func TestCouplingsOfHebbAreHopfield(t *testing.T) {
	p := draw(130, 17, "explicit")
	s := []State{randomState(130, "a"), randomState(130, "b")}
	x := explicitly(p, 17, func(i, j int) int {
		if i == j {
			return 0
		}
		return p.Correlation(i, j)
	}).Start(s, nil).(*symmetricReplicas)
	y := stored(Hopfield{}, p).Start([]State{slices.Clone(s[0]), slices.Clone(s[1])}, nil)
	for r := range s {
		if x.Energy(r) != energy(y, r) {
			t.Errorf("energy %v, of the Hopfield network %v", x.Energy(r), energy(y, r))
		}
		if dx, dy := x.IntegerEnergy(0)-x.IntegerEnergy(1), y.(IntegerEnergies).IntegerEnergy(0)-y.(IntegerEnergies).IntegerEnergy(1); dx != dy {
			t.Errorf("integers %d apart, of the Hopfield network %d", dx, dy)
		}
	}
}

// Each neuron of a ring copies the one before it, the last one with the other sign: all
// states come back after 2N parallel sweeps and none sooner than after two, which is a
// cycle; of one after the other so is what is left.
func TestAsymmetricCouplingsEndInLongCycles(t *testing.T) {
	const n = 7
	ring := explicitly(draw(n, 1, "ring"), 1, func(i, j int) int {
		switch {
		case i == 0 && j == n-1:
			return -1
		case i == j+1:
			return 1
		}
		return 0
	})
	if ring.Symmetric() {
		t.Error("a ring is symmetric")
	}
	for _, order := range []Order{Parallel, Typewriter} {
		d := Dynamics{Order: order, MaxSweeps: 100}
		x := d.Relax(ring.Start([]State{randomState(n, "start")}, nil), 1, n, random.NewKey(""))
		for !x.Done() {
			if err := x.Sweep(context.Background(), nil); err != nil {
				t.Fatal(err)
			}
			if c := x.Checkpoint(); x.Sweeps() == 9 { // on the way, from a checkpoint
				x = d.Resume(ring.Start(c.States, nil), c, random.NewKey(""))
			}
		}
		if got := x.Progress(0); got.Stop != Cycle || order == Parallel && got.Sweeps != 16+2*n {
			t.Errorf("order %d: %+v, want a cycle, of parallel updates after 16 and 2N sweeps", order, got)
		}
	}
	if x := (Dynamics{MaxSweeps: 40}).Relax(ring.Start([]State{randomState(n, "start")}, nil), 1, n, random.NewKey("")); x.anchors != nil {
		t.Error("cycles are looked for where each sweep has an order of its own")
	}
}

func TestRoundCouplings(t *testing.T) {
	p := draw(2, 1, "round")
	c, err := RoundCouplings(context.Background(), p, []float64{0, 0.3125, -0.4375, 5}, 3, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int64{0, 2, -4, 40} { // 2.5 and −3.5 go to the even one
		if got := c.Coupling(i/2, i%2); got != want {
			t.Errorf("coupling %d rounds to %d eighths, want %d", i, got, want)
		}
	}
	for _, v := range []float64{math.NaN(), math.Inf(1), 1 << 28} {
		var unstored *NotStored
		if _, err := RoundCouplings(context.Background(), p, []float64{0, v, v, 0}, 3, nil); !errors.As(err, &unstored) {
			t.Errorf("a coupling of %v is stored: %v", v, err)
		}
	}
}

// The rounding ends with its context, before it has looked at all couplings.
func TestRoundCouplingsEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	c, err := RoundCouplings(ctx, draw(2, 1, "round"), []float64{0, math.NaN(), math.NaN(), 0}, 3, nil)
	if c != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("%v, %v after the context had ended", c, err)
	}
}

// All minima of networks without pair couplings are found: the generic way, against all
// states, where s and −s may both be minima and unlike.
func TestMinimaOfDenseMemories(t *testing.T) {
	for _, rule := range []Dense{{3, Full}, {4, Full}, {3, Rectified}, {4, Rectified}} {
		const n = 9
		p := draw(n, 12, fmt.Sprint("minima", rule))
		net := stored(rule, p)
		want := map[string]int64{}
		for bits := range 1 << n {
			s := make(State, n)
			for i := range s {
				s[i] = int8(bits>>i&1)*2 - 1
			}
			x := fields(net.Start([]State{s}, nil))
			margin := int64(math.MaxInt64)
			for i := range s {
				margin = min(margin, int64(s[i])*x.Field(0, i))
			}
			if margin >= 0 && (s[n-1] > 0 || rule != Dense{4, Full}) { // the even energy is that of −s
				want[fmt.Sprint(s)] = margin
			}
		}
		err := Minima(context.Background(), net, n, func(s State, margin int64) {
			if m, ok := want[fmt.Sprint(s)]; !ok || m != margin {
				t.Errorf("%v: %v with margin %d, want %d %v", rule, s, margin, m, ok)
			}
			delete(want, fmt.Sprint(s))
		})
		if err != nil || len(want) > 0 {
			t.Errorf("%v: %v, missed %v", rule, err, want)
		}
	}
}
