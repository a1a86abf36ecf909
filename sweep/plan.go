package sweep

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"hopcap/sweep/config"
	"hopcap/sweep/scaling"
	"hopcap/sweep/store"
)

// A Forecast is what a study will cost.
type Forecast struct {
	Points  int     `json:"points"`
	Units   int     `json:"units"`  // pattern sets
	Trials  int     `json:"trials"` // cues
	Left    int     `json:"left"`   // units that the directory does not have yet
	Bytes   int64   `json:"bytes"`  // memory of the largest unit
	Memory  int64   `json:"memory"` // usable memory; 0 if unknown
	Workers int     `json:"workers"`
	Fit     int     `json:"fit"`     // how many units as large as the largest fit into memory, at most Workers
	Seconds float64 `json:"seconds"` // for the units left, on Fit workers at most where units are large
	Total   float64 `json:"total"`   // for the whole study
	Probes  []Probe `json:"probes"`
	// Rounds forecasts the later rounds of a study with a Stop.
	Rounds *RoundsForecast `json:"rounds,omitempty"`
}

// A RoundsForecast forecasts the rounds that are not allocated yet. It supposes that the
// fractions of each curve stay as measured so far.
type RoundsForecast struct {
	Round   int     `json:"round"`   // the latest allocated round
	Curves  int     `json:"curves"`  // number of curves, each of points that differ in the load only
	Open    int     `json:"open"`    // curves that may need more samples
	Unknown int     `json:"unknown"` // open curves with a point that has no counts yet
	Units   int     `json:"units"`   // pattern sets that the other open curves need
	Seconds float64 `json:"seconds"`
}

// A Probe is a measured point.
type Probe struct {
	Point   config.Coordinates `json:"point"`
	Units   int                `json:"units"`    // finished
	PerUnit time.Duration      `json:"per_unit"` // on one worker while the others work too
	point   *config.Point
}

// Which points are measured.
const (
	probePoints = 32 // at most
	probeSizes  = 8  // at most, the smallest and the largest among them
)

// Plan runs units for a short time and stores nothing. From the measured points it
// computes the time of all points of the same size, in proportion to the expected work.
func Plan(ctx context.Context, cfg *config.Config, opt Options) (*Forecast, error) {
	opt = opt.withDefaults()
	if err := fits(cfg.Points, opt.Memory); err != nil {
		return nil, err
	}
	contents, err := store.ContentsOf(cfg, opt.store())
	if err != nil {
		return nil, err
	}
	s, err := newState(cfg, contents)
	if err != nil {
		return nil, err
	}
	f := newForecast(s, opt)
	if f.Probes, err = probe(ctx, choose(cfg.Points), opt); err != nil {
		return nil, err
	}
	f.Total = seconds(f.Probes, cfg.Points, s.Samples, nil, opt)
	f.Seconds = seconds(f.Probes, cfg.Points, s.Samples, s.Done, opt)
	if cfg.Stop != nil {
		f.Rounds = s.forecast(f.Probes, opt)
	}
	return f, nil
}

func newForecast(s *state, opt Options) *Forecast {
	f := &Forecast{Points: len(s.cfg.Points), Workers: opt.Workers, Fit: opt.Workers, Memory: opt.Memory}
	if opt.Memory == math.MaxInt64 {
		f.Memory = 0
	}
	for i, p := range s.cfg.Points {
		samples := s.Samples[i]
		f.Units += samples
		f.Trials += samples * p.Cues
		f.Left += samples - s.Done.Count(i, samples, p.Cues)
		f.Bytes = max(f.Bytes, p.Bytes)
		f.Fit = min(f.Fit, atOnce(p, opt))
	}
	return f
}

// atOnce is how many units of a point run at the same time.
func atOnce(p *config.Point, opt Options) int {
	if p.Bytes <= 0 {
		return opt.Workers
	}
	return int(min(int64(opt.Workers), opt.Memory/p.Bytes))
}

// choose picks the points to measure: some sizes, and some points of each. One of
// each size comes first, the cheapest size before the others; then the rest, the
// most expensive first, for they say most about the whole.
func choose(points []*config.Point) []*config.Point {
	sizes := spread(bySize(points), probeSizes)
	var first, rest []*config.Point
	for _, group := range sizes {
		some := spread(group, probePoints/len(sizes))
		middle := len(some) / 2
		first = append(first, some[middle])
		rest = append(append(rest, some[:middle]...), some[middle+1:]...)
	}
	slices.SortStableFunc(rest, func(a, b *config.Point) int { return byCost(b, a) })
	return append(first, rest...)
}

