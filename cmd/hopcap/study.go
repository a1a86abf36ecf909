package main

import (
	"hopcap/experiment"
	"hopcap/sweep/study"
)

// repeated gives package sweep an experiment to repeat: neither package knows the
// other. Files that the config names are looked for in dir.
func repeated(e experiment.Experiment, dir string) study.Experiment {
	files := newLibrary(dir)
	return study.Experiment{
		Keys:   experiment.Keys(),
		Load:   study.Load{Setting: "K", Column: "alpha"},
		Tables: e.Tables,
		Compile: func(settings study.Settings, cues int) (*study.Task, []study.Fault) {
			trial, faults := e.Compile(files.with(settings), cues)
			if trial == nil {
				return nil, faults
			}
			return task(trial), nil
		},
	}
}

func task(t *experiment.Trial) *study.Task {
	return &study.Task{
		Identity: []study.Setting{{Name: "N", Value: int64(t.N)}, {Name: "K", Value: int64(t.K)}},
		Derived:  derived(t),
		Note:     t.Note,
		Bytes:    t.Bytes,
		Cost:     t.Cost,
		Run:      t.Run,
	}
}

// derived are the columns after N and K: the load, and what the memory costs.
func derived(t *experiment.Trial) []study.Setting {
	columns := []study.Setting{{Name: "alpha", Value: t.Alpha}}
	for _, p := range t.Price {
		columns = append(columns, study.Setting{Name: p.Name, Value: p.Value})
	}
	return columns
}
