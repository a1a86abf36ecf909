package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hopcap/experiment"
	"hopcap/model"
)

// A replay is drawn in the format of its file's name; another is an error.
func TestReplayPicture(t *testing.T) {
	dir := t.TempDir()
	must(t, "run", "testdata/small.toml", "--out", dir)
	for _, name := range []string{"a.svg", "b.pdf", "new/c.png"} {
		file := filepath.Join(dir, name)
		must(t, "replay", dir, "--point", "N=50,K=5", "--picture", file, "--row", "10")
		if content, err := os.ReadFile(file); err != nil || len(content) < 500 {
			t.Errorf("%s: %d bytes, %v", name, len(content), err)
		}
	}
	if _, stderr, code := command(t, "replay", dir, "--point", "N=50,K=5", "--picture", filepath.Join(dir, "a.gif")); code == 0 || !strings.Contains(stderr, "gif") {
		t.Errorf("a picture of an unknown format: exit %d: %s", code, stderr)
	}
}

// States that repeat the one before are left out, the last one never is.
func TestSomeFrames(t *testing.T) {
	frame := func(n int, signs ...int8) experiment.Frame {
		return experiment.Frame{Sweeps: n, State: model.State(signs)}
	}
	all := []experiment.Frame{frame(0, 1, 1), frame(1, 1, 1), frame(2, 1, -1), frame(3, -1, 1), frame(4, -1, 1)}
	if got := someFrames(all); len(got) != 3 || got[1].Sweeps != 2 || got[2].Sweeps != 3 {
		t.Errorf("%v", got)
	}
	all = nil
	for n := range 20 {
		all = append(all, frame(n, int8(n)))
	}
	got := someFrames(all)
	if len(got) != maxFrames || got[maxFrames-2].Sweeps != maxFrames-2 || got[maxFrames-1].Sweeps != 19 {
		t.Errorf("%v", got)
	}
}
