package sweep

import (
	"context"
	"testing"
)

// benchRow resembles a record of a retrieval.
func benchRow() Rows {
	return Rows{"trials": {{int64(0), 0.8, 0.976, true, false, 0.976, int64(0), false, int64(5), int64(57), -0.5123, "fixed_point"}}}
}

var benchTable = Table{Name: "trials", Index: []string{"cue"}, Columns: []Column{
	{Name: "overlap_initial", Type: Decimal}, {Name: "overlap_final", Type: Decimal},
	{Name: "retrieved", Type: Bool}, {Name: "exact", Type: Bool},
	{Name: "overlap_best", Type: Decimal}, {Name: "pattern_best", Type: Int}, {Name: "spurious", Type: Bool},
	{Name: "sweeps", Type: Int}, {Name: "flips", Type: Int}, {Name: "energy", Type: Decimal}, {Name: "stop", Type: Text},
}}

// benchStudy has trials that cost nothing, so that only scheduler and store are
// timed.
func benchStudy(b *testing.B, samples int) *Config {
	cfg := coins(b, "N = 2\nsamples = 1")
	cfg.Experiment.Tables = []Table{benchTable}
	p := cfg.Points[0]
	p.Samples = samples
	p.Run = func(context.Context, int, int, int, Env) (Rows, error) { return benchRow(), nil }
	return cfg
}

// BenchmarkRun is a whole run of empty trials, one row each; compare its user time
// with the wall time to see what the writer costs.
func BenchmarkRun(b *testing.B) {
	mustRun(b, benchStudy(b, b.N), Options{Dir: b.TempDir()})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "trials/s")
}

// BenchmarkInsert is the writer's part of it alone.
func BenchmarkInsert(b *testing.B) {
	cfg := benchStudy(b, b.N)
	s, err := OpenStore(cfg, StoreOptions{Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	rows := benchRow()
	if err := Normalise(rows, cfg.Experiment.Tables); err != nil {
		b.Fatal(err)
	}
	w, err := s.Write(func(err error) { b.Error(err) })
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for i := range b.N {
		w.Put(Unit{Sample: i, Cues: 1}, rows)
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
	mustRun(b, cfg, Options{Dir: dir})
	r, err := Open(dir, func(string, []byte) (*Config, error) { return cfg, nil })
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
