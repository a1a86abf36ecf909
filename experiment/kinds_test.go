package experiment

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"hopcap/experiment/memory"
	"hopcap/model"
	"hopcap/sweep/study"
)

// Every kind of memory runs every experiment, or says by a fault why it cannot: that it
// has no temperature, or no energies that are integers.
func TestEveryKindRunsEveryExperiment(t *testing.T) {
	cannot := []string{"temperature", "cool_from", "model.kind"}
	for _, kind := range memory.Kinds() {
		if kind.Year > 9000 {
			continue // of other tests
		}
		for _, e := range Kinds {
			t.Run(kind.Name+"/"+e.Kind, func(t *testing.T) {
				trial, faults := e.Compile(smallPoint(kind.Name, e.Kind), 1)
				if slices.ContainsFunc(faults, func(f study.Fault) bool { return !slices.Contains(cannot, f.Key) }) {
					t.Error(faults)
				}
				if trial == nil {
					t.Skip(faults)
				}
				rows, err := trial.Run(context.Background(), 0, 0, 1, &alone{})
				if err != nil || len(rows["trials"]) != 1 {
					t.Fatalf("rows %v, error %v", rows, err)
				}
				replay, err := trial.Replay(context.Background(), 0, 0, &alone{})
				if err != nil || fmt.Sprint(replay.Row) != fmt.Sprint(rows["trials"][0]) {
					t.Errorf("replayed %v, error %v; was %v", replay, err, rows["trials"][0])
				}
			})
		}
	}
}

// smallPoint is a point of few neurons with the defaults of all keys that apply.
func smallPoint(kind, experiment string) settings {
	s := settings{"seed": 1, "N": 10, "K": 2, "degree": 3, "model.kind": kind, "experiment.kind": experiment}
	for _, key := range Keys() {
		applies := key.For == nil || slices.Contains(key.For, kind) || slices.Contains(key.For, experiment)
		if _, has := s[key.Name]; has || !applies || key.Default == "" || key.Name == "kind" {
			continue
		}
		switch key.Type {
		case study.Int:
			s[key.Name], _ = strconv.Atoi(key.Default)
		case study.Bool:
			s[key.Name] = key.Default == "true"
		case study.Decimal:
			s[key.Name] = key.Default
		case study.Text:
			s[key.Name] = strings.Trim(key.Default, `"`)
		}
	}
	s["max_sweeps"] = 64
	switch experiment {
	case "stability", "storage":
		s["order"] = "parallel"
	case "thermal":
		s["temperature"] = "0.5"
	}
	return s
}

// counted is Hopfield's rule, of which the pattern sets stored are counted; of those of
// K = 3 patterns none is stored.
type counted struct {
	model.Hopfield
	sets *atomic.Int64
}

func (c counted) Store(ctx context.Context, p *model.Patterns, key model.Key, pool model.Pool) (model.Network, error) {
	c.sets.Add(1)
	if p.K == 3 {
		return nil, &model.NotStored{Reason: "three are too many"}
	}
	return c.Hopfield.Store(ctx, p, key, pool)
}

var setsStored atomic.Int64

func init() {
	memory.Register(memory.Kind{Name: "counted", Year: 9998, Rule: func(study.Settings) model.Rule {
		return counted{sets: &setsStored}
	}})
}

// Whatever an experiment starts on a pattern set, it stores the set once.
func TestPatternSetsAreStoredOnce(t *testing.T) {
	for _, e := range Kinds {
		if e.Kind == "storage" { // which stores the first patterns of a set
			continue
		}
		s := smallPoint("counted", e.Kind)
		s["K"] = 300
		if e.Kind == "enumerate" {
			s["N"] = 6
		}
		trial := mustCompile(t, e, s, 1)
		setsStored.Store(0)
		if _, err := trial.Run(context.Background(), 0, 0, 1, &alone{}); err != nil {
			t.Fatal(err)
		}
		if n := setsStored.Load(); n != 1 {
			t.Errorf("%s stores its pattern set %d times", e.Kind, n)
		}
	}
}

// Where a pattern set cannot be stored every experiment records a row for each cue, in
// which nothing is measured, and replays it. Of storage it is no pattern set that fits.
func TestNotStored(t *testing.T) {
	for _, e := range Kinds {
		if e.Kind == "storage" {
			continue
		}
		cues := 2
		if e.Kind == "stability" || e.Kind == "enumerate" {
			cues = 1
		}
		s := smallPoint("counted", e.Kind)
		s["K"] = 3
		trial := mustCompile(t, e, s, cues)
		rows := mustRun(t, trial, 0, 0, cues)
		if len(rows) != 1 || len(rows["trials"]) != cues {
			t.Errorf("%s: %v, want %d rows of trials", e.Kind, rows, cues)
			continue
		}
		for cue, row := range rows["trials"] {
			for i, name := range e.Tables[0].Names() {
				want := map[string]any{"cue": int64(cue), "stop": "not_stored"}[name]
				if row[i] != want {
					t.Errorf("%s, cue %d: %s = %v, want %v", e.Kind, cue, name, row[i], want)
				}
			}
			again, err := trial.Replay(context.Background(), 0, cue, &alone{})
			if err != nil || !slices.Equal(again.Row, row) || again.Patterns.K != 3 {
				t.Errorf("%s, cue %d: replayed %+v, error %v", e.Kind, cue, again, err)
			}
		}
	}
	s := smallPoint("counted", "storage")
	s["N"], s["K"] = 200, 3
	trial := mustCompile(t, Storage, s, 1)
	rows := mustRun(t, trial, 0, 0, 1)
	if got := fmt.Sprint(rows["trials"][0][1]); got != "2" {
		t.Errorf("%s of three patterns fit, of which two can be stored", got)
	}
	if again, err := trial.Replay(context.Background(), 0, 0, &alone{}); err != nil || !slices.Equal(again.Row, rows["trials"][0]) {
		t.Errorf("storage: replayed %+v, error %v", again, err)
	}
}
