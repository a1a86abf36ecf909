package experiment

import (
	"bytes"
	"context"
	"encoding/gob"
	"fmt"
	"math/big"
	"sync/atomic"

	"hopcap/experiment/memory"
	"hopcap/model"
	"hopcap/model/random"
	"hopcap/sweep/study"
)

// A setup is what every experiment needs of its grid point: the patterns, the
// memory that stores them, and the dynamics by which it relaxes.
type setup struct {
	settings study.Settings
	kind     memory.Kind
	rule     model.Rule
	n, k     int
	dynamics model.Dynamics
	ensemble ensemble
	key      model.Key // of the patterns of all samples
	heating            // the zero value at T = 0
}

// newSetup reads a point at T = 0, or says all that is wrong with it.
func newSetup(s study.Settings) (setup, []study.Fault) {
	t, faults := newThermalSetup(s)
	if s.Rat("temperature").Sign() != 0 {
		faults = append(faults, study.Fault{Key: "temperature", Value: s.Rat("temperature").FloatString(6), Allowed: "must be 0 in this experiment"})
	}
	return t, faults
}

// newThermalSetup reads a point at any temperature.
func newThermalSetup(s study.Settings) (setup, []study.Fault) {
	kind := memory.Of(s)
	rule := kind.Rule(s)
	n, k, faults := size(s, rule)
	e, more := ensembleOf(s, n, k)
	faults = append(faults, more...)
	var heat heating
	if len(faults) == 0 {
		heat, faults = heatingOf(s, kind, rule, n, k)
	}
	t := setup{
		settings: s, kind: kind, rule: rule, n: n, k: k, ensemble: e,
		dynamics: model.Dynamics{Order: orders[s.Text("order")], MaxSweeps: int(s.Int("max_sweeps"))},
		key:      patternsKey(s, e, n, k),
		heating:  heat,
	}
	if len(faults) == 0 {
		faults = t.redrawFaults()
	}
	return t, faults
}

var orders = map[string]model.Order{"random": model.Random, "typewriter": model.Typewriter, "parallel": model.Parallel}

// patternsKey is the stream of the patterns of a point: it depends on the
// ensemble, N and K, and on the seed, so that comparisons of dynamics, cues and
// experiments are made on the same patterns.
func patternsKey(s study.Settings, e ensemble, n, k int) model.Key {
	return random.NewKey(fmt.Sprintf("hopcap physics=%d seed=%d patterns=%s N=%d K=%d",
		model.Physics, s.Int("seed"), e.name, n, k))
}

// trial is the point with the work of one sample, as so many relaxations.
func (t *setup) trial(replicas int, relaxations float64) *Trial {
	return &Trial{
		N: t.n, K: t.k, Alpha: t.rule.Alpha(t.n, t.k),
		Price: t.price(),
		Bytes: t.rule.Bytes(t.n, t.k, replicas),
		Cost:  float64(t.n) * float64(t.k+64) * relaxations * t.expectedSweeps(),
		Note:  t.ensemble.note,
	}
}

// price is the N·K stored bits per neuron, and per number that holds them.
func (t *setup) price() []Price {
	if t.kind.Numbers == nil {
		return nil
	}
	return []Price{{Name: "bits_per_neuron", Value: float64(t.k)}, {Name: "bits_per_number", Value: t.bitsPerNumber(t.k)}}
}

// bitsPerNumber is the N·k bits of k patterns over the numbers that hold them.
func (t *setup) bitsPerNumber(k int) float64 {
	stored := new(big.Int).Mul(big.NewInt(int64(t.n)), big.NewInt(int64(k)))
	x, _ := new(big.Rat).SetFrac(stored, t.kind.Numbers(t.settings, t.n, k)).Float64()
	return x
}

// threshold is the least M that an overlap reaches which is given by a key.
func (t *setup) threshold(key string) int {
	return ceiling(new(big.Rat).Mul(t.settings.Rat(key), integer(t.n)), t.n)
}

// draw returns the patterns of a sample, which are borrowed, and the key of all
// that is drawn for them.
func (t *setup) draw(sample int, pool model.Pool) (*model.Patterns, model.Key) {
	key := t.key.Sub("sample", uint64(sample))
	if t.redraws() {
		return model.RedrawnPatterns(t.n, t.k, key), key
	}
	p := model.BorrowPatterns(t.n, t.k)
	if env, ok := pool.(study.Env); ok && t.n*t.k >= large {
		pool = &drawing{Env: env, share: drawSweeps / (drawSweeps + t.expectedSweeps())}
	}
	t.ensemble.draw(p, key, pool)
	return p, key
}

// drawSweeps is how many sweeps take as long as drawing large pattern sets.
const drawSweeps = 5

// A drawing tells how much of a large pattern set is drawn.
type drawing struct {
	study.Env
	share float64 // of the trial
	done  atomic.Int64
}

var _ model.Ender = (*drawing)(nil)

