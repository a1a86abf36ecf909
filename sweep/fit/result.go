package fit

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"hopcap/sweep/scaling"
)

// Criteria are the final overlaps from which a cue counts as retrieved that are tried
// besides the criterion of the config.
var Criteria = []float64{0.6, 0.7, 0.8, 0.9}

// A Result is a study with what follows from it.
type Result struct {
	*Study
	// Curves are by the criterion of the config. Sizes that are set aside are marked.
	Curves []scaling.Curve
	// Variants are all extrapolations. The first is quoted: by the criterion of the
	// config and the first of scaling.Estimators. Those by the other estimators follow,
	// then those by other criteria.
	Variants []Variant
	// Critical is α_c with all its errors. It means nothing unless Quoted has no Err.
	Critical scaling.Critical
	// Collapse is of the sizes from CollapseFrom on; its Power is 0 if there is none.
	Collapse     scaling.Collapse
	CollapseFrom int
	// Warnings are what a reader of the numbers should know, one line each.
	Warnings []string

	finals map[int]byLoad
}

// A Variant is an extrapolation by one criterion and one estimator.
type Variant struct {
	RetrievedAt float64
	scaling.Extrapolation
	// Err says why there is no α_c; scaling.ErrNoFit if no law fits.
	Err error
}

// Fit extrapolates a study by the quoted estimator and criterion, by the other estimators,
// and by the other criteria. It combines these to α_c and computes the collapse. Errors come
// from a bootstrap; a paper needs about 1000 replicates.
func (s *Study) Fit(b scaling.Bootstrap) *Result {
	r := &Result{Study: s, Curves: s.CurvesAt(s.RetrievedAt), finals: s.finals()}
	r.keepTheValley()
	estimators := r.byEstimator(b)
	r.warnOfNoErrors()
	criteria := r.byCriterion(b)
	r.Critical = scaling.Combine(r.Quoted().Extrapolation, criteria, estimators)
	r.collapse(b)
	if r.Quoted().Err == nil {
		r.warnOfRivals(len(criteria))
	}
	if s.CutShort > 0 {
		r.warn("%d trials were cut short by max_sweeps: thresholds are too low", s.CutShort)
	}
	return r
}

// Quoted is the variant by the criterion of the config and the first of the
// estimators.
func (r *Result) Quoted() *Variant { return &r.Variants[0] }

// Extrapolated says whether the threshold of a size is taken to N → ∞.
func (r *Result) Extrapolated(n int) bool {
	return slices.ContainsFunc(r.Quoted().Thresholds, func(t scaling.Threshold) bool { return t.N == n && t.Extrapolated() })
}

// Overlaps are the final overlaps at one size and the load nearest to alpha, sorted.
func (r *Result) Overlaps(n int, alpha float64) []float64 { return r.finals[n].nearest(alpha) }

func (r *Result) warn(format string, a ...any) {
	r.Warnings = append(r.Warnings, fmt.Sprintf(format, a...))
}

// byEstimator adds the variants by the criterion of the config. It returns the variants
// that have an α_c, without the quoted one.
func (r *Result) byEstimator(b scaling.Bootstrap) (others []scaling.Extrapolation) {
	for i, e := range scaling.Estimators {
		v := r.try(b, r.RetrievedAt, r.Curves, e)
		if i > 0 && v.Err == nil {
			others = append(others, v.Extrapolation)
		}
		// Where no law fits the quoted thresholds either, the quoted Err says so.
		if i > 0 && v.Err != nil && r.Quoted().Err == nil {
			r.warn("retrieved_at = %g: %s: %v", v.RetrievedAt, e.Name(), v.Err)
		}
	}
	return others
}

// byCriterion adds the variants by other criteria, and returns the variants that have an
// α_c. A criterion that lies in the valley at too few sizes has none and is left out.
func (r *Result) byCriterion(b scaling.Bootstrap) (others []scaling.Extrapolation) {
	for _, at := range Criteria {
		if at == r.RetrievedAt {
			continue
		}
		curves := r.CurvesAt(at)
		r.setAside(curves, at)
		v := r.try(b, at, curves, scaling.Estimators[0])
		switch {
		case v.Err == nil:
			others = append(others, v.Extrapolation)
		case !errors.Is(v.Err, scaling.ErrNoFit):
			r.warn("retrieved_at = %g: %v", at, v.Err)
		}
	}
	return others
}

func (r *Result) try(b scaling.Bootstrap, at float64, curves []scaling.Curve, e scaling.Estimator) Variant {
	x, err := b.Extrapolate(curves, e)
	for _, text := range x.Warnings {
		r.warn("retrieved_at = %g: %s", at, text)
	}
	r.Variants = append(r.Variants, Variant{at, x, err})
	return r.Variants[len(r.Variants)-1]
}

// leastSizes is how many it takes for a law with a free exponent to compete: with
// fewer the laws agree for want of a rival, not because they are right.
const leastSizes = 5

// setAside marks the curves of sizes at which the criterion is not in the valley, and
// says how many are left.
func (r *Result) setAside(curves []scaling.Curve, at float64) (left int) {
	for i := range curves {
		curves[i].Aside = !r.finals[curves[i].N].inValley(at)
		if !curves[i].Aside {
			left++
		}
	}
	return left
}

// keepTheValley sets sizes aside, unless too few were left.
func (r *Result) keepTheValley() {
	if r.setAside(r.Curves, r.RetrievedAt) >= leastSizes {
		return
	}
	for i := range r.Curves {
		if r.Curves[i].Aside {
			r.Curves[i].Aside = false
			r.warn("N = %d: the final overlaps do not form two separate peaks about %g, so the threshold depends on the choice of retrieved_at", r.Curves[i].N, r.RetrievedAt)
		}
	}
}

// warnOfNoErrors names the sizes whose pattern sets are too few for an error.
func (r *Result) warnOfNoErrors() {
	var sizes []string
	for _, t := range r.Quoted().Thresholds {
		if math.IsNaN(t.HalfError) {
			sizes = append(sizes, strconv.Itoa(t.N))
		}
	}
	if len(sizes) > 0 {
		r.warn("N = %s: too few pattern sets for an error of the threshold; these sizes are not extrapolated", strings.Join(sizes, ", "))
	}
}

// warnOfRivals says which errors of α_c could not be found, for want of anything to
// compare it with.
func (r *Result) warnOfRivals(criteria int) {
	if r.Quoted().Critical.Laws() < 2 {
		r.warn("only one law gives α_c: its error does not contain the difference between laws")
	}
	if criteria == 0 {
		r.warn("no other retrieved_at gives an α_c: its error does not contain the dependence on retrieved_at")
	}
}
