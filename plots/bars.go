package plots

import (
	"fmt"
	"hopcap/sweep/summary"
	"math"
)

// A bars says what error bars are.
type bars struct {
	kind   summary.Kind // 0 for none
	errors float64      // their length each way, in standard errors
}

// errorsFor is how many standard errors hold a mean with some probability.
func errorsFor(confidence float64) float64 {
	if confidence == 0 {
		return 1
	}
	return math.Sqrt2 * math.Erfinv(confidence)
}

// caption is a part of a sentence.
func (b bars) caption() string {
	percent := fmt.Sprintf("%.3g%%", 100*math.Erf(b.errors/math.Sqrt2))
	if b.errors == 1 {
		percent = "68%"
	}
	switch b.kind {
	case summary.Mean:
		if b.errors == 1 {
			return "one standard error of means over independent samples"
		}
		return fmt.Sprintf("%.3g standard errors (%s) of means over independent samples", b.errors, percent)
	case summary.Median:
		return percent + " intervals of medians over independent samples"
	case summary.Fraction, summary.Share:
		return percent + " Wilson intervals of fractions"
	}
	return ""
}

// short stands in the table of plotted numbers.
func (b bars) short() string {
	switch b.kind {
	case summary.Mean:
		return fmt.Sprintf("%.3g s.e.", b.errors)
	case summary.Median:
		return fmt.Sprintf("median %.3g s.e.", b.errors)
	case summary.Fraction, summary.Share:
		return fmt.Sprintf("Wilson %.3g s.e.", b.errors)
	}
	return ""
}
