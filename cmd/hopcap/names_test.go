package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// A figure cannot have the name of what hopcap writes itself, nor of another figure.
func TestNamesOfFigures(t *testing.T) {
	source, err := os.ReadFile(small)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	try := func(file, tail string) (stderr string, code int) {
		path := filepath.Join(dir, file)
		if err := os.WriteFile(path, []byte(string(source)+tail), 0o666); err != nil {
			t.Fatal(err)
		}
		_, stderr, code = command(t, "plan", path)
		return stderr, code
	}
	lines := strings.Count(string(source), "\n")
	for _, name := range []string{"estimates", "Estimates", "THRESHOLDS", "sets_estimates", "scaling", "fit-threshold", "records", strings.Repeat("a", 201)} {
		stderr, code := try("study.toml", "\n[[figure]]\nx = \"alpha\"\ny = \"retrieved\"\nname = \""+name+"\"\n")
		if code != exitUsage || !strings.Contains(stderr, "study.toml:"+strconv.Itoa(lines+5)+": figure[2].name") {
			t.Errorf("%s: exit %d: %s", name, code, stderr)
		}
	}
	const second = "\n[[figure]]\nx = \"alpha\"\ny = \"retrieved\"\n"
	for file, tail := range map[string]string{
		"one.toml":   second + "name = \"One\"\n",
		"two.toml":   second + "name = \"a-b\"\n" + second + "name = \"A-b\"\n",
		"three.toml": second + second + "name = \"three-2\"\n",
	} {
		if stderr, code := try(file, tail); code != exitUsage || strings.Count(stderr, "must be another name: figure") != 1 {
			t.Errorf("%s: exit %d: %s", file, code, stderr)
		}
	}
	if stderr, code := try("four.toml", second+"name = \"estimate\"\n"+second); code != exitDone {
		t.Errorf("good names: exit %d: %s", code, stderr)
	}
}

// A config called as a table of hopcap loses none of it.
func TestConfigCalledEstimates(t *testing.T) {
	for _, name := range []string{"estimates", "Thresholds", strings.Repeat("long", 60)} {
		source, err := os.ReadFile(small)
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		config := filepath.Join(dir, name+".toml")
		if err := os.WriteFile(config, source, 0o666); err != nil {
			t.Fatal(err)
		}
		out := must(t, "run", config, "--out", filepath.Join(dir, "out"))
		must(t, "fit", filepath.Join(dir, "out"), "--replicates", "100", "--format", "svg")
		if files := strings.Fields(out); len(files) != 6 {
			t.Errorf("%s: files %v", name, files)
		}
		table, err := os.ReadFile(filepath.Join(dir, "out", "estimates.csv"))
		if err != nil || string(table) != must(t, "export", filepath.Join(dir, "out"), "--table", "estimates") {
			t.Errorf("%s: estimates.csv begins with %.60s, %v", name, table, err)
		}
	}
}
