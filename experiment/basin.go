package experiment

import (
	"context"
	"math/bits"
	"slices"

	"hopcap/model"
	"hopcap/sweep/study"
)

// Basin measures how far a cue may be from its pattern: the critical initial
// overlap m0_c.
//
// For each cued pattern a permutation of the neurons is drawn. In a cue with h hidden
// neurons the first h of the permutation are turned over (noisy) or replaced by random
// signs, the same at every h (partial). Bisection finds an h at which the cue is retrieved
// while at h+1 it is not. It takes about log₂N + 4 relaxations, with the same patterns and
// the same order of updates. overlap_critical is half-way between the overlaps of these
// two cues.
//
// Suppose that a cue is lost whenever a cue with fewer hidden neurons is lost. Then
// P(h ≥ x), over pattern sets, is the probability that a cue with x hidden neurons is
// retrieved. So the median of overlap_critical is the overlap at which half of the cues
// are retrieved. The estimates give it with a 95 % interval over pattern sets. A pattern
// that is not even retrieved from itself counts as an overlap above 1. The mean is over
// all other patterns; it differs from the median by the skewness of the distribution, a
// fraction of its width of order 1/√N. Bisection costs no precision: cues at fixed
// overlaps need more relaxations for the same error. The assumption is tested: a cue with
// √N/2 neurons less hidden should be retrieved, and a cue with √N/2 more should be lost.
//
// At T > 0 each relaxation makes max_sweeps sweeps and is not tested for equilibrium. All
// relaxations of one pattern have the same noise. The last state counts.
var Basin = Experiment{
	Kind:    "basin",
	Keys:    []study.Key{cueKeys[0], retrievedAt},
	Tables:  []study.Table{basinTrials.study()},
	Compile: compileBasin,
}

var basinTrials = table[search]{
	name:  "trials",
	index: []index[search]{{"cue", func(s *search) int { return s.pattern }}},
	columns: []column[search]{
		{name: "overlap_critical", role: study.Threshold, lead: true, axis: "critical overlap $m_0$", doc: "initial overlap at which retrieval is lost; empty if the pattern itself is not retrieved",
			of: decimalOrNil((*search).overlapCritical)},
		{name: "attractor", role: study.Rate, lead: true, axis: "retrieved from the pattern itself", doc: "1 if the network that starts on the pattern retrieves it",
			of: zeroOne(func(s *search) bool { return s.attractor })},
		{name: "hidden", role: study.Label, doc: "hidden neurons of the cue that is retrieved, while the cue with one more is lost",
			of: countOrNil(func(s *search) (int, bool) { return s.kept, s.attractor })},
		{name: "lost_inside", role: study.Rate, axis: "lost inside the basin", doc: "1 if a cue with √N/2 neurons less hidden is lost",
			of: zeroOneOrNil(func(s *search) (is, defined bool) { return !s.inside, s.attractor })},
		{name: "retrieved_outside", role: study.Rate, axis: "retrieved outside the basin", doc: "1 if a cue with √N/2 neurons more hidden is retrieved",
			of: zeroOneOrNil(func(s *search) (is, defined bool) { return s.outside, s.attractor })},
		{name: "relaxations", role: study.Label, doc: "relaxations made in the search",
			of: count(func(s *search) int { return s.cost.relaxations })},
		{name: "sweeps", role: study.Quantity, axis: "sweeps", doc: "sweeps of all relaxations",
			of: count(func(s *search) int { return s.cost.sweeps })},
		{name: "max_sweeps_reached", role: study.Rate, axis: "sweep limit reached", doc: "1 if one of the relaxations ended at max_sweeps",
			of: zeroOne(func(s *search) bool { return s.cost.limited })},
	},
}

// basin is the experiment at one grid point.
type basin struct {
	setup
	partial bool
	needed  int // the least M that counts as retrieval
}

func compileBasin(s study.Settings, cues int) (*Trial, []study.Fault) {
	base, faults := newThermalSetup(s)
	if len(faults) == 0 && cues > base.k {
		faults = append(faults, cuesFault(cues, base.n, base.k))
	}
	if len(faults) > 0 {
		return nil, faults
	}
	t := &basin{base, s.Text("cue") == "partial", base.threshold("retrieved_at")}
	trial := t.trial(2*cues, float64(cues*(bits.Len(uint(t.n))+4)))
	return recorded(trial, &t.setup, &basinTrials, t.run, t.replay), nil
}

// A search is the bisection for the edge of the basin of one pattern.
type search struct {
	pattern   int
	partial   bool        // hidden neurons are unknown, not turned over
	order     []int32     // (N), in which neurons are hidden
	emptiest  model.State // with all of them hidden
	attractor bool        // the pattern is retrieved from itself
	kept      int         // hidden neurons, retrieved
	lost      int         // hidden neurons, not retrieved
	inside    bool        // retrieved with some fewer than kept
	outside   bool        // retrieved with some more than lost
	cost      cost
}

// A cost counts the relaxations of a search.
type cost struct {
	relaxations, sweeps int
	limited             bool
}

// newSearch draws the order in which the neurons of pattern mu are hidden.
func (t *basin) newSearch(p *model.Patterns, key model.Key, mu int) *search {
	s := &search{pattern: mu, partial: t.partial, order: make([]int32, t.n), emptiest: make(model.State, t.n), lost: t.n}
	role := "basin noisy"
	if t.partial {
		role = "basin partial"
	}
	r := key.Sub(role, uint64(mu)).Source()
	r.Permute(s.order)
	if t.partial {
		r.Signs(s.emptiest)
		return s
	}
	p.Pattern(mu, s.emptiest)
	for i := range s.emptiest {
		s.emptiest[i] = -s.emptiest[i]
	}
	return s
}

