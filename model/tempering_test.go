package model

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"
)

// The product of the Boltzmann distributions at all temperatures is stationary
// under sweeps with swaps, and the level is the energy.
func TestTemperingIsStationary(t *testing.T) {
	net := Hopfield{Patterns: draw(6, 2, "tempering")}
	betas := []float64{1 / 1.5, 1 / 0.8, 1 / 0.5}
	ladder := NewLadder(HeatBath, net, []*big.Rat{big.NewRat(3, 2), big.NewRat(4, 5), big.NewRat(1, 2)})
	const runs = 4000
	starts := make([][]State, 3)
	p := make([][]float64, 3)
	for k, beta := range betas {
		p[k] = distribution(net, boltzmann, beta)
		starts[k] = drawn(6, p[k], runs, NewKey("start").Sub("rung", uint64(k)).Source())
	}
	counts := [3][]int{make([]int, 64), make([]int, 64), make([]int, 64)}
	swaps := 0
	for run := range runs {
		key := NewKey("tempering").Sub("run", uint64(run))
		x := net.Load([]State{starts[0][run], starts[1][run], starts[2][run]}, nil).(Leveled)
		tempering := NewTempering(Dynamics{MaxSweeps: 2}, ladder, x, key, key.Sub("noise"))
		for !tempering.Done() {
			if err := tempering.Sweep(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		for k := range counts {
			counts[k][number(x.State(tempering.Walker(k)))]++
		}
		swaps += tempering.Swaps[0] + tempering.Swaps[1]
		if !slices.Equal(tempering.Attempts, []int{1, 1}) {
			t.Fatalf("attempts %v after two sweeps", tempering.Attempts)
		}
	}
	for k := range counts {
		if c := chiSquare(counts[k], p[k]); c < 1e-3 {
			t.Errorf("rung %d: not stationary, chance %.2g", k, c)
		}
	}
	if rate := float64(swaps) / (2 * runs); rate < 0.4 || rate > 0.95 {
		t.Errorf("swap rate %.2f", rate)
	}
}

func TestLevelIsTheEnergy(t *testing.T) {
	p := draw(41, 7, "level")
	for _, net := range []Temperable{Hopfield{Patterns: p}, Dense{p, 2, Full}, Dense{p, 2, Rectified}, Dense{p, 3, Full}, Dense{p, 4, Rectified}, Dense{p, 5, Distinct}} {
		x := net.Load([]State{randomState(41, "a"), randomState(41, "b")}, nil).(Leveled)
		unit, _ := net.LevelUnit().Float64()
		got, want := float64(x.Level(0)-x.Level(1))*unit, (x.Energy(0)-x.Energy(1))*41
		if got == 0 || math.Abs(got/want-1) > 1e-12 {
			t.Errorf("%#v: levels differ by %v, energies by %v", net, got, want)
		}
	}
}

func TestLevelFault(t *testing.T) {
	if why := LevelFault(100, 10000, 3); why != "" {
		t.Error(why)
	}
	if LevelFault(1000, 1<<20, 5) == "" {
		t.Error("energies of 70 bits are levels")
	}
}

// Tempering that goes on from a checkpoint goes on as if nothing had happened.
func TestTemperingResumes(t *testing.T) {
	net := Hopfield{Patterns: draw(60, 9, "resume")}
	ladder := NewLadder(Metropolis, net, Geometric(big.NewRat(1, 1), big.NewRat(1, 5), 5))
	key := NewKey("resume")
	d := Dynamics{MaxSweeps: 12}
	begin := func() *Tempering {
		var starts []State
		for r := range 5 {
			starts = append(starts, randomState(60, fmt.Sprint(r)))
		}
		return NewTempering(d, ladder, net.Load(starts, nil).(Leveled), key, key.Sub("noise"))
	}
	sweep := func(x *Tempering, upTo int) {
		for x.Sweeps() < upTo {
			if err := x.Sweep(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
	}
	want, half := begin(), begin()
	sweep(want, 12)
	sweep(half, 7)
	c := half.Checkpoint()
	got := ladder.Resume(d, net.Load(c.States, nil).(Leveled), c, key, key.Sub("noise"))
	sweep(got, 12)
	if a, b := want.Checkpoint(), got.Checkpoint(); fmt.Sprint(a) != fmt.Sprint(b) || !got.Done() {
		t.Errorf("resumed: %v, want %v", b, a)
	}
}
