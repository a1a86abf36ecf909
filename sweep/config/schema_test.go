package config

import (
	"strings"
	"testing"

	"hopcap/sweep/study"
)

func TestLocate(t *testing.T) {
	c := parseToy(t, toyConfig)
	got := c.Locate([]study.Fault{{Key: "sweep.N", Allowed: "too large"}, {Key: "model.kind", Allowed: "no"}, {Key: "memory", Value: "5 GB", Allowed: "not here"}})
	want := "toy.toml:5: model.kind = \"fair\": no\ntoy.toml:11: sweep.N = [100, 200]: too large\ntoy.toml: memory = 5 GB: not here"
	if got.Error() != want {
		t.Errorf("got\n%s", got)
	}
}

// What cannot be said in a schema is a bug of the program, told at once.
func TestSchemaPanics(t *testing.T) {
	for name, keys := range map[string][]study.Key{
		"two keys are called":     {{Name: "N", Type: study.Int}, {Table: "model", Name: "n", Type: study.Int}},
		"every config has":        {{Table: "experiment", Name: "cues", Type: study.Int}},
		"default of order":        {{Table: "dynamics", Name: "order", Type: study.Text, Default: "random"}},
		"do not name each other":  {{Name: "K", Type: study.Int, Or: "alpha"}, {Name: "alpha", Type: study.Decimal}},
		"which is no key of text": {{Table: "model", Name: "kind", Type: study.Int}, {Table: "model", Name: "bias", Type: study.Int, For: []string{"biased"}}},
		"depends on itself": {
			{Table: "model", Name: "kind", Type: study.Text, DependsOn: "ensemble"},
			{Table: "patterns", Name: "ensemble", Type: study.Text, DependsOn: "model.kind"},
		},
	} {
		func() {
			defer func() {
				if msg, _ := recover().(string); !strings.Contains(msg, name) {
					t.Errorf("%s: got %q", name, msg)
				}
			}()
			newSchema(study.Experiment{Keys: keys})
		}()
	}
}
