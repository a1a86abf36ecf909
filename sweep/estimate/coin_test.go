package estimate

import (
	"context"
	"testing"

	"hopcap/sweep"
	"hopcap/sweep/config"
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

func mustOpen(t testing.TB, dir string) *Results {
	t.Helper()
	r, err := Open(dir, sweeptest.Parse)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
