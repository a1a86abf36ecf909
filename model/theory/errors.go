package theory

import (
	"fmt"
	"math"
)

// A DomainError says that a curve has no value at an argument, and what is allowed.
type DomainError struct {
	Name    string  // the argument, as in the formulas: alpha, T, m0, N
	Value   float64 // what was given
	Allowed string  // the condition it breaks
}

func (e *DomainError) Error() string {
	return fmt.Sprintf("%s = %.12g: allowed is %s", e.Name, e.Value, e.Allowed)
}

// A ConvergenceError says that an equation was not solved.
type ConvergenceError struct {
	What string // the equation and where it was to be solved
}

func (e *ConvergenceError) Error() string { return "no convergence: " + e.What }

// positive demands 0 < x < ∞.
func positive(name string, x float64) error {
	if !(x > 0) || math.IsInf(x, 1) {
		return &DomainError{name, x, name + " > 0"}
	}
	return nil
}

// atLeast demands least ≤ n.
func atLeast(name string, n, least int) error {
	if n < least {
		return &DomainError{name, float64(n), fmt.Sprintf("an integer >= %d", least)}
	}
	return nil
}

// within demands low ≤ x ≤ high.
func within(name string, x, low, high float64) error {
	if !(x >= low && x <= high) {
		return &DomainError{name, x, fmt.Sprintf("%.12g <= %s <= %.12g", low, name, high)}
	}
	return nil
}

// first returns the first error that is not nil.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
