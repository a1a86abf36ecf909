package main

import (
	"slices"

	"hopcap/experiment"
	"hopcap/sweep/study"
)

// repeated gives package sweep an experiment to repeat: neither package knows the
// other. Files that the config names are looked for in dir.
func repeated(e experiment.Experiment, dir string) study.Experiment {
	files := newLibrary(dir)
	repeated := study.Experiment{
		Keys:   experiment.Keys(),
		Tables: e.Tables,
		Compile: func(settings study.Settings, cues int) (*study.Task, []study.Fault) {
			trial, faults := e.Compile(files.with(settings), cues)
			if trial == nil {
				return nil, faults
			}
			return task(e, trial), nil
		},
	}
	if e.Has("K") && e.Has("alpha") {
		repeated.Load = study.Load{Setting: "K", Column: "alpha"}
	}
	return repeated
}

func task(e experiment.Experiment, t *experiment.Trial) *study.Task {
	return &study.Task{
		Identity: of(e, study.Setting{Name: "N", Value: int64(t.N)}, study.Setting{Name: "K", Value: int64(t.K)}),
		Derived:  append(of(e, study.Setting{Name: "alpha", Value: t.Alpha}), price(t)...),
		Note:     t.Note,
		Bytes:    t.Bytes,
		Cost:     t.Cost,
		Run:      t.Run,
	}
}

// of leaves out the settings that the experiment lacks.
func of(e experiment.Experiment, settings ...study.Setting) []study.Setting {
	return slices.DeleteFunc(settings, func(s study.Setting) bool { return !e.Has(s.Name) })
}

// price is what the memory costs, as columns after the load.
func price(t *experiment.Trial) (columns []study.Setting) {
	for _, p := range t.Price {
		columns = append(columns, study.Setting{Name: p.Name, Value: p.Value})
	}
	return columns
}
