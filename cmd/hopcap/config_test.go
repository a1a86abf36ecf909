package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Values given by --set are stored with the records, and the standard input is a config.
func TestSetAndStandardInput(t *testing.T) {
	dir := t.TempDir()
	set := []string{"--set", "sweep.N=50", "--set", "samples=3", "--set", "max_sweeps=70", "--set", "title=Of a pipe"}
	must(t, append([]string{"run", small, "--out", filepath.Join(dir, "set")}, set...)...)
	want := trials(t, filepath.Join(dir, "set"))
	if lines := strings.Count(want, "\n"); lines != 1+5*3*2 {
		t.Errorf("%d lines of records", lines)
	}
	source, err := os.Open(small)
	if err != nil {
		t.Fatal(err)
	}
	c := process(`cd "$0" || exit 9; exec "$@"`, append([]string{"run", "-"}, set...)...)
	c.Args[3] = dir // $0 of the script
	c.Stdin = source
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if got := trials(t, filepath.Join(dir, "results", "stdin")); got != want {
		t.Error("other records from the standard input")
	}
	if _, err := os.Stat(filepath.Join(dir, "results", "stdin", "stdin.svg")); err != nil {
		t.Error(err)
	}
	for _, args := range [][]string{{"--set", "samples=0"}, {"--set", "kind=dense"}, {"--set", "samples"}, {"--workers", "0"}} {
		if _, stderr, code := command(t, append([]string{"plan", small}, args...)...); code != exitUsage || !strings.Contains(stderr, strings.TrimPrefix(args[1], "samples=")) {
			t.Errorf("%v: exit %d: %s", args, code, stderr)
		}
	}
}

// Escape sequences are for terminals that take them.
func TestTakesEscapes(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want bool
	}{
		{map[string]string{"TERM": "xterm"}, true}, {map[string]string{"TERM": "dumb"}, false},
		{map[string]string{"TERM": "xterm", "NO_COLOR": "1"}, false}, {nil, true},
	} {
		if got := takesEscapes(func(name string) string { return c.env[name] }); got != c.want {
			t.Errorf("%v: got %v", c.env, got)
		}
	}
	var b strings.Builder
	if p := newProgress(&b); p.live {
		t.Error("a buffer is a terminal")
	}
}
