package plots

import (
	"slices"
	"strings"
	"testing"
)

// good is a figure without fault, to which each test adds one.
func good() map[string]any {
	return map[string]any{"x": "alpha", "y": []any{"overlap_final", "retrieved"}, "series": "N", "theory": []any{"ags"}}
}

func TestGoodFigures(t *testing.T) {
	for _, extra := range []map[string]any{
		{},
		{"name": "collapse-2", "width": int64(12), "columns": int64(2), "join": true, "caption": "What is seen."},
		{"x_scale": "log", "y_scale": "linear", "x_limits": []any{0.1, int64(1)}, "y_limits": []any{int64(-1), 1.5}},
		{"x": "alpha * N^0.5", "x_label": `$\alpha\sqrt{N}$`, "where": map[string]any{"N": int64(500)}},
		{"kind": "curves", "y_label": []any{"$m$", "$P$"}, "panels": "temperature"},
		{"x_scale": "log", "y_scale": "log", "fit": "power", "inset": map[string]any{"x": "N", "y": "sweeps"}},
		{"y": "retrieved_low"},
		{"y_scale": []any{"linear", "log"}, "x_limits": []any{[]any{0.1, 0.2}, []any{}}, "where": []any{map[string]any{"N": int64(500)}, map[string]any{}}},
	} {
		table := good()
		for k, v := range extra {
			table[k] = v
		}
		if faults := Check([]map[string]any{table}, studyColumns, studyAxes...); len(faults) > 0 {
			t.Errorf("%v: %v", extra, faults)
		}
	}
}

func TestGoodFiguresOfOtherKinds(t *testing.T) {
	for _, table := range []map[string]any{
		{"kind": "map", "x": "alpha", "y": "temperature", "z": "overlap_final", "z_limits": []any{0.0, 1.0}, "theory": "retrieval_temperature"},
		{"kind": "areas", "x": "alpha", "y": []any{"retrieved", "1 - retrieved"}, "labels": []any{"a", "b"}, "y_label": "share"},
		{"kind": "histogram", "x": "overlap_final", "bins": int64(40), "table": "trials"},
		{"kind": "ridgeline", "x": "overlap_final"},
		{"kind": "trajectories", "x": "time", "y": "overlap_final"},
	} {
		if table["kind"] == "areas" {
			table["y"] = []any{"retrieved", "spurious"}
		}
		if faults := Check([]map[string]any{table}, studyColumns, studyAxes...); len(faults) > 0 {
			t.Errorf("%v: %v", table, faults)
		}
	}
}

// Each mistake is named by its key, with its value and what is allowed.
func TestFaults(t *testing.T) {
	for _, c := range []struct {
		key   string
		value any
		want  string
	}{
		{"colour", "red", `figure.colour = "red": is not a key of a figure: must be one of name, kind`},
		{"colums", int64(2), `figure.colums = 2: is not a key of a figure; did you mean "columns"?`},
		{"X", "alpha", `figure.X = "alpha": is not a key of a figure`},
		{"name", "a/b", `figure.name = "a/b": must be a file name`},
		{"name", int64(3), "figure.name = 3: must be a file name"},
		{"kind", "pie", `figure.kind = "pie": must be "curves", "areas"`},
		{"x", "alpah", `figure.x = "alpah": is no column; did you mean "alpha"?`},
		{"x", []any{"alpha"}, `figure.x = ["alpha"]: must be the name of a column`},
		{"x", "alpha +", `figure.x = "alpha +": expression "alpha +": it ends too early`},
		{"x", "alpha * N", "figure.x_label: is missing: arithmetic needs a label"},
		{"y", []any{}, "figure.y = []: must be the name"},
		{"y", []any{"retrieved", int64(1)}, `figure.y = ["retrieved", 1]: must be`},
		{"y", "retreived", `figure.y = "retreived": is no column; did you mean "retrieved"?`},
		{"series", "M", `figure.series = "M": is no column: must be one of N, K, alpha, overlap_final, retrieved, spurious, sweeps, or a key of the config`},
		{"panels", "M", `figure.panels = "M": is no column: must be one of`},
		{"where", map[string]any{"M": int64(1)}, `figure.where = "M": is no column: must be one of`},
		{"where", "N", `figure.where = "N": must be a table`},
		{"where", map[string]any{"N": []any{[]any{int64(1)}}}, "or lists of values"},
		{"where", map[string]any{"N": []any{}}, "or lists of values"},
		{"where", map[string]any{"N": map[string]any{}}, "or lists of values"},
		{"theory", "AGS", `figure.theory = "AGS": is no theory; did you mean "ags"?`},
		{"x_scale", "logarithmic", `figure.x_scale = "logarithmic": must be "linear" or "log"`},
		{"x_limits", []any{1.0, 0.0}, "figure.x_limits = [1, 0]: must be two numbers, the smaller first"},
		{"x_limits", []any{1.0}, "figure.x_limits = [1]: must be two numbers"},
		{"x_label", `$\alfa$`, `there is no \alfa`},
		{"y_label", "one", `figure.y_label = "one": must be as many as y, 2`},
		{"width", 100.0, "figure.width = 100: must be a number of centimetres"},
		{"columns", int64(0), "figure.columns = 0: must be a number of panels"},
		{"join", "yes", `figure.join = "yes": must be true or false`},
		{"fit", "power", `figure.fit = "power": needs x_scale = "log"`},
		{"fit", "cubic", `figure.fit = "cubic": must be "linear" or "power"`},
		{"bins", int64(10), "figure.bins = 10: says nothing about curves"},
		{"y_scale", []any{"log"}, `figure.y_scale = ["log"]: must be one, or as many as y, 2`},
		{"y_scale", []any{"log", "cubic"}, `figure.y_scale = ["log", "cubic"]: must be "linear" or "log"`},
		{"y_limits", []any{[]any{0.0, 1.0}}, `must be one, or as many as y, 2`},
		{"x_limits", []any{[]any{0.0, 1.0}, []any{1.0, 0.0}}, "must be two numbers, the smaller first, or a list"},
		{"where", []map[string]any{{"M": int64(1)}, {}}, `figure.where = "M": is no column`},
		{"z", "retrieved", `figure.z = "retrieved": says nothing about curves`},
		{"inset", "N", `figure.inset = "N": must be a table`},
		{"inset", map[string]any{"x": "N"}, "figure.inset.y: is missing"},
		{"inset", map[string]any{"x": "N", "y": "sweeps", "width": 3.0}, "figure.inset.width = 3: is not a key of a figure"},
		{"inset", map[string]any{"x": "N", "y": "sweeps", "z": "N"}, "figure.inset.z = \"N\": is not a key of a figure"},
		{"inset", map[string]any{"x": "N", "y": []any{"sweeps", "retrieved"}}, "figure.inset.y"},
	} {
		table := good()
		table[c.key] = c.value
		faults := Check([]map[string]any{table}, studyColumns, studyAxes...)
		if len(faults) != 1 || !strings.Contains(faults[0].String(), c.want) {
			t.Errorf("%s = %v: got %v, want one fault with %q", c.key, c.value, faults, c.want)
		}
	}
}

