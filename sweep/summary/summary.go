// Package summary reduces what was measured in independent samples to one number with
// an interval, and keeps both typed: what the number is, how wide its interval, and how
// many independent trials are behind it. It knows numbers only, neither columns nor
// records.
package summary

import "math"

// A Kind says what the center of a Summary is, and what is known around it.
type Kind int

// The kinds of a Summary.
const (
	Mean     Kind = iota + 1 // over samples, with its standard error
	Fraction                 // of trials, with its Wilson interval
	Share                    // a fraction that is quoted without an interval
	Median                   // of a threshold, with the interval of Woodruff; beside it the mean
)

// A Summary is a number with its interval. What is undefined is NaN.
type Summary struct {
	Kind      Kind
	Center    float64
	Low, High float64 // the ends of the 95 % interval
	Mean      float64 // the Center, but for a Median
	Stderr    float64 // the standard error of Mean
	// Effective is the number of independent trials that would know the center as
	// well: of a fraction p(1−p)/Stderr², kept between the number of samples and that of
	// their cues; of a mean the number of samples.
	Effective float64
}

// Interval is where the center lies within some number of standard errors; NaN if it
// is not known. The Wilson interval of a fraction has another shape at another width; a
// median's is made longer or shorter in proportion.
func (s Summary) Interval(errors float64) (low, high float64) {
	switch s.Kind {
	case Mean:
		return s.Center - errors*s.Stderr, s.Center + errors*s.Stderr
	case Fraction:
		return WilsonAt(s.Center, wilsonSize(s.Center, s.Low, s.High), errors)
	case Median:
		part := errors / (math.Sqrt2 * math.Erfinv(0.95))
		return s.Center - part*(s.Center-s.Low), s.Center + part*(s.High-s.Center)
	}
	return math.NaN(), math.NaN()
}

// A Part is one number of a summary, as tables of plain numbers have it.
type Part struct {
	Suffix string // after the name of what is summarised
	Of     func(s Summary) float64
}

// Parts are the plain numbers that a summary of this kind is written as, in order.
func (k Kind) Parts() []Part {
	switch k {
	case Mean:
		return []Part{{"_mean", center}, {"_stderr", stderr}}
	case Fraction:
		return []Part{{"_fraction", center}, {"_low", low}, {"_high", high}}
	case Share:
		return []Part{{"_fraction", center}}
	case Median:
		return []Part{{"_mean", mean}, {"_stderr", stderr}, {"_median", center}, {"_median_low", low}, {"_median_high", high}}
	}
	return nil
}

func center(s Summary) float64 { return s.Center }
func mean(s Summary) float64   { return s.Mean }
func stderr(s Summary) float64 { return s.Stderr }
func low(s Summary) float64    { return s.Low }
func high(s Summary) float64   { return s.High }