func (d *drawing) Do(n int, f func(part int)) {
	d.Env.Do(n, func(part int) {
		f(part)
		d.Progress(d.share * float64(d.done.Add(1)) / float64(n))
	})
}

func (d *drawing) Ended() bool {
	e, ok := d.Env.(model.Ender)
	return ok && e.Ended()
}

// expectedSweeps is a guess at the length of a relaxation.
func (t *setup) expectedSweeps() float64 {
	if t.hot() {
		return float64(t.dynamics.MaxSweeps)
	}
	return min(t.kind.Sweeps(t.n, t.k), float64(t.dynamics.MaxSweeps))
}

// relaxing is states of one pattern set on their way, all replicas of one
// network, so that each pass over its patterns serves them all.
type relaxing struct {
	*setup
	*model.Relaxation
	set      *storedSet
	replicas model.Replicas
	count    int // of replicas
	heated   bool
}

// A storedSet is the pattern set of a sample in the network that stores it.
type storedSet struct {
	*model.Patterns
	key     model.Key // of all that is drawn for the set
	network model.Network
}

// store draws the patterns of a sample and stores them, once for all that is started
// from then on. A set that cannot be stored is a *model.NotStored (see notStored).
func (t *setup) store(ctx context.Context, sample int, env study.Env) (*storedSet, error) {
	p, key := t.draw(sample, env)
	return t.storeThese(ctx, p, key, env)
}

// storeThese stores some patterns of the sample that key is of.
func (t *setup) storeThese(ctx context.Context, p *model.Patterns, key model.Key, pool model.Pool) (*storedSet, error) {
	network, err := t.rule.Store(ctx, p, key, pool)
	if err != nil {
		return nil, err
	}
	return &storedSet{p, key, network}, nil
}

// start loads states, which it takes over.
func (t *setup) start(m *storedSet, states []model.State, pool model.Pool) *relaxing {
	return t.startOrdered(m, m.key, states, pool)
}

// startOrdered is start with updates in an order drawn from key.
func (t *setup) startOrdered(m *storedSet, key model.Key, states []model.State, pool model.Pool) *relaxing {
	replicas := m.network.Start(states, pool)
	return &relaxing{t, t.dynamics.Relax(replicas, len(states), t.n, key), m, replicas, len(states), false}
}

// resume loads what an interrupted run of the trial saved, nil if nothing.
func (t *setup) resume(m *storedSet, env study.Env) (*relaxing, error) {
	var c model.Checkpoint
	if err := load(env, &c); err != nil {
		return nil, fmt.Errorf("checkpoint of N = %d, K = %d: %w", t.n, t.k, err)
	}
	return t.resumed(m, c, env), nil
}

// resumed loads the states of a checkpoint, nil if it is empty.
func (t *setup) resumed(m *storedSet, c model.Checkpoint, pool model.Pool) *relaxing {
	if c.States == nil {
		return nil
	}
	replicas := m.network.Start(c.States, pool)
	return &relaxing{t, t.dynamics.Resume(replicas, c, m.key), m, replicas, len(c.States), false}
}

// startOrResume loads the states of an interrupted run, or else new ones.
func (t *setup) startOrResume(m *storedSet, states []model.State, env study.Env) (*relaxing, error) {
	x, err := t.resume(m, env)
	if x == nil && err == nil {
		x = t.start(m, states, env)
	}
	return x, err
}

// run relaxes to the end. each, where not nil, is called after every sweep.
func (x *relaxing) run(ctx context.Context, env study.Env, each func() error) error {
	if x.hot() && !x.heated {
		panic("experiment: T > 0 without noise")
	}
	expected := x.expectedSweeps()
	drawn := 0.0
	if x.n*x.k >= large {
		drawn = drawSweeps
	}
	visited := func(neurons int) {
		made := float64(x.Sweeps()) + float64(neurons)/float64(x.n)
		env.Progress((drawn + made) / (drawn + made + max(expected-made, 1)))
	}
	for !x.Done() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := x.Sweep(ctx, visited); err != nil {
			return err
		}
		if each == nil {
			continue
		}
		if err := each(); err != nil {
			return err
		}
	}
	return nil
}

// large is the work of a sweep, N·K, from which a checkpoint after each sweep
// costs next to nothing beside it.
const large = 1 << 32

// runSaving relaxes to the end, saving its state between sweeps if they are long.
func (x *relaxing) runSaving(ctx context.Context, env study.Env) error {
	return x.run(ctx, env, func() error {
		if x.n*x.k < large || x.Done() {
			return nil
		}
		return x.save(env)
	})
}

func (x *relaxing) save(env study.Env) error { return save(env, x.Checkpoint()) }

// save keeps a checkpoint, which load gives back; nothing has been saved if it
// changes nothing.
func save(env study.Env, checkpoint any) error {
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(checkpoint); err != nil {
		return err
	}
	return env.Save(b.Bytes())
}

func load(env study.Env, checkpoint any) error {
	blob, err := env.Load()
	if blob == nil || err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(blob)).Decode(checkpoint)
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
