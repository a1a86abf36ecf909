package experiment

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"

	"hopcap/sweep/study"
)

// coolPoint returns standard settings of the experiment annealing.
func coolPoint(change settings) settings {
	s := hotPoint(settings{
		"experiment.kind": "annealing", "temperature": "0", "start": "random", "max_sweeps": 1000,
		"mixture_at": "0.9", "mixture_max": 5, "threshold_step": "0.05",
		"schedule": "linear", "cool_from": "1.2", "cool_to": "0.05", "cooling_sweeps": 200,
	})
	for k, v := range change {
		s[k] = v
	}
	return s
}

func annealingAt(t *testing.T, change settings, cues int) *Trial {
	t.Helper()
	trial, faults := Annealing.Compile(coolPoint(change), cues)
	if faults != nil {
		t.Fatalf("%+v", faults)
	}
	return trial
}

// Slow cooling finds lower energies than fast cooling, and below α_1 stored
// patterns; every run ends at a fixed point.
func TestSlowCoolingGoesDeeper(t *testing.T) {
	mean := func(trial *Trial, name string) float64 {
		return stat.Mean(append(values(t, Annealing, trial, 0, 8, name), values(t, Annealing, trial, 1, 8, name)...), nil)
	}
	slow := annealingAt(t, settings{"N": 200, "alpha": "0.02", "cooling_sweeps": 300}, 8)
	fast := annealingAt(t, settings{"N": 200, "alpha": "0.02", "cooling_sweeps": 1}, 8)
	if a, b := mean(slow, "energy"), mean(fast, "energy"); a > b-0.01 {
		t.Errorf("energy %.4f after slow cooling, %.4f after fast", a, b)
	}
	if found := mean(slow, "found"); found < 0.9 {
		t.Errorf("found a pattern in %.2f of the runs", found)
	}
	if sum := mean(slow, "pattern") + mean(slow, "negative"); sum != mean(slow, "found") {
		t.Errorf("found is not pattern or negative: %v", sum)
	}
}

func TestAnnealedStartsAreIndependent(t *testing.T) {
	for _, schedule := range []string{"linear", "geometric"} {
		trial := annealingAt(t, settings{"N": 100, "cooling_sweeps": 150, "schedule": schedule}, 4)
		all, err := trial.Run(context.Background(), 1, 0, 4, &alone{})
		if err != nil {
			t.Fatal(err)
		}
		again, err := trial.Replay(context.Background(), 1, 2, &alone{})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := fmt.Sprint(again.Row), fmt.Sprint(all["trials"][2]); got != want {
			t.Errorf("%s: alone %s, with others %s", schedule, got, want)
		}
		stop := slices.IndexFunc(Annealing.Tables[0].Columns, func(c study.Column) bool { return c.Name == "stop" })
		if got := all["trials"][0][1+stop]; got != "fixed_point" {
			t.Errorf("%s: ends with %v", schedule, got)
		}
	}
}

// The steps of a schedule are of equal length, and the last sweep is at the last
// temperature.
func TestCoolingSteps(t *testing.T) {
	for _, c := range []struct{ sweeps, steps int }{{1, 1}, {7, 7}, {128, 128}, {1000, 128}} {
		cool := cooling{sweeps: c.sweeps, steps: make([]step, min(c.sweeps, mostSteps))}
		lengths := make([]int, c.steps)
		for sweep := range c.sweeps {
			lengths[cool.stepOf(sweep)]++
		}
		if low, high := slices.Min(lengths), slices.Max(lengths); low < 1 || high > low+1 {
			t.Errorf("%d sweeps: steps of %d to %d", c.sweeps, low, high)
		}
	}
}

func TestAnnealingFaults(t *testing.T) {
	for _, c := range []struct {
		change settings
		key    string
	}{
		{settings{"temperature": "0.1"}, "temperature"},
		{settings{"cool_to": "2"}, "cool_to"},
		{settings{"model.kind": "exponential", "lambda": "1"}, "cool_from"},
	} {
		trial, faults := Annealing.Compile(coolPoint(c.change), 1)
		if trial != nil || len(faults) != 1 || faults[0].Key != c.key {
			t.Errorf("%v: %+v, want one fault of %s", c.change, faults, c.key)
		}
	}
}

// Golden records: cooling, tempering and thermal runs never change without a new
// version of the physics.
func TestThermalRunsArePinned(t *testing.T) {
	for _, c := range []struct {
		e    Experiment
		s    settings
		want string
	}{
		{Annealing, coolPoint(settings{"N": 100, "cooling_sweeps": 40, "schedule": "geometric"}), "[[0 0 mixture 0 0 1 0 1 0 0 0 0.68 9 16 +9 +7 -5 3 0.92 -0.5172 <nil> -0.5172 <nil> 286619802e4b2167 1 0 fixed_point]]"},
		{Tempering, temperPoint(settings{"N": 100, "max_sweeps": 20}), "[[0 1 0.4 0.1 negative 0 1 0 0 1 0 0 0 -0.72 7 14 -7 -9 +4 3 0.9 -0.5176 -0.5176 <nil> <nil> 85a861b7b29b8b75 1 0 fixed_point]]"},
		{Thermal, hotPoint(settings{"N": 100, "max_sweeps": 64, "rule": "metropolis"}), "[[0 0.99125 0.0014339165675810405 0.6445213398516041 0.9824999999999999 0.002775554665954844 -0.45306875 0.001064661414803126 0.5964934655761615 0.1378521885364911 0.07171790449530638 0.9827874999999999 0.9666785649999998 0.6663880598900034 0 128 1 0]]"},
	} {
		trial, faults := c.e.Compile(c.s, 1)
		if faults != nil {
			t.Fatalf("%+v", faults)
		}
		rows, err := trial.Run(context.Background(), 1, 0, 1, &alone{})
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(rows["trials"]); got != c.want {
			t.Errorf("%s: %s, want %s", c.e.Kind, got, c.want)
		}
	}
}
