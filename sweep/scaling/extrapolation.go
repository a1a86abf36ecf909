package scaling

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
)

// An Extrapolation is what one estimator makes of the curves of all sizes.
type Extrapolation struct {
	Estimator  string
	Thresholds []Threshold // by rising N, those set aside too
	Critical   Average     // α_c
	// Power of the displacement and of the width, from the laws that leave it free;
	// their Fits are empty where there are too few sizes.
	Displacement, Width Average
	Warnings            []string
}

// Extrapolate estimates the transition of each curve and takes it to N → ∞. A curve
// whose loads do not hold its transition is left out, with a warning.
func (b Bootstrap) Extrapolate(curves []Curve, e Estimator) (Extrapolation, error) {
	x := Extrapolation{Estimator: e.Name()}
	for _, c := range curves {
		t, err := b.Threshold(c, e)
		if err != nil {
			x.Warnings = append(x.Warnings, fmt.Sprintf("N = %d, %s: %v", c.N, e.Name(), err))
			continue
		}
		if t.Failed > 0 {
			x.Warnings = append(x.Warnings, fmt.Sprintf("N = %d, %s: %d of %d replicates without a transition", c.N, e.Name(), t.Failed, b.Replicates))
		}
		x.Thresholds = append(x.Thresholds, t)
	}
	slices.SortFunc(x.Thresholds, func(a, b Threshold) int { return a.N - b.N })
	return x, x.fit()
}

// fit fills in the averages. Only the average of α_c must exist.
func (x *Extrapolation) fit() error {
	fits := Fits(halves(x.used()), ThresholdLaws)
	var err error
	if x.Critical, err = Limit(fits); err != nil {
		x.Critical.Fits = fits
		return err
	}
	if x.Displacement, err = Exponent(fits); err != nil && !errors.Is(err, ErrNoFit) {
		return err
	}
	if x.Width, err = Exponent(Fits(widths(x.used()), WidthLaws)); err != nil && !errors.Is(err, ErrNoFit) {
		return err
	}
	return nil
}

// used are the thresholds that are taken to N → ∞.
func (x *Extrapolation) used() []Threshold {
	return slices.DeleteFunc(slices.Clone(x.Thresholds), func(t Threshold) bool { return !t.Extrapolated() })
}

// Sizes is how many thresholds are taken to N → ∞.
func (x *Extrapolation) Sizes() int { return len(x.used()) }

func halves(thresholds []Threshold) []Datum {
	var data []Datum
	for _, t := range thresholds {
		data = append(data, Datum{t.N, t.Half, t.HalfError})
	}
	return data
}

func widths(thresholds []Threshold) []Datum {
	var data []Datum
	for _, t := range thresholds {
		if !math.IsNaN(t.Width) && t.WidthError > 0 {
			data = append(data, Datum{t.N, t.Width, t.WidthError})
		}
	}
	return data
}

// WithoutSmallest is the extrapolation without the smallest size that it used.
func (x Extrapolation) WithoutSmallest() (Extrapolation, error) {
	used := x.used()
	if len(used) == 0 {
		return Extrapolation{}, ErrNoFit
	}
	y := Extrapolation{Estimator: x.Estimator, Thresholds: used[1:]}
	return y, y.fit()
}

// A Critical is α_c with all its errors, one standard deviation each. What nothing was
// compared with is NaN, and no part of the sums.
type Critical struct {
	Value       float64
	Statistical float64
	Laws        float64 // spread over laws and smallest sizes
	Criterion   float64 // spread over what counts as retrieved
	Estimator   float64 // spread over estimators of the threshold
}

// Systematic is the root of the sum of the systematic variances.
func (c Critical) Systematic() float64 {
	return math.Hypot(c.Laws, math.Hypot(orZero(c.Criterion), orZero(c.Estimator)))
}

// orZero is x, or 0 where it is not known.
func orZero(x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return x
}

// Error is the root of the sum of all variances.
func (c Critical) Error() float64 { return math.Hypot(c.Statistical, c.Systematic()) }

// Combine adds to a quoted extrapolation the spread of those by other criteria about
// it, each extrapolated anew, and the greatest bias that other estimators suggest,
// carried to α_c by the laws of the quoted one.
func Combine(quoted Extrapolation, criteria, estimators []Extrapolation) Critical {
	a := quoted.Critical
	return Critical{
		Value: a.Value, Statistical: a.Statistical, Laws: a.Systematic,
		Criterion: departure(a.Value, criteria),
		Estimator: quoted.bias(estimators),
	}
}

// departure is the root mean square distance of others from a value, each with the
// weight of its precision; NaN if there are none.
func departure(from float64, others []Extrapolation) float64 {
	sum, weights := 0.0, 0.0
	for _, x := range others {
		d, w := x.Critical.Value-from, 1/(x.Critical.Statistical*x.Critical.Statistical)
		sum, weights = sum+w*d*d, weights+w
	}
	return math.Sqrt(sum / weights)
}

// bias is the most that α_c would move by if an estimator's thresholds were right,
// beyond what noise moves it by; NaN if there are none.
func (x Extrapolation) bias(others []Extrapolation) float64 {
	if len(others) == 0 {
		return math.NaN()
	}
	most := 0.0
	for _, y := range others {
		d, variance := x.move(y)
		most = math.Max(most, d*d-variance)
	}
	return math.Sqrt(most)
}

// move is what the thresholds of another estimator would move α_c by, through the
// influence of each size, and the variance of that by the replicates that both share.
func (x Extrapolation) move(y Extrapolation) (d, variance float64) {
	for _, t := range x.used() {
		c := x.Critical.influence(Datum{t.N, t.Half, t.HalfError})
		mean, v := t.difference(y.Thresholds)
		d += c * mean
		variance += c * c * v
	}
	return d, variance
}

// difference is the distance of the threshold of the same size, if there is one, and
// its variance.
func (t Threshold) difference(others []Threshold) (d, variance float64) {
	for _, o := range others {
		if o.N == t.N {
			return o.Half - t.Half, varianceOfDifference(o.Replicates, t.Replicates)
		}
	}
	return 0, 0
}

func varianceOfDifference(a, b []float64) float64 {
	var d []float64
	for r := range a {
		if v := a[r] - b[r]; !math.IsNaN(v) {
			d = append(d, v)
		}
	}
	return stat.Variance(d, nil)
}
