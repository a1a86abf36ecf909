package experiment

import (
	"bytes"
	"context"
	"encoding/gob"
	"fmt"
	"math/big"

	"hopcap/model"
)

// Retrieval starts the network from cues of stored patterns and asks whether it
// finds them again.
var Retrieval = Experiment{
	Kind: "retrieval",
	Keys: []Key{
		{Table: "experiment", Name: "cue", Type: Text, Default: `"noisy"`, Allowed: []string{"noisy", "partial"},
			Doc: "noisy: some neurons flipped | partial: a known fraction, the rest random"},
		{Table: "experiment", Name: "overlap", Type: Decimal, Default: "1.0", Range: "−1 … 1", Check: within("overlap", -1, 1),
			Doc: "overlap m of a noisy cue with its pattern, or the known fraction of a partial one"},
		{Table: "experiment", Name: "retrieved_at", Type: Decimal, Default: "0.7", Range: "0 < retrieved_at ≤ 1",
			Check: func(s Settings) bool { return positive("retrieved_at")(s) && within("retrieved_at", 0, 1)(s) },
			Doc:   "final overlap that counts as retrieval"},
	},
	Tables: []Table{{
		Name:  "trials",
		Index: []string{"cue"},
		Columns: []Column{
			{"overlap_initial", Decimal, Quantity, nil, "initial overlap $m_0$", "overlap of the cue with its pattern, whose index is cue"},
			{"overlap_final", Decimal, Quantity, nil, "retrieval overlap $m$", "overlap of the final state with the cued pattern"},
			{"retrieved", Int, Rate, nil, "retrieved fraction", "1 if overlap_final ≥ retrieved_at"},
			{"exact", Int, Rate, nil, "exactly retrieved fraction", "1 if overlap_final = 1"},
			{"overlap_best", Decimal, Quantity, nil, "largest overlap", "the overlap of largest size with any stored pattern, signed"},
			{"pattern_best", Int, Label, nil, "", "the pattern of overlap_best, the first of equals"},
			{"spurious", Int, Rate, nil, "spurious fraction", "1 for a fixed point or cycle none of whose overlaps reaches retrieved_at in size"},
			{"sweeps", Int, Quantity, nil, "sweeps", "sweeps made, the last one without a flip included"},
			{"flips", Int, Quantity, nil, "flips", "flips in all"},
			{"energy", Decimal, Quantity, nil, "energy per neuron $E/N$", "energy per neuron of the final state"},
			{"stop", Text, Category, []string{"max_sweeps"}, "", "fixed_point, cycle or max_sweeps"},
		},
	}},
	Compile: compileRetrieval,
}

// retrieval is the experiment at one grid point.
type retrieval struct {
	settings Settings
	memory   memory
	n, k     int
	dynamics model.Dynamics
	partial  bool
	changed  int // neurons flipped in a noisy cue, or known in a partial one
	needed   int // the least M that counts as retrieval
	patterns model.Key
}

func compileRetrieval(s Settings, cues int) (*Trial, []Fault) {
	m := memoryOf(s)
	n, k, faults := size(s, m)
	overlap := s.Rat("overlap")
	partial := s.Text("cue") == "partial"
	if partial && overlap.Sign() < 0 {
		faults = append(faults, Fault{"overlap", overlap.FloatString(4), "a partial cue knows a fraction of its pattern, 0 … 1"})
	}
	if len(faults) == 0 && cues > k {
		faults = append(faults, Fault{"cues", fmt.Sprint(cues), fmt.Sprintf("at most K, here %d at N = %d", k, n)})
	}
	if len(faults) > 0 {
		return nil, faults
	}
	t := &retrieval{
		settings: s, memory: m, n: n, k: k, partial: partial,
		dynamics: model.Dynamics{Order: orders[s.Text("order")], MaxSweeps: int(s.Int("max_sweeps"))},
		changed:  changed(partial, overlap, n),
		needed:   ceiling(new(big.Rat).Mul(s.Rat("retrieved_at"), integer(n)), n),
		patterns: patternsKey(s, n, k),
	}
	return &Trial{
		N: n, K: k, Alpha: m.alpha(s, n, k),
		Bytes:  m.bytes(s, n, k, cues),
		Cost:   float64(n) * float64(k+64) * float64(cues) * expectedSweeps(n, k, t.dynamics.MaxSweeps),
		Run:    t.run,
		Replay: t.replay,
	}, nil
}

var orders = map[string]model.Order{"random": model.Random, "typewriter": model.Typewriter, "parallel": model.Parallel}

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

// patternsKey is the stream of the patterns of a point: it depends on the
// ensemble, N and K, and on the seed, so that comparisons of dynamics, cues and
// experiments are made on the same patterns.
func patternsKey(s Settings, n, k int) model.Key {
	return model.NewKey(fmt.Sprintf("hopcap physics=%d seed=%d patterns=%s N=%d K=%d",
		model.Physics, s.Int("seed"), s.Text("ensemble"), n, k))
}

