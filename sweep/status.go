package sweep

import (
	"math"
	"path/filepath"
	"slices"
	"strings"
)

// Status tells what is done of a study.
type Status struct {
	Dir      string        `json:"dir"`
	Complete bool          `json:"complete"`
	Done     int           `json:"done"` // units
	Wanted   int           `json:"wanted"`
	Sessions int           `json:"sessions"`
	Running  string        `json:"running,omitempty"` // who holds it now
	Points   []PointStatus `json:"points"`
	Curves   []CurveStatus `json:"curves,omitempty"` // of a study with a Stop
}

// A CurveState tells whether the points of a curve have all the samples that they
// will get, and why.
type CurveState string

// The states of a curve.
const (
	GoingOn      CurveState = "going on"
	GoalReached  CurveState = "goal reached"
	AtMaxSamples CurveState = "max_samples reached, goal not"
	NoThreshold  CurveState = "no threshold among its loads"
)

// CurveStatus tells how well one curve is known.
type CurveStatus struct {
	Curve Coordinates `json:"curve"` // what its points agree in
	Round int         `json:"round"`
	Done  int         `json:"done"` // units
	// ThresholdError is the standard error of α_½; nil if the counts do not hold it.
	ThresholdError *float64   `json:"threshold_error"`
	Stderr         float64    `json:"stderr"` // the largest of the fractions
	State          CurveState `json:"state"`
}

// PointStatus tells it of one point.
type PointStatus struct {
	Point  Coordinates `json:"point"`
	Done   int         `json:"done"`
	Wanted int         `json:"wanted"`
}

// Status counts what is done. Only a study with a Stop has it read records.
func (r *Results) Status() (*Status, error) {
	now := newStanding(r.Config)
	for _, file := range r.files {
		if err := withDatabase(file, now.read); err != nil {
			return nil, err
		}
	}
	if err := now.settle(); err != nil {
		return nil, err
	}
	s := &Status{Dir: r.Dir, Sessions: len(r.Sessions), Running: r.running()}
	for i, p := range r.Config.Points {
		ps := PointStatus{Coordinates(p.Columns), now.tally.done(i, p.Samples, p.Cues), p.Samples}
		s.Done, s.Wanted = s.Done+ps.Done, s.Wanted+ps.Wanted
		s.Points = append(s.Points, ps)
	}
	s.Complete = s.Done == s.Wanted
	for _, k := range now.curves {
		ks := now.curveStatus(k)
		s.Complete = s.Complete && ks.State != GoingOn
		s.Curves = append(s.Curves, ks)
	}
	return s, nil
}

// curveStatus tells how well a curve is known.
func (s *standing) curveStatus(k *curve) CurveStatus {
	goal := s.cfg.Stop.Goal
	look := goal.Outlook(k.counts(s.cfg, s.outcomes))
	c := CurveStatus{Curve: s.cfg.common(k.points), Round: k.round, Stderr: look.Fraction}
	for _, i := range k.points {
		c.Done += s.tally.done(i, s.cfg.Points[i].Samples, s.cfg.Points[i].Cues)
	}
	if !math.IsInf(look.Threshold, 1) {
		c.ThresholdError = &look.Threshold
	}
	switch {
	case k.missing(s.cfg.Points, s.tally) > 0, !k.closed && !slices.Equal(k.next(s.cfg, s.outcomes), k.samples(s.cfg.Points)):
		c.State = GoingOn
	case goal.Threshold > 0 && look.OneSided:
		c.State = NoThreshold
	case goal.Threshold > 0 && look.Threshold > goal.Threshold, goal.Fraction > 0 && look.Fraction > goal.Fraction:
		c.State = AtMaxSamples
	default:
		c.State = GoalReached
	}
	return c
}

// running tells who holds the locks of the directory.
func (r *Results) running() string {
	locks, _ := filepath.Glob(filepath.Join(escapeGlob(r.Dir), "shards", "*.lock"))
	var who []string
	for _, path := range append([]string{lockPath(r.Dir, Shard{})}, locks...) {
		if h := held(path); h != "" {
			who = append(who, h)
		}
	}
	return strings.Join(who, "; ")
}
