package store

import (
	"encoding/json"
	"maps"
	"slices"

	"hopcap/sweep/config"
)

// An Allocation says how many samples each point of a study gets. Without a Stop they are
// the samples of the config. With a Stop the samples of the config are the first round. The
// samples of further rounds are computed from the counts, and are stored before they run.
type Allocation struct {
	Samples []int    // of all rounds so far, by place in the grid
	Curves  []*Curve // none without a Stop

	stored Rounds
}

// A Curve is points of the grid that differ in nothing but the load. Its rounds depend
// on these points alone, not on the rest of the grid.
type Curve struct {
	Points []int // places in the grid, by rising load
	Round  int   // the present round, from 1; round 1 has the samples of the config
	Closed bool  // it needs no more samples

	basis string // what the rounds follow from, as text
}

// newAllocation is the first round of a study.
func newAllocation(cfg *config.Config) *Allocation {
	a := &Allocation{Samples: make([]int, len(cfg.Points)), stored: Rounds{}}
	for i, p := range cfg.Points {
		a.Samples[i] = p.Samples
	}
	if cfg.Stop == nil {
		return a
	}
	for _, points := range cfg.Curves() {
		a.Curves = append(a.Curves, &Curve{Points: points, Round: 1, basis: basis(cfg, points)})
	}
	return a
}

// basis is everything that the rounds of a curve are computed from, except the counts.
// Stored rounds with another basis are ignored.
func basis(cfg *config.Config, points []int) string {
	type point struct {
		ID      string `json:"id"`
		Samples int    `json:"samples"`
		Most    int    `json:"most"`
		Cues    int    `json:"cues"`
	}
	b := struct {
		Quantity  string  `json:"quantity"`
		Threshold float64 `json:"threshold_error"`
		Stderr    float64 `json:"stderr"`
		Points    []point `json:"points"`
	}{Quantity: cfg.Stop.Quantity, Threshold: cfg.Stop.ThresholdError, Stderr: cfg.Stop.Stderr}
	for _, i := range points {
		p := cfg.Points[i]
		b.Points = append(b.Points, point{ID: p.ID, Samples: p.Samples, Most: cfg.Stop.Most(p), Cues: p.Cues})
	}
	text, err := json.Marshal(b)
	if err != nil {
		panic("store: " + err.Error()) // numbers and texts
	}
	return string(text)
}

// Of returns how many samples the points of a curve get in the present round.
func (a *Allocation) Of(c *Curve) []int {
	samples := make([]int, len(c.Points))
	for i, p := range c.Points {
		samples[i] = a.Samples[p]
	}
	return samples
}

// Next begins the next round of a curve and adds it to begun. samples are the samples of its
// points in all rounds so far. If the round equals the round before it, the curve is closed.
func (a *Allocation) Next(c *Curve, samples []int, begun Rounds) {
	begun[roundKey{c.basis, c.Round + 1}] = samples
	a.take(c, samples)
}

// take makes a round the present one.
func (a *Allocation) take(c *Curve, samples []int) {
	if slices.Equal(samples, a.Of(c)) {
		c.Closed = true
		return
	}
	c.Round++
	for i, p := range c.Points {
		a.Samples[p] = samples[i]
	}
}

// follow takes the curves along the stored rounds.
func (a *Allocation) follow() {
	for _, c := range a.Curves {
		for !c.Closed {
			samples, ok := a.stored[roundKey{c.basis, c.Round + 1}]
			if !ok || len(samples) != len(c.Points) {
				break
			}
			a.take(c, samples)
		}
	}
}

// followed are the stored rounds of the present curves.
func (a *Allocation) followed() Rounds {
	out := maps.Clone(a.stored)
	maps.DeleteFunc(out, func(key roundKey, _ []int) bool {
		return !slices.ContainsFunc(a.Curves, func(c *Curve) bool {
			return c.basis == key.basis && 2 <= key.number && key.number <= c.Round+1
		})
	})
	return out
}

// Latest is the latest round of any curve, 0 without a Stop.
func (a *Allocation) Latest() int {
	latest := 0
	for _, c := range a.Curves {
		latest = max(latest, c.Round)
	}
	return latest
}

// Open reports whether some curve may need more.
func (a *Allocation) Open() bool {
	return slices.ContainsFunc(a.Curves, func(c *Curve) bool { return !c.Closed })
}
