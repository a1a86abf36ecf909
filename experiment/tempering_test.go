package experiment

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"hopcap/model"
	"hopcap/sweep/study"
)

// temperPoint returns standard settings of the experiment tempering.
func temperPoint(change settings) settings {
	s := coolPoint(settings{"experiment.kind": "tempering", "rungs": 8, "schedule": "geometric", "cool_to": "0.1", "max_sweeps": 60})
	for k, v := range change {
		s[k] = v
	}
	if s.Has("K") {
		delete(s, "alpha")
	}
	return s
}

// On networks small enough to look at every state the lowest minimum is found.
func TestTemperingFindsTheGroundState(t *testing.T) {
	trial, faults := Tempering.Compile(temperPoint(settings{"N": 16, "K": 6}), 1)
	if faults != nil {
		t.Fatalf("%+v", faults)
	}
	at := 1 + slices.IndexFunc(Tempering.Tables[0].Columns, func(c study.Column) bool { return c.Name == "energy" })
	for sample := range 6 {
		end, err := trial.Replay(context.Background(), sample, 0, &alone{})
		if err != nil {
			t.Fatal(err)
		}
		lowest := 0.0
		net := storedBy(model.Hopfield{}, end.Patterns)
		err = model.Minima(context.Background(), net, 16, func(s model.State, _ int64) {
			lowest = min(lowest, net.Start([]model.State{slices.Clone(s)}, nil).(model.Energetic).Energy(0))
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := end.Row[at]; got != lowest {
			t.Errorf("sample %d: energy %v, the lowest is %v", sample, got, lowest)
		}
	}
}

// The same with a dense memory, against the energies of all states.
func TestTemperingOfDenseMemories(t *testing.T) {
	trial, faults := Tempering.Compile(temperPoint(settings{"model.kind": "dense", "degree": 3, "form": "full", "N": 10, "K": 40}), 1)
	if faults != nil {
		t.Fatalf("%+v", faults)
	}
	at := 1 + slices.IndexFunc(Tempering.Tables[0].Columns, func(c study.Column) bool { return c.Name == "energy" })
	end, err := trial.Replay(context.Background(), 0, 0, &alone{})
	if err != nil {
		t.Fatal(err)
	}
	net := storedBy(model.Dense{Degree: 3}, end.Patterns)
	lowest := 0.0
	for bits := range 1 << 10 {
		s := make(model.State, 10)
		for i := range s {
			s[i] = int8(bits>>i&1)*2 - 1
		}
		lowest = min(lowest, net.Start([]model.State{s}, nil).(model.Energetic).Energy(0))
	}
	if got := end.Row[at]; got != lowest {
		t.Errorf("energy %v, the lowest is %v", got, lowest)
	}
}

// Runs do not depend on each other, and the table swaps agrees with the rates.
func TestTemperingRows(t *testing.T) {
	trial, faults := Tempering.Compile(temperPoint(settings{"N": 60}), 3)
	if faults != nil {
		t.Fatalf("%+v", faults)
	}
	all, err := trial.Run(context.Background(), 2, 0, 3, &alone{})
	if err != nil {
		t.Fatal(err)
	}
	again, err := trial.Replay(context.Background(), 2, 1, &alone{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(again.Row), fmt.Sprint(all["trials"][1]); got != want {
		t.Errorf("alone %s, with others %s", got, want)
	}
	if len(all["swaps"]) != 3*7 {
		t.Fatalf("%d pairs of neighbours", len(all["swaps"]))
	}
	least := 1.0
	for _, row := range all["swaps"][7:14] {
		if row[0] != int64(1) || row[3] != int64(30) {
			t.Errorf("%v: not run 1 with 30 swaps offered", row)
		}
		least = min(least, row[4].(float64))
	}
	if all["trials"][1][3] != least {
		t.Errorf("lowest rate %v, in the table %v", all["trials"][1][3], least)
	}
}

// Runs too short to be saved each are saved together.
func TestTemperingSavesBetweenRuns(t *testing.T) {
	s := temperPoint(settings{"N": 60, "rungs": 3, "max_sweeps": 40})
	trial, faults := Tempering.Compile(s, 3)
	if faults != nil {
		t.Fatalf("%+v", faults)
	}
	defer func(was float64) { savedWork = was }(savedWork)
	savedWork = float64(50 * trial.N * trial.K * 3) // of 120 sweeps, after 50 and 100
	env := &mortal{Env: &alone{}, left: 2, end: func() {}}
	if _, err := trial.Run(context.Background(), 0, 0, 3, env); err != nil || env.left != 0 {
		t.Errorf("%d checkpoints left of 2, %v", env.left, err)
	}
}

func TestTemperingFaults(t *testing.T) {
	for _, c := range []struct {
		change settings
		key    string
	}{
		{settings{"temperature": "0.1"}, "temperature"},
		{settings{"cool_to": "1.2"}, "cool_to"},
		{settings{"order": "parallel"}, "order"},
		{settings{"diagonal": true}, "diagonal"},
		{settings{"model.kind": "exponential", "lambda": "1"}, "model.kind"},
		{settings{"model.kind": "dense", "degree": 6, "form": "full", "N": 2000, "K": 100}, "N"},
		{settings{"cool_from": "90", "model.kind": "dense", "degree": 8, "form": "full", "N": 200, "K": 1, "schedule": "linear"}, "cool_from"},
	} {
		trial, faults := Tempering.Compile(temperPoint(c.change), 1)
		if trial != nil || len(faults) != 1 || faults[0].Key != c.key {
			t.Errorf("%v: %+v, want one fault of %s", c.change, faults, c.key)
		}
	}
}
