package store_test

import (
	"bytes"
	"context"
	"testing"

	"hopcap/sweep"
	"hopcap/sweep/config"
	"hopcap/sweep/estimate"
	"hopcap/sweep/store"
	"hopcap/sweep/sweeptest"
)

func mustRun(t testing.TB, cfg *config.Config, opt sweep.Options) sweep.Report {
	t.Helper()
	report, err := sweep.Run(context.Background(), cfg, opt)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func mustOpen(t testing.TB, dir string) *estimate.Results {
	t.Helper()
	r, err := estimate.Open(dir, sweeptest.Parse)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func mustMerge(t *testing.T, dir string, sources ...string) store.Merged {
	t.Helper()
	m, err := store.Merge(sources, dir)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// exported is everything that can be exported from a directory.
func exported(t testing.TB, dir string) string {
	t.Helper()
	var b bytes.Buffer
	for _, table := range []string{"trials", "bounces", "estimates", "bounces_estimates"} {
		if err := estimate.Export(&b, mustOpen(t, dir), table, "csv"); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// database is what a run of the whole study writes.
func database(dir string) string { return store.Path(dir, store.Shard{}) }

func runShards(t *testing.T, dir string, n int) {
	t.Helper()
	for i := range n {
		mustRun(t, sweeptest.Study(t, sweeptest.Grid), sweep.Options{Dir: dir, Shard: store.Shard{Index: i, Count: n}})
	}
}
