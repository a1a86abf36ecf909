package sweep

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"

	"hopcap/sweep/scaling"
)

// A curve is the points of a grid that differ in nothing but the load, with the
// rounds in which their samples are allocated. What is allocated depends on the
// curve alone, not on the rest of the grid.
type curve struct {
	points []int  // places in the grid, by rising load
	basis  string // what the rounds follow from, as text
	round  int    // the present one; the first is that of the config
	closed bool   // it needs no more
}

// curves are those of a grid, in its order.
func (c *Config) curves() []*curve {
	byMeaning := map[string]*curve{}
	var all []*curve
	for i, p := range c.Points {
		id := p.Settings.(*settings).id(p.Task, c.Experiment.Load.Setting)
		if byMeaning[id] == nil {
			byMeaning[id] = &curve{round: 1}
			all = append(all, byMeaning[id])
		}
		byMeaning[id].points = append(byMeaning[id].points, i)
	}
	for _, k := range all {
		slices.SortStableFunc(k.points, func(a, b int) int { return cmp.Compare(c.load(a), c.load(b)) })
		k.basis = c.basis(k)
	}
	return all
}

// load is that of a point, 0 where there is only one.
func (c *Config) load(point int) float64 {
	for _, s := range c.Points[point].Columns {
		switch v := s.Value.(type) {
		case float64:
			if s.Name == c.Experiment.Load.Column {
				return v
			}
		case int64:
			if s.Name == c.Experiment.Load.Column {
				return float64(v)
			}
		}
	}
	return 0
}

// basis is all that the rounds of a curve follow from but the counts. Rounds that
// were stored on another one are not obeyed.
func (c *Config) basis(k *curve) string {
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
	}{Quantity: c.Stop.Quantity, Threshold: c.Stop.Goal.Threshold, Stderr: c.Stop.Goal.Fraction}
	for _, i := range k.points {
		p := c.Points[i]
		b.Points = append(b.Points, point{p.ID, p.base, c.Stop.most(p), p.Cues})
	}
	text, err := json.Marshal(b)
	if err != nil {
		panic("sweep: " + err.Error()) // numbers and texts
	}
	return string(text)
}

// samples are the present ones of the points.
func (k *curve) samples(points []*Point) []int {
	out := make([]int, len(k.points))
	for i, p := range k.points {
		out[i] = points[p].Samples
	}
	return out
}

// obey makes an allocation the present one. One that repeats the last closes the
// curve.
func (k *curve) obey(points []*Point, samples []int) {
	if slices.Equal(samples, k.samples(points)) {
		k.closed = true
		return
	}
	k.round++
	for i, p := range k.points {
		points[p].Samples = samples[i]
	}
}

// missing is how many of the present units are not done.
func (k *curve) missing(points []*Point, t tally) int {
	n := 0
	for _, i := range k.points {
		n += points[i].Samples - t.done(i, points[i].Samples, points[i].Cues)
	}
	return n
}

// counts are what the present samples gave, as far as they are done.
func (k *curve) counts(cfg *Config, o *outcomes) []scaling.Count {
	counts := make([]scaling.Count, len(k.points))
	cheapest := math.Inf(1)
	for _, i := range k.points {
		cheapest = min(cheapest, work(cfg.Points[i]))
	}
	for i, at := range k.points {
		p := cfg.Points[at]
		n := scaling.Count{Alpha: cfg.load(at), Room: cfg.Stop.most(p) - p.Samples}
		n.Cost = int(math.Round(costParts * work(p) / cheapest))
		n.Sets, n.Cues, n.Hits = o.sum(at, p.Samples)
		counts[i] = n
	}
	return counts
}

// costParts is how finely costs are told from each other: the last bits of a cost,
// which another processor may compute otherwise, must not move an allocation.
const costParts = 1000

// growth bounds what a round adds to a curve, in samples of all before it: little
// is known of the curve at first, and more with every round, of which there should
// be few.
const growth = 2

// next is the allocation of the next round, the present one again if no more is
// needed.
func (k *curve) next(cfg *Config, o *outcomes) []int {
	samples := k.samples(cfg.Points)
	total := 0
	for _, n := range samples {
		total += n
	}
	for i, more := range cfg.Stop.Goal.Allocate(k.counts(cfg, o), growth*total) {
		samples[i] += more
	}
	return samples
}
