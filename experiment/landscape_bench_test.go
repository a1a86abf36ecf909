package experiment

import (
	"context"
	"fmt"
	"testing"
)

// A random start beside a retrieval trial as far from its pattern, each by itself on a
// pattern set and with 31 others: time per cue and sweep, drawing included.
func BenchmarkStarts(b *testing.B) {
	for _, n := range []int{100, 1000, 4000} {
		for _, cues := range []int{1, 32} {
			k := n / 10
			for _, c := range []struct {
				e      Experiment
				s      settings
				sweeps int // column
			}{
				{Spurious, landscape(settings{"N": n, "K": k}), 21},
				{Retrieval, point(settings{"N": n, "K": k, "overlap": "0"}), 8},
			} {
				b.Run(fmt.Sprintf("%s/N=%d/cues=%d", c.e.Kind, n, cues), func(b *testing.B) {
					benchmarkSweeps(b, c.e, c.s, min(cues, k), c.sweeps)
				})
			}
		}
	}
}

func benchmarkSweeps(b *testing.B, e Experiment, s settings, cues, column int) {
	trial, faults := e.Compile(s, cues)
	if faults != nil {
		b.Fatal(faults)
	}
	sweeps, sample := 0, 0
	for b.Loop() {
		rows, err := trial.Run(context.Background(), sample, 0, cues, &alone{})
		if err != nil {
			b.Fatal(err)
		}
		for _, row := range rows["trials"] {
			sweeps += int(row[column].(int64))
		}
		sample++
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(sweeps), "ns/sweep")
	b.ReportMetric(float64(sweeps)/float64(sample*cues), "sweeps/cue")
}
