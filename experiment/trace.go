package experiment

import (
	"context"

	"hopcap/sweep/study"
)

// A traceOutcome is measured of one cue after one of its sweeps; sweep 0 is the cue.
type traceOutcome struct {
	cue, sweep int
	n          int
	overlap    int // with the pattern that the state is compared with, as a sum
	flipped    int // in this sweep
	energy     energy
}

// traceTable holds the relaxation of each cue, sweep by sweep. It ends with the
// relaxation: a state that has stopped stays as it is.
var traceTable = table[traceOutcome]{
	name: "trace",
	index: []index[traceOutcome]{
		{"cue", func(o *traceOutcome) int { return o.cue }},
		{"sweep", func(o *traceOutcome) int { return o.sweep }},
	},
	by:    "sweep",
	lasts: true,
	columns: []column[traceOutcome]{
		{name: "m", role: study.Quantity, axis: "overlap $m$", doc: "overlap with the cued pattern after this sweep",
			of: decimal(func(o *traceOutcome) float64 { return float64(o.overlap) / float64(o.n) })},
		{name: "flipped", role: study.Quantity, axis: "flips in a sweep", doc: "neurons flipped in this sweep",
			of: count(func(o *traceOutcome) int { return o.flipped })},
		{name: "energy", role: study.Quantity, axis: "energy per neuron $E/N$", doc: "energy per neuron after this sweep",
			of: decimalOrNil(func(o *traceOutcome) (float64, bool) { return o.energy.value() })},
	},
}

// runTracing relaxes cues first … cues−1 to the end and returns the rows of the
// table trace. It saves no checkpoint, which would have to hold the rows so far. Also is
// called before the first sweep and after each.
func (x *relaxing) runTracing(ctx context.Context, env study.Env, first, cues int, also func() error) ([][]any, error) {
	ways := make([][][]any, cues-first)
	flips := make([]int, cues-first)
	overlaps := make([]int32, x.k)
	record := func() error {
		for r := range ways {
			p := x.Progress(r)
			if p.Sweeps == x.Sweeps() {
				m := x.replicas.Overlaps(r, overlaps)[x.target(first+r, p.Sweeps)]
				ways[r] = append(ways[r], traceTable.row(&traceOutcome{
					cue: first + r, sweep: p.Sweeps, n: x.n,
					overlap: int(m), flipped: p.Flips - flips[r], energy: energyOf(x.replicas, r),
				}))
				flips[r] = p.Flips
			}
		}
		return also()
	}
	if err := record(); err != nil {
		return nil, err
	}
	if err := x.run(ctx, env, record); err != nil {
		return nil, err
	}
	var rows [][]any
	for _, way := range ways {
		rows = append(rows, way...)
	}
	return rows, nil
}
