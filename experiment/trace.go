package experiment

import "context"

// traceTable is the way of each cue, sweep by sweep; sweep 0 is the cue. It ends
// with the relaxation: what has stopped stays where it is.
var traceTable = Table{
	Name:  "trace",
	Index: []string{"cue", "sweep"},
	By:    "sweep",
	Lasts: true,
	Columns: []Column{
		{Name: "m", Type: Decimal, Role: Quantity, Report: nil, Axis: "overlap $m$", Doc: "overlap with the cued pattern after this sweep"},
		{Name: "flipped", Type: Int, Role: Quantity, Report: nil, Axis: "flips in a sweep", Doc: "neurons flipped in this sweep"},
		{Name: "energy", Type: Decimal, Role: Quantity, Report: nil, Axis: "energy per neuron $E/N$", Doc: "energy per neuron after this sweep"},
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
				m := x.replicas.Overlaps(r, overlaps)[first+r]
				ways[r] = append(ways[r], []any{int64(first + r), int64(p.Sweeps),
					float64(m) / float64(x.n), int64(p.Flips - flips[r]), x.energy(r)})
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