// cue returns the pattern with so many of its neurons hidden.
func (s *search) cue(p *model.Patterns, hidden int) model.State {
	state := slices.Clone(s.emptiest)
	for _, i := range s.order[hidden:] {
		state[i] = p.At(int(i), s.pattern)
	}
	return state
}

// A probe is a cue of one search that is to be relaxed.
type probe struct {
	*search
	hidden int
}

// run searches the basins of patterns first … cues−1 of one set, side by side.
func (t *basin) run(ctx context.Context, sample, first, cues int, env study.Env) (study.Rows, error) {
	m, err := t.store(ctx, sample, env)
	if err != nil {
		return nil, err
	}
	searches, err := t.searches(ctx, m, first, cues, env)
	if err != nil {
		return nil, err
	}
	rows := make([][]any, len(searches))
	for i, s := range searches {
		rows[i] = basinTrials.row(s)
	}
	return study.Rows{"trials": rows}, nil
}

func (t *basin) searches(ctx context.Context, m *storedSet, first, cues int, env study.Env) ([]*search, error) {
	searches := make([]*search, cues-first)
	var ends []probe
	for i := range searches {
		searches[i] = t.newSearch(m.Patterns, m.key, first+i)
		ends = append(ends, probe{searches[i], 0}, probe{searches[i], t.n})
	}
	retrieved, err := t.relax(ctx, m, ends, env)
	if err != nil {
		return nil, err
	}
	for i, s := range searches {
		s.attractor = retrieved[2*i]
		switch {
		case retrieved[2*i+1]:
			s.kept = t.n
		case !s.attractor:
			s.lost = 0
		}
	}
	if err := t.bisect(ctx, m, searches, env); err != nil {
		return nil, err
	}
	return searches, t.check(ctx, m, searches, env)
}

// bisect halves all searches until kept and lost are neighbours.
func (t *basin) bisect(ctx context.Context, m *storedSet, searches []*search, env study.Env) error {
	rounds := float64(bits.Len(uint(t.n)) + 2)
	for round := 1.0; ; round++ {
		env.Progress(min(round/rounds, 1))
		var probes []probe
		for _, s := range searches {
			if s.lost-s.kept > 1 {
				probes = append(probes, probe{s, (s.kept + s.lost) / 2})
			}
		}
		if len(probes) == 0 {
			return nil
		}
		retrieved, err := t.relax(ctx, m, probes, env)
		if err != nil {
			return err
		}
		for i, q := range probes {
			if retrieved[i] {
				q.kept = q.hidden
			} else {
				q.lost = q.hidden
			}
		}
	}
}

// check tries a cue well inside and one well outside of each basin.
func (t *basin) check(ctx context.Context, m *storedSet, searches []*search, env study.Env) error {
	step := max(isqrt(t.n)/2, 1)
	var probes []probe
	for _, s := range searches {
		if s.attractor {
			probes = append(probes, probe{s, max(s.kept-step, 0)}, probe{s, min(s.lost+step, t.n)})
		}
	}
	retrieved, err := t.relax(ctx, m, probes, env)
	if err != nil {
		return err
	}
	for i := 0; i < len(probes); i += 2 {
		probes[i].inside, probes[i].outside = retrieved[i], retrieved[i+1]
	}
	return nil
}

// relax tells which of the cues are retrieved. They are relaxed together.
func (t *basin) relax(ctx context.Context, m *storedSet, probes []probe, env study.Env) ([]bool, error) {
	if len(probes) == 0 {
		return nil, nil
	}
	states := make([]model.State, len(probes))
	for i, q := range probes {
		states[i] = q.cue(m.Patterns, q.hidden)
	}
	x := t.start(m, states, env)
	x.heat(m.key, func(r int) int { return probes[r].pattern })
	if err := x.run(ctx, quiet{env}, nil); err != nil {
		return nil, err
	}
	retrieved := make([]bool, len(probes))
	overlaps := make([]int32, t.k)
	for i, q := range probes {
		target := x.target(q.pattern, x.Progress(i).Sweeps)
		retrieved[i] = int(x.replicas.Overlaps(i, overlaps)[target]) >= t.needed
		q.cost.relaxations++
		q.cost.sweeps += x.Progress(i).Sweeps
		q.cost.limited = q.cost.limited || x.Progress(i).Stop == model.MaxSweeps
	}
	return retrieved, nil
}

// quiet is an Env for one relaxation of many, whose progress is not the trial's.
type quiet struct{ study.Env }

func (quiet) Progress(float64) {}

// overlapCritical is half-way between the overlap of the cue that is retrieved and the
// overlap of the cue that is lost; false if the pattern itself is lost.
func (s *search) overlapCritical() (float64, bool) {
	n, hidden := float64(len(s.order)), float64(s.kept+s.lost)
	if s.partial {
		hidden /= 2
	}
	return (n - hidden) / n, s.attractor
}

// replay shows the emptiest cue that was found to be retrieved.
func (t *basin) replay(ctx context.Context, sample, cue int, env study.Env) (*Replay, error) {
	m, err := t.store(ctx, sample, env)
	if err != nil {
		return nil, err
	}
	searches, err := t.searches(ctx, m, cue, cue+1, env)
	if err != nil {
		return nil, err
	}
	states := []model.State{searches[0].cue(m.Patterns, searches[0].kept)}
	out := &Replay{Patterns: m.Patterns, Pattern: cue, Cue: slices.Clone(states[0]), Row: basinTrials.row(searches[0])}
	x := t.start(m, states, env)
	x.heat(m.key, from(cue))
	if err := x.run(ctx, env, out.film(x)); err != nil {
		return nil, err
	}
	out.Final = x.replicas.State(0)
	return out, nil
}
