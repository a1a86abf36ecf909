package experiment

import (
	"fmt"
	"testing"

	"hopcap/model"
)

// The states of a cue are its pattern, the cue itself and what it becomes; they
// change nothing else, and only so many pattern sets have them.
func TestStates(t *testing.T) {
	s := point(settings{"N": 202, "alpha": "0.13", "overlap": "0.5", "states": 2})
	rows := mustRun(t, compiled(t, s, 3), 1, 1, 3)
	var p *model.Patterns
	for _, trial := range rows["trials"] {
		cue := trial[0].(int64)
		again, err := compiled(t, s, 3).Replay(t.Context(), 1, int(cue), &alone{})
		if err != nil {
			t.Fatal(err)
		}
		p = again.Patterns
		pattern := make(model.State, p.N)
		p.Pattern(int(cue), pattern)
		of := rowsOfCue(rows["states"], cue)
		first, second, last := of[0], of[1], of[len(of)-1]
		if first[1] != int64(-1) || first[2] != 1.0 || first[3] != nil || first[4] != hexSigns(pattern) {
			t.Errorf("cue %d begins with %v, want its pattern", cue, first)
		}
		if second[1] != int64(0) || second[2] != trial[1] || second[4] != hexSigns(again.Cue) {
			t.Errorf("cue %d goes on with %v, want the cue", cue, second)
		}
		if last[2] != trial[2] || last[3] != trial[10] || last[4] != hexSigns(again.Final) {
			t.Errorf("cue %d ends with %v, want the final state of %v", cue, last, trial)
		}
		for i := 1; i < len(of); i++ {
			if of[i][4] == of[i-1][4] && i > 1 {
				t.Errorf("cue %d: the state of sweep %v is there twice", cue, of[i][1])
			}
		}
	}
	if more := mustRun(t, compiled(t, s, 3), 2, 1, 3)["states"]; more != nil {
		t.Errorf("sample 2 has states: %v", more)
	}
	delete(rows, "states")
	s["states"] = 0
	if plain := mustRun(t, compiled(t, s, 3), 1, 1, 3); fmt.Sprint(plain) != fmt.Sprint(rows) {
		t.Errorf("%v without states, %v with them", plain, rows)
	}
}

func rowsOfCue(rows [][]any, cue int64) (of [][]any) {
	for _, row := range rows {
		if row[0] == cue {
			of = append(of, row)
		}
	}
	return of
}

func TestHexSigns(t *testing.T) {
	for want, s := range map[string]model.State{
		"8": {1, -1, -1, -1}, "7": {-1, 1, 1, 1}, "f8": {1, 1, 1, 1, 1}, "": {},
	} {
		if got := hexSigns(s); got != want {
			t.Errorf("%v: got %q, want %q", s, got, want)
		}
	}
}

func TestStatesOfLargeNetworksAreRefused(t *testing.T) {
	s := point(settings{"N": statesAtMost + 1, "states": 1})
	if _, faults := Retrieval.Compile(s, 1); len(faults) != 1 || faults[0].Key != "states" {
		t.Errorf("faults %v", faults)
	}
}
