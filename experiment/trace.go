package experiment

import "context"

// A waypoint is what a cue has come to after one of its sweeps; sweep 0 is the cue.
type waypoint struct {
	cue, sweep int
	n          int
	overlap    int // with the pattern that the state is compared with, as a sum
	flipped    int // in this sweep
	energy     energy
}

// traceTable is the way of each cue, sweep by sweep. It ends with the relaxation: what
// has stopped stays where it is.
var traceTable = table[waypoint]{
	name: "trace",
	index: []index[waypoint]{
		{"cue", func(o *waypoint) int { return o.cue }},
		{"sweep", func(o *waypoint) int { return o.sweep }},
	},
	by:    "sweep",
	lasts: true,
	columns: []column[waypoint]{
		{name: "m", role: Quantity, axis: "overlap $m$", doc: "overlap with the cued pattern after this sweep",
			of: decimal(func(o *waypoint) float64 { return float64(o.overlap) / float64(o.n) })},
		{name: "flipped", role: Quantity, axis: "flips in a sweep", doc: "neurons flipped in this sweep",
			of: count(func(o *waypoint) int { return o.flipped })},
		{name: "energy", role: Quantity, axis: "energy per neuron $E/N$", doc: "energy per neuron after this sweep",
			of: decimalOrNil(func(o *waypoint) (float64, bool) { return o.energy.value() })},
	},
}

// runTracing relaxes cues first … cues−1 to the end and returns the rows of the
// table trace. It saves nothing on the way, which it would have to save too. Also is
// called before the first sweep and after each.
func (x *relaxing) runTracing(ctx context.Context, env Env, first, cues int, also func() error) ([][]any, error) {
	ways := make([][][]any, cues-first)
	flips := make([]int, cues-first)
	overlaps := make([]int32, x.k)
	record := func() error {
		for r := range ways {
			p := x.Progress(r)
			if p.Sweeps == x.Sweeps() {
				m := x.replicas.Overlaps(r, overlaps)[x.target(first+r, p.Sweeps)]
				ways[r] = append(ways[r], traceTable.row(&waypoint{
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
