package main

import (
	"context"

	"hopcap/experiment"
	"hopcap/sweep"
)

// study gives package sweep an experiment to repeat: neither package knows the
// other. Files that the config names are looked for in dir.
func study(e experiment.Experiment, dir string) sweep.Experiment {
	files := newLibrary(dir)
	s := sweep.Experiment{
		Load: sweep.Load{Setting: "K", Column: "alpha"},
		Compile: func(settings sweep.Settings, cues int) (*sweep.Task, []sweep.Fault) {
			return task(e.Compile(files.with(settings), cues))
		},
	}
	for _, k := range experiment.Keys() {
		s.Keys = append(s.Keys, key(k))
	}
	for _, t := range e.Tables {
		s.Tables = append(s.Tables, table(t))
	}
	return s
}

func task(t *experiment.Trial, faults []experiment.Fault) (*sweep.Task, []sweep.Fault) {
	if t == nil {
		out := make([]sweep.Fault, len(faults))
		for i, f := range faults {
			out[i] = sweep.Fault{Key: f.Key, Value: f.Value, Allowed: f.Allowed}
		}
		return nil, out
	}
	return &sweep.Task{
		Identity: []sweep.Setting{{Name: "N", Value: int64(t.N)}, {Name: "K", Value: int64(t.K)}},
		Derived:  derived(t),
		Note:     t.Note,
		Bytes:    t.Bytes,
		Cost:     t.Cost,
		Run: func(ctx context.Context, sample, first, cues int, env sweep.Env) (sweep.Rows, error) {
			return t.Run(ctx, sample, first, cues, env)
		},
	}, nil
}

// derived are the columns after N and K: the load, and what the memory costs.
func derived(t *experiment.Trial) []sweep.Setting {
	columns := []sweep.Setting{{Name: "alpha", Value: t.Alpha}}
	for _, p := range t.Price {
		columns = append(columns, sweep.Setting{Name: p.Name, Value: p.Value})
	}
	return columns
}

func key(k experiment.Key) sweep.Key {
	out := sweep.Key{
		Table: k.Table, Name: k.Name, Kind: sweep.Kind(k.Type), Default: k.Default,
		Allowed: k.Allowed, Range: k.Range, Doc: k.Doc, For: k.For, Or: k.Or,
		Free: k.Free, Later: k.Later,
	}
	if k.Check != nil {
		out.Check = func(s sweep.Settings) bool { return k.Check(noFiles{s}) }
	}
	return out
}

func table(t experiment.Table) sweep.Table {
	out := sweep.Table{Name: t.Name, Index: t.Index, By: t.By, Lasts: t.Lasts}
	for _, c := range t.Columns {
		out.Columns = append(out.Columns, sweep.Column{
			Name: c.Name, Kind: sweep.Kind(c.Type), Role: sweep.Role(c.Role),
			Report: c.Report, Label: c.Axis, Doc: c.Doc,
		})
	}
	return out
}
