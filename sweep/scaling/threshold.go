package scaling

import (
	"errors"
	"fmt"
)

// A Transition is where, and over what range of loads, retrieval is lost.
type Transition struct {
	// Half is α_½, the load at which half of the patterns are retrieved.
	Half float64
	// Width is w = α_¼ − α_¾, from the load at which three quarters are retrieved
	// to that at which one quarter is. It means the same for every link and for
	// none; a normal distribution of thresholds has w = 1.349 σ. NaN where the
	// measured loads do not reach the quartiles.
	Width float64
}

// An Estimator finds the transition in what was measured at one size, by rising
// load. The fraction need not fall from every level to the next.
type Estimator interface {
	Name() string
	Estimate(levels []Tally) (Transition, error)
}

// Estimators are all there are, the one to quote first.
var Estimators = []Estimator{Probit, Logit, Isotonic{}, Spline{}}

// ErrNoTransition says that the measured loads do not hold the transition
// between them, or hold too few samples to place it.
var ErrNoTransition = errors.New("the transition is not within the measured loads")

func noTransition(format string, a ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{ErrNoTransition}, a...)...)
}
