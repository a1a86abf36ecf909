package plots

import (
	"fmt"
	"math"
)

// A bars says what error bars are.
type bars struct {
	kind   barsKind
	errors float64 // their length each way, in standard errors
}

type barsKind int

const (
	noBars barsKind = iota
	ofMeans
	ofFractions // whose intervals are Wilson's: they stay between 0 and 1
	ofMedians   // whose intervals are those of order statistics
)

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
	switch {
	case b.kind == ofMeans && b.errors == 1:
		return "one standard error of means over independent samples"
	case b.kind == ofMeans:
		return fmt.Sprintf("%.3g standard errors (%s) of means over independent samples", b.errors, percent)
	case b.kind == ofMedians && b.errors == 1:
		return "68% intervals of medians over independent samples"
	case b.kind == ofMedians:
		return percent + " intervals of medians over independent samples"
	case b.kind == ofFractions && b.errors == 1:
		return "68% Wilson intervals of fractions"
	case b.kind == ofFractions:
		return percent + " Wilson intervals of fractions"
	}
	return ""
}

// short stands in the table of plotted numbers.
func (b bars) short() string {
	switch b.kind {
	case ofMeans:
		return fmt.Sprintf("%.3g s.e.", b.errors)
	case ofMedians:
		return fmt.Sprintf("median %.3g s.e.", b.errors)
	case ofFractions:
		return fmt.Sprintf("Wilson %.3g s.e.", b.errors)
	}
	return ""
}