// bySize groups points by the first part of their identity, each group and the
// points in it by rising cost.
func bySize(points []*config.Point) [][]*config.Point {
	groups := map[any][]*config.Point{}
	for _, p := range points {
		groups[size(p)] = append(groups[size(p)], p)
	}
	var sizes [][]*config.Point
	for _, group := range groups {
		slices.SortStableFunc(group, byCost)
		sizes = append(sizes, group)
	}
	slices.SortFunc(sizes, func(a, b []*config.Point) int { return byCost(a[0], b[0]) })
	return sizes
}

func size(p *config.Point) any {
	if len(p.Identity) == 0 {
		return nil
	}
	return p.Identity[0].Value
}

func byCost(a, b *config.Point) int {
	return cmp.Or(cmp.Compare(a.Cost, b.Cost), cmp.Compare(a.ID, b.ID))
}

// spread takes n elements evenly, the first and the last among them.
func spread[T any](from []T, n int) []T {
	if len(from) <= n {
		return from
	}
	out := make([]T, n)
	for i := range out {
		out[i] = from[i*(len(from)-1)/max(1, n-1)]
	}
	return out
}

// seconds is the time for so many samples of some points, but for what is done.
func seconds(probes []Probe, points []*config.Point, samples []int, done store.Done, opt Options) float64 {
	sum, longest := 0.0, 0.0
	for i, p := range points {
		perUnit := work(p) * pace(probes, p)
		left := float64(samples[i])
		if done != nil {
			for _, have := range done[i][:min(samples[i], len(done[i]))] {
				left -= min(1, float64(have)/float64(p.Cues))
			}
		}
		if left > 0 {
			sum, longest = sum+left*perUnit/float64(atOnce(p, opt)), max(longest, perUnit)
		}
	}
	return max(sum, longest)
}

// forecast goes by what the curves lack.
func (s *state) forecast(probes []Probe, opt Options) *RoundsForecast {
	f := &RoundsForecast{Round: s.Latest(), Curves: len(s.Curves)}
	var points []*config.Point
	var samples []int // that they would get
	for _, c := range s.Curves {
		if c.Closed {
			continue
		}
		f.Open++
		counts := s.counts(c)
		if slices.ContainsFunc(counts, func(n scaling.Count) bool { return n.Sets == 0 }) {
			f.Unknown++
			continue
		}
		for i, at := range c.Points {
			counts[i].Sets = s.Samples[at] // the rest of the round will be like what is done
		}
		for i, more := range goal(s.cfg.Stop).Outlook(counts).More {
			f.Units += more
			points, samples = append(points, s.cfg.Points[c.Points[i]]), append(samples, more)
		}
	}
	f.Seconds = seconds(probes, points, samples, nil, opt)
	return f
}

// work is the expected work of a unit; 1 where an experiment does not tell.
func work(p *config.Point) float64 {
	if p.Cost <= 0 {
		return 1
	}
	return p.Cost
}

// pace is the time of a unit at p for each unit of its expected work: between the
// probes of the same size, or if there is none between all.
func pace(probes []Probe, p *config.Point) float64 {
	same := slices.DeleteFunc(slices.Clone(probes), func(q Probe) bool { return size(q.point) != size(p) })
	if len(same) == 0 {
		same = probes
	}
	nodes := paces(same)
	after, found := slices.BinarySearchFunc(nodes, work(p), func(n paceNode, w float64) int { return cmp.Compare(n.work, w) })
	switch {
	case found || after == 0:
		return nodes[after].pace
	case after == len(nodes):
		return nodes[after-1].pace
	}
	a, b := nodes[after-1], nodes[after]
	along := math.Log(work(p)/a.work) / math.Log(b.work/a.work)
	return a.pace + along*(b.pace-a.pace)
}

// A paceNode is what the probes of one expected work say on average: points that
// differ in nothing that the expectation knows may still differ.
type paceNode struct{ work, pace float64 }

// paces averages probes, which are in order of their expected work.
func paces(probes []Probe) []paceNode {
	var nodes []paceNode
	for from := 0; from < len(probes); {
		n := paceNode{work: work(probes[from].point)}
		to := from
		for ; to < len(probes) && work(probes[to].point) == n.work; to++ {
			n.pace += probes[to].PerUnit.Seconds() / n.work
		}
		n.pace /= float64(to - from)
		nodes, from = append(nodes, n), to
	}
	return nodes
}
