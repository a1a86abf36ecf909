package sweep

import (
	"math"

	"hopcap/sweep/config"
	"hopcap/sweep/store"
)

// Status says how much of a study is done.
type Status struct {
	Dir      string        `json:"dir"`
	Complete bool          `json:"complete"`
	Done     int           `json:"done"` // units
	Wanted   int           `json:"wanted"`
	Sessions int           `json:"sessions"`
	Running  string        `json:"running,omitempty"` // the process that works on it now
	Points   []PointStatus `json:"points"`
	Curves   []CurveStatus `json:"curves,omitempty"` // of a study with a Stop
}

// A CurveState says whether a curve needs more samples. If it needs none, it says why.
type CurveState string

// The states of a curve.
const (
	GoingOn      CurveState = "going on"
	GoalReached  CurveState = "goal reached"
	AtMaxSamples CurveState = "max_samples reached, goal not"
	NoThreshold  CurveState = "no threshold among its loads"
)

// CurveStatus has the errors of one curve. A curve is the points that differ in the load
// only.
type CurveStatus struct {
	Curve config.Coordinates `json:"curve"` // the settings that its points have in common
	Round int                `json:"round"`
	Done  int                `json:"done"` // pattern sets
	// ThresholdError is the standard error of α_½; nil if the counts give no threshold.
	ThresholdError *float64   `json:"threshold_error"`
	Stderr         float64    `json:"stderr"` // the largest standard error of a fraction
	State          CurveState `json:"state"`
}

// PointStatus says how much of one point is done.
type PointStatus struct {
	Point  config.Coordinates `json:"point"`
	Done   int                `json:"done"`
	Wanted int                `json:"wanted"`
}

// StatusOf counts what is done. It reads records only if the study has a Stop.
func StatusOf(r *store.Results) (*Status, error) {
	contents, err := r.Contents()
	if err != nil {
		return nil, err
	}
	now, err := newState(r.Config, contents)
	if err != nil {
		return nil, err
	}
	s := &Status{Dir: r.Dir, Sessions: len(r.Sessions), Running: r.Running()}
	for i, p := range r.Config.Points {
		wanted := now.Samples[i]
		ps := PointStatus{config.Coordinates(p.Columns), now.Done.Count(i, wanted, p.Cues), wanted}
		s.Done, s.Wanted = s.Done+ps.Done, s.Wanted+ps.Wanted
		s.Points = append(s.Points, ps)
	}
	s.Complete = s.Done == s.Wanted
	for _, c := range now.Curves {
		cs := now.curveStatus(c)
		s.Complete = s.Complete && cs.State != GoingOn
		s.Curves = append(s.Curves, cs)
	}
	return s, nil
}

// curveStatus returns the errors of a curve and its state.
func (s *state) curveStatus(c *store.Curve) CurveStatus {
	goal := goal(s.cfg.Stop)
	look := goal.Outlook(s.counts(c))
	status := CurveStatus{Curve: s.cfg.Common(c.Points), Round: c.Round, Stderr: look.Fraction}
	for _, i := range c.Points {
		status.Done += s.Done.Count(i, s.Samples[i], s.cfg.Points[i].Cues)
	}
	if !math.IsInf(look.Threshold, 1) {
		status.ThresholdError = &look.Threshold
	}
	switch {
	case !s.settled(c):
		status.State = GoingOn
	case goal.Threshold > 0 && look.OneSided:
		status.State = NoThreshold
	case goal.Threshold > 0 && look.Threshold > goal.Threshold, goal.Fraction > 0 && look.Fraction > goal.Fraction:
		status.State = AtMaxSamples
	default:
		status.State = GoalReached
	}
	return status
}
