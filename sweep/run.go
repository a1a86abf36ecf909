package sweep

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"hopcap/sweep/config"
	"hopcap/sweep/store"
	"hopcap/sweep/study"
)

// ErrStopped says that a run ended early. Everything that it finished is saved.
var ErrStopped = errors.New("stopped early; everything that was finished is saved; run it again to continue")

// MissingCounts says that a shard has done its part of a round, but lacks counts of other
// shards. The next round is computed from the counts of all shards.
type MissingCounts struct {
	Dir   string
	Round int
	Units int // of others that the shard does not know
}

func (e *MissingCounts) Error() string {
	return fmt.Sprintf("this shard has done its part of round %d; the next round needs the counts of all shards; "+
		"%d pattern sets of other shards are not in %s; when they are done, merge them there and run this again", e.Round, e.Units, e.Dir)
}

// Is reports that missing counts are a reason to stop early: they match ErrStopped.
func (e *MissingCounts) Is(other error) bool { return other == ErrStopped }

// Options say how to run a config. None of them can change a record.
type Options struct {
	Dir        string            // where the records are kept
	Version    string            // of the physics; records of another version are refused
	Provenance map[string]string // kept beside the records: program, CPU, kernel, …
	Workers    int               // 0: as many as Go may use
	Memory     int64             // bytes that all running units may take together; 0: what the machine can spare
	Shard      store.Shard       // the zero value is the whole study
	Deadline   time.Time         // stop then, if not zero
	Progress   func(Progress)    // called at most ten times a second, never twice at once
}

// A Report is what a run did.
type Report struct {
	Path       string        // of the store
	Units      int           // pattern sets done by this run
	UnitsDone  int           // done by all runs
	UnitsTotal int           // needed
	Curves     []CurveStatus // of a study with a Stop
	Rows       int           // stored by this run
	Workers    int
	Elapsed    time.Duration
}

// A TrialError is a trial that failed or panicked.
type TrialError struct {
	Point  *config.Point
	Sample int
	Err    error
	Stack  []byte // of a panic
}

func (e *TrialError) Error() string {
	return fmt.Sprintf("%s, sample %d: %v", e.Point.Name(), e.Sample, e.Err)
}

func (e *TrialError) Unwrap() error { return e.Err }

// patience is how long a run waits for trials to notice that it was stopped.
const patience = 1500 * time.Millisecond

// Run does the missing trials of a study. It returns ErrStopped if ctx or the deadline
// ended it early. Everything that it finished is saved.
func Run(ctx context.Context, cfg *config.Config, opt Options) (Report, error) {
	opt = opt.withDefaults()
	if err := fits(cfg.Points, opt.Memory); err != nil {
		return Report{}, err
	}
	s, err := store.Create(cfg, opt.store())
	if err != nil {
		return Report{}, err
	}
	report, err := runUnits(ctx, cfg, opt, s)
	return report, cmp.Or(err, s.Close())
}

// store is the part of the options that package store needs.
func (o Options) store() store.Options {
	return store.Options{Dir: o.Dir, Shard: o.Shard, Version: o.Version, Provenance: o.Provenance}
}

func (o Options) withDefaults() Options {
	if o.Workers == 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Memory == 0 {
		o.Memory = spareMemory()
	}
	return o
}

// fits refuses a grid with a point that needs more memory than there is.
func fits(points []*config.Point, memory int64) error {
	for _, p := range points {
		if p.Bytes > memory {
			return &store.Refusal{Reason: fmt.Sprintf("%s: needs %d bytes of memory, only %d are free",
				p.Name(), p.Bytes, memory)}
		}
	}
	return nil
}

// A run is the workers on the units of one call of Run.
type run struct {
	cfg    *config.Config
	opt    Options
	deal   deal
	state  *state
	queue  *queue // of the present round
	pool   *pool
	writer *store.Writer
	meter  *meter
	fail   context.CancelCauseFunc

	panicked atomic.Pointer[caught] // by a worker, outside a trial
}

func runUnits(ctx context.Context, cfg *config.Config, opt Options, s *store.Store) (Report, error) {
	now, err := newState(cfg, s.Contents)
	if err != nil {
		return Report{}, err
	}
	if !opt.Deadline.IsZero() {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, opt.Deadline)
		defer cancel()
	}
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	w, err := s.Write(fail)
	if err != nil {
		return Report{}, err
	}
	r := &run{
		cfg: cfg, opt: opt, deal: newDeal(opt.Shard, cfg.Points), state: now,
		pool: newPool(opt.Workers), writer: w, meter: newMeter(cfg.Points), fail: fail,
	}
	r.begin()
	return r.finish(ctx, s.Path)
}

// begin takes up the present round.
func (r *run) begin() {
	r.state.makeRoom()
	r.queue = newQueue(r.cfg.Points, r.state.Samples, r.state.Done, r.deal, r.opt.Memory)
	r.meter.begin(r.queue, r.state.Latest())
}

