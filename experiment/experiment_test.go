package experiment

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"

	"hopcap/model"
)

// settings is a point as the tests write it; decimals are text.
type settings map[string]any

func (s settings) Has(key string) bool      { _, has := s[key]; return has }
func (s settings) Int(key string) int64     { return int64(s[key].(int)) }
func (s settings) Bool(key string) bool     { return s[key].(bool) }
func (s settings) Text(key string) string   { return s[key].(string) }
func (s settings) Float(key string) float64 { f, _ := s.Rat(key).Float64(); return f }
func (s settings) Rat(key string) *big.Rat {
	x, ok := new(big.Rat).SetString(fmt.Sprint(s[key]))
	if !ok {
		panic(key)
	}
	return x
}

// Patterns returns the file that the settings have, by its path.
func (s settings) Patterns(path string) (*PatternFile, error) {
	if f, ok := s["file "+path].(*PatternFile); ok {
		return f, nil
	}
	return nil, errors.New("no such file")
}

// point returns the standard retrieval settings, changed as said.
func point(change settings) settings {
	s := settings{
		"seed": 1985, "model.kind": "hopfield", "diagonal": false, "ensemble": "unbiased", "path": "", "sha256": "",
		"order": "random", "temperature": "0", "max_sweeps": 1000,
		"experiment.kind": "retrieval", "cue": "noisy", "overlap": "1", "retrieved_at": "0.7", "trace": false, "states": 0,
		"N": 100, "alpha": "0.1",
	}
	for k, v := range change {
		s[k] = v
	}
	if s.Has("K") {
		delete(s, "alpha")
	}
	return s
}

// alone is an Env with one worker and no checkpoint.
type alone struct{ blob []byte }

func (*alone) Do(n int, f func(int)) {
	for i := range n {
		f(i)
	}
}
func (*alone) Workers() int            { return 1 }
func (*alone) Progress(float64)        {}
func (e *alone) Load() ([]byte, error) { return e.blob, nil }
func (e *alone) Save(b []byte) error   { e.blob = b; return nil }

func compiled(t *testing.T, s settings, cues int) *Trial {
	t.Helper()
	trial, faults := Retrieval.Compile(s, cues)
	if faults != nil {
		t.Fatalf("%+v", faults)
	}
	return trial
}

// trialColumn returns one column of the trials of several samples of a retrieval.
func trialColumn(t *testing.T, trial *Trial, samples, cues int, name string) (list []float64) {
	t.Helper()
	for sample := range samples {
		list = append(list, values(t, Retrieval, trial, sample, cues, name)...)
	}
	return list
}

// againstExact compares bit errors of pattern sets, each with its cues, whose retrievals
// are correlated, with the exact one.
func againstExact(t *testing.T, overlaps []float64, cues int, exact float64) {
	t.Helper()
	var sets []float64
	for cue := range slices.Chunk(overlaps, cues) {
		sets = append(sets, (1-stat.Mean(cue, nil))/2)
	}
	mean, sd := stat.MeanStdDev(sets, nil)
	if z := (mean - exact) / (sd / math.Sqrt(float64(len(sets)))); math.Abs(z) > 4 {
		t.Errorf("bit error %.6f after one step, exactly %.6f: z = %.1f", mean, exact, z)
	}
}

// K = ⌊αN + ½⌋ is decided on the decimal text: 0.145·1000 is 145 and 0.0125·200
// is 2.5, which rounds up, whatever a float makes of them.
func TestRoundingOfTheLoad(t *testing.T) {
	for _, c := range []struct {
		n     int
		alpha string
		k     int
	}{{1000, "0.145", 145}, {200, "0.0125", 3}, {200, "0.0124", 2}, {500, "0.138", 69}, {1000, "0.1385", 139}, {3, "0.17", 1}} {
		if trial := compiled(t, point(settings{"N": c.n, "alpha": c.alpha}), 1); trial.K != c.k {
			t.Errorf("N = %d, alpha = %s: K = %d, want %d", c.n, c.alpha, trial.K, c.k)
		}
	}
}

// The cue has exactly the overlap asked for, up to rounding a half up.
func TestCueOverlap(t *testing.T) {
	for _, c := range []struct {
		n       int
		overlap string
		flips   int
	}{{100, "0.8", 10}, {101, "0.8", 10}, {105, "0.8", 11}, {100, "-1", 100}, {100, "1", 0}, {100, "0", 50}} {
		trial := compiled(t, point(settings{"N": c.n, "overlap": c.overlap}), 1)
		want := 1 - 2*float64(c.flips)/float64(c.n)
		for _, m := range trialColumn(t, trial, 3, 1, "overlap_initial") {
			if math.Abs(m-want) > 1e-15 {
				t.Errorf("N = %d: cue overlap %v, want %v", c.n, m, want)
			}
		}
	}
}

