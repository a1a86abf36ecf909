package experiment

import (
	"fmt"

	"hopcap/sweep/study"
)

// Repeated is the experiment as package sweep repeats it over a grid: neither package
// knows the other. The settings of a point go through open, which adds the files that
// they name (see Files); if open is nil, a config that names a file is refused.
func (e Experiment) Repeated(open func(Settings) Settings) study.Experiment {
	if open == nil {
		open = func(s Settings) Settings { return withoutFiles{s} }
	}
	return study.Experiment{
		Keys:   Keys(),
		Load:   study.Load{Setting: "K", Column: "alpha"},
		Tables: e.Tables,
		Compile: func(settings Settings, cues int) (*study.Task, []Fault) {
			trial, faults := e.Compile(open(settings), cues)
			if trial == nil {
				return nil, faults
			}
			return trial.task(), nil
		},
	}
}

func (t *Trial) task() *study.Task {
	return &study.Task{
		Identity: []study.Setting{{Name: "N", Value: int64(t.N)}, {Name: "K", Value: int64(t.K)}},
		Derived:  t.derived(),
		Note:     t.Note,
		Bytes:    t.Bytes,
		Cost:     t.Cost,
		Run:      t.Run,
	}
}

// derived are the columns after N and K: the load, and what the memory costs.
func (t *Trial) derived() []study.Setting {
	columns := []study.Setting{{Name: "alpha", Value: t.Alpha}}
	for _, p := range t.Price {
		columns = append(columns, study.Setting{Name: p.Name, Value: p.Value})
	}
	return columns
}

// withoutFiles are settings whose files nobody reads.
type withoutFiles struct{ Settings }

// Patterns fails.
func (withoutFiles) Patterns(path string) (*PatternFile, error) {
	return nil, fmt.Errorf("%s: no files are read here", path)
}
