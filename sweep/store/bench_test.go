package store_test

import (
	"context"
	"hopcap/sweep"
	"hopcap/sweep/config"
	"hopcap/sweep/store"
	"hopcap/sweep/study"
	"hopcap/sweep/sweeptest"
	"testing"
)

// benchRow resembles a record of a retrieval.
func benchRow() study.Rows {
	return study.Rows{"trials": {{int64(0), 0.8, 0.976, true, false, 0.976, int64(0), false, int64(5), int64(57), -0.5123, "fixed_point"}}}
}

var benchTable = study.Table{Name: "trials", Index: []string{"cue"}, Columns: []study.Column{
	{Name: "overlap_initial", Type: study.Decimal}, {Name: "overlap_final", Type: study.Decimal},
	{Name: "retrieved", Type: study.Bool}, {Name: "exact", Type: study.Bool},
	{Name: "overlap_best", Type: study.Decimal}, {Name: "pattern_best", Type: study.Int}, {Name: "spurious", Type: study.Bool},
	{Name: "sweeps", Type: study.Int}, {Name: "flips", Type: study.Int}, {Name: "energy", Type: study.Decimal}, {Name: "stop", Type: study.Text},
}}

// benchStudy has trials that cost nothing, so that only scheduler and store are
// timed.
func benchStudy(b *testing.B, samples int) *config.Config {
	cfg := sweeptest.Study(b, "N = 2\nsamples = 1")
	cfg.Experiment.Tables = []study.Table{benchTable}
	p := cfg.Points[0]
	p.Samples = samples
	p.Run = func(context.Context, int, int, int, study.Env) (study.Rows, error) { return benchRow(), nil }
	return cfg
}

// BenchmarkRun is a whole run of empty trials, one row each; compare its user time
// with the wall time to see what the writer costs.
func BenchmarkRun(b *testing.B) {
	mustRun(b, benchStudy(b, b.N), sweep.Options{Dir: b.TempDir()})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "trials/s")
}

// BenchmarkInsert is the writer's part of it alone.
func BenchmarkInsert(b *testing.B) {
	cfg := benchStudy(b, b.N)
	s, err := store.Create(cfg, store.Options{Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	rows := benchRow()
	if err := store.Normalise(rows, cfg.Experiment.Tables); err != nil {
		b.Fatal(err)
	}
	w, err := s.Write(func(err error) { b.Error(err) })
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for i := range b.N {
		w.Put(store.Unit{Sample: i, Cues: 1}, rows)
	}
	if err := w.Finish(); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkRecords reads them back.
func BenchmarkRecords(b *testing.B) {
	dir := b.TempDir()
	cfg := benchStudy(b, b.N)
	mustRun(b, cfg, sweep.Options{Dir: dir})
	r, err := store.Open(dir, func(string, []byte) (*config.Config, error) { return cfg, nil })
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	records, err := r.Records("trials")
	if err != nil || records.Len() != b.N {
		b.Fatal(records.Len(), err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
