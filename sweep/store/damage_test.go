package store_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hopcap/sweep"
	"hopcap/sweep/estimate"
	"hopcap/sweep/store"
	"hopcap/sweep/sweeptest"
)

// SQLite stores anything in any column. What hopcap cannot have stored is an error that
// names file, table and row, for whoever reads it.
func TestDamagedRows(t *testing.T) {
	whole := t.TempDir()
	mustRun(t, sweeptest.Study(t, sweeptest.Grid), sweep.Options{Dir: whole})
	content, err := os.ReadFile(database(whole))
	if err != nil {
		t.Fatal(err)
	}
	for _, damage := range []struct{ table, column, value string }{
		{"trials", "sample", "1.5"}, {"trials", "sample", "'x'"}, {"trials", "cue", "2.5"}, {"trials", "cue", "-1"},
		{"trials", "point", "'x'"}, {"trials", "height", "'x'"}, {"done", "point", "0.5"},
		{"done", "cues", "'two'"}, {"done", "cues", "-3"}, {"points", "id", "-2"},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(database(dir), content, 0o666); err != nil {
			t.Fatal(err)
		}
		sweeptest.Exec(t, database(dir), "UPDATE "+damage.table+" SET "+damage.column+" = "+damage.value+" WHERE rowid = 2")
		_, merging := store.Merge([]string{dir}, filepath.Join(t.TempDir(), "merged"))
		_, running := sweep.Run(t.Context(), sweeptest.Study(t, sweeptest.Grid+"\n"), sweep.Options{Dir: dir})
		answers := map[string]error{"merge": merging}
		if damage.table != "trials" { // a run does not read trials
			answers["run"] = running
		} else {
			for _, rows := range []int{5, 1000} { // read in parts, and whole
				reset := store.SetParts(rows)
				r := mustOpen(t, dir)
				for _, table := range []string{"trials", "estimates"} {
					answers[fmt.Sprint("export of ", table, " by ", rows)] = estimate.Export(io.Discard, r, table, "csv")
				}
				reset()
			}
		}
		for who, err := range answers {
			if err == nil || !strings.Contains(err.Error(), "records.db: table "+damage.table+", row ") {
				t.Errorf("%s.%s = %s: %s: %v", damage.table, damage.column, damage.value, who, err)
			}
		}
	}
}