// A partial cue of fraction m has mean overlap m.
func TestPartialCueOverlap(t *testing.T) {
	m := trialColumn(t, compiled(t, point(settings{"N": 400, "cue": "partial", "overlap": "0.5"}), 4), 100, 4, "overlap_initial")
	var sum float64
	for _, v := range m {
		sum += v
	}
	// 200 random signs a cue
	if z := (sum/400 - 0.5) / (math.Sqrt(200) / 400 / 20); math.Abs(z) > 4 {
		t.Errorf("mean overlap of partial cues %v: z = %.1f", sum/400, z)
	}
}

func TestFaults(t *testing.T) {
	for _, c := range []struct {
		change settings
		cues   int
		key    string
	}{
		{settings{"N": 100, "alpha": "0.004"}, 1, "alpha"},
		{settings{"K": 3}, 4, "cues"},
		{settings{"cue": "partial", "overlap": "-0.1"}, 1, "overlap"},
		{settings{"alpha": "1e20"}, 1, "alpha"},
	} {
		trial, faults := Retrieval.Compile(point(c.change), c.cues)
		if trial != nil || len(faults) != 1 || faults[0].Key != c.key {
			t.Errorf("%v: %+v, want one fault of %s", c.change, faults, c.key)
		}
	}
}

// A row does not depend on which other cues of its set are measured.
func TestCuesAreIndependent(t *testing.T) {
	trial := compiled(t, point(settings{"N": 200, "alpha": "0.13", "overlap": "0.8"}), 5)
	all, err := trial.Run(context.Background(), 3, 0, 5, &alone{})
	if err != nil {
		t.Fatal(err)
	}
	late, err := trial.Run(context.Background(), 3, 3, 5, &alone{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(late["trials"]), fmt.Sprint(all["trials"][3:]); got != want {
		t.Errorf("cues 3 and 4 alone: %s, with the others %s", got, want)
	}
}

// retrieved_at decides at equality, on integers: with N = 10 an overlap of 0.8
// reaches 0.8 though 0.8·10 is no integer in floats everywhere.
func TestThresholdIsInclusive(t *testing.T) {
	for _, c := range []struct {
		at   string
		want int
	}{{"0.8", 8}, {"0.81", 9}, {"0.7", 7}, {"1", 10}} {
		needed := ceiling(new(big.Rat).Mul(point(settings{"r": c.at}).Rat("r"), integer(10)), 10)
		if needed != c.want {
			t.Errorf("retrieved_at %s needs M = %d, want %d", c.at, needed, c.want)
		}
	}
}

// What is recorded of a cue follows from integer overlaps, each threshold inclusive.
func TestRetrievalRow(t *testing.T) {
	for _, c := range []struct {
		final, best, nearest       int
		stop                       model.Stop
		retrieved, exact, spurious int64
	}{
		{100, 100, 0, model.FixedPoint, 1, 1, 0},
		{70, 70, 0, model.FixedPoint, 1, 0, 0},
		{68, 68, 0, model.FixedPoint, 0, 0, 1},
		{68, 68, 0, model.Cycle, 0, 0, 1},
		{68, 68, 0, model.Thermal, 0, 0, 1},
		{68, 68, 0, model.MaxSweeps, 0, 0, 0},
		{10, -70, 2, model.FixedPoint, 0, 0, 0},
		{10, 72, 1, model.FixedPoint, 0, 0, 0},
	} {
		row := retrievalTrials.row(&retrievalOutcome{
			cue: 4, n: 100, needed: 70, initial: 90, final: c.final, best: c.best, nearest: c.nearest,
			energy: energy{-0.5, true}, Progress: model.Progress{Sweeps: 3, Flips: 7, Stop: c.stop},
		})
		want := []any{int64(4), 0.9, float64(c.final) / 100, c.retrieved, c.exact, float64(c.best) / 100, int64(c.nearest),
			c.spurious, int64(3), int64(7), -0.5, c.stop.String()}
		if !slices.Equal(row, want) {
			t.Errorf("%+v: %v, want %v", c, row, want)
		}
	}
}

// The pattern of largest overlap is found by size, the first of equals.
func TestLargest(t *testing.T) {
	for _, c := range []struct {
		m        []int32
		best, at int
	}{{[]int32{68, 4, -8}, 68, 0}, {[]int32{10, 4, -70}, -70, 2}, {[]int32{10, 72, -72}, 72, 1}} {
		if best, at := largest(c.m); best != c.best || at != c.at {
			t.Errorf("%v: %d of pattern %d, want %d of %d", c.m, best, at, c.best, c.at)
		}
	}
}

// An interrupted trial that goes on from its checkpoint ends in the same row.
func TestCheckpoint(t *testing.T) {
	for _, order := range []string{"random", "parallel"} {
		trial := compiled(t, point(settings{"N": 300, "alpha": "0.2", "order": order}), 2)
		want, err := trial.Run(context.Background(), 0, 0, 2, &alone{})
		if err != nil {
			t.Fatal(err)
		}
		env := &alone{blob: afterSweeps(t, point(settings{"N": 300, "alpha": "0.2", "order": order}), 3)}
		got, err := trial.Run(context.Background(), 0, 0, 2, env)
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %v after a checkpoint, %v without", order, got, want)
		}
	}
}

// afterSweeps returns the checkpoint of sample 0, two cues, after some sweeps.
func afterSweeps(t *testing.T, s settings, sweeps int) []byte {
	t.Helper()
	base, faults := newSetup(s)
	cue, more := cueingOf(s, base.n)
	if faults != nil || more != nil {
		t.Fatal(faults, more)
	}
	env := &alone{}
	m, err := base.store(context.Background(), 0, env)
	if err != nil {
		t.Fatal(err)
	}
	x := base.start(m, cue.cues(m.Patterns, m.key, 0, 2), env)
	for range sweeps {
		if err := x.Sweep(context.Background(), nil); err != nil {
			t.Fatal(err)
		}
	}
	if x.Done() {
		t.Fatal("the relaxation ended before its checkpoint")
	}
	if err := x.save(env); err != nil {
		t.Fatal(err)
	}
	return env.blob
}

// After one parallel step from a stored pattern each bit is wrong with the
// probability that N−1 plus (K−1)(N−1) independent signs is negative; by the
// tie rule a zero keeps the bit (exact for zero diagonal).
func TestOneStepErrorIsBinomial(t *testing.T) {
	const n, k, samples = 100, 20, 400
	trial := compiled(t, point(settings{"N": n, "K": k, "order": "parallel", "max_sweeps": 1}), k)
	againstExact(t, trialColumn(t, trial, samples, k, "overlap_final"), k, binomialTail((k-1)*(n-1), n-1))
}

// binomialTail returns the probability that the sum of n independent signs is
// less than −a.
func binomialTail(n, a int) float64 {
	p := 0.0
	for minus := 0; minus <= n; minus++ {
		if n-2*minus < -a {
			p += math.Exp(lchoose(n, minus) - float64(n)*math.Ln2)
		}
	}
	return p
}

func lchoose(n, k int) float64 {
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(k + 1))
	c, _ := math.Lgamma(float64(n - k + 1))
	return a - b - c
}