// expectedSweeps is a guess at the length of a relaxation, good enough to order
// work and to extrapolate from a probe: a handful below the collapse, about
// 0.7·√N above it.
func expectedSweeps(n, k, limit int) float64 {
	alpha := float64(k) / float64(n)
	t := min(max((alpha-0.12)/0.03, 0), 1)
	above := 0.7 * float64(isqrt(n))
	return min(6+t*above, float64(limit))
}

func isqrt(n int) int {
	return int(new(big.Int).Sqrt(big.NewInt(int64(n))).Int64())
}

// run measures cues first … cues−1 on one set of patterns. They are relaxed
// together.
func (t *retrieval) run(ctx context.Context, sample, first, cues int, env Env) (Rows, error) {
	key := t.patterns.Sub("sample", uint64(sample))
	patterns := model.NewPatterns(t.n, t.k)
	patterns.Draw(key, env)
	x, err := t.start(patterns, key, first, cues, env)
	if err != nil {
		return nil, err
	}
	if err := x.relax(ctx, t, env); err != nil {
		return nil, err
	}
	return Rows{"trials": x.rows(t, first)}, nil
}

// cued is the cues of one pattern set on their way.
type cued struct {
	*model.Relaxation
	replicas model.Replicas
	initial  []int // overlaps M of the cues, shape (replicas)
}

// saved is the checkpoint of a large trial.
type saved struct {
	Initial []int
	model.Checkpoint
}

// start loads the cues, or the states that an interrupted run saved.
func (t *retrieval) start(p *model.Patterns, key model.Key, first, cues int, env Env) (*cued, error) {
	blob, err := env.Load()
	if err != nil {
		return nil, err
	}
	network := t.memory.network(t.settings, p)
	if blob != nil {
		var c saved
		if err := gob.NewDecoder(bytes.NewReader(blob)).Decode(&c); err != nil {
			return nil, fmt.Errorf("checkpoint of N = %d, K = %d: %w", t.n, t.k, err)
		}
		replicas := network.Load(c.States, env)
		return &cued{t.dynamics.Resume(replicas, c.Checkpoint, key), replicas, c.Initial}, nil
	}
	states := make([]model.State, cues-first)
	initial := make([]int, cues-first)
	scratch := make([]int32, t.n)
	for r := range states {
		states[r] = make(model.State, t.n)
		t.cue(p, key, first+r, states[r], scratch)
		initial[r] = p.Overlap(first+r, states[r])
	}
	replicas := network.Load(states, env)
	return &cued{t.dynamics.Relax(replicas, len(states), t.n, key), replicas, initial}, nil
}

// cue writes the cue of pattern mu to s.
func (t *retrieval) cue(p *model.Patterns, key model.Key, mu int, s model.State, scratch []int32) {
	if t.partial {
		p.Partial(mu, t.changed, key.Sub("cue partial", uint64(t.changed), uint64(mu)).Source(), s, scratch)
		return
	}
	p.Noisy(mu, t.changed, key.Sub("cue noisy", uint64(t.changed), uint64(mu)).Source(), s, scratch)
}

// large is the work of a sweep, N·K, from which a checkpoint after each sweep
// costs next to nothing beside it.
const large = 1 << 32

// relax runs the relaxation to its end, saving its state between sweeps if they
// are long.
func (x *cued) relax(ctx context.Context, t *retrieval, env Env) error {
	expected := expectedSweeps(t.n, t.k, t.dynamics.MaxSweeps)
	visited := func(neurons int) {
		made := float64(x.Sweeps()) + float64(neurons)/float64(t.n)
		env.Progress(made / (made + max(expected-made, 1)))
	}
	for !x.Done() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := x.Sweep(ctx, visited); err != nil {
			return err
		}
		if t.n*t.k >= large && !x.Done() {
			if err := x.save(env); err != nil {
				return err
			}
		}
	}
	return nil
}

func (x *cued) save(env Env) error {
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(saved{x.initial, x.Checkpoint()}); err != nil {
		return err
	}
	return env.Save(b.Bytes())
}

// rows measures the final states, of which the first is that of cue first.
func (x *cued) rows(t *retrieval, first int) [][]any {
	rows := make([][]any, len(x.initial))
	overlaps := make([]int32, t.k)
	for r := range rows {
		rows[r] = t.measure(first+r, x.initial[r], x.replicas.Overlaps(r, overlaps), x.replicas.Energy(r), x.Progress(r))
	}
	return rows
}

// measure returns one row of the table trials.
func (t *retrieval) measure(cue, initial int, m []int32, energy float64, p model.Progress) []any {
	best, at := largest(m)
	final := int(m[cue])
	settled := p.Stop == model.FixedPoint || p.Stop == model.Cycle
	n := float64(t.n)
	return []any{
		int64(cue),
		float64(initial) / n, float64(final) / n,
		indicator(final >= t.needed), indicator(final == t.n),
		float64(best) / n, int64(at),
		indicator(settled && best < t.needed && -best < t.needed),
		int64(p.Sweeps), int64(p.Flips), energy, p.Stop.String(),
	}
}

// largest returns the overlap of largest size and its pattern, the first of
// equals.
func largest(m []int32) (best, at int) {
	for mu, v := range m {
		if max(v, -v) > int32(max(best, -best)) {
			best, at = int(v), mu
		}
	}
	return best, at
}

func indicator(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