func TestMissingKeys(t *testing.T) {
	for kind, want := range map[string][]string{
		"":             {"x", "y"},
		"map":          {"x", "y", "z"},
		"histogram":    {"x"},
		"trajectories": {"x", "y"},
	} {
		table := map[string]any{}
		if kind != "" {
			table["kind"] = kind
		}
		var got []string
		for _, f := range Check([]map[string]any{table}, studyColumns, studyAxes...) {
			if strings.Contains(f.Allowed, "is missing") {
				got = append(got, strings.TrimPrefix(f.Key, "figure."))
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: missing are %v, want %v", kind, got, want)
		}
	}
}

// Everything that may be said is documented.
func TestGrammarIsWhole(t *testing.T) {
	for _, s := range settings {
		if !strings.Contains(Grammar, s.name) {
			t.Errorf("the grammar lacks the key %s", s.name)
		}
	}
	for _, kind := range kinds {
		if !strings.Contains(Grammar, "\n  "+kind) {
			t.Errorf("the grammar lacks the kind %s", kind)
		}
	}
}

func TestEveryKindKnowsItsNeeds(t *testing.T) {
	for _, kind := range kinds {
		if kind != "states" && (builders[kind] == nil || len(needs[kind].must) == 0) || len(needs[kind].not) == 0 {
			t.Errorf("%s: no builder, or nothing that it needs, or nothing that says nothing about it", kind)
		}
	}
}

// With several figures each fault says which, and all come at once.
func TestFaultsOfSeveralFigures(t *testing.T) {
	a, b := good(), good()
	a["name"], b["name"], b["x"] = "same", "same", "alfa"
	var keys []string
	for _, f := range Check([]map[string]any{a, b}, studyColumns, studyAxes...) {
		keys = append(keys, f.Key)
	}
	if want := []string{"figure[2].name", "figure[2].x"}; !slices.Equal(keys, want) {
		t.Errorf("got %v, want %v", keys, want)
	}
}

// Without axes any name may be one, since nobody has said which there are.
func TestAxesOnTrust(t *testing.T) {
	if faults := Check([]map[string]any{good()}, studyColumns); len(faults) > 0 {
		t.Error(faults)
	}
	table := good()
	table["y"] = "retreived"
	if faults := Check([]map[string]any{table}, studyColumns); len(faults) != 1 || faults[0].Key != "figure.y" {
		t.Errorf("got %v, want a fault: y must be measured", faults)
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("x", "alpha", 1.0, int64(2))
	f.Add("inset", "y", 0.0, int64(0))
	f.Add("kind", "map", -1.0, int64(7))
	f.Fuzz(func(t *testing.T, key, text string, number float64, whole int64) {
		for _, v := range []any{text, number, whole, true, []any{text, number}, map[string]any{text: whole, key: text}, nil} {
			table := good()
			table[key] = v
			for _, fault := range Check([]map[string]any{table}, studyColumns, studyAxes...) {
				if fault.Key == "" || fault.Allowed == "" {
					t.Errorf("%s = %v: a fault without key or remedy: %v", key, v, fault)
				}
			}
		}
	})
}

// A kind that shows records says so, for the caller to load them.
func TestSpecsNameTheirTable(t *testing.T) {
	specs, faults := Specs([]map[string]any{{"kind": "histogram", "x": "overlap_final"}, good()}, studyColumns, studyAxes...)
	if len(faults) > 0 || specs[0].Table != "trials" || specs[1].Table != "" {
		t.Errorf("tables %q, %q, faults %v", specs[0].Table, specs[1].Table, faults)
	}
}
