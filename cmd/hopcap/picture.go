package main

import (
	"fmt"
	"slices"

	"hopcap/experiment"
	"hopcap/model"
	"hopcap/plots"
)

// A picture is where a replay is drawn.
type picture struct {
	file string
	row  int // neurons in a row; 0 leaves it open
}

// maxFrames bounds the states on the way, the cue and the last one included, so
// that with the pattern and the final state there are two rows of four.
const maxFrames = 6

// write draws the pattern, the cue, some states on the way and the final one.
func (p picture) write(r *experiment.Replay) error {
	pattern := make(model.State, r.Patterns.N)
	r.Patterns.Pattern(r.Pattern, pattern)
	out := plots.Picture{Row: p.row, States: []plots.PictureState{
		{Signs: pattern, Lines: []string{fmt.Sprintf("pattern %d", r.Pattern)}},
	}}
	for _, f := range someFrames(r.Frames) {
		name := fmt.Sprintf("after sweep %d", f.Sweeps)
		if f.Sweeps == 0 {
			name = "cue"
		}
		out.States = append(out.States, plots.PictureState{Signs: f.State, Lines: []string{
			name, overlap(r, f.State), fmt.Sprintf("$E/N = %.4f$", f.Energy),
		}})
	}
	last := &out.States[len(out.States)-1]
	if slices.Equal(last.Signs, r.Final) {
		last.Lines[0] += ", final"
	} else {
		out.States = append(out.States, plots.PictureState{Signs: r.Final, Lines: []string{"final", overlap(r, r.Final)}})
	}
	return out.Write(p.file)
}

func overlap(r *experiment.Replay, s model.State) string {
	return fmt.Sprintf("$m = %.3f$", float64(r.Patterns.Overlap(r.Pattern, s))/float64(r.Patterns.N))
}

// someFrames are those that differ from the one before, thinned out to maxFrames:
// the first ones, where most happens, and the last.
func someFrames(all []experiment.Frame) []experiment.Frame {
	frames := slices.CompactFunc(slices.Clone(all), func(a, b experiment.Frame) bool { return slices.Equal(a.State, b.State) })
	if len(frames) > maxFrames {
		frames = append(frames[:maxFrames-1:maxFrames-1], frames[len(frames)-1])
	}
	return frames
}
