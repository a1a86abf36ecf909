package experiment

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"hopcap/model"
)

// Spurious relaxes a network from many starts, tells what kind of state each of
// them reaches, and counts the distinct minima among them.
//
// Start c of a pattern set is by start = "random" a state of independent signs,
// by "cue" the cue of pattern c, and by "mixture" a mixture of patterns of which
// some neurons are then flipped, as in a noisy cue, until its overlap with the
// mixture is overlap: the mixture +c +(c+1) … of mix patterns, or the one that
// mix lists.
//
// At T > 0 a run is max_sweeps sweeps long. Its last state is then quenched, that is
// relaxed at T = 0, and what is said of states, sweeps and flips is said of the
// quench: thermal noise does not hide which minimum the network is near.
var Spurious = Experiment{
	Kind: "spurious",
	Keys: slices.Concat([]Key{
		{Table: "experiment", Name: "start", Type: Text, Default: `"random"`, Allowed: []string{"random", "cue", "mixture"},
			Doc: "random: independent signs | cue: cues of patterns | mixture: mixtures of patterns"},
		{Table: "experiment", Name: "mix", Type: Text, Default: `"3"`, Range: `an odd number of patterns, as "3", or the patterns with their signs, as "+0 -4 +7"`,
			Check: func(s Settings) bool { _, _, err := parseMix(s.Text("mix")); return err == nil },
			Doc:   "what start = mixture mixes"},
	}, cueKeys, classKeys),
	Tables: []Table{
		{
			Name:  "trials",
			Index: []string{"cue"},
			Columns: slices.Concat(classColumns, []Column{
				{"sweeps", Int, Quantity, nil, "sweeps", "sweeps made, the last one without a flip included"},
				{"flips", Int, Quantity, nil, "flips", "flips in all"},
				{"stop", Text, Category, []string{"cycle", "max_sweeps"}, "", "fixed_point, cycle or max_sweeps"},
			}),
		},
		{Name: "sets", Index: []string{"starts"}, Columns: captureColumns},
	},
	Compile: compileSpurious,
}

// spurious is the experiment at one grid point.
type spurious struct {
	setup
	cueing
	classifier
	from string
	mix  model.Mixture // as listed, or
	size int           // the number of patterns mixed
}

func compileSpurious(s Settings, cues int) (*Trial, []Fault) {
	base, faults := newThermalSetup(s)
	cue, more := cueingOf(s, base.n)
	faults = append(faults, more...)
	mix, size, _ := parseMix(s.Text("mix"))
	t := &spurious{base, cue, classifierOf(&base), s.Text("start"), mix, size}
	if len(faults) == 0 {
		faults = t.check(cues)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	trial := t.trial(cues, float64(cues))
	trial.Run, trial.Replay = t.run, t.replay
	return trial, nil
}

// parseMix reads the key mix: a number of patterns or a list of them.
func parseMix(text string) (list model.Mixture, size int, err error) {
	if size, err = strconv.Atoi(text); err == nil {
		if size < 1 || size%2 == 0 {
			return nil, 0, fmt.Errorf("%d is no odd number of patterns", size)
		}
		return nil, size, nil
	}
	list, err = model.ParseMixture(text)
	return list, len(list), err
}

// check finds starts that there are not.
func (t *spurious) check(cues int) []Fault {
	switch {
	case t.from == "cue" && cues > t.k:
		return []Fault{cuesFault(cues, &t.setup)}
	case t.from != "mixture":
		return nil
	case t.partial:
		return []Fault{{"cue", "partial", `must be "noisy" with start = "mixture": some neurons of the mixture are flipped`}}
	case t.size > t.k:
		return []Fault{{"mix", t.settings.Text("mix"), fmt.Sprintf("at most K patterns, here %d at N = %d", t.k, t.n)}}
	case t.mix == nil && cues > t.k:
		return []Fault{cuesFault(cues, &t.setup)}
	case t.mix != nil && t.changed == 0 && cues > 1:
		return []Fault{{"cues", fmt.Sprint(cues), "must be 1: all starts on one mixture without noise are the same"}}
	}
	for _, part := range t.mix {
		if part.Pattern >= t.k {
			return []Fault{{"mix", t.settings.Text("mix"), fmt.Sprintf("patterns 0 … K−1, here %d at N = %d", t.k-1, t.n)}}
		}
	}
	return nil
}

// run measures starts first … cues−1 on one set of patterns. All starts from 0 on
// are relaxed, in one pass, for the count of distinct minima takes them all.
func (t *spurious) run(ctx context.Context, sample, first, cues int, env Env) (Rows, error) {
	p, key := t.draw(sample, env)
	x, err := t.startOrResume(p, key, t.starts(p, key, 0, cues), env)
	if err != nil {
		return nil, err
	}
	x.heat(key, from(0))
	if err := x.runSaving(ctx, env); err != nil {
		return nil, err
	}
	if err := x.quench(ctx, key, env); err != nil {
		return nil, err
	}
	rows := make([][]any, cues)
	minima := make([]minimum, cues)
	env.Do(cues, func(c int) { rows[c], minima[c] = t.measure(p, x, c, c) })
	return Rows{"trials": rows[first:], "sets": captures(minima, first)}, nil
}

// starts returns starts first … last−1 of a sample.
func (t *spurious) starts(p *model.Patterns, key model.Key, first, last int) []model.State {
	if t.from == "cue" {
		return t.cues(p, key, first, last)
	}
	states := make([]model.State, last-first)
	for r := range states {
		states[r] = make(model.State, t.n)
		if t.from == "random" {
			key.Sub("start", uint64(first+r)).Source().Signs(states[r])
		} else {
			t.mixed(p, key, first+r, states[r])
		}
	}
	return states
}

// mixed writes start c on a mixture to s.
func (t *spurious) mixed(p *model.Patterns, key model.Key, c int, s model.State) {
	mix := t.mix
	if mix == nil {
		for part := range t.size {
			mix = append(mix, model.Part{Pattern: (c + part) % t.k, Sign: 1})
		}
	}
	p.Mix(mix, s)
	key.Sub("mixture "+mix.String(), uint64(t.changed), uint64(c)).Source().Flip(s, t.changed, make([]int32, t.n))
}

// measure returns the row of start c, which is replica r, and what its set counts
// of it.
func (t *spurious) measure(p *model.Patterns, x *relaxing, r, c int) ([]any, minimum) {
	s, progress := x.replicas.State(r), x.Progress(r)
	like := t.likeness(p, s, x.replicas.Overlaps(r, make([]int32, t.k)))
	settled := progress.Stop == model.FixedPoint || progress.Stop == model.Cycle
	row := append([]any{int64(c)}, t.row(like, s, x.replicas.Energy(r), settled)...)
	row = append(row, int64(progress.Sweeps), int64(progress.Flips), progress.Stop.String())
	m := minimum{fingerprint: s.Fingerprint()}
	if progress.Stop == model.FixedPoint {
		m.class = t.class(like)
	}
	return row, m
}

// replay runs one start again.
func (t *spurious) replay(ctx context.Context, sample, cue int, env Env) (*Replay, error) {
	p, key := t.draw(sample, env)
	states := t.starts(p, key, cue, cue+1)
	out := &Replay{Patterns: p, Cue: slices.Clone(states[0])}
	x := t.start(p, key, states, env)
	x.heat(key, from(cue))
	if err := x.run(ctx, env, nil); err != nil {
		return nil, err
	}
	if err := x.quench(ctx, key, env); err != nil {
		return nil, err
	}
	out.Final = x.replicas.State(0)
	out.Row, _ = t.measure(p, x, 0, cue)
	return out, nil
}