// finish runs all workers to their end and tells how it went.
func (r *run) finish(ctx context.Context, path string) (Report, error) {
	stopMeter := r.meter.report(r.opt.Progress)
	missing, err := r.rounds(ctx)
	err = cmp.Or(r.writer.Finish(), err)
	stopMeter()
	if c := r.panicked.Load(); c != nil {
		panic(c)
	}
	now := r.meter.progress()
	report := Report{
		Path: path, Workers: r.opt.Workers, Elapsed: now.Elapsed, Rows: r.writer.Rows(),
		Units: now.Units - r.meter.before.units, UnitsDone: now.Units, UnitsTotal: now.UnitsTotal,
	}
	var failed *TrialError
	switch cause := context.Cause(ctx); {
	case err != nil:
		return report, err
	case errors.As(cause, &failed):
		return report, failed
	case missing > 0:
		return report, &MissingCounts{r.opt.Dir, now.Round, missing}
	case now.Units < now.UnitsTotal || r.state.Open():
		return report, ErrStopped
	}
	for _, c := range r.state.Curves {
		report.Curves = append(report.Curves, r.state.curveStatus(c))
	}
	return report, nil
}

// rounds runs what is wanted, then what follows from the counts of that, until
// nothing does. It tells how many units it would have to know of to go on.
func (r *run) rounds(ctx context.Context) (missing int, err error) {
	for {
		r.wait(ctx)
		if ctx.Err() != nil {
			return 0, nil
		}
		var begun store.Rounds
		if begun, missing = r.state.advance(); len(begun) == 0 {
			return missing, nil
		}
		if err := r.writer.Keep(begun); err != nil {
			return 0, err
		}
		r.begin()
	}
}

// wait returns when all workers have ended, or soon after a stop, whatever they
// do: a trial that does not listen is left behind.
func (r *run) wait(ctx context.Context) {
	ended := make(chan struct{})
	var workers sync.WaitGroup
	for range r.opt.Workers {
		workers.Go(func() {
			defer r.catch()
			r.work(ctx)
		})
	}
	go func() { workers.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-ctx.Done():
		select {
		case <-ended:
		case <-time.After(patience):
		}
	}
}

// catch stops the run for a panic of a worker, which finish hands on.
func (r *run) catch() {
	if v := recover(); v != nil {
		r.panicked.CompareAndSwap(nil, catch(v))
		r.fail(errors.New("a worker panicked"))
	}
}

// work runs units until there are none or ctx ends. Who waits for memory then is
// woken by those who have it, as their trials end.
func (r *run) work(ctx context.Context) {
	for ctx.Err() == nil {
		u, ok := r.queue.next()
		if !ok {
			return
		}
		r.pool.acquire()
		rows, err := r.trial(ctx, u)
		r.pool.release()
		r.queue.giveBack(u)
		switch {
		case err == nil:
			r.state.finished(u, rows)
			r.writer.Put(u, rows)
			r.meter.finished(u)
		case errors.Is(err, ctx.Err()):
			return
		default:
			r.fail(err)
			return
		}
	}
}

// trial runs one unit.
func (r *run) trial(ctx context.Context, u store.Unit) (study.Rows, error) {
	env := &trialEnv{run: r, Unit: u}
	defer r.meter.ended(env)
	p := r.cfg.Points[u.Point]
	rows, err := trial(ctx, p, u, env)
	if err != nil {
		return nil, err
	}
	if err := store.Normalise(rows, r.cfg.Experiment.Tables); err != nil {
		return nil, &TrialError{Point: p, Sample: u.Sample, Err: err}
	}
	return rows, nil
}

// trial runs one unit at a point. Whatever goes wrong in it is an error that names it, but
// for the error of a ctx that has ended.
func trial(ctx context.Context, p *config.Point, u store.Unit, env study.Env) (rows study.Rows, err error) {
	heard := &listening{Env: env, ctx: ctx}
	defer func() {
		v := recover()
		switch {
		case heard.cut.Load():
			rows, err = nil, ctx.Err()
		case v != nil:
			c := catch(v)
			err = &TrialError{p, u.Sample, fmt.Errorf("panic: %v", c.value), c.stack}
		}
	}()
	rows, err = p.Run(ctx, u.Sample, u.First, u.Cues, heard)
	if err != nil && (ctx.Err() == nil || !errors.Is(err, ctx.Err())) {
		err = &TrialError{Point: p, Sample: u.Sample, Err: err}
	}
	return rows, err
}

// A listening Env can tell those parts of a trial that ctx has ended that do not
// know ctx. Once it has told so, what the trial returns is of no use.
type listening struct {
	study.Env
	ctx context.Context
	cut atomic.Bool
}

// Ended reports whether nobody waits for the trial any more.
func (e *listening) Ended() bool {
	if e.ctx.Err() == nil {
		return false
	}
	e.cut.Store(true)
	return true
}

// Save keeps nothing of a trial that was cut short.
func (e *listening) Save(blob []byte) error {
	if e.cut.Load() {
		return e.ctx.Err()
	}
	return e.Env.Save(blob)
}

// A trialEnv is what one trial sees of the run.
type trialEnv struct {
	run *run
	store.Unit
	done atomic.Uint64 // float64 bits
}

var _ study.Env = (*trialEnv)(nil)

func (e *trialEnv) Do(n int, f func(part int)) { e.run.pool.do(n, f) }
func (e *trialEnv) Workers() int               { return e.run.opt.Workers }
func (e *trialEnv) Progress(done float64)      { e.run.meter.advance(e, done) }
func (e *trialEnv) Load() ([]byte, error)      { return e.run.writer.Checkpoint(e.Unit) }
func (e *trialEnv) Save(blob []byte) error     { return e.run.writer.SaveCheckpoint(e.Unit, blob) }
