package main

import (
	"math"
	"slices"

	"hopcap/experiment"
	"hopcap/model"
	"hopcap/plots/figure"
)

// A picture is where a replay is drawn.
type picture struct {
	file string
	row  int // neurons in a row; 0 leaves it open
}

// write draws the pattern, the cue, some states in between and the final state, in at most
// two lines.
func (p picture) write(r *experiment.Replay) error {
	const across = 4
	pattern := make(model.State, r.Patterns.N)
	r.Patterns.Pattern(r.Pattern, pattern)
	run := figure.Run{Pattern: r.Pattern, Most: 2 * across}
	add := func(sweep int, s model.State, energy float64) {
		m := float64(r.Patterns.Overlap(r.Pattern, s)) / float64(r.Patterns.N)
		run.Frames = append(run.Frames, figure.Frame{Sweep: sweep, Signs: s, Overlap: m, Energy: energy})
	}
	add(figure.PatternFrame, pattern, math.NaN())
	for _, f := range r.Frames {
		add(f.Sweeps, f.State, f.Energy)
	}
	if last := run.Frames[len(run.Frames)-1]; r.Final != nil && (last.Sweep == figure.PatternFrame || !slices.Equal(last.Signs, r.Final)) {
		add(figure.FinalFrame, r.Final, math.NaN())
	}
	out := figure.Picture{Row: p.row, Across: across, Runs: []figure.Run{run}}
	return out.Write(p.file)
}
