package sweep

import (
	"math"
	"slices"
	"sync"
	"time"

	"hopcap/sweep/config"
	"hopcap/sweep/store"
)

// Progress says how far a run is.
type Progress struct {
	Round             int     // of a study with a Stop; 0 without one
	Units, UnitsTotal int     // pattern sets done (earlier runs included), and needed for the rounds so far
	Cost, CostTotal   float64 // the same as expected work, finished parts of running units included
	Rate              float64 // units a second in this run
	Elapsed           time.Duration
	Left              time.Duration // negative if unknown
	Running           []TrialProgress
}

// TrialProgress is how far one running trial is. Only long trials report it.
type TrialProgress struct {
	Point  *config.Point
	Sample int
	Done   float64 // 0 … 1
}

// progressEvery is the time between two calls of Options.Progress.
const progressEvery = 100 * time.Millisecond

// A meter counts what a run has done.
type meter struct {
	points []*config.Point
	start  time.Time

	mu      sync.Mutex
	round   int
	total   workload
	before  workload // done by earlier runs
	now     workload // done by this one
	running []*trialEnv
}

func newMeter(points []*config.Point) *meter { return &meter{points: points, start: time.Now()} }

// begin begins a round. No unit of the round is running yet.
func (m *meter) begin(q *queue, round int) {
	wanted, done := q.workloads()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.round, m.total = round, wanted
	m.before = workload{done.units - m.now.units, done.cost - m.now.cost}
}

func (m *meter) finished(u store.Unit) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.units++
	m.now.cost += cost(m.points[u.Point], u)
}

// advance notes how far a trial is; with its first word it becomes visible.
func (m *meter) advance(e *trialEnv, done float64) {
	if e.done.Swap(math.Float64bits(done)) != 0 {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if !slices.Contains(m.running, e) {
		m.running = append(m.running, e)
	}
}

func (m *meter) ended(e *trialEnv) {
	if e.done.Load() == 0 {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.running = slices.DeleteFunc(m.running, func(other *trialEnv) bool { return other == e })
}

// progress is a snapshot.
func (m *meter) progress() Progress {
	m.mu.Lock()
	defer m.mu.Unlock()
	p := Progress{
		Round:      m.round,
		Units:      m.before.units + m.now.units,
		UnitsTotal: m.total.units,
		CostTotal:  m.total.cost,
		Elapsed:    time.Since(m.start),
	}
	work := m.now.cost
	for _, e := range m.running {
		t := TrialProgress{m.points[e.Point], e.Sample, math.Float64frombits(e.done.Load())}
		work += t.Done * cost(t.Point, e.Unit)
		p.Running = append(p.Running, t)
	}
	p.Cost = m.before.cost + work
	p.Rate = float64(m.now.units) / p.Elapsed.Seconds()
	p.Left = timeLeft(p, work)
	return p
}

// timeLeft is computed from the expected work, not from the number of units.
func timeLeft(p Progress, work float64) time.Duration {
	if p.Units == p.UnitsTotal {
		return 0
	}
	if work <= 0 {
		return -1
	}
	return time.Duration(float64(p.Elapsed) * max(0, p.CostTotal-p.Cost) / work)
}

// report calls f at intervals, and once more when the function that it returns is
// called.
func (m *meter) report(f func(Progress)) (stop func()) {
	if f == nil {
		return func() {}
	}
	quit, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		tick := time.NewTicker(progressEvery)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				f(m.progress())
			case <-quit:
				f(m.progress())
				return
			}
		}
	}()
	return func() { close(quit); <-gone }
}
