package config

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hopcap/sweep/study"
)

// richExperiment is the toy with keys that depend on others: on the value of an
// ensemble, on one that depends itself, and a limit whose default and range are
// others for one order than for the rest.
func richExperiment() study.Experiment {
	e := toyExperiment()
	at := slices.IndexFunc(e.Keys, func(k study.Key) bool { return k.Name == "max_sweeps" })
	e.Keys[at].Variants = []study.Variant{
		{DependsOn: "dynamics.order", For: []string{"parallel"}, Default: "2", Range: "1 … 10", Check: between("max_sweeps", 1, 10)},
		{For: []string{"none"}, Default: "7"}, // [dynamics] has no kind
		{DependsOn: "ensemble", For: []string{"drawn"}, Default: "50"},
	}
	e.Keys = append(e.Keys,
		study.Key{Table: "patterns", Name: "ensemble", Type: study.Text, Default: `"even"`, Allowed: []string{"even", "drawn"},
			DependsOn: "model.kind", For: []string{"biased"}},
		study.Key{Table: "patterns", Name: "activity", Type: study.Decimal, Range: "0 … 1", DependsOn: "ensemble", For: []string{"drawn"},
			Check: between("activity", 0, 1)},
		study.Key{Table: "patterns", Name: "shuffled", Type: study.Bool, Default: "false", DependsOn: "patterns.ensemble"},
	)
	return e
}

// rich is a config of it; in each test some lines stand in its tables.
func rich(model, patterns, dynamics, block string) string {
	return "seed = 1\n[model]\n" + model + "\n[patterns]\n" + patterns + "\n[dynamics]\n" + dynamics +
		"\n[experiment]\nkind = \"toss\"\n[sweep]\nN = 100\nK = 10\nsamples = 1\n" + block
}

const (
	fairModel   = `kind = "fair"`
	biasedModel = "kind = \"biased\"\nbias = 0.5"
)

