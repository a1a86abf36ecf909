package sweep

import (
	"math"
	"slices"

	"hopcap/sweep/config"
	"hopcap/sweep/scaling"
	"hopcap/sweep/store"
	"hopcap/sweep/study"
)

// A state says how far a study is. It has the contents of the stores, kept up to date while
// units finish. If the study has a Stop, it also has the Stop's quantity in each sample.
type state struct {
	cfg *config.Config
	*store.Contents
	*outcomes // nil without a Stop
}

// newState returns the state of a study from the contents of its stores.
func newState(cfg *config.Config, c *store.Contents) (*state, error) {
	s := &state{cfg: cfg, Contents: c}
	if cfg.Stop == nil {
		return s, nil
	}
	var err error
	s.outcomes, err = readOutcomes(cfg, c)
	return s, err
}

// goal is what a Stop asks for.
func goal(s *config.Stop) scaling.Goal {
	return scaling.Goal{Threshold: s.ThresholdError, Fraction: s.Stderr}
}

// missing is how many of the present units of a curve are not done.
func (s *state) missing(c *store.Curve) int {
	n := 0
	for _, i := range c.Points {
		n += s.Samples[i] - s.Done.Count(i, s.Samples[i], s.cfg.Points[i].Cues)
	}
	return n
}

// costParts is how finely costs are told from each other: the last bits of a cost,
// which another processor may compute otherwise, must not move an allocation.
const costParts = 1000

// counts are the results of a curve's present samples, as far as these are done.
func (s *state) counts(c *store.Curve) []scaling.Count {
	counts := make([]scaling.Count, len(c.Points))
	cheapest := math.Inf(1)
	for _, i := range c.Points {
		cheapest = min(cheapest, work(s.cfg.Points[i]))
	}
	for i, at := range c.Points {
		p := s.cfg.Points[at]
		n := scaling.Count{Alpha: s.cfg.LoadAt(at), Room: s.cfg.Stop.Most(p) - s.Samples[at]}
		n.Cost = int(math.Round(costParts * work(p) / cheapest))
		n.Sets, n.Cues, n.Hits = s.sum(at, s.Samples[at])
		counts[i] = n
	}
	return counts
}

// growth bounds the samples that one round adds to a curve, as a multiple of all samples
// before it. A curve is poorly known at first, so early rounds should be small. Later
// rounds may be large, so that there are few of them.
const growth = 2

// next is the allocation of the next round of a curve. If the curve needs no more samples,
// it is the present allocation.
func (s *state) next(c *store.Curve) []int {
	samples := s.Of(c)
	total := 0
	for _, n := range samples {
		total += n
	}
	for i, more := range goal(s.cfg.Stop).Allocate(s.counts(c), growth*total) {
		samples[i] += more
	}
	return samples
}

// advance begins the next round of every curve whose present round is done, and returns
// these rounds. missing is the number of units that the other curves still lack.
func (s *state) advance() (begun store.Rounds, missing int) {
	begun = store.Rounds{}
	for _, c := range s.Curves {
		if c.Closed {
			continue
		}
		if n := s.missing(c); n > 0 {
			missing += n
			continue
		}
		s.Next(c, s.next(c), begun)
	}
	return begun, missing
}

// finished adds a finished unit. Several goroutines may call it at the same time.
func (s *state) finished(u store.Unit, rows study.Rows) {
	s.Done.Add(u.Point, u.Sample, u.Cues)
	if s.outcomes != nil {
		s.addUnit(u, rows)
	}
}

// makeRoom is needed before units are noted.
func (s *state) makeRoom() {
	for i, n := range s.Samples {
		s.Done.Grow(i, n)
		if s.outcomes != nil {
			s.grow(i, n)
		}
	}
}

// settled reports whether a curve has all samples that it will get.
func (s *state) settled(c *store.Curve) bool {
	return s.missing(c) == 0 && (c.Closed || slices.Equal(s.next(c), s.Of(c)))
}
