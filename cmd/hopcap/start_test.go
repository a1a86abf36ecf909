package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hopcap/sweep/sweeptest"
)

const hot = `seed = 1
[model]
kind = "hopfield"
[dynamics]
temperature = 0.2
rule = "heat_bath"
max_sweeps = 64
[experiment]
kind = "thermal"
[sweep]
N = 100
alpha = 0.05
samples = 2
`

// TestThermalStartsOnPatterns unless its config says otherwise; other experiments start
// at random as before.
func TestThermalStartsOnPatterns(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "hot.toml")
	run := func(start, out string) (string, int) {
		config := strings.Replace(hot, `"thermal"`, `"thermal"`+start, 1)
		if err := os.WriteFile(path, []byte(config), 0o666); err != nil {
			t.Fatal(err)
		}
		_, stderr, code := command(t, "run", path, "--out", filepath.Join(dir, out))
		return stderr, code
	}
	for start, out := range map[string]string{"": "default", "\nstart = \"cue\"": "cue", "\nstart = \"random\"": "random"} {
		if stderr, code := run(start, out); code != exitDone {
			t.Fatalf("exit %d: %s", code, stderr)
		}
	}
	at := func(out string) string { return filepath.Join(dir, out) }
	byDefault := trials(t, at("default"))
	if byDefault != trials(t, at("cue")) || byDefault == trials(t, at("random")) {
		t.Error("the default is not to start on patterns")
	}

	// records of a config that left start out when the default was "random"
	sweeptest.Exec(t, filepath.Join(at("random"), "records.db"), "UPDATE sessions SET config = ?", hot)
	old := sweeptest.Texts(t, filepath.Join(at("random"), "records.db"), "SELECT overlap FROM trials")
	if stderr, code := run("", "random"); code != exitUsage || !strings.Contains(stderr, `start: random → cue`) {
		t.Errorf("exit %d: %s", code, stderr)
	}
	if _, stderr, code := command(t, "export", at("random")); code == exitDone || !strings.Contains(stderr, `start: random → cue`) {
		t.Errorf("exit %d: %s", code, stderr)
	}
	if stderr, code := run("\nstart = \"random\"", "random"); code != exitDone {
		t.Errorf("exit %d: %s", code, stderr)
	}
	if now := sweeptest.Texts(t, filepath.Join(at("random"), "records.db"), "SELECT overlap FROM trials"); len(now) != 2 || now[0] != old[0] {
		t.Errorf("%q, before %q", now, old)
	}
	trials(t, at("random"))
}
