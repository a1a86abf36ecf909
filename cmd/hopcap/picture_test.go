package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
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

// Unicode is drawn unless the locale says otherwise.
func TestHasUnicode(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want bool
	}{
		{nil, true},
		{map[string]string{"TERM": "dumb"}, false},
		{map[string]string{"LANG": "de_DE.UTF-8"}, true},
		{map[string]string{"LANG": "en_US.utf8", "LC_ALL": "C"}, false},
		{map[string]string{"LC_CTYPE": "C.UTF-8", "LANG": "C"}, true},
	} {
		if got := hasUnicode(func(name string) string { return c.env[name] }); got != c.want {
			t.Errorf("%v: got %v", c.env, got)
		}
	}
}
