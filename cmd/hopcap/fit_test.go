package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hopcap/sweep/fit"
	"hopcap/sweep/scaling"
)

// transitions is a study of sizes so small that it takes a moment.
const transitions = `title = "transitions"
seed  = 7

[model]
kind = "hopfield"

[patterns]
ensemble = "unbiased"

[experiment]
kind = "retrieval"

[[sweep]]
N       = [100, 200, 400]
alpha   = { from = 0.14, to = 0.26, step = 0.02 }
samples = 120

[[sweep]]
N       = [800, 1200]
alpha   = { from = 0.14, to = 0.20, step = 0.01 }
samples = 60
`

func transitionResults(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	config := filepath.Join(dir, "transitions.toml")
	if err := os.WriteFile(config, []byte(transitions), 0o666); err != nil {
		t.Fatal(err)
	}
	must(t, "run", config, "--out", dir)
	return dir
}

// fitted runs the command and returns what it wrote where.
func fitted(t *testing.T, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	c := fitCommand()
	c.SetArgs(args)
	c.SetOut(&out)
	c.SetErr(&err)
	if fault := c.Execute(); fault != nil {
		t.Fatalf("fit %s: %v\n%s", strings.Join(args, " "), fault, &err)
	}
	return out.String(), err.String()
}

// readScaling is scaling.json as others would read it.
func readScaling(t *testing.T, dir string) (out struct {
	Studies []struct {
		Study    string
		CutShort int `json:"cut_short"`
		Critical map[string]float64
		Variants []map[string]any
		Fits     []map[string]any
	}
}) {
	t.Helper()
	if err := json.Unmarshal(content(t, filepath.Join(dir, "scaling.json")), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestFit(t *testing.T) {
	dir := transitionResults(t)
	stdout, stderr := fitted(t, dir, "--format", "svg", "--replicates", "100")
	if !strings.Contains(stderr, "transitions: α_c = 0.1") {
		t.Errorf("summary %q", stderr)
	}
	for _, file := range []string{"thresholds.csv", "scaling.json", "fit-fraction.svg", "fit-threshold.svg", "fit-collapse.svg", "fit-overlap.svg"} {
		if _, err := os.Stat(filepath.Join(dir, file)); err != nil || !strings.Contains(stdout, file) {
			t.Errorf("%s: %v", file, err)
		}
	}
	t.Run("scaling", func(t *testing.T) { checkScaling(t, dir) })
	t.Run("thresholds", func(t *testing.T) { checkThresholds(t, dir) })
	t.Run("the same bytes again", func(t *testing.T) {
		again := t.TempDir()
		fitted(t, dir, "--out", again, "--format", "svg", "--replicates", "100")
		for _, file := range strings.Fields(stdout) {
			if !bytes.Equal(content(t, file), content(t, filepath.Join(again, filepath.Base(file)))) {
				t.Errorf("%s differs", filepath.Base(file))
			}
		}
	})
}

func TestSummaryNamesWhatIsUnknown(t *testing.T) {
	r := &fit.Result{
		Study:    &fit.Study{Label: "few"},
		Variants: make([]fit.Variant, 1),
		Critical: scaling.Critical{Value: 0.14, Statistical: 3e-4, Laws: 4e-4, Criterion: math.NaN()},
	}
	want := "few: α_c = 0.14000 ± 0.00030 (statistical) ± 0.00040 (systematic: laws 0.00040, criterion unknown, estimator 0.00000)"
	if got := fitSummary(r); got != want {
		t.Errorf("got %q", got)
	}
}

func content(t *testing.T, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func checkScaling(t *testing.T, dir string) {
	s := readScaling(t, dir).Studies
	if len(s) != 1 || s[0].Study != "transitions" || s[0].CutShort != 0 || len(s[0].Fits) == 0 {
		t.Fatalf("%+v", s)
	}
	if len(s[0].Variants) < 4 {
		t.Errorf("%d variants", len(s[0].Variants))
	}
	c := s[0].Critical
	if c["value"] < 0.10 || c["value"] > 0.17 || math.Abs(c["error"]-math.Hypot(c["statistical"], c["systematic"])) > 1e-8 {
		t.Errorf("α_c: %v", c)
	}
}

// The quoted rows come first, by size, and the thresholds fall.
func checkThresholds(t *testing.T, dir string) {
	rows, err := csv.NewReader(bytes.NewReader(content(t, filepath.Join(dir, "thresholds.csv")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(rows[0], fit.ThresholdColumns) {
		t.Fatalf("columns %v", rows[0])
	}
	before := 1.0
	for i, n := range []string{"100", "200", "400", "800", "1200"} {
		row := rows[i+1]
		if half, err := strconv.ParseFloat(row[4], 64); err != nil || half >= before {
			t.Errorf("α_½ = %s after %v", row[4], before)
		} else {
			before = half
		}
		if !slices.Equal(row[:4], []string{"transitions", n, "0.7", "probit"}) {
			t.Errorf("row %d begins %v", i+1, row[:4])
		}
	}
}

// Axes other than N and the load make studies of their own.
func TestFitSeparatesStudies(t *testing.T) {
	dir := t.TempDir()
	config := filepath.Join(dir, "orders.toml")
	text := strings.ReplaceAll(transitions, "[[sweep]]", "[[sweep]]\norder = [\"random\", \"parallel\"]")
	if err := os.WriteFile(config, []byte(strings.ReplaceAll(text, "120\n", "60\n")), 0o666); err != nil {
		t.Fatal(err)
	}
	must(t, "run", config, "--out", dir)
	fitted(t, dir, "--format", "svg", "--replicates", "100")
	s := readScaling(t, dir).Studies
	if len(s) != 2 || s[0].Study != "order=random" || s[1].Study != "order=parallel" {
		t.Errorf("%+v", s)
	}
}

// With one pattern set at each load there is no error, and no law: that is said once.
func TestFitOfSingleSamples(t *testing.T) {
	dir := t.TempDir()
	config := filepath.Join(dir, "single.toml")
	text := strings.NewReplacer("120\n", "1\n", "60\n", "1\n").Replace(transitions)
	if err := os.WriteFile(config, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	must(t, "run", config, "--out", dir)
	_, stderr := fitted(t, dir, "--format", "svg", "--replicates", "100")
	if n := strings.Count(stderr, "no law fits"); n != 1 {
		t.Errorf("\"no law fits\" is said %d times:\n%s", n, stderr)
	}
	rows, err := csv.NewReader(bytes.NewReader(content(t, filepath.Join(dir, "thresholds.csv")))).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, row := range rows[1:] {
		if row[4] == "" || strings.Join(row[5:8], "") != "" || row[15] != "0" {
			t.Errorf("α_½ = %s ± %s, %s … %s, extrapolated %s", row[4], row[5], row[6], row[7], row[15])
		}
	}
	if s := readScaling(t, dir).Studies[0]; s.Critical != nil || len(s.Fits) > 0 {
		t.Errorf("%+v", s)
	}
}

func TestFitRefuses(t *testing.T) {
	for _, args := range [][]string{{"x", "--format", "gif"}, {"x", "--replicates", "5"}} {
		c := fitCommand()
		c.SetArgs(args)
		c.SetOut(&bytes.Buffer{})
		c.SetErr(&bytes.Buffer{})
		if err := c.Execute(); exitCode(err) != exitUsage {
			t.Errorf("fit %v: %v", args, err)
		}
	}
}
