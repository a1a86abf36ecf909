package experiment

import (
	"fmt"
	"slices"
	"strconv"

	"hopcap/model"
	"hopcap/sweep/study"
)

// startKeys are the keys of experiments that start in states of several kinds, from by
// default.
func startKeys(from string) []study.Key {
	return slices.Concat([]study.Key{
		{Table: "experiment", Name: "start", Type: study.Text, Default: strconv.Quote(from), Allowed: []string{"random", "cue", "mixture"},
			Doc: "random: independent signs | cue: cues of patterns | mixture: mixtures of patterns", Caption: startCaption},
		{Table: "experiment", Name: "mix", Type: study.Text, Default: `"3"`, Range: `an odd number of patterns, as "3", or the patterns with their signs, as "+0 -4 +7"`,
			Check: func(s study.Settings) bool { _, _, err := parseMix(s.Text("mix")); return err == nil },
			Doc:   "what start = mixture mixes"},
	}, cueKeys)
}

// A starting is a way of making starts.
//
// Start c of a pattern set is one of three states. With start = "random" it has
// independent signs. With "cue" it is the cue of pattern c. With "mixture" it is a mixture
// of patterns with some neurons flipped, as in a noisy cue of the given overlap; the
// mixture is +c +(c+1) … of mix patterns, or the mixture that mix lists.
type starting struct {
	cueing
	from string
	mix  model.Mixture // as listed, or
	size int           // the number of patterns mixed
}

// startingOf reads the keys of the starts in a network of n neurons.
func startingOf(s study.Settings, n int) (starting, []study.Fault) {
	cue, faults := cueingOf(s, n)
	mix, size, _ := parseMix(s.Text("mix"))
	return starting{cue, s.Text("start"), mix, size}, faults
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

// check says which starts do not exist with k patterns of n neurons.
func (t *starting) check(s study.Settings, n, k, cues int) []study.Fault {
	switch {
	case t.from == "cue" && cues > k:
		return []study.Fault{cuesFault(cues, n, k)}
	case t.from != "mixture":
		return nil
	case t.partial:
		return []study.Fault{{Key: "cue", Value: "partial", Allowed: `must be "noisy" with start = "mixture": some neurons of the mixture are flipped`}}
	case t.size > k:
		return []study.Fault{{Key: "mix", Value: s.Text("mix"), Allowed: fmt.Sprintf("must have at most K patterns, here %d at N = %d", k, n)}}
	case t.mix == nil && cues > k:
		return []study.Fault{cuesFault(cues, n, k)}
	case t.mix != nil && t.changed == 0 && cues > 1:
		return []study.Fault{{Key: "cues", Value: fmt.Sprint(cues), Allowed: "must be 1: without noise all starts on one mixture are the same"}}
	}
	for _, part := range t.mix {
		if part.Pattern >= k {
			return []study.Fault{{Key: "mix", Value: s.Text("mix"), Allowed: fmt.Sprintf("must have patterns 0 … K−1 only, here 0 … %d at N = %d", k-1, n)}}
		}
	}
	return nil
}

// starts returns starts first … last−1 of a sample.
func (t *starting) starts(p *model.Patterns, key model.Key, first, last int) []model.State {
	if t.from == "cue" {
		return t.cues(p, key, first, last)
	}
	states := make([]model.State, last-first)
	for r := range states {
		states[r] = make(model.State, p.N)
		if t.from == "random" {
			key.Sub("start", uint64(first+r)).Source().Signs(states[r])
		} else {
			t.mixed(p, key, first+r, states[r])
		}
	}
	return states
}

// mixed writes start c on a mixture to s.
func (t *starting) mixed(p *model.Patterns, key model.Key, c int, s model.State) {
	mix := t.mixture(p, c)
	p.Mix(mix, s)
	key.Sub("mixture "+mix.String(), uint64(t.changed), uint64(c)).Source().Flip(s, t.changed, make([]int32, p.N))
}

// mixture returns the mixture that start c is on.
func (t *starting) mixture(p *model.Patterns, c int) model.Mixture {
	mix := t.mix
	if mix == nil {
		for part := range t.size {
			mix = append(mix, model.Part{Pattern: (c + part) % p.K, Sign: 1})
		}
	}
	return mix
}
