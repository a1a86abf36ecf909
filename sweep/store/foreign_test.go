package store_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hopcap/sweep"
	"hopcap/sweep/store"
	"hopcap/sweep/sweeptest"
)

// A database of another program is neither written, nor read, nor replaced; not even its
// journal is touched.
func TestForeignDatabase(t *testing.T) {
	cfg := sweeptest.Study(t, sweeptest.Grid)
	for name, statement := range map[string]string{
		"a table": "CREATE TABLE music (title TEXT)", "a log": "PRAGMA journal_mode(WAL)", "a view": "CREATE VIEW about_us AS SELECT 1",
	} {
		dir := t.TempDir()
		sweeptest.Exec(t, database(dir), statement)
		before, err := os.ReadFile(database(dir))
		if err != nil || len(before) == 0 {
			t.Fatal(name, err)
		}
		whole := t.TempDir()
		mustRun(t, cfg, sweep.Options{Dir: whole})
		_, running := sweep.Run(t.Context(), cfg, sweep.Options{Dir: dir})
		_, merging := store.Merge([]string{whole}, dir)
		_, opening := store.Open(dir, sweeptest.Parse)
		for who, err := range map[string]error{"run": running, "merge": merging, "open": opening} {
			if !errors.As(err, new(*store.Refusal)) || !strings.Contains(err.Error(), "records.db: is a database of another program") {
				t.Errorf("%s: %s: %v", name, who, err)
			}
		}
		if after, err := os.ReadFile(database(dir)); err != nil || !bytes.Equal(before, after) {
			t.Errorf("%s: the file changed, %v", name, err)
		}
		if merged := mustMerge(t, t.TempDir(), whole, dir); len(merged.Files) != 1 {
			t.Errorf("%s: a merge read %v", name, merged.Files)
		}
	}
	empty := t.TempDir() // a creation that was cut short
	sweeptest.Exec(t, database(empty), "CREATE TABLE music (title TEXT)")
	sweeptest.Exec(t, database(empty), "DROP TABLE music")
	mustRun(t, cfg, sweep.Options{Dir: empty})
}

func TestMergeOfNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "merged")
	for _, sources := range [][]string{{t.TempDir()}, {"no-such.db"}, nil} {
		if _, err := store.Merge(sources, dir); err == nil {
			t.Errorf("%v: no error", sources)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Fatalf("%v: it made a directory", sources)
		}
	}
}

// A directory that cannot be read is not one without records.
func TestUnreadableDirectory(t *testing.T) {
	parent := t.TempDir()
	file, loop, closed := filepath.Join(parent, "file"), filepath.Join(parent, "loop"), filepath.Join(parent, "closed")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("loop", loop); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(closed, 0); err != nil {
		t.Fatal(err)
	}
	dirs := []string{file, loop, closed}
	if os.Geteuid() == 0 {
		dirs = dirs[:2] // root reads anything
	}
	for _, dir := range dirs {
		if _, err := store.Open(dir, sweeptest.Parse); err == nil || strings.Contains(err.Error(), "no records") {
			t.Errorf("%s: %v", dir, err)
		}
	}
}