// The records of one point, pinned: they change only with a new version of the
// physics.
func TestGoldenRecords(t *testing.T) {
	trial := compiled(t, point(settings{"N": 300, "alpha": "0.14", "overlap": "0.9"}), 2)
	rows, err := trial.Run(context.Background(), 5, 0, 2, &alone{})
	if err != nil {
		t.Fatal(err)
	}
	const want = "[[0 0.9 0.6 0 0 0.6 0 1 11 77 -0.5432888888888889 fixed_point] [1 0.9 0.9866666666666667 1 0 0.9866666666666667 1 0 2 17 -0.5076888888888889 fixed_point]]"
	if got := fmt.Sprint(rows["trials"]); got != want {
		t.Errorf("records %s, want %s", got, want)
	}
}

// told is an Env that hears of the progress, and that may have ended.
type told struct {
	alone
	progress []float64
	ended    bool
}

func (e *told) Progress(done float64) { e.progress = append(e.progress, done) }
func (e *told) Ended() bool           { return e.ended }

func TestDrawingTells(t *testing.T) {
	e := &told{}
	d := &drawing{Env: e, share: 0.5}
	d.Do(4, func(int) {})
	if want := []float64{0.125, 0.25, 0.375, 0.5}; !slices.Equal(e.progress, want) {
		t.Errorf("progress %v, want %v", e.progress, want)
	}
	if d.Ended() {
		t.Error("ended too soon")
	}
	if e.ended = true; !d.Ended() {
		t.Error("the end is not told")
	}
	if (&drawing{Env: &alone{}}).Ended() {
		t.Error("an Env that knows no end has ended")
	}
}

// storedBy returns the network of a rule that always has one.
func storedBy(rule model.Rule, p *model.Patterns) model.Network {
	net, err := rule.Store(context.Background(), p, model.Key{}, nil)
	if err != nil {
		panic(err)
	}
	return net
}
