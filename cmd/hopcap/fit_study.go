package main

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"hopcap/sweep/config"
	"hopcap/sweep/estimate"
	"hopcap/sweep/scaling"
	"hopcap/sweep/store"
	"hopcap/sweep/study"
)

// criteria are the final overlaps from which a pattern counts as retrieved, besides
// that of the config. Each is taken to N → ∞ by the sizes at which it lies in the
// valley between the two peaks of the final overlap, and what they disagree on is an
// error of α_c.
var criteria = []float64{0.6, 0.7, 0.8, 0.9}

// A fittedStudy is what was measured with one choice of everything but N and the
// load, and what follows from it.
type fittedStudy struct {
	label       string
	title       string // of the config, where that tells studies apart; else empty
	settings    []study.Setting
	retrievedAt float64
	classical   bool // the Hopfield network at T = 0, of which others have told
	sets        []patternSet
	finals      map[int]map[float64][]float64 // overlaps by size and load, sorted
	cutShort    int                           // trials that the limit on sweeps ended
	warnings    []string

	curves   []scaling.Curve // by retrievedAt
	readings []reading       // the quoted one first
	critical scaling.Critical
	collapse scaling.Collapse

	collapsed int // the smallest size in the collapse
}

// A patternSet is the final overlaps of its cues.
type patternSet struct {
	n        int
	alpha    float64
	overlaps []float64
}

// A reading is an extrapolation by one criterion and one estimator.
type reading struct {
	retrievedAt float64
	scaling.Extrapolation
	err error
}

func (v *reading) quotable() bool { return v.err == nil }

// measuredStudies reads the trials of some directories.
func measuredStudies(dirs []string) ([]*fittedStudy, error) {
	var all []*fittedStudy
	for _, dir := range dirs {
		r, err := openResults(dir)
		if err != nil {
			return nil, err
		}
		records, err := r.Records("trials")
		if err != nil {
			return nil, err
		}
		studies, err := studiesOf(records, r.Config.Axes)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", dir, err)
		}
		for _, s := range studies {
			s.name(r, len(dirs) > 1)
		}
		all = append(all, studies...)
	}
	return all, nil
}

// name is the directory's, where there are several, and the settings that tell
// studies of one directory apart.
func (s *fittedStudy) name(r *estimate.Results, several bool) {
	study := studyName(r)
	s.label = config.Coordinates(s.settings).String()
	switch {
	case s.label == "":
		s.label, s.title = study, r.Config.Title
	case several:
		s.label = study + " " + s.label
	}
}

// studiesOf sorts the trials by the axes that are neither N nor load, in the order of
// the grid.
func studiesOf(r *store.Records, axes []string) ([]*fittedStudy, error) {
	final, stop := r.Column("overlap_final"), r.Column("stop")
	if final == nil || stop == nil {
		return nil, usageError{fmt.Errorf("only results of the experiment %q can be fitted", "retrieval")}
	}
	byLabel := map[string]*fittedStudy{}
	var studies []*fittedStudy
	for row := range r.Len() {
		p := r.Points[r.Point[row]]
		settings := along(p, axes)
		label := config.Coordinates(settings).String()
		s := byLabel[label]
		if s == nil {
			s = &fittedStudy{settings: settings, retrievedAt: p.Settings.Float("retrieved_at"), classical: classical(p.Settings)}
			byLabel[label] = s
			studies = append(studies, s)
		}
		if row == 0 || r.Point[row] != r.Point[row-1] || r.Sample[row] != r.Sample[row-1] {
			s.sets = append(s.sets, patternSet{n: sizeOf(p), alpha: loadOf(p)})
		}
		set := &s.sets[len(s.sets)-1]
		set.overlaps = append(set.overlaps, final.Float(row))
		if stop.Value(row) == "max_sweeps" {
			s.cutShort++
		}
	}
	if len(studies) == 0 {
		return nil, errors.New("no trials that belong to its latest config")
	}
	return studies, nil
}

func classical(s study.Settings) bool {
	cold := !s.Has("temperature") || s.Rat("temperature").Sign() == 0
	return s.Text("model.kind") == "hopfield" && cold
}

// along is where a point lies on some axes.
func along(p *config.Point, axes []string) []study.Setting {
	return slices.DeleteFunc(slices.Clone(p.Columns), func(s study.Setting) bool { return !slices.Contains(axes, s.Name) })
}

func column(p *config.Point, name string) any {
	for _, s := range p.Columns {
		if s.Name == name {
			return s.Value
		}
	}
	panic("hopcap: a point without " + name)
}

func sizeOf(p *config.Point) int     { return int(column(p, "N").(int64)) }
func loadOf(p *config.Point) float64 { return column(p, "alpha").(float64) }

// curvesAt counts a cue as retrieved from some final overlap on.
func (s *fittedStudy) curvesAt(retrievedAt float64) []scaling.Curve {
	bySize := map[int]*scaling.Curve{}
	for _, set := range s.sets {
		c := bySize[set.n]
		if c == nil {
			c = &scaling.Curve{N: set.n}
			bySize[set.n] = c
		}
		hits := 0
		for _, m := range set.overlaps {
			if m >= retrievedAt {
				hits++
			}
		}
		c.Add(set.alpha, hits, len(set.overlaps))
	}
	var curves []scaling.Curve
	for _, c := range bySize {
		curves = append(curves, *c)
	}
	slices.SortFunc(curves, func(a, b scaling.Curve) int { return cmp.Compare(a.N, b.N) })
	return curves
}