// What applies to a point, and with which default, follows from the other keys, be they
// fixed or axes.
func TestKeysThatDependOnOthers(t *testing.T) {
	for _, c := range []struct {
		name, src string
		want      []string // of each point: ensemble, activity, shuffled, max_sweeps
	}{
		{"the ensemble does not apply to the model", rich(fairModel, "", "", ""), []string{"- - - 1000"}},
		{"its default", rich(biasedModel, "", "", ""), []string{"even - false 1000"}},
		{"a value with a key of its own", rich(biasedModel, "ensemble = \"drawn\"\nactivity = 0.1", "", ""), []string{"drawn 0.1 false 50"}},
		{"a default of an order", rich(fairModel, "", `order = "parallel"`, ""), []string{"- - - 2"}},
		{"the first variant that holds", rich(biasedModel, "ensemble = \"drawn\"\nactivity = 0.1", `order = "parallel"`, ""), []string{"drawn 0.1 false 2"}},
		{"given, not the default", rich(fairModel, "", "order = \"parallel\"\nmax_sweeps = 3", ""), []string{"- - - 3"}},
		{"the decider an axis", rich(fairModel, "", "", `order = ["random", "parallel"]`), []string{"- - - 1000", "- - - 2"}},
		{"axes of both kinds", rich("bias = 0.5", "activity = 0.1", "", "model = [\"fair\", \"biased\"]\nensemble = [\"even\", \"drawn\"]"),
			[]string{"- - - 1000", "even - false 1000", "drawn 0.1 false 50"}},
	} {
		cfg, err := Parse("rich.toml", []byte(c.src), richExperiment())
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var got []string
		for _, p := range cfg.Points {
			got = append(got, fmt.Sprint(orDash(p, "ensemble"), " ", orDash(p, "activity"), " ", orDash(p, "shuffled"), " ", orDash(p, "max_sweeps")))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func orDash(p *Point, key string) string {
	if !p.Settings.Has(key) {
		return "-"
	}
	return p.Settings.(*settings).lookup(key).text
}

// A default that follows from other keys is told with the fixed ones if it is the same
// everywhere, and is in every ID.
func TestFixedByOthers(t *testing.T) {
	for src, want := range map[string]string{
		rich(fairModel, "", `order = "parallel"`, ""):             "max_sweeps=2",
		rich(fairModel, "", "", `order = ["random", "parallel"]`): "",
	} {
		cfg, err := Parse("rich.toml", []byte(src), richExperiment())
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, f := range cfg.Fixed {
			if f.Name == "max_sweeps" {
				got = fmt.Sprint("max_sweeps=", f.Value)
			}
		}
		if got != want {
			t.Errorf("fixed %q, want %q of %s", got, want, src)
		}
		last := cfg.Points[len(cfg.Points)-1]
		if !strings.Contains(last.ID, "max_sweeps=2") {
			t.Errorf("ID %q", last.ID)
		}
		for _, k := range cfg.Meaning().Fixed {
			if k.Name == "max_sweeps" && k.Default != "" {
				t.Errorf("a default that others decide about counts as one of old: %+v", k)
			}
		}
	}
}

func TestFaultsOfKeysThatDepend(t *testing.T) {
	for src, want := range map[string]string{
		rich(fairModel, `ensemble = "drawn"`, "", ""):                                        `r.toml:5: patterns.ensemble = "drawn": applies only where model.kind is "biased"`,
		rich(fairModel, `shuffled = true`, "", ""):                                           `r.toml:5: patterns.shuffled = true: applies only where patterns.ensemble does`,
		rich(biasedModel, `activity = 0.5`, "", ""):                                          `r.toml:6: patterns.activity = 0.5: applies only where patterns.ensemble is "drawn"`,
		rich(biasedModel, `ensemble = "drawn"`, "", ""):                                      `r.toml:5: patterns.activity: must be given, a number, 0 … 1`,
		rich(biasedModel, `ensemble = "drwan"`, "", ""):                                      `r.toml:6: patterns.ensemble = "drwan": must be "even" or "drawn"; did you mean "drawn"?`,
		rich(fairModel, "", "order = \"parallel\"\nmax_sweeps = 11", ""):                     `r.toml:8: dynamics.max_sweeps = 11: must be 1 … 10`,
		rich(fairModel, "", "order = \"random\"\nmax_sweeps = 0", ""):                        `r.toml:8: dynamics.max_sweeps = 0: must be at least 1`,
		rich(fairModel, "", "max_sweeps = true", ""):                                         `r.toml:7: dynamics.max_sweeps = true: must be an integer`,
		rich(fairModel, "", "", "order = [\"random\", \"parallel\"]\nmax_sweeps = [5, 500]"): `r.toml:15: sweep.max_sweeps = 500: must be 1 … 10`,
		rich(biasedModel, "", "", `activity = [0.1, 0.2]`):                                   `r.toml:15: sweep.activity = [0.1, 0.2]: applies only where patterns.ensemble is "drawn"`,
	} {
		if _, err := Parse("r.toml", []byte(src), richExperiment()); err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}

// An experiment need not have a model, nor N, nor a load: keys that depend on what it
// does not have are none of its keys.
func TestExperimentWithoutModelOrSize(t *testing.T) {
	e := richExperiment()
	e.Load = study.Load{}
	e.Keys = slices.DeleteFunc(e.Keys, func(k study.Key) bool {
		return k.Table == "" || k.Table == "model" && k.Name == "kind"
	})
	e.Compile = func(s study.Settings, _ int) (*study.Task, []study.Fault) {
		if s.Has("N") || s.Has("bias") || s.Has("ensemble") || s.Has("activity") {
			t.Error("settings of what is not there")
		}
		return &study.Task{Derived: []study.Setting{{Name: "alpha", Value: 0.5}}}, nil
	}
	const tables = "seed = 1\n[experiment]\nkind = \"toss\"\n"
	cfg, err := Parse("bare.toml", []byte(tables+"[sweep]\nsamples = 3\norder = [\"random\", \"parallel\"]\n"), e)
	if err != nil || len(cfg.Points) != 2 || len(cfg.Curves()) != 2 {
		t.Fatalf("%+v, %v", cfg, err)
	}
	for src, want := range map[string]string{
		"[sweep]\nsamples = 3\nN = 5\n":                    `bare.toml:6: sweep.N = 5: unknown key; the keys here are thick, order, max_sweeps, temperature, cue, overlap, spin, samples and cues`,
		"[model]\nkind = \"fair\"\n[sweep]\nsamples = 3\n": `bare.toml:5: model.kind = "fair": belongs in [experiment]`,
		"[model]\nbias = 0.5\n[sweep]\nsamples = 3\n":      `bare.toml:5: model.bias = 0.5: unknown key; the keys here are thick`,
	} {
		if _, err := Parse("bare.toml", []byte(tables+src), e); err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}
