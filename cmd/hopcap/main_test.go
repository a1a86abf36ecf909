package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// command runs one command line and returns what it wrote and its exit code.
func command(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, err bytes.Buffer
	code = hopcap(t.Context(), args, &out, &err)
	return out.String(), err.String(), code
}

// must runs a command line that succeeds, and returns its results.
func must(t *testing.T, args ...string) string {
	t.Helper()
	out, err, code := command(t, args...)
	if code != exitDone {
		t.Fatalf("hopcap %s: exit %d\n%s", strings.Join(args, " "), code, err)
	}
	return out
}

const small = "testdata/small.toml"

// variant writes the small config with some of its text replaced.
func variant(t *testing.T, changes ...string) string {
	t.Helper()
	source, err := os.ReadFile(small)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.NewReplacer(changes...).Replace(string(source))
	if text == string(source) {
		t.Fatalf("the small config has none of %q", changes)
	}
	path := filepath.Join(t.TempDir(), "small.toml")
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func trials(t *testing.T, dir string) string {
	t.Helper()
	return must(t, "export", dir, "--table", "trials")
}

func TestRunLeavesRecordsEstimatesAndFigure(t *testing.T) {
	dir := t.TempDir()
	out := must(t, "run", small, "--out", dir)
	for _, name := range []string{"estimates.csv", "small.pdf", "small.svg", "small.png", "small.csv"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() == 0 {
			t.Errorf("no %s: %v", name, err)
		}
		if !strings.Contains(out, name) {
			t.Errorf("the output does not name %s:\n%s", name, out)
		}
	}
	records := trials(t, dir)
	if lines := strings.Count(records, "\n"); lines != 1+2*5*12*2 {
		t.Errorf("%d lines of records", lines)
	}
	const header = "N,K,alpha,sample,cue,overlap_initial,overlap_final,retrieved,exact,overlap_best,pattern_best,spurious,sweeps,flips,energy,stop\n"
	if !strings.HasPrefix(records, header) {
		t.Errorf("records begin with\n%.200s", records)
	}
	estimates := must(t, "export", dir, "--table", "estimates")
	for _, column := range []string{"N,K,alpha,samples,cues,", "overlap_final_mean,overlap_final_stderr", "retrieved_fraction,retrieved_low,retrieved_high", "max_sweeps_fraction"} {
		if !strings.Contains(strings.SplitN(estimates, "\n", 2)[0], column) {
			t.Errorf("estimates have no %s", column)
		}
	}
}

// A record depends on neither workers nor shards nor what else is in the grid.
func TestRecordsAreTheSame(t *testing.T) {
	dirs := map[string]string{}
	for _, workers := range []string{"1", "2", "7"} {
		dirs[workers+" workers"] = t.TempDir()
		must(t, "run", small, "--out", dirs[workers+" workers"], "--workers", workers)
	}
	want := trials(t, dirs["1 workers"])

	shards := t.TempDir()
	for i := range 3 {
		must(t, "run", small, "--out", shards, "--shard", fmt.Sprintf("%d/3", i))
	}
	must(t, "merge", shards, "--out", shards)
	dirs["three shards"] = shards

	grown := t.TempDir()
	must(t, "run", variant(t, "samples = 12", "samples = 5", "cues    = 2", "cues    = 1", "[50, 100]", "[100]"), "--out", grown)
	must(t, "run", small, "--out", grown)
	dirs["grown"] = grown

	for name, dir := range dirs {
		if got := trials(t, dir); got != want {
			t.Errorf("%s: other records", name)
		}
	}

	larger := t.TempDir()
	must(t, "run", variant(t, "[50, 100]", "[50, 80, 100]", "0.22", "0.26"), "--out", larger)
	all := map[string]bool{}
	for line := range strings.Lines(trials(t, larger)) {
		all[line] = true
	}
	for line := range strings.Lines(want) {
		if !all[line] {
			t.Fatalf("a larger grid has no %s", line)
		}
	}
}

// What a result means cannot change under its records.
func TestChangedMeaningIsRefused(t *testing.T) {
	dir := t.TempDir()
	must(t, "run", small, "--out", dir)
	before := trials(t, dir)
	for _, change := range [][]string{{"seed  = 1985", "seed = 1986"}, {"overlap = 0.9", "overlap = 0.8"}} {
		_, stderr, code := command(t, "run", variant(t, change...), "--out", dir)
		if code != exitUsage {
			t.Errorf("%v: exit %d", change, code)
		}
		for _, part := range []string{strings.Fields(change[0])[0], strings.Fields(change[0])[2], strings.Fields(change[1])[2]} {
			if !strings.Contains(stderr, part) {
				t.Errorf("%v: the message does not show %s: %s", change, part, stderr)
			}
		}
	}
	if trials(t, dir) != before {
		t.Error("the records changed")
	}
	must(t, "run", variant(t, "Capacity, small", "Another title"), "--out", dir)
}

func TestStatus(t *testing.T) {
	dir := t.TempDir()
	must(t, "run", small, "--out", dir, "--shard", "0/2")
	out, _, code := command(t, "status", dir, "--json")
	var s struct {
		Complete     bool
		Done, Wanted int
	}
	if err := json.Unmarshal([]byte(out), &s); err != nil {
		t.Fatal(err)
	}
	if code != exitStopped || s.Complete || s.Wanted != 120 || s.Done != 60 {
		t.Errorf("half done: exit %d, %+v", code, s)
	}
	must(t, "run", small, "--out", dir, "--shard", "1/2")
	if _, _, code := command(t, "status", dir); code != exitDone {
		t.Errorf("complete: exit %d", code)
	}
}

// A study with a [stop] goes on in rounds; a shard exits 75 where it needs the counts
// of others.
func TestStop(t *testing.T) {
	config := variant(t, "0.22", "0.38", "[[figure]]", "[stop]\nthreshold_error = 0.01\n\n[[figure]]")
	dir := t.TempDir()
	_, stderr, code := command(t, "run", config, "--out", dir, "--shard", "0/2")
	if code != exitStopped || !strings.Contains(stderr, "108 pattern sets of other shards") || !strings.Contains(stderr, "merge") {
		t.Errorf("one of two shards: exit %d, %s", code, stderr)
	}
	if _, _, code := command(t, "status", dir); code != exitStopped {
		t.Errorf("status of it: exit %d", code)
	}
	must(t, "run", config, "--out", dir)
	out := must(t, "status", dir)
	if strings.Count(out, "(goal 0.01): goal reached") != 2 || strings.Contains(out, "round 1") {
		t.Errorf("status:\n%s", out)
	}
	misspelt := variant(t, "[[figure]]", "[stop]\nthreshold_eror = 1\n[[figure]]")
	if _, stderr, code := command(t, "run", misspelt, "--out", dir); code != exitUsage || !strings.Contains(stderr, `did you mean "threshold_error"?`) {
		t.Errorf("a misspelt key: exit %d, %s", code, stderr)
	}
}

// A replayed trial equals its record, and its dump can be checked by hand.
func TestReplay(t *testing.T) {
	dir, dump := t.TempDir(), t.TempDir()
	must(t, "run", small, "--out", dir)
	out := must(t, "replay", dir, "--point", "N=100,alpha=0.14", "--sample", "3", "--cue", "1", "--dump", dump)
	var record map[string]any
	if err := json.Unmarshal([]byte(out), &record); err != nil {
		t.Fatal(err)
	}
	line := fmt.Sprintf("100,14,0.14,3,1,%v,%v,", record["overlap_initial"], record["overlap_final"])
	if !strings.Contains(trials(t, dir), line) {
		t.Errorf("no record begins with %s", line)
	}
	for _, name := range []string{"patterns.npy", "cue.npy", "final.npy", "record.json"} {
		if _, err := os.Stat(filepath.Join(dump, name)); err != nil {
			t.Error(err)
		}
	}
	if _, _, code := command(t, "replay", dir, "--point", "N=100,alpha=0.15", "--sample", "3"); code != exitUsage {
		t.Errorf("a point that is not there: exit %d", code)
	}
}

// Wrong use has exit code 2, one message and writes nothing.
func TestUsage(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "never")
	for _, args := range [][]string{
		{"run"},
		{"run", "no-such-file.toml", "--out", dir},
		{"run", small, "--out", dir, "--workers", "-1"},
		{"run", small, "--out", dir, "--workers", "many"},
		{"run", small, "--out", dir, "--shard", "3/3"},
		{"run", small, "--out", dir, "--kernel", "abacus"},
		{"run", small, "--out", dir, "--deadline", "-1s"},
		{"run", variant(t, "alpha ", "alhpa "), "--out", dir},
		{"plan", variant(t, "[50, 100]", "[1, 100]")},
		{"run", variant(t, `series = "N"`, `series = "M"`), "--out", dir},
		{"run", variant(t, `x      = "alpha"`, `x = "alhpa"`), "--out", dir},
		{"export", dir, "--format", "xml"},
		{"frobnicate"},
		{"theory", "phrenology"},
		{"merge", "somewhere"},
	} {
		stdout, stderr, code := command(t, args...)
		if code != exitUsage || stderr == "" || stdout != "" {
			t.Errorf("hopcap %v: exit %d, stdout %q, stderr %q", args, code, stdout, stderr)
		}
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("something was written")
	}
}

