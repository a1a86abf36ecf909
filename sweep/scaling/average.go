package scaling

import (
	"errors"
	"math"
	"slices"
)

// Laws of thresholds and of widths that are tried. Where a threshold is the fold of
// a deterministic recursion, blurred by the disorder of a finite system, the width
// falls as N^−1/2 and the centre is displaced by N^−2/3 (proved for the cores of
// random graphs: Dembo & Montanari, Ann. Appl. Probab. 18, 1993 (2008)); the fold
// makes corrections of relative order N^−1/3. Without a fold both would be N^−1/2,
// and a centre of no anomaly would be displaced by 1/N. N^−1/3 is how the transition
// of mean-field spin glasses scales (Parisi, Ritort & Slanina, J. Phys. A 26, 247
// (1993)); it is the slowest decay that has a reason, and without it an average over
// laws claims too much where the truth decays more slowly than N^−1/2.
var (
	ThresholdLaws = []Law{
		{Limit: true},
		{Limit: true, Relative: 1. / 3},
		{Limit: true, Exponent: 1. / 3},
		{Limit: true, Exponent: 1. / 3, Relative: 1. / 3},
		{Limit: true, Exponent: 1. / 2},
		{Limit: true, Exponent: 1. / 2, Relative: 1. / 3},
		{Limit: true, Exponent: 2. / 3},
		{Limit: true, Exponent: 2. / 3, Relative: 1. / 3},
		{Limit: true, Exponent: 1},
		{Limit: true, Exponent: 1, Relative: 1. / 3},
	}
	WidthLaws = []Law{
		{},
		{Relative: 1. / 3},
		{Exponent: 1. / 2},
		{Exponent: 1. / 2, Relative: 1. / 3},
		{Exponent: 2. / 3},
		{Exponent: 2. / 3, Relative: 1. / 3},
	}
)

// A fit is acceptable with at least this probability and so many degrees of freedom:
// with one, nearly everything fits.
const (
	leastP       = 0.01
	leastFreedom = 2
)

// Acceptable says whether the data allow the fit and determine it: a free exponent
// must lie two standard errors from zero.
func (f Fit) Acceptable() bool {
	determined := f.Covariance != nil && !f.AtBound && 2*f.PowerError <= f.Power
	return determined && f.Freedom >= leastFreedom && f.P >= leastP
}

// A Candidate is a fit with its weight among all that are acceptable.
type Candidate struct {
	Fit
	Weight float64
}

// An Average is what acceptable fits say together of a parameter.
type Average struct {
	Value float64
	// Statistical is the root of the mean variance of the fits, Systematic the
	// spread of their values about the mean.
	Statistical, Systematic float64
	// Lowest and Highest are the extreme values of acceptable fits whose weight is
	// at least a tenth of the greatest.
	Lowest, Highest float64
	Fits            []Candidate // all, acceptable or not
}

// Error is the root of the sum of both variances.
func (a Average) Error() float64 { return math.Hypot(a.Statistical, a.Systematic) }

// At is the average of v(N) over the fits that reach down to N, and its error:
// statistical and of the laws together; NaN where none does. N may be as large as
// 10¹⁰⁰ to stand for ∞.
func (a Average) At(n float64) (value, stderr float64) {
	weight, square := 0.0, 0.0
	for _, c := range a.Fits {
		if c.Weight > 0 && float64(c.Smallest) <= n {
			v, e := c.At(n)
			weight += c.Weight
			value += c.Weight * v
			square += c.Weight * (v*v + e*e)
		}
	}
	value /= weight
	return value, math.Sqrt(math.Max(0, square/weight-value*value))
}

// Best is the acceptable fit of greatest weight.
func (a Average) Best() (Fit, bool) {
	var best Candidate
	for _, c := range a.Fits {
		if c.Weight > best.Weight {
			best = c
		}
	}
	return best.Fit, best.Weight > 0
}