// extrapolate does so by the quoted estimator and criterion, by the other
// estimators, and by the other criteria.
func (s *fittedStudy) extrapolate(b scaling.Bootstrap) {
	s.sortFinals()
	s.curves = s.curvesAt(s.retrievedAt)
	s.keepTheValley()
	var others, byCriterion []scaling.Extrapolation
	for i, e := range scaling.Estimators {
		if v := s.try(b, s.retrievedAt, s.curves, e); i > 0 && v.quotable() {
			others = append(others, v.Extrapolation)
		}
	}
	for _, at := range criteria {
		if at == s.retrievedAt {
			continue
		}
		curves := s.curvesAt(at)
		s.setAside(curves, at)
		if v := s.try(b, at, curves, scaling.Estimators[0]); v.quotable() {
			byCriterion = append(byCriterion, v.Extrapolation)
		}
	}
	s.critical = scaling.Combine(s.quoted().Extrapolation, byCriterion, others)
	s.fallTogether(b)
	if s.quoted().quotable() && rivals(s.quoted().Critical) < 2 {
		s.warnings = append(s.warnings, "α_c rests on one law: what others would say is no part of its error")
	}
	if s.quoted().quotable() && len(byCriterion) == 0 {
		s.warnings = append(s.warnings, "no other retrieved_at gives an α_c: what it depends on is no part of its error")
	}
	if s.cutShort > 0 {
		s.warnings = append(s.warnings, fmt.Sprintf("%d trials were cut short by max_sweeps: thresholds are too low", s.cutShort))
	}
}

// quoted is by the criterion of the config and the first of the estimators.
func (s *fittedStudy) quoted() *reading { return &s.readings[0] }

func (s *fittedStudy) try(b scaling.Bootstrap, at float64, curves []scaling.Curve, e scaling.Estimator) reading {
	x, err := b.Extrapolate(curves, e)
	// A criterion that lies in the valley at few sizes makes no difference to α_c.
	if err != nil && (at == s.retrievedAt || !errors.Is(err, scaling.ErrNoFit)) {
		x.Warnings = append(x.Warnings, err.Error())
	}
	for _, text := range x.Warnings {
		s.warnings = append(s.warnings, fmt.Sprintf("retrieved_at = %g: %s", at, text))
	}
	s.readings = append(s.readings, reading{at, x, err})
	return s.readings[len(s.readings)-1]
}

// collapseReplicates suffice for an error that is quoted to one digit.
const collapseReplicates = 100

// fallTogether looks for the collapse near what the fits say, with the displacement
// of the law without correction that holds for the most sizes, and of those sizes.
func (s *fittedStudy) fallTogether(b scaling.Bootstrap) {
	q := s.quoted()
	if !q.quotable() {
		return
	}
	guess := scaling.Scaling{Critical: q.Critical.Value, Power: 0.5}
	if len(q.Width.Fits) > 0 {
		guess.Power = q.Width.Value
	}
	if law, ok := broadestLaw(q.Critical); ok {
		guess.Critical, guess.Shift, guess.ShiftBy = law.Value, law.Amplitude, law.Power
		s.collapsed = law.Smallest
	}
	var err error
	b.Replicates = collapseReplicates
	if s.collapse, err = b.Collapse(s.transitions(s.collapsed), guess); err != nil {
		s.warnings = append(s.warnings, "collapse: "+err.Error())
	}
}

// plainLaw is the best law without correction, whose exponent the axis of the figure has.
func plainLaw(a scaling.Average) (scaling.Fit, bool) {
	a.Fits = slices.DeleteFunc(slices.Clone(a.Fits), func(c scaling.Candidate) bool { return c.Relative != 0 })
	return a.Best()
}

// broadestLaw is the acceptable law without correction that goes to the smallest size,
// of several the one of most weight.
func broadestLaw(a scaling.Average) (scaling.Fit, bool) {
	var best scaling.Candidate
	for _, c := range a.Fits {
		if c.Relative != 0 || c.Weight == 0 {
			continue
		}
		if best.Weight == 0 || c.Smallest < best.Smallest || c.Smallest == best.Smallest && c.Weight > best.Weight {
			best = c
		}
	}
	return best.Fit, best.Weight > 0
}

// transitions are the curves whose thresholds are extrapolated, from a size on.
func (s *fittedStudy) transitions(smallest int) []scaling.Curve {
	return slices.DeleteFunc(slices.Clone(s.curves), func(c scaling.Curve) bool {
		return c.N < smallest || !s.extrapolated(c.N)
	})
}

// extrapolated says whether a size has a threshold that is taken to N → ∞.
func (s *fittedStudy) extrapolated(n int) bool {
	return slices.ContainsFunc(s.quoted().Thresholds, func(t scaling.Threshold) bool { return t.N == n && !t.Aside })
}

// summary says what came out, in one line.
func (s *fittedStudy) summary() string {
	if !s.quoted().quotable() {
		return fmt.Sprintf("%s: no law fits the %d sizes", s.label, len(s.quoted().Thresholds))
	}
	c := s.critical
	return fmt.Sprintf("%s: α_c = %.5f ± %.5f (statistical) ± %.5f (systematic: laws %.5f, criterion %s, estimator %s)",
		s.label, c.Value, c.Statistical, c.Systematic(), c.Laws, orUnknown(c.Criterion), orUnknown(c.Estimator))
}

// orUnknown writes an error that may not be known.
func orUnknown(x float64) string {
	if math.IsNaN(x) {
		return "unknown"
	}
	return fmt.Sprintf("%.5f", x)
}
