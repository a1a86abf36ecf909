package config

import (
	"strings"
	"testing"

	"hopcap/sweep/study"
)

var overridden = []study.Key{
	{Table: "model", Name: "kind"}, {Table: "experiment", Name: "kind"}, {Table: "dynamics", Name: "temperature"}, {Name: "N"},
	{Table: "model", Name: "degree"},
}

func TestOverride(t *testing.T) {
	const src = "seed = 1 # one\n[model]  # a network\nkind = 'hopfield'   # of pairs\n[sweep]\nN = [\n  10,\n  20,\n]\nsamples = 3\n[[figure]]\nx = 'N'"
	for setting, want := range map[string]string{
		"seed=2":                                 strings.Replace(src, "1 #", "2 #", 1),
		" sweep.samples = 40 ":                   strings.Replace(src, "samples = 3", "samples = 40", 1),
		"samples=40":                             strings.Replace(src, "samples = 3", "samples = 40", 1),
		"N=[5, 6]":                               strings.Replace(src, "[\n  10,\n  20,\n]", "[5, 6]", 1),
		"sweep[1].N=5":                           strings.Replace(src, "[\n  10,\n  20,\n]", "5", 1),
		"model.kind=dense":                       strings.Replace(src, "'hopfield'", `"dense"`, 1),
		"model.kind=\"dense\"":                   strings.Replace(src, "'hopfield'", `"dense"`, 1),
		"kind=a \"b\" \\":                        strings.Replace(src, "'hopfield'", `"a \"b\" \\"`, 1),
		"degree=3":                               strings.Replace(src, "# a network\n", "# a network\ndegree = 3\n", 1),
		"cues=2":                                 strings.Replace(src, "[sweep]\n", "[sweep]\ncues = 2\n", 1),
		"temperature=0.5":                        src + "\n[dynamics]\ntemperature = 0.5\n",
		"title=A study":                          "title = \"A study\"\n" + src,
		"figure.y=['spurious']":                  strings.Replace(src, "[[figure]]\n", "[[figure]]\ny = ['spurious']\n", 1),
		"x='K'":                                  strings.Replace(src, "'N'", "'K'", 1),
		"experiment.kind=basin":                  src + "\n[experiment]\nkind = \"basin\"\n",
		"sweep.N={ from = 1, to = 2, step = 1 }": strings.Replace(src, "[\n  10,\n  20,\n]", "{ from = 1, to = 2, step = 1 }", 1),
	} {
		got, err := Override([]byte(src), setting, overridden)
		if err != nil || string(got) != want {
			t.Errorf("%s: %v\n%s", setting, err, got)
		}
	}
	if got, err := Override([]byte("[model]"), "degree=3", overridden); err != nil || string(got) != "[model]\ndegree = 3\n" {
		t.Errorf("a header without an end of line: %q, %v", got, err)
	}
	if got, err := Override([]byte("\ufeffseed = 1"), "seed=2", overridden); err != nil || string(got) != "seed = 2" {
		t.Errorf("a byte order mark: %q, %v", got, err)
	}
}

func TestOverrideThatIsUnclear(t *testing.T) {
	const src = "[model]\nkind = 'hopfield'\n[experiment]\nkind = 'basin'\n[[sweep]]\nN = 1\n[[sweep]]\nN = 2\n[dynamics.deep]\nx = 1\n"
	for setting, part := range map[string]string{
		"kind=dense": "which of model.kind, experiment.kind?", "N=5": "which of sweep[1].N, sweep[2].N?", "colour=red": "no table has a key",
		"model=dense": "no table has a key", "sweep=5": "is a table", "dynamics.deep=1": "is a table", "sweep.samples=5": "[sweep] is not one table", "seed": "table.key=value", "=5": "table.key=value",
		"seed=": "table.key=value", "seed=1\nx=2": "table.key=value", "dynamics.temperature=1": "[dynamics] is not one table",
	} {
		if got, err := Override([]byte(src), setting, overridden); err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%s: %v\n%s", setting, err, got)
		}
	}
}
