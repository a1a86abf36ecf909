package sweep

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"hopcap/sweep/config"
	"hopcap/sweep/store"
	"hopcap/sweep/study"
)

// How a forecast spends its time.
const (
	probeTime    = 6 * time.Second  // that all probes aim at together
	probeLimit   = 10 * time.Second // after which none is begun
	longestProbe = 8 * time.Second  // a unit that takes longer is given up
)

// probe measures points in the given order, as far as the time goes, and returns
// what it learnt by rising work. What has more work than a unit that took too long
// is left out.
func probe(ctx context.Context, points []*config.Point, opt Options) ([]Probe, error) {
	tokens, start := newPool(opt.Workers), time.Now()
	tooLong := math.Inf(1)
	var probes []Probe
	for _, point := range points {
		if work(point) >= tooLong || time.Since(start) > probeLimit {
			continue
		}
		p := prober{point: point, pool: tokens, aim: probeTime / time.Duration(len(points))}
		measured, ok, err := p.measure(ctx, atOnce(point, opt))
		if err != nil {
			return nil, err
		}
		if ok {
			probes = append(probes, measured)
		}
		if measured.Units == 0 {
			tooLong = work(point)
		}
	}
	if len(probes) == 0 {
		return nil, fmt.Errorf("%s: one pattern set took longer than %s and reported no progress, so the time cannot be estimated",
			points[0].Name(), longestProbe)
	}
	slices.SortStableFunc(probes, func(a, b Probe) int { return byCost(a.point, b.point) })
	return probes, nil
}

// A prober measures one point. It is the Env of the units that it runs.
type prober struct {
	point *config.Point
	pool  *pool
	aim   time.Duration

	next  atomic.Int64  // sample
	done  atomic.Uint64 // float64 bits: the progress of an unfinished unit
	mu    sync.Mutex
	units int
	spent time.Duration // on them
	err   error
}

var _ study.Env = (*prober)(nil)

func (p *prober) Do(n int, f func(part int)) { p.pool.do(n, f) }
func (p *prober) Workers() int               { return cap(p.pool.tokens) }
func (p *prober) Progress(done float64)      { p.done.Store(math.Float64bits(done)) }
func (p *prober) Load() ([]byte, error)      { return nil, nil }
func (p *prober) Save([]byte) error          { return nil }

// measure runs units on so many workers, as a run would, since they share the
// machine's memory and often its cores. It is not ok if nothing could be learnt.
func (p *prober) measure(ctx context.Context, workers int) (measured Probe, ok bool, err error) {
	limited, cancel := context.WithTimeout(ctx, longestProbe)
	defer cancel()
	start := time.Now()
	var all sync.WaitGroup
	for range workers {
		all.Go(func() { p.work(limited, cancel, start) })
	}
	all.Wait()
	if err := cmp.Or(p.err, ctx.Err()); err != nil {
		return Probe{}, false, err
	}
	measured = Probe{Point: config.Coordinates(p.point.Columns), Units: p.units, point: p.point}
	measured.PerUnit, ok = p.perUnit(time.Since(start))
	return measured, ok, nil
}

// work runs at least one unit, and more until the time is over.
func (p *prober) work(ctx context.Context, cancel func(), start time.Time) {
	for first := true; first || time.Since(start) < p.aim && ctx.Err() == nil; first = false {
		sample := int(p.next.Add(1)-1) % p.point.Samples
		began := time.Now()
		p.pool.acquire()
		_, err := trial(ctx, p.point, store.Unit{Sample: sample, Cues: p.point.Cues}, p)
		p.pool.release()
		if p.note(time.Since(began), err, ctx.Err()) {
			cancel()
		}
	}
}

// note adds a unit, and tells whether it failed.
func (p *prober) note(spent time.Duration, err, ended error) (failed bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case err == nil:
		p.units++
		p.spent += spent
	case ended == nil:
		p.err = err
		return true
	}
	return false
}

// perUnit is the mean time of the finished units; if there is none, what the
// progress of one says.
func (p *prober) perUnit(elapsed time.Duration) (time.Duration, bool) {
	if p.units > 0 {
		return p.spent / time.Duration(p.units), true
	}
	const told = 0.02
	if done := math.Float64frombits(p.done.Load()); done > told {
		return time.Duration(float64(elapsed) / done), true
	}
	return 0, false
}
