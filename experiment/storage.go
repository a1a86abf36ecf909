package experiment

import (
	"context"
	"fmt"
	"math/big"

	"hopcap/model"
	"hopcap/sweep/study"
)

// Storage measures how many patterns fit. It stores the first k of the K patterns of a set
// and makes one parallel step from some of them: the first ones, at most probes. Bisection
// finds a k at which at most the fraction bit_error of their bits is wrong, while more bits
// are wrong at k+1.
//
// k varies between pattern sets for two reasons: the patterns differ, and the wrong bits
// are counted on a finite number of patterns. The mean of k has a bias of about the square
// of its relative spread. More probes make the spread and the bias smaller.
var Storage = Experiment{
	Kind: "storage",
	Keys: []study.Key{
		{Table: "experiment", Name: "bit_error", Type: study.Decimal, Default: "0.005", Range: "0 ≤ bit_error < 0.5",
			Check: func(s study.Settings) bool { return s.Rat("bit_error").Sign() >= 0 && s.Rat("bit_error").Cmp(half) < 0 },
			Doc:   "the largest fraction of wrong bits after one step"},
		{Table: "experiment", Name: "probes", Type: study.Int, Default: "256", Range: "1 … 65536", Check: study.Between("probes", 1, 1<<16),
			Doc: "the most patterns that are stepped"},
	},
	Tables:  []study.Table{storageTrials.study()},
	Compile: compileStorage,
}

// A storageOutcome is how many patterns of a set fit.
type storageOutcome struct {
	fit, k int     // of k
	alpha  float64 // the load of the patterns that fit
	price  float64 // their bits over the numbers that hold them
	priced bool    // the memory says how many numbers it stores
}

var storageTrials = table[storageOutcome]{
	name:  "trials",
	index: []index[storageOutcome]{{"cue", wholeSet[storageOutcome]}},
	columns: []column[storageOutcome]{
		{name: "patterns_max", role: study.Quantity, lead: true, axis: `patterns stored $K_{\mathrm{max}}$`, doc: "the number of patterns stored at which the bit error reaches bit_error",
			of: count(func(o *storageOutcome) int { return o.fit })},
		{name: "alpha_max", role: study.Quantity, axis: "storage load $\\alpha_{max}$", doc: "patterns_max in the memory's own scale",
			of: decimalOrNil(func(o *storageOutcome) (float64, bool) { return o.alpha, o.fit > 0 })},
		{name: "bits_per_number_max", role: study.Quantity, lead: true, axis: "bits per stored number", doc: "N·patterns_max bits over the numbers that the memory stores; empty for kinds that do not tell",
			of: decimalOrNil(func(o *storageOutcome) (float64, bool) { return o.price, o.fit > 0 && o.priced })},
		{name: "bounded", role: study.Rate, axis: "sets that were too small", doc: "1 if all K patterns could be stored, so that patterns_max is only a lower bound",
			of: zeroOne(func(o *storageOutcome) bool { return o.fit == o.k })},
	},
}

// storage is the experiment at one grid point.
type storage struct {
	setup
	limit  *big.Rat
	probes int
}

func compileStorage(s study.Settings, cues int) (*Trial, []study.Fault) {
	base, faults := newSetup(s)
	if s.Text("order") != "parallel" {
		faults = append(faults, study.Fault{Key: "order", Value: s.Text("order"), Allowed: `must be "parallel": this experiment makes one parallel step`})
	}
	faults = append(faults, oneCue(cues, "storage")...)
	if len(faults) > 0 {
		return nil, faults
	}
	base.dynamics.MaxSweeps = 1
	t := &storage{base, s.Rat("bit_error"), int(s.Int("probes"))}
	tries := float64(new(big.Int).SetInt64(int64(t.k)).BitLen())
	trial := t.trial(min(t.k, t.probes), tries*float64(min(t.k, t.probes)))
	trial.Bytes *= 2 // all patterns and those stored
	return recorded(trial, &t.setup, &storageTrials, t.run, t.replay), nil
}

func (t *storage) run(ctx context.Context, sample, _, _ int, env study.Env) (study.Rows, error) {
	p, key := t.draw(sample, env)
	fits, fails := 0, t.k+1
	for tried := t.k; fails-fits > 1; tried = (fits + fails) / 2 {
		ok, _, err := t.stores(ctx, p, key, tried, env)
		if err != nil {
			return nil, err
		}
		if ok {
			fits = tried
		} else {
			fails = tried
		}
		env.Progress(1 - float64(fails-fits)/float64(t.k+1))
	}
	o := t.measure(fits)
	return study.Rows{"trials": {storageTrials.row(&o)}}, nil
}

// stores reports whether k patterns are stored within the bit error, and returns
// the states that the probes step to.
func (t *storage) stores(ctx context.Context, p *model.Patterns, key model.Key, k int, pool model.Pool) (bool, []model.State, error) {
	m, err := t.storeThese(ctx, p.First(k), key, pool)
	if notStored(err) {
		return false, nil, nil
	}
	if err != nil {
		return false, nil, err
	}
	states := make([]model.State, min(k, t.probes))
	for r := range states {
		states[r] = make(model.State, t.n)
		m.Pattern(r, states[r])
	}
	x := t.start(m, states, pool)
	if err := x.Sweep(ctx, nil); err != nil {
		return false, nil, err
	}
	wrong := 0
	for r := range states {
		wrong += x.Progress(r).Flips
		states[r] = x.replicas.State(r)
	}
	return big.NewRat(int64(wrong), int64(len(states)*t.n)).Cmp(t.limit) <= 0, states, nil
}

// measure returns the outcome of a set if so many of its patterns fit.
func (t *storage) measure(fit int) storageOutcome {
	o := storageOutcome{fit: fit, k: t.k, priced: t.kind.Numbers != nil}
	if fit > 0 {
		o.alpha = t.rule.Alpha(t.n, fit)
		if o.priced {
			o.price = t.bitsPerNumber(fit)
		}
	}
	return o
}

// replay shows the step of one pattern with all of its set stored; its row is that
// of the whole set.
func (t *storage) replay(ctx context.Context, sample, cue int, env study.Env) (*Replay, error) {
	rows, err := t.run(ctx, sample, 0, 1, env)
	if err != nil {
		return nil, err
	}
	p, key := t.draw(sample, env)
	out := &Replay{Patterns: p, Cue: make(model.State, t.n), Row: rows["trials"][0]}
	p.Pattern(0, out.Cue)
	_, states, err := t.stores(ctx, p, key, t.k, env)
	if err != nil {
		return nil, fmt.Errorf("sample %d, cue %d: %w", sample, cue, err)
	}
	if len(states) > 0 { // all of them could be stored
		out.Final = states[0]
	}
	return out, nil
}
