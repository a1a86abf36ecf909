package config

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"hopcap/sweep/study"
)

// sound is the config that the tests of faults break; its lines are counted.
const sound = `seed = 1
[model]
kind = "fair"
[experiment]
kind = "toss"
[sweep]
N = 100
alpha = 0.1
samples = 10
`

func TestSoundConfigHasNoFault(t *testing.T) {
	if faults := faultsOf(sound); faults != nil {
		t.Error(strings.Join(faults, "\n"))
	}
}

// Each case breaks the sound config in one way and quotes all that is said of it.
func TestFaults(t *testing.T) {
	const (
		seed    = "seed = 1\n"
		model   = "[model]\nkind = \"fair\"\n"
		fair    = "kind = \"fair\"\n"
		toss    = "kind = \"toss\"\n"
		size    = "N = 100\n"
		load    = "alpha = 0.1\n"
		samples = "samples = 10\n"
	)
	cases := []struct {
		name     string
		old, new string
		want     []string
	}{
		// The top of the file.
		{"no seed", seed, "", []string{
			`x.toml: seed: must be given, an integer of 0 or more: the whole study is drawn from it`}},
		{"negative seed", seed, "seed = -1\n", []string{
			`x.toml:1: seed = -1: must be an integer of 0 or more`}},
		{"decimal seed", seed, "seed = 1.0\n", []string{
			`x.toml:1: seed = 1.0: must be an integer of 0 or more`}},
		{"seed in text", seed, "seed = \"clock\"\n", []string{
			`x.toml:1: seed = "clock": must be an integer of 0 or more`}},
		{"title a number", seed, seed + "title = 7\n", []string{
			`x.toml:2: title = 7: must be text in quotes`}},
		{"Title", seed, seed + "Title = \"a\"\n", []string{
			`x.toml:2: Title = "a": unknown key; did you mean "title"?`}},
		{"samples at the top", seed, seed + "samples = 10\n", []string{
			`x.toml:2: samples = 10: belongs in [sweep]`}},
		{"overlap at the top", seed, seed + "overlap = 1.0\n", []string{
			`x.toml:2: overlap = 1.0: belongs in [experiment]`}},
		{"nonsense at the top", seed, seed + "colour = \"red\"\n", []string{
			`x.toml:2: colour = "red": unknown key; the keys here are title and seed`}},
		{"odd key", seed, seed + "\"a b\" = 1\n", []string{
			`x.toml:2: "a b" = 1: unknown key; the keys here are title and seed`}},
		{"a misspelt table", "[model]", "[modal]", []string{
			`x.toml:2: [modal]: unknown table; did you mean [model]?`,
			`x.toml: model.kind: must be given, "fair" or "biased"`}},
		{"an unknown table", seed, seed + "[plotting]\nx = 1\n", []string{
			`x.toml:2: [plotting]: unknown table; there are [sweep], [model], [dynamics], [experiment], [stop]`}},
		{"sweep in another case", "[sweep]", "[Sweep]", []string{
			`x.toml:6: [Sweep]: unknown table; did you mean [sweep]?`,
			`x.toml: [sweep]: must be given: the grid, with N, alpha or K and samples`}},
		{"a table that is a number", model, "model = 3\n", []string{
			`x.toml:2: model = 3: must be a table, [model]`,
			`x.toml:2: model.kind: must be given, "fair" or "biased"`}},
		{"several models", "[model]", "[[model]]", []string{
			`x.toml:2: [[model]]: must be one table, [model]; only [[sweep]] may come several times`,
			`x.toml:2: model.kind: must be given, "fair" or "biased"`}},
		{"sweep a number", "[sweep]\n" + size + load + samples, "[dynamics]\n", []string{
			`x.toml: [sweep]: must be given: the grid, with N, alpha or K and samples`}},

		// The tables.
		{"unknown kind", fair, "kind = \"fiar\"\n", []string{
			`x.toml:3: model.kind = "fiar": must be "fair" or "biased"; did you mean "fair"?`}},
		{"kind in another case", fair, "kind = \"Fair\"\n", []string{
			`x.toml:3: model.kind = "Fair": must be "fair" or "biased"; did you mean "fair"?`}},
		{"kind far off", fair, "kind = \"hopfield\"\n", []string{
			`x.toml:3: model.kind = "hopfield": must be "fair" or "biased"`}},
		{"kind a number", fair, "kind = 1\n", []string{
			`x.toml:3: model.kind = 1: must be "fair" or "biased"`}},
		{"missing kind", fair, "", []string{
			`x.toml:2: model.kind: must be given, "fair" or "biased"`}},
		{"missing key of a kind", fair, "kind = \"biased\"\n", []string{
			`x.toml:2: model.bias: must be given, a number, −1 … 1`}},
		{"key of another kind", fair, fair + "bias = 0.5\n", []string{
			`x.toml:4: model.bias = 0.5: applies only where model.kind is "biased"`}},
		{"key of another table", fair, fair + "overlap = 1\n", []string{
			`x.toml:4: model.overlap = 1: belongs in [experiment]`}},
		{"key of the grid", fair, fair + "N = 100\n", []string{
			`x.toml:4: model.N = 100: belongs in [sweep]`}},
		{"seed in a table", fair, fair + "seed = 100\n", []string{
			`x.toml:4: model.seed = 100: belongs at the top, before any table`}},
		{"key in another case", fair, fair + "Thick = true\n", []string{
			`x.toml:4: model.Thick = true: unknown key; did you mean "thick"?`}},
		{"misspelt key of another table", toss, toss + "max_sweep = 1\n", []string{
			`x.toml:6: experiment.max_sweep = 1: unknown key; did you mean "max_sweeps", which belongs in [dynamics]?`}},
		{"unknown key", toss, toss + "zzz = 1\n", []string{
			`x.toml:6: experiment.zzz = 1: unknown key; the keys here are kind, cue, overlap, remark and spin`}},
		{"bool in text", fair, fair + "thick = \"true\"\n", []string{
			`x.toml:4: model.thick = "true": must be true or false`}},
		{"bool as a number", fair, fair + "thick = 1\n", []string{
			`x.toml:4: model.thick = 1: must be true or false`}},
		{"out of range", toss, toss + "overlap = 1.01\n", []string{
			`x.toml:6: experiment.overlap = 1.01: must be −1 … 1`}},
		{"not a number", toss, toss + "overlap = nan\n", []string{
			`x.toml:6: experiment.overlap = nan: must be a number, −1 … 1`}},
		{"infinite", toss, toss + "overlap = -inf\n", []string{
			`x.toml:6: experiment.overlap = -inf: must be a number, −1 … 1`}},
		{"too small to be told from 0", toss, toss + "overlap = 1e-400\n", []string{
			`x.toml:6: experiment.overlap = 1e-400: must be a number of a size between 1e-100 and 1e100, or 0`}},
		{"a date", toss, toss + "overlap = 1985-05-27 07:32:00\n", []string{
			`x.toml:6: experiment.overlap = 1985-05-27 07:32:00: must be a number, −1 … 1`}},
		{"an axis outside sweep", toss, toss + "overlap = [0.5, 1.0]\n", []string{
			`x.toml:6: experiment.overlap = [0.5, 1.0]: must be a number, −1 … 1; an axis belongs in [sweep]`}},
		{"the model's axis outside sweep", fair, "kind = [\"fair\", \"biased\"]\n", []string{
			`x.toml:3: model.kind = ["fair", "biased"]: must be "fair" or "biased"; an axis belongs in [sweep], as model = ["…"]`}},
		{"an experiment of two kinds", toss, "kind = [\"toss\", \"toss\"]\n", []string{
			`x.toml:5: experiment.kind = ["toss", "toss"]: must be "toss"`}},
		{"what only Compile knows", toss, toss + "overlap = -0.5\ncue = \"partial\"\n", []string{
			`x.toml:6: experiment.overlap = -0.5: must be 0 … 1 for partial cues`}},

		// The grid.
		{"n for N", size, "n = 100\n", []string{
			`x.toml:6: sweep.N: must be given, an integer, 2 … 1000000`,
			`x.toml:7: sweep.n = 100: unknown key; did you mean "N"?`}},
		{"sample for samples", samples, "sample = 10\n", []string{
			`x.toml:6: sweep.samples: must be given, an integer of 1 or more: the independent samples of each point`,
			`x.toml:9: sweep.sample = 10: unknown key; did you mean "samples"?`}},
		{"no samples", samples, "samples = 0\n", []string{
			`x.toml:9: sweep.samples = 0: must be an integer, 1 … 1000000000`}},
		{"samples as an axis", samples, "samples = [10, 20]\n", []string{
			`x.toml:9: sweep.samples = [10, 20]: must be an integer, 1 … 1000000000`}},
		{"no cues", samples, samples + "cues = 0\n", []string{
			`x.toml:10: sweep.cues = 0: must be an integer, 1 … 1000000000`}},
		{"more cues than patterns", samples, samples + "cues = 11\n", []string{
			`x.toml:10: sweep.cues = 11: must be at most K = 10`}},
		{"integer in exponent form", size, "N = 1e3\n", []string{
			`x.toml:7: sweep.N = 1e3: must be an integer, 2 … 1000000`}},
		{"integer with a point", size, "N = 1000.0\n", []string{
			`x.toml:7: sweep.N = 1000.0: must be an integer, 2 … 1000000`}},
		{"too small", size, "N = 1\n", []string{
			`x.toml:7: sweep.N = 1: must be 2 … 1000000`}},
		{"all that is wrong with an array", size, "N = [100, 1, 200.0, \"x\", 100]\n", []string{
			`x.toml:7: sweep.N = 200.0, "x": must be an integer, 2 … 1000000`,
			`x.toml:7: sweep.N = 100: given twice in one array`,
			`x.toml:7: sweep.N = 1: must be 2 … 1000000`}},
		{"the lines of an array", load, "alpha = [-0.1, # a comment, with \"quotes\" and [brackets]\n  0.1,\n 0, nan]\n", []string{
			`x.toml:8: sweep.alpha = -0.1: must be greater than 0`,
			`x.toml:10: sweep.alpha = nan: must be a number, greater than 0`,
			`x.toml:10: sweep.alpha = 0: must be greater than 0`}},
		{"equal numbers in an array", load, "alpha = [0.1, 0.10, 1e-1]\n", []string{
			`x.toml:8: sweep.alpha = 0.10, 1e-1: given twice in one array`}},
		{"an empty array", size, "N = []\n", []string{
			`x.toml:7: sweep.N = []: must have at least one value`}},
		{"an array of arrays", size, "N = [[100]]\n", []string{
			`x.toml:7: sweep.N = [100]: must be an integer, 2 … 1000000`}},
		{"many bad values", load, "alpha = { from = -1, to = 0, step = 0.01 }\n", []string{
			`x.toml:8: sweep.alpha = -1, -0.99, -0.98, -0.97, -0.96, -0.95, -0.94, -0.93 and 93 more: must be greater than 0`}},
		{"a load without a pattern", load, "alpha = 0.001\n", []string{
			`x.toml:8: sweep.alpha = 0.001: gives K = 0 at N = 100, must give at least 1`}},
		{"many faults of a kind", size + load, "N = { from = 10, to = 15, step = 1 }\nalpha = 0.001\n", []string{
			`x.toml:8: sweep.alpha = 0.001: gives K = 0 at N = 10, must give at least 1`,
			`x.toml:8: sweep.alpha = 0.001: gives K = 0 at N = 11, must give at least 1`,
			`x.toml:8: sweep.alpha = 0.001: gives K = 0 at N = 12, must give at least 1`,
			`x.toml:8: sweep.alpha = 0.001: gives K = 0 at N = 13, must give at least 1 (and more like this)`}},
		{"neither alpha nor K", load, "", []string{
			`x.toml:6: sweep: must have alpha or K`}},
		{"both alpha and K", load, load + "K = 10\n", []string{
			`x.toml:9: sweep.K = 10: must not be given together with alpha (line 8)`}},
		{"given in both places", samples, samples + "model = [\"fair\"]\n", []string{
			`x.toml:10: sweep.model = ["fair"]: given in both [model] (line 3) and [sweep]; must be in only one of them`}},
		{"the experiment as an axis", samples, samples + "experiment = [\"toss\"]\n", []string{
			`x.toml:10: sweep.experiment = ["toss"]: cannot be an axis: experiment.kind has one value in a whole study, and belongs in [experiment]`}},
		{"a kind as an axis", samples, samples + "kind = [\"fair\"]\n", []string{
			`x.toml:10: sweep.kind = ["fair"]: not an axis by this name: the kind of a table goes by the table's, as in model = ["…"]`}},
		{"a free key as an axis", samples, samples + "remark = \"x\"\n", []string{
			`x.toml:10: sweep.remark = "x": cannot be an axis: experiment.remark has one value in a whole study, and belongs in [experiment]`}},
		{"the seed as an axis", samples, samples + "seed = [1, 2]\n", []string{
			`x.toml:10: sweep.seed = [1, 2]: belongs at the top, before any table`}},
		{"one text of an axis", samples, samples + "order = [\"random\", \"parallell\"]\n", []string{
			`x.toml:10: sweep.order = "parallell": must be "random", "typewriter" or "parallel"; did you mean "parallel"?`}},
		{"an axis of another kind", samples, samples + "bias = [0.1]\n", []string{
			`x.toml:10: sweep.bias = [0.1]: applies only where model.kind is "biased"`}},
		{"a second block", samples, samples + "[[sweep]]\n", []string{
			`x.toml:10: not valid TOML: Key 'sweep' was already created and cannot be used as an array.`}},

		// Ranges.
		{"a misspelt range", load, "alpha = { from = 0.1, to = 0.2, stepp = 0.01 }\n", []string{
			`x.toml:8: sweep.alpha.stepp = 0.01: unknown key; a range has from, to, step, count and scale; did you mean "step"?`}},
		{"half a range", load, "alpha = { from = 0.1, step = 0.01 }\n", []string{
			`x.toml:8: sweep.alpha = { from = 0.1, step = 0.01 }: a range must have both from and to`}},
		{"no step", load, "alpha = { from = 0.1, to = 0.2 }\n", []string{
			`x.toml:8: sweep.alpha = { from = 0.1, to = 0.2 }: a range must have either step or count`}},
		{"step and count", load, "alpha = { from = 0.1, to = 0.2, step = 0.1, count = 2 }\n", []string{
			`x.toml:8: sweep.alpha = { from = 0.1, to = 0.2, step = 0.1, count = 2 }: a range must have either step or count`}},
		{"step away from the end", load, "alpha = { from = 0.1, to = 0.2, step = -0.1 }\n", []string{
			`x.toml:8: sweep.alpha.step = -0.1: must be greater than 0, since to is above from`}},
		{"no way to go", load, "alpha = { from = 0.1, to = 0.2, step = 0 }\n", []string{
			`x.toml:8: sweep.alpha.step = 0: must be greater than 0, since to is above from`}},
		{"down by an upward step", load, "alpha = { from = 0.2, to = 0.1, step = 0.1 }\n", []string{
			`x.toml:8: sweep.alpha.step = 0.1: must be less than 0, since to is below from`}},
		{"a range of one", load, "alpha = { from = 0.2, to = 0.20, count = 2 }\n", []string{
			`x.toml:8: sweep.alpha.to = 0.20: must not be equal to from`}},
		{"a count of one", load, "alpha = { from = 0.1, to = 0.2, count = 1 }\n", []string{
			`x.toml:8: sweep.alpha.count = 1: must be 2 … 1000000`}},
		{"a count that is no integer", load, "alpha = { from = 0.1, to = 0.2, count = 2.5 }\n", []string{
			`x.toml:8: sweep.alpha.count = 2.5: must be an integer, 2 … 1000000`}},
		{"log from 0", load, "alpha = { from = 0, to = 0.2, count = 5, scale = \"log\" }\n", []string{
			`x.toml:8: sweep.alpha.from = 0: must be greater than 0 with scale = "log"`}},
		{"log by steps", load, "alpha = { from = 0.1, to = 0.2, step = 0.1, scale = \"log\" }\n", []string{
			`x.toml:8: sweep.alpha.step = 0.1: a range with scale = "log" takes count`}},
		{"unknown scale", load, "alpha = { from = 0.1, to = 0.2, count = 5, scale = \"Log\" }\n", []string{
			`x.toml:8: sweep.alpha.scale = "Log": must be "linear" or "log"; did you mean "log"?`}},
		{"a range of texts", samples, samples + "order = { from = 1, to = 2, step = 1 }\n", []string{
			`x.toml:10: sweep.order = { from = 1, to = 2, step = 1 }: must be "random", "typewriter" or "parallel", or an array of such; a range is for numbers`}},
		{"integers by fractions", size, "N = { from = 100, to = 200, step = 0.5 }\n", []string{
			`x.toml:7: sweep.N.step = 0.5: must be an integer`}},
		{"an endless range", load, "alpha = { from = 0.1, to = 0.2, step = 1e-99 }\n", []string{
			`x.toml:8: sweep.alpha = { from = 0.1, to = 0.2, step = 1e-99 }: has 1` + strings.Repeat("0", 97) + `1 values, must have at most 1000000`}},
		{"a grid of 10^12 points", size + load, "N = { from = 101, to = 10100, step = 1 }\nalpha = { from = 0.0001, to = 1, step = 0.0001 }\noverlap = { from = 0.0001, to = 1, step = 0.0001 }\n", []string{
			`x.toml:6: sweep: the grid has 1000000000000 points, must have at most 1000000`}},

		// TOML itself.
		{"a word without quotes", toss, "kind = toss\n", []string{
			`x.toml:5: not valid TOML: expected value but found "toss" instead`}},
		{"an open array", size, "N = [100\n", []string{
			`x.toml:8: not valid TOML: expected a comma (',') or array terminator (']'), but got 'a'`}},
		{"a number without a digit", load, "alpha = .1\n", []string{
			`x.toml:8: not valid TOML: floats must start with a digit, not '.'`}},
		{"an integer beyond all", size, "N = 99999999999999999999\n", []string{
			`x.toml:7: not valid TOML: 99999999999999999999 is out of range for int64`}},
		{"a key twice, and more", fair, fair + "kind = [\n\"fair\"]\nfoo = 1\n", []string{
			`x.toml:4: model.kind = [ "fair"]: given twice, first on line 3`,
			`x.toml:6: model.foo = 1: unknown key; the keys here are kind, bias, rough and thick`}},
		{"a table twice", toss, toss + "[model]\nthick = true\n", []string{
			`x.toml:6: [model]: given twice, first on line 2`}},
		{"not UTF-8", toss, toss + "remark = \"\xff\"\n", []string{
			`x.toml:6: not valid TOML: a TOML file is UTF-8 text`}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if strings.Count(sound, c.old) != 1 {
				t.Fatalf("%q is in the sound config %d times", c.old, strings.Count(sound, c.old))
			}
			got := faultsOf(strings.Replace(sound, c.old, c.new, 1))
			if !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

// An empty file is told all that it must have.
func TestEmptyFile(t *testing.T) {
	want := []string{
		`x.toml: seed: must be given, an integer of 0 or more: the whole study is drawn from it`,
		`x.toml: [sweep]: must be given: the grid, with N, alpha or K and samples`,
	}
	if got := faultsOf(""); !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

// Faults in different tables come in one answer, by line, and those of values that
// need no grid come even where the grid is broken.
func TestAllFaultsAtOnce(t *testing.T) {
	src := `seed = -1
[model]
kind = "biased"
bias = 3
[dynamics]
order = "parallel "
max_sweeps = 0
[experiment]
kind = "toss"
overlap = 2
[[sweep]]
N = "many"
alpha = -0.1
samples = 1
[[sweep]]
N = 100
K = [10, 0]
samples = 0
`
	want := []string{
		`x.toml:1: seed = -1: must be an integer of 0 or more`,
		`x.toml:4: model.bias = 3: must be −1 … 1`,
		`x.toml:6: dynamics.order = "parallel ": must be "random", "typewriter" or "parallel"; did you mean "parallel"?`,
		`x.toml:7: dynamics.max_sweeps = 0: must be at least 1`,
		`x.toml:10: experiment.overlap = 2: must be −1 … 1`,
		`x.toml:12: sweep.N = "many": must be an integer, 2 … 1000000`,
		`x.toml:13: sweep.alpha = -0.1: must be greater than 0`,
		`x.toml:17: sweep.K = 0: must be at least 1`,
		`x.toml:18: sweep.samples = 0: must be an integer, 1 … 1000000000`,
	}
	if got := faultsOf(src); !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

// A value is not judged beside others that are not known.
func TestChecksNeedWhatTheyAskFor(t *testing.T) {
	e := toyExperiment()
	for i := range e.Keys {
		if e.Keys[i].Name == "max_sweeps" {
			e.Keys[i].Check = func(s study.Settings) bool { return s.Int("max_sweeps") <= 2*s.Int("N") }
		}
	}
	for block, want := range map[string]string{
		"K = 3\nsamples = 1\n":           "x.toml:6: sweep.N: must be given, an integer, 2 … 1000000",
		"K = 3\nsamples = 0\nN = 1000\n": "x.toml:8: sweep.samples = 0: must be an integer, 1 … 1000000000",
		"K = 3\nsamples = 1\nN = 100\n":  "x.toml:6: dynamics.max_sweeps = 1000: must be at least 1",
	} {
		_, err := Parse("x.toml", []byte(toyTables+"[sweep]\n"+block), e)
		if err == nil || err.Error() != want {
			t.Errorf("got %v\nwant %s", err, want)
		}
	}
}

func TestFaultsCanBeTakenApart(t *testing.T) {
	_, err := Parse("x.toml", []byte("seed = 1"), toyExperiment())
	var faults Faults
	if !errors.As(err, &faults) || len(faults) != 1 || faults[0].Key != "[sweep]" {
		t.Errorf("got %#v", err)
	}
}