func TestStoppedRunGoesOn(t *testing.T) {
	dir := t.TempDir()
	_, _, code := command(t, "run", small, "--out", dir, "--deadline", "1ns")
	if code != exitStopped {
		t.Fatalf("a deadline in the past: exit %d, want %d", code, exitStopped)
	}
	must(t, "run", small, "--out", dir)
}

// Axes stand in every record under the names of their keys.
func TestAxesKeepTheirNames(t *testing.T) {
	config := variant(t, "overlap = 0.9", "", "[50, 100]", "50", "samples = 12",
		"samples = 2\noverlap = [0.8, 0.9]\nmax_sweeps = [5, 50]\nretrieved_at = 0.7\norder = [\"random\", \"parallel\"]\ndiagonal = [true, false]")
	dir := t.TempDir()
	must(t, "run", config, "--out", dir)
	header, _, _ := strings.Cut(trials(t, dir), "\n")
	const want = "N,K,alpha,overlap,max_sweeps,retrieved_at,order,diagonal,sample,cue,"
	if !strings.HasPrefix(header, want) {
		t.Errorf("records have %s, want %s…", header, want)
	}
}

// The minima of an enumeration are counted again; its dump can be checked by hand.
func TestReplayOfAnEnumeration(t *testing.T) {
	dir, dump := t.TempDir(), t.TempDir()
	config := filepath.Join(dir, "minima.toml")
	text := "seed = 1\n[model]\nkind = \"hopfield\"\n[experiment]\nkind = \"enumerate\"\n[sweep]\nN = 9\nK = 3\nsamples = 4\n"
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "run", config, "--out", dir)
	var record struct{ Minima int }
	out := must(t, "replay", dir, "--point", "N=9", "--sample", "2", "--dump", dump, "--picture", filepath.Join(dump, "ground.svg"))
	if err := json.Unmarshal([]byte(out), &record); err != nil {
		t.Fatal(err)
	}
	minima, err := os.ReadFile(filepath.Join(dump, "minima.npy"))
	if shape := fmt.Sprintf("(%d,9,)", record.Minima); err != nil || record.Minima == 0 || !strings.Contains(string(minima), shape) {
		t.Errorf("%v: no array of shape %s", err, shape)
	}
	final, err := os.ReadFile(filepath.Join(dump, "final.npy"))
	if states := minima[len(minima)-9*record.Minima:]; err != nil || !bytes.Equal(states[:9], final[len(final)-9:]) {
		t.Errorf("%v: the final state is not the first minimum", err)
	}
	if _, err := os.Stat(filepath.Join(dump, "cue.npy")); err == nil {
		t.Error("an enumeration has no cue")
	}
	header, rows, _ := strings.Cut(must(t, "export", dir, "--table", "minima_estimates"), "\n")
	if !strings.HasPrefix(header, "N,K,alpha,samples,rows,") || strings.Count(rows, "\n") != 1 {
		t.Errorf("estimates of the minima:\n%s\n%s", header, rows)
	}
}
