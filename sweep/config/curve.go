package config

import (
	"cmp"
	"slices"

	"hopcap/sweep/study"
)

// Curves returns the curves of the grid, in the order of the grid. The points of a curve
// differ in the load only. A curve is a list of places in Points, by rising load.
func (c *Config) Curves() [][]int {
	places := map[string]int{} // of curves, by the meaning that their points share
	var curves [][]int
	for i, p := range c.Points {
		id := p.Settings.(*settings).id(p.Task, c.Experiment.Load.Setting)
		at, known := places[id]
		if !known {
			at = len(curves)
			places[id], curves = at, append(curves, nil)
		}
		curves[at] = append(curves[at], i)
	}
	for _, points := range curves {
		slices.SortStableFunc(points, func(a, b int) int { return cmp.Compare(c.LoadAt(a), c.LoadAt(b)) })
	}
	return curves
}

// LoadAt is the load of the point at a place of the grid; 0 where the experiment has
// none.
func (c *Config) LoadAt(place int) float64 {
	for _, s := range c.Points[place].Columns {
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

// Common are the settings in which some points of the grid agree.
func (c *Config) Common(points []int) Coordinates {
	first := c.Points[points[0]].Columns
	return slices.DeleteFunc(slices.Clone(Coordinates(first)), func(s study.Setting) bool {
		return slices.ContainsFunc(points, func(i int) bool { return !slices.Contains(c.Points[i].Columns, s) })
	})
}
