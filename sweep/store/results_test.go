package store_test

import (
	"hopcap/sweep"
	"hopcap/sweep/store"
	"hopcap/sweep/sweeptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestOpenWithoutRecords(t *testing.T) {
	dir := t.TempDir()
	if _, err := store.Open(dir, sweeptest.Parse); err == nil || !strings.Contains(err.Error(), dir) {
		t.Error(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "records.db"), []byte("not a database, but long enough"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(dir, sweeptest.Parse); err == nil || !strings.Contains(err.Error(), "records.db") {
		t.Error(err)
	}
}

func TestUnit(t *testing.T) {
	dir := t.TempDir()
	mustRun(t, sweeptest.Study(t, sweeptest.Grid), sweep.Options{Dir: dir})
	r := mustOpen(t, dir)
	p := r.Config.Points[3]
	rows, err := r.Unit("trials", p, 4)
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for cue, row := range rows {
		if want := sweeptest.Toss(p.Settings.Int("N"), 4, cue); row[0] != int64(cue) || row[1] != want {
			t.Errorf("row %d: %v, want height %v", cue, row, want)
		}
	}
}
