package sweep

import (
	"math"
	"slices"

	"hopcap/sweep/config"
	"hopcap/sweep/scaling"
	"hopcap/sweep/store"
	"hopcap/sweep/study"
)

// A state is how far a study is: what the stores hold, kept up to date while units
// finish, and if it has a Stop what its quantity was in each sample.
type state struct {
	cfg *config.Config
	*store.Contents
	*outcomes // nil without a Stop
}

// newState is that of a study whose stores hold these contents.
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

// counts are what the present samples of a curve gave, as far as they are done.
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

// growth bounds what a round adds to a curve, in samples of all before it: little
// is known of the curve at first, and more with every round, of which there should
// be few.
const growth = 2

// next is the allocation of the next round of a curve, the present one again if no
// more is needed.
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

// advance begins the next round of every curve of which the present one is done, and
// returns these rounds. Of the others it tells how many units are missing.
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

// finished notes a unit. It may be called for several at a time.
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

// settled tells whether a curve has all the samples that it will get.
func (s *state) settled(c *store.Curve) bool {
	return s.missing(c) == 0 && (c.Closed || slices.Equal(s.next(c), s.Of(c)))
}
