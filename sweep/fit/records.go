package fit

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"hopcap/sweep/config"
	"hopcap/sweep/store"
	"hopcap/sweep/study"
)

// ErrNoOverlaps says that results are none of an experiment that tells whether a cue
// is retrieved.
var ErrNoOverlaps = errors.New(`only trials with the columns "overlap_final" and "stop" and the key "retrieved_at" can be fitted`)

// Studies sorts the trials of results by what is neither N nor the load: each choice
// of the other axes is a study of its own, in the order of the grid, and so are
// several results. It fails with ErrNoOverlaps where there are no final overlaps.
func Studies(results ...*store.Results) ([]*Study, error) {
	var all []*Study
	for _, r := range results {
		studies, err := studiesOf(r)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.Dir, err)
		}
		for _, s := range studies {
			s.name(r.Config, len(results) > 1)
		}
		all = append(all, studies...)
	}
	return all, nil
}

// name is the config's, where there are several, and the settings that tell studies
// of one config apart.
func (s *Study) name(c *config.Config, several bool) {
	name := strings.TrimSuffix(filepath.Base(c.File), filepath.Ext(c.File))
	s.Label = config.Coordinates(s.Axes).String()
	switch {
	case s.Label == "":
		s.Label, s.Title = name, c.Title
	case several:
		s.Label = name + " " + s.Label
	}
}

func studiesOf(results *store.Results) ([]*Study, error) {
	r, err := results.Records("trials")
	if err != nil {
		return nil, err
	}
	final, stop := r.Column("overlap_final"), r.Column("stop")
	if final == nil || stop == nil {
		return nil, ErrNoOverlaps
	}
	at, err := places(r.Points, results.Config)
	if err != nil {
		return nil, err
	}
	var studies []*Study
	byLabel := map[string]*Study{}
	for row := 0; row < r.Len(); {
		p := at[r.Point[row]]
		s := byLabel[p.label]
		if s == nil {
			s = p.study()
			byLabel[p.label] = s
			studies = append(studies, s)
		}
		var overlaps []float64
		for first := row; row < r.Len() && r.Point[row] == r.Point[first] && r.Sample[row] == r.Sample[first]; row++ {
			overlaps = append(overlaps, final.Float(row))
			if stop.Value(row) == "max_sweeps" {
				s.CutShort++
			}
		}
		s.Add(p.n, p.alpha, overlaps...)
	}
	if len(studies) == 0 {
		return nil, errors.New("no trials of its latest config")
	}
	return studies, nil
}

// A place is where a point of the grid stands.
type place struct {
	n        int
	alpha    float64
	axes     []study.Setting // other than N and the load
	label    string          // of these
	settings study.Settings
}

func (p place) study() *Study {
	return &Study{Axes: p.axes, Settings: p.settings, RetrievedAt: p.settings.Float("retrieved_at")}
}

func places(points []*config.Point, c *config.Config) ([]place, error) {
	all := make([]place, len(points))
	for i, p := range points {
		n, sized := column(p, "N").(int64)
		alpha, loaded := column(p, c.Experiment.Load.Column).(float64)
		if !sized || !loaded || !p.Settings.Has("retrieved_at") {
			return nil, ErrNoOverlaps
		}
		axes := slices.DeleteFunc(slices.Clone(p.Columns), func(s study.Setting) bool { return !slices.Contains(c.Axes, s.Name) })
		all[i] = place{int(n), alpha, axes, config.Coordinates(axes).String(), p.Settings}
	}
	return all, nil
}

// column is the value of a point in one column, nil if it has none.
func column(p *config.Point, name string) any {
	for _, s := range p.Columns {
		if s.Name == name {
			return s.Value
		}
	}
	return nil
}
