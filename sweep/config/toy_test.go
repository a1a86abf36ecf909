package config

import (
	"context"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"hopcap/sweep/study"
)

// toyExperiment tosses a coin whose settings resemble those of a real study.
func toyExperiment() study.Experiment {
	return study.Experiment{
		Load: study.Load{Setting: "K", Column: "alpha"},
		Keys: []study.Key{
			{Name: "N", Type: study.Int, Range: "2 … 1000000", Check: func(s study.Settings) bool { return s.Int("N") >= 2 && s.Int("N") <= 1000000 }},
			{Name: "alpha", Type: study.Decimal, Or: "K", Range: "greater than 0", Check: func(s study.Settings) bool { return s.Rat("alpha").Sign() > 0 }},
			{Name: "K", Type: study.Int, Or: "alpha", Range: "at least 1", Check: func(s study.Settings) bool { return s.Int("K") >= 1 }},
			{Table: "model", Name: "kind", Type: study.Text, Allowed: []string{"fair", "biased"}},
			{Table: "model", Name: "bias", Type: study.Decimal, For: []string{"biased"}, Range: "−1 … 1", Check: between("bias", -1, 1)},
			{Table: "model", Name: "rough", Type: study.Bool, Default: "false", For: []string{"biased"}},
			{Table: "model", Name: "thick", Type: study.Bool, Default: "false"},
			{Table: "dynamics", Name: "order", Type: study.Text, Default: `"random"`, Allowed: []string{"random", "typewriter", "parallel"}},
			{Table: "dynamics", Name: "max_sweeps", Type: study.Int, Default: "1000", Range: "at least 1", Check: func(s study.Settings) bool { return s.Int("max_sweeps") >= 1 }},
			{Table: "dynamics", Name: "temperature", Type: study.Decimal, Default: "0.0"},
			{Table: "experiment", Name: "kind", Type: study.Text, Allowed: []string{"toss"}},
			{Table: "experiment", Name: "cue", Type: study.Text, Default: `"noisy"`, Allowed: []string{"noisy", "partial"}},
			{Table: "experiment", Name: "overlap", Type: study.Decimal, Default: "1.0", Range: "−1 … 1", Check: between("overlap", -1, 1)},
			{Table: "experiment", Name: "remark", Type: study.Text, Default: `""`, Free: true},
			{Table: "experiment", Name: "spin", Type: study.Int, Default: "1", Later: true},
		},
		Tables:  []study.Table{{Name: "trials", Index: []string{"cue"}, Columns: []study.Column{{Name: "heads", Type: study.Int, Role: study.Rate}}}},
		Compile: compileToy,
	}
}

func between(key string, low, high int64) func(study.Settings) bool {
	return func(s study.Settings) bool {
		x := s.Rat(key)
		return x.Cmp(big.NewRat(low, 1)) >= 0 && x.Cmp(big.NewRat(high, 1)) <= 0
	}
}

func compileToy(s study.Settings, cues int) (*study.Task, []study.Fault) {
	n, k := s.Int("N"), int64(0)
	if s.Has("K") {
		k = s.Int("K")
	} else {
		load := s.Rat("alpha")
		if load.Sign() <= 0 {
			panic("what the keys do not allow was compiled")
		}
		k = nearest(load.Mul(load, big.NewRat(n, 1))).Int64()
	}
	var faults []study.Fault
	if k < 1 {
		faults = append(faults, study.Fault{Key: "alpha", Allowed: fmt.Sprintf("gives K = 0 at N = %d, must give at least 1", n)})
	}
	if s.Text("cue") == "partial" && s.Rat("overlap").Sign() < 0 {
		faults = append(faults, study.Fault{Key: "experiment.overlap", Allowed: "must be 0 … 1 for partial cues"})
	}
	if int64(cues) > max(k, 1) {
		faults = append(faults, study.Fault{Key: "cues", Value: fmt.Sprint(cues), Allowed: fmt.Sprintf("must be at most K = %d", k)})
	}
	if faults != nil {
		return nil, faults
	}
	return &study.Task{
		Identity: []study.Setting{{Name: "N", Value: n}, {Name: "K", Value: k}},
		Derived:  []study.Setting{{Name: "alpha", Value: float64(k) / float64(n)}},
		Run: func(context.Context, int, int, int, study.Env) (study.Rows, error) {
			return study.Rows{"trials": {{int64(0), int64(1)}}}, nil
		},
	}, nil
}

// toyConfig is a small valid config.
const toyConfig = `title = "A coin"
seed = 1985

[model]
kind = "fair"

[experiment]
kind = "toss"

[sweep]
N = [100, 200]
alpha = { from = 0.1, to = 0.3, step = 0.1 }
samples = 20
`

func parseToy(t *testing.T, src string) *Config {
	t.Helper()
	c, err := Parse("toy.toml", []byte(src), toyExperiment())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// faultsOf returns what Parse says of a broken config, one line a fault.
func faultsOf(src string, sections ...Section) []string {
	_, err := Parse("x.toml", []byte(src), toyExperiment(), sections...)
	if err == nil {
		return nil
	}
	return strings.Split(err.Error(), "\n")
}