// BestPlain is Best among the laws without a correction.
func (a Average) BestPlain() (Fit, bool) {
	a.Fits = slices.DeleteFunc(slices.Clone(a.Fits), func(c Candidate) bool { return c.Relative != 0 })
	return a.Best()
}

// Broadest is the acceptable fit without a correction that goes to the smallest size,
// of several the one of most weight.
func (a Average) Broadest() (Fit, bool) {
	var best Candidate
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

// Laws is how many laws the average is of, whatever sizes they begin at.
func (a Average) Laws() int {
	laws := map[Law]bool{}
	for _, c := range a.Fits {
		if c.Weight > 0 {
			laws[c.Law] = true
		}
	}
	return len(laws)
}

// influence is the derivative of the averaged limit by a value that was fitted, the
// weights kept.
func (a Average) influence(d Datum) float64 {
	sum := 0.0
	for _, c := range a.Fits {
		if c.Weight > 0 {
			sum += c.Weight * c.influence(d)
		}
	}
	return sum
}

// ErrNoFit says that the data allow none of the fits, or that there are too few.
var ErrNoFit = errors.New("no law fits the sizes measured with two degrees of freedom left")

// Fits fits every law from every smallest size on, as far as there are data for
// it, and weighs them by exp(−(χ² + 2k + 2d)/2), with k parameters and d sizes left
// out (Jay & Neil, Phys. Rev. D 103, 114502 (2021)): a size left out costs as
// much as a parameter.
func Fits(data []Datum, laws []Law) []Candidate {
	var fits []Candidate
	sizes := sizesOf(data)
	for dropped, smallest := range sizes {
		for _, l := range laws {
			f, err := l.Fit(data, smallest)
			if err != nil {
				continue
			}
			fits = append(fits, Candidate{f, math.Exp(-(f.ChiSquare + 2*float64(l.parameters()+dropped)) / 2)})
		}
	}
	weigh(fits)
	return fits
}

func sizesOf(data []Datum) []int {
	var sizes []int
	for _, d := range data {
		sizes = append(sizes, d.N)
	}
	slices.Sort(sizes)
	return slices.Compact(sizes)
}

// weigh makes the weights of the acceptable fits add up to one, and the others
// zero.
func weigh(fits []Candidate) {
	sum := 0.0
	for i := range fits {
		if !fits[i].Acceptable() {
			fits[i].Weight = 0
		}
		sum += fits[i].Weight
	}
	for i := range fits {
		if sum > 0 {
			fits[i].Weight /= sum
		}
	}
}

// Limit averages the limits of fits: α_c.
func Limit(fits []Candidate) (Average, error) {
	return average(fits, func(f Fit) (float64, float64) { return f.Value, f.ValueError })
}

// Exponent averages the exponents of those fits in which they are free.
func Exponent(fits []Candidate) (Average, error) {
	free := slices.DeleteFunc(slices.Clone(fits), func(c Candidate) bool { return c.Exponent != 0 })
	weigh(free)
	return average(free, func(f Fit) (float64, float64) { return f.Power, f.PowerError })
}

func average(fits []Candidate, of func(Fit) (value, stderr float64)) (Average, error) {
	a := Average{Fits: fits, Lowest: math.Inf(1), Highest: math.Inf(-1)}
	greatest := 0.0
	for _, c := range fits {
		v, e := of(c.Fit)
		if c.Weight > 0 {
			a.Value += c.Weight * v
			a.Statistical += c.Weight * e * e
		}
		greatest = math.Max(greatest, c.Weight)
	}
	if greatest == 0 {
		return Average{}, ErrNoFit
	}
	for _, c := range fits {
		v, _ := of(c.Fit)
		if c.Weight > 0 {
			a.Systematic += c.Weight * (v - a.Value) * (v - a.Value)
		}
		if c.Weight >= greatest/10 {
			a.Lowest, a.Highest = math.Min(a.Lowest, v), math.Max(a.Highest, v)
		}
	}
	a.Statistical, a.Systematic = math.Sqrt(a.Statistical), math.Sqrt(a.Systematic)
	return a, nil
}
