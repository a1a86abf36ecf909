package experiment

import (
	"fmt"
	"slices"

	"hopcap/model"
	"hopcap/sweep/study"
)

// A stateOutcome is the state of one cue after one of its sweeps.
type stateOutcome struct {
	cue, sweep int
	overlap    int // with the pattern that the state is compared with, as a sum
	energy     energy
	state      model.State
}

// statesTable holds the states of each cue, sweep by sweep, for pictures.
var statesTable = table[stateOutcome]{
	name: "states",
	index: []index[stateOutcome]{
		{"cue", func(o *stateOutcome) int { return o.cue }},
		{"sweep", func(o *stateOutcome) int { return o.sweep }},
	},
	columns: []column[stateOutcome]{
		{name: "state_overlap", role: study.Label, axis: "overlap $m$", doc: "overlap of this state with the cued pattern",
			of: decimal(func(o *stateOutcome) float64 { return float64(o.overlap) / float64(len(o.state)) })},
		{name: "state_energy", role: study.Label, axis: "energy per neuron $E/N$", doc: "energy per neuron of this state; empty for the pattern",
			of: decimalOrNil(func(o *stateOutcome) (float64, bool) { return o.energy.value() })},
		{name: "signs", role: study.Label, doc: "the state in hexadecimal digits, of four neurons each: 8 is + − − −",
			of: text(func(o *stateOutcome) string { return hexSigns(o.state) })},
	},
}

// patternItself is the sweep of the row that shows the cued pattern.
const patternItself = -1

var statesKey = study.Key{Table: "experiment", Name: "states", Type: study.Int, Default: "0", Range: "at least 0",
	Check: func(s study.Settings) bool { return s.Int("states") >= 0 }, Later: true,
	Doc: "the pattern, the cue and every new state on its way, of so many pattern sets, are recorded in the table states"}

// statesAtMost bounds the size of a network whose states are recorded whole.
const statesAtMost = 4096

func statesFault(n int, states int64) []study.Fault {
	if states == 0 || n <= statesAtMost {
		return nil
	}
	return []study.Fault{{Key: "states", Value: fmt.Sprint(states), Allowed: fmt.Sprintf("must be 0 at N = %d: states of more than %d neurons are not recorded", n, statesAtMost)}}
}

// A film keeps each state of a relaxation that differs from the state before.
type film struct {
	x     *relaxing
	first int // the cue of replica 0
	rows  [][][]any
	last  []model.State
}

// newFilm begins with the cued patterns.
func newFilm(p *model.Patterns, x *relaxing, first, cues int) *film {
	f := &film{x: x, first: first, rows: make([][][]any, cues-first), last: make([]model.State, cues-first)}
	for r := range f.rows {
		pattern := make(model.State, x.n)
		p.Pattern(x.target(first+r, 0), pattern)
		f.rows[r] = [][]any{statesTable.row(&stateOutcome{cue: first + r, sweep: patternItself, overlap: x.n, state: pattern})}
	}
	return f
}

// shoot is called before the first sweep and after each.
func (f *film) shoot() error {
	overlaps := make([]int32, f.x.k)
	for r := range f.rows {
		s := f.x.replicas.State(r)
		if slices.Equal(s, f.last[r]) {
			continue
		}
		f.last[r] = slices.Clone(s)
		cue, sweeps := f.first+r, f.x.Progress(r).Sweeps
		m := f.x.replicas.Overlaps(r, overlaps)[f.x.target(cue, sweeps)]
		f.rows[r] = append(f.rows[r], statesTable.row(&stateOutcome{
			cue: cue, sweep: sweeps, overlap: int(m), energy: energyOf(f.x.replicas, r), state: s,
		}))
	}
	return nil
}

// hexSigns writes four signs a digit, the first the most significant.
func hexSigns(s model.State) string {
	digits := make([]byte, (len(s)+3)/4)
	for i, v := range s {
		if v > 0 {
			digits[i/4] |= 8 >> (i % 4)
		}
	}
	for i, d := range digits {
		digits[i] = "0123456789abcdef"[d]
	}
	return string(digits)
}
