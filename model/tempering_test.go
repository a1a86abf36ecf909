package model

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"hopcap/model/random"
	"hopcap/model/thermal"
)

// The product of the Boltzmann distributions at all temperatures is stationary
// under sweeps with swaps, and the level is the energy.
func TestTemperingIsStationary(t *testing.T) {
	net := heatableOf(Hopfield{}, draw(6, 2, "tempering"))
	betas := []float64{1 / 1.5, 1 / 0.8, 1 / 0.5}
	ladder := thermal.NewLadder(thermal.HeatBath, net.unit(), big.NewRat(1, 12), []*big.Rat{big.NewRat(3, 2), big.NewRat(4, 5), big.NewRat(1, 2)})
	const runs = 4000
	starts := make([][]State, 3)
	p := make([][]float64, 3)
	for k, beta := range betas {
		p[k] = distribution(net, boltzmann, beta)
		starts[k] = drawn(6, p[k], runs, random.NewKey("start").Sub("rung", uint64(k)).Source())
	}
	counts := [3][]int{make([]int, 64), make([]int, 64), make([]int, 64)}
	swaps := 0
	for run := range runs {
		key := random.NewKey("tempering").Sub("run", uint64(run))
		x := net.Start([]State{starts[0][run], starts[1][run], starts[2][run]}, nil).(IntegerEnergies)
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

func TestIntegerEnergyIsTheEnergy(t *testing.T) {
	p := draw(41, 7, "level")
	for _, rule := range []Canonical{Hopfield{}, Dense{2, Full}, Dense{2, Rectified}, Dense{3, Full}, Dense{4, Rectified}, Dense{5, Distinct}} {
		x := stored(rule, p).Start([]State{randomState(41, "a"), randomState(41, "b")}, nil).(IntegerEnergies)
		exact, err := rule.EnergyUnit(41, 7)
		if err != nil {
			t.Fatal(err)
		}
		unit, _ := exact.Float64()
		got, want := float64(x.IntegerEnergy(0)-x.IntegerEnergy(1))*unit, (energy(x, 0)-energy(x, 1))*41
		if got == 0 || math.Abs(got/want-1) > 1e-12 {
			t.Errorf("%#v: integers differ by %v, energies by %v", rule, got, want)
		}
	}
}

func TestEnergyUnitHasLimits(t *testing.T) {
	if _, err := (Dense{Degree: 3}).EnergyUnit(100, 10000); err != nil {
		t.Error(err)
	}
	if _, err := (Dense{Degree: 5}).EnergyUnit(1000, 1<<20); err == nil {
		t.Error("energies of 70 bits have a unit")
	}
	if _, err := (Hopfield{Diagonal: true}).EnergyUnit(100, 10); err == nil {
		t.Error("with the diagonal kept there is detailed balance")
	}
}

// Tempering that goes on from a checkpoint goes on as if nothing had happened.
func TestTemperingResumes(t *testing.T) {
	net := heatableOf(Hopfield{}, draw(60, 9, "resume"))
	ladder := thermal.NewLadder(thermal.Metropolis, net.unit(), big.NewRat(1, 120), thermal.Geometric(big.NewRat(1, 1), big.NewRat(1, 5), 5))
	key := random.NewKey("resume")
	d := Dynamics{MaxSweeps: 12}
	begin := func() *Tempering {
		var starts []State
		for r := range 5 {
			starts = append(starts, randomState(60, fmt.Sprint(r)))
		}
		return NewTempering(d, ladder, net.Start(starts, nil).(IntegerEnergies), key, key.Sub("noise"))
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
	got := ResumeTempering(d, ladder, net.Start(c.States, nil).(IntegerEnergies), c, key, key.Sub("noise"))
	sweep(got, 12)
	if a, b := want.Checkpoint(), got.Checkpoint(); fmt.Sprint(a) != fmt.Sprint(b) || !got.Done() {
		t.Errorf("resumed: %v, want %v", b, a)
	}
}
