package store_test

import (
	"testing"

	"hopcap/sweep"
	"hopcap/sweep/store"
	"hopcap/sweep/sweeptest"
)

// TestParts: read part by part, a table is the same, whether its rows are in one file in the
// order of the grid, in shards, or twice in several files.
func TestParts(t *testing.T) {
	whole, shards, twice := t.TempDir(), t.TempDir(), t.TempDir()
	mustRun(t, sweeptest.Study(t, sweeptest.Grid), sweep.Options{Dir: whole})
	runShards(t, shards, 3)
	runShards(t, twice, 2)
	mustRun(t, sweeptest.Study(t, sweeptest.Grid), sweep.Options{Dir: twice})
	want := exported(t, whole)
	for _, scan := range []int{3, 40} {
		for _, rows := range []int{1, 7, 100} {
			resetScan, reset := store.SetBatches(0, 1, scan), store.SetParts(rows)
			for _, dir := range []string{whole, shards, twice} {
				if exported(t, dir) != want {
					t.Errorf("%d rows at once, blocks of %d: other tables", rows, scan)
				}
			}
			reset()
			resetScan()
		}
	}
}

// TestPartsAreBounded: no part has more rows than are allowed, but a point that is not to be
// split; together they are all rows, in order.
func TestPartsAreBounded(t *testing.T) {
	dir := t.TempDir()
	mustRun(t, sweeptest.Study(t, sweeptest.Grid), sweep.Options{Dir: dir}) // 22 rows a point
	defer store.SetBatches(0, 1, 10)()
	for _, c := range []struct {
		rows  int
		split bool
		most  int
	}{{50, false, 44}, {50, true, 44}, {10, false, 22}, {10, true, 8}, {1, true, 2}} {
		reset := store.SetParts(c.rows)
		r := mustOpen(t, dir)
		most, total, last := 0, 0, int64(-1)
		err := r.EachOf("trials", c.split, func(p store.Part, records *store.Records) error {
			for row := range records.Len() {
				if at := int64(records.Point[row])<<32 + records.Sample[row]<<16 + records.Index[0][row]; at <= last {
					t.Errorf("%+v: a row out of order", p)
				} else {
					last = at
				}
			}
			most, total = max(most, records.Len()), total+records.Len()
			return nil
		})
		if err != nil || most != c.most || total != 6*22 {
			t.Errorf("%d rows at once, split = %v: at most %d, %d in all; %v", c.rows, c.split, most, total, err)
		}
		reset()
	}
}

// TestRecordsOf reads a part alone.
func TestRecordsOf(t *testing.T) {
	dir := t.TempDir()
	mustRun(t, sweeptest.Study(t, sweeptest.Grid), sweep.Options{Dir: dir})
	for _, rows := range []int{5, 1000} {
		reset := store.SetParts(rows)
		records, err := mustOpen(t, dir).RecordsOf("trials", store.Part{First: 2, Last: 4, From: 3, To: 5})
		reset()
		if err != nil || records.Len() != 2*2*2 {
			t.Fatalf("%d rows, %v", records.Len(), err)
		}
		for row := range records.Len() {
			if p, s := records.Point[row], records.Sample[row]; p < 2 || p > 3 || s < 3 || s > 4 {
				t.Errorf("point %d, sample %d", p, s)
			}
		}
	}
}
