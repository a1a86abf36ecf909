package experiment

import (
	"fmt"
	"slices"

	"hopcap/sweep/study"
)

// Repeated returns the experiment in the form that package sweep repeats over a grid, so
// that neither package needs to import the other. open adds to the settings of a point the
// files that they name (see Files). If open is nil, a config that names a file is refused.
func (e Experiment) Repeated(open func(study.Settings) study.Settings) study.Experiment {
	if open == nil {
		open = func(s study.Settings) study.Settings { return withoutFiles{s} }
	}
	repeated := study.Experiment{
		Keys:   Keys(),
		Tables: e.Tables,
		Compile: func(settings study.Settings, cues int) (*study.Task, []study.Fault) {
			trial, faults := e.Compile(open(settings), cues)
			if trial == nil {
				return nil, faults
			}
			return e.task(trial), nil
		},
	}
	if e.Has("K") && e.Has("alpha") {
		repeated.Load = study.Load{Setting: "K", Column: "alpha"}
	}
	return repeated
}

func (e Experiment) task(t *Trial) *study.Task {
	return &study.Task{
		Identity: e.those(study.Setting{Name: "N", Value: int64(t.N)}, study.Setting{Name: "K", Value: int64(t.K)}),
		Derived:  append(e.those(study.Setting{Name: "alpha", Value: t.Alpha}), price(t)...),
		Note:     t.Note,
		Bytes:    t.Bytes,
		Cost:     t.Cost,
		Run:      t.Run,
	}
}

// those leaves out the settings that the experiment lacks.
func (e Experiment) those(settings ...study.Setting) []study.Setting {
	return slices.DeleteFunc(settings, func(s study.Setting) bool { return !e.Has(s.Name) })
}

// price is what the memory costs, as columns after the load.
func price(t *Trial) (columns []study.Setting) {
	for _, p := range t.Price {
		columns = append(columns, study.Setting{Name: p.Name, Value: p.Value})
	}
	return columns
}

// withoutFiles are settings whose files cannot be read.
type withoutFiles struct{ study.Settings }

// Patterns fails.
func (withoutFiles) Patterns(path string) (*PatternFile, error) {
	return nil, fmt.Errorf("%s: this caller reads no files", path)
}
