package experiment

import (
	"math/big"

	"hopcap/model"
	"hopcap/sweep/study"
)

// cueKeys are the keys of experiments that start from cues of stored patterns.
var cueKeys = []study.Key{
	{Table: "experiment", Name: "cue", Type: study.Text, Default: `"noisy"`, Allowed: []string{"noisy", "partial"},
		Doc: "noisy: some neurons flipped | partial: a known fraction, the rest random", Caption: cueCaption},
	{Table: "experiment", Name: "overlap", Type: study.Decimal, Default: "1.0", Range: "−1 … 1", Check: study.Within("overlap", -1, 1),
		Doc: "overlap m of a noisy cue with its pattern, or the known fraction of a partial one"},
}

// retrievedAt is the key of the overlap that counts as retrieval.
var retrievedAt = captioned(fraction("retrieved_at", "0.7", "final overlap that counts as retrieval"), retrievedCaption)

// fraction is a key of a decimal in (0, 1].
func fraction(name, preset, doc string) study.Key {
	return study.Key{Table: "experiment", Name: name, Type: study.Decimal, Default: preset, Range: "0 < " + name + " ≤ 1",
		Check: func(s study.Settings) bool { return study.Positive(name)(s) && study.Within(name, 0, 1)(s) }, Doc: doc}
}

// A cueing is a way of making cues.
type cueing struct {
	partial bool
	changed int // neurons flipped in a noisy cue, or known in a partial one
}

// cueingOf reads the keys cue and overlap.
func cueingOf(s study.Settings, n int) (cueing, []study.Fault) {
	overlap := s.Rat("overlap")
	partial := s.Text("cue") == "partial"
	var faults []study.Fault
	if partial && overlap.Sign() < 0 {
		faults = append(faults, study.Fault{Key: "overlap", Value: overlap.FloatString(4), Allowed: "must be 0 … 1: the fraction of its pattern that a partial cue knows"})
	}
	return cueing{partial, changed(partial, overlap, n)}, faults
}

// changed returns the neurons flipped in a noisy cue of overlap m,
// ⌊N(1−m)/2 + ½⌋, or known in a partial one, ⌊Nm + ½⌋.
func changed(partial bool, m *big.Rat, n int) int {
	x := new(big.Rat).Mul(m, integer(n))
	if !partial {
		x.Sub(integer(n), x)
		x.Mul(x, half)
	}
	return rounded(x, n)
}

// cues returns the cues of patterns first … last−1 of a sample.
func (c cueing) cues(p *model.Patterns, key model.Key, first, last int) []model.State {
	states := make([]model.State, last-first)
	scratch := make([]int32, p.N)
	for r := range states {
		states[r] = make(model.State, p.N)
		c.cue(p, key, first+r, states[r], scratch)
	}
	return states
}

// cue writes the cue of pattern mu to s.
func (c cueing) cue(p *model.Patterns, key model.Key, mu int, s model.State, scratch []int32) {
	if c.partial {
		p.Partial(mu, c.changed, key.Sub("cue partial", uint64(c.changed), uint64(mu)).Source(), s, scratch)
		return
	}
	p.Noisy(mu, c.changed, key.Sub("cue noisy", uint64(c.changed), uint64(mu)).Source(), s, scratch)
}
