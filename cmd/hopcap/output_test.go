package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"hopcap/sweep/sweeptest"
)

// fullDisk takes nothing.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

// Results that could not be written are an error of every command, told in one line.
func TestFullDisk(t *testing.T) {
	dir, half := t.TempDir(), t.TempDir()
	must(t, "run", small, "--out", dir)
	must(t, "run", small, "--out", half, "--shard", "0/2")
	for _, args := range [][]string{
		{"run", small, "--out", dir}, {"status", dir}, {"status", dir, "--json"}, {"status", half}, {"plan", small, "--out", dir},
		{"compare", dir, dir}, {"plot", dir, "--format", "svg", "--out", t.TempDir()}, {"merge", dir, "--out", t.TempDir()},
		{"fit", dir, "--replicates", "100", "--format", "svg"}, {"export", dir}, {"export", dir, "--format", "parquet"},
		{"replay", dir, "--point", "N=50,K=5"}, {"version"}, {"version", "--json"}, {"version", "--kernels"},
		{"theory", "ags", "--alpha", "0.12"}, {"theory", "ags", "--points", "--format", "csv"},
		{"bench", "--sizes", "100", "--kernels", "go", "--time", "1ms"}, {"help"}, {"help", "run"}, {"run", "--help"},
	} {
		var stderr bytes.Buffer
		code := hopcap(t.Context(), args, fullDisk{}, &stderr)
		if code != exitFailed || strings.Count(stderr.String(), "no space left on device") != 1 {
			t.Errorf("hopcap %v: exit %d, stderr %q", args, code, &stderr)
		}
	}
}

// Every file that a command writes goes by one way: a link stays a link, and left-overs
// of killed processes go.
func TestFilesAreWrittenThroughLinks(t *testing.T) {
	dir, aside := t.TempDir(), t.TempDir()
	dump := filepath.Join(dir, "dump")
	if err := os.MkdirAll(dump, 0o777); err != nil {
		t.Fatal(err)
	}
	files := []string{
		"estimates.csv", "small.csv", "small.txt", "small.pdf", "records.parquet", "thresholds.csv", "scaling.json",
		"picture.png", "dump/patterns.npy", "dump/cue.npy", "dump/record.json",
	}
	for _, name := range files {
		if err := os.Symlink(filepath.Join(aside, filepath.Base(name)), filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, leftover := range []string{".hopcap-1-1.tmp", "small.svg.part", "small.png.77.tmp", "dump/.hopcap-1-1.tmp"} {
		if err := os.WriteFile(filepath.Join(dir, leftover), []byte("half a f"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	at := func(name string) string { return filepath.Join(dir, name) }
	must(t, "run", small, "--out", dir)
	must(t, "export", dir, "--format", "parquet", "-o", at("records.parquet"))
	must(t, "fit", dir, "--replicates", "100", "--format", "svg")
	must(t, "replay", dir, "--point", "N=50,K=5", "--dump", dump, "--picture", at("picture.png"))
	for _, name := range files {
		info, err := os.Lstat(at(name))
		if err != nil || info.Mode().Type() != fs.ModeSymlink {
			t.Errorf("%s is no link any more: %v", name, err)
		}
		if info, err := os.Stat(at(name)); err != nil || info.Size() == 0 {
			t.Errorf("%s leads to nothing: %v", name, err)
		}
	}
	for _, d := range []string{dir, dump, aside} {
		entries, err := os.ReadDir(d)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if strings.HasSuffix(e.Name(), ".tmp") || strings.HasSuffix(e.Name(), ".part") {
				t.Errorf("%s is left over", e.Name())
			}
		}
	}
}

// Records of another version of the physics are shown, with a word about it.
func TestOtherPhysics(t *testing.T) {
	dir := t.TempDir()
	must(t, "run", small, "--out", dir)
	sweeptest.Exec(t, filepath.Join(dir, "records.db"), "UPDATE about SET value = '0' WHERE key = 'physics'")
	for _, args := range [][]string{
		{"export", dir}, {"status", dir}, {"plot", dir, "--format", "svg", "--out", t.TempDir()}, {"compare", dir, dir},
		{"replay", dir, "--point", "N=50,K=5"}, {"merge", dir, "--out", t.TempDir()},
		{"fit", dir, "--replicates", "100", "--format", "svg", "--out", t.TempDir()},
	} {
		if _, stderr, code := command(t, args...); code != exitDone || !strings.Contains(stderr, "made with version 0 of the physics") {
			t.Errorf("hopcap %v: exit %d: %s", args, code, stderr)
		}
	}
	if _, stderr, code := command(t, "run", small, "--out", dir); code != exitUsage || !strings.Contains(stderr, "physics") {
		t.Errorf("a run on them: exit %d: %s", code, stderr)
	}
}

// The names of files go to tables so that no spreadsheet computes them.
func TestNamesThatAreFormulas(t *testing.T) {
	source, err := os.ReadFile(small)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	config, out := filepath.Join(dir, "=1+1.toml"), filepath.Join(dir, "out")
	if err := os.WriteFile(config, source, 0o666); err != nil {
		t.Fatal(err)
	}
	must(t, "run", config, "--out", out)
	must(t, "fit", out, "--replicates", "100", "--format", "svg")
	must(t, "plot", out, out, "--format", "svg", "--out", dir)
	for _, file := range []string{filepath.Join(out, "thresholds.csv"), filepath.Join(dir, "=1+1.csv")} {
		table, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(table), ",=") || strings.Contains(string(table), "\n=") || !strings.Contains(string(table), "'=1+1") {
			t.Errorf("%s: %.400s", file, table)
		}
	}
}
