package tables

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"hopcap/model/theory"
)

// A Request is what a curve is asked for: values of its parameters, by name.
// Parameters that are not named take their defaults.
type Request struct {
	Values  map[string][]float64 // of numbers and counts; of a Switch any value
	Choices map[string]string
}

// A RequestError says why a curve has no table for a request. Parameters are named
// as flags are.
type RequestError struct{ What string }

func (e *RequestError) Error() string { return e.What }

// Given tells whether the request has a parameter.
func (r Request) Given(name string) bool {
	_, isChoice := r.Choices[name]
	return isChoice || len(r.Values[name]) > 0
}

// Conflict returns the first two parameters that are given and exclude each other.
func (c *Curve) Conflict(given func(name string) bool) (a, b string, found bool) {
	for _, group := range c.Exclusive {
		a = ""
		for _, name := range group {
			switch {
			case !given(name):
			case a == "":
				a = name
			default:
				return a, name, true
			}
		}
	}
	return "", "", false
}

// Solve returns the table that a request asks for. An argument for which there is no
// value is a *theory.DomainError, a request that makes no sense a *RequestError, and
// an equation that could not be solved a *theory.ConvergenceError.
func (c *Curve) Solve(r Request) (*Result, error) {
	if err := c.check(r); err != nil {
		return nil, err
	}
	t := c.asked(r)
	result := &Result{}
	for _, column := range t.Columns {
		result.Columns = append(result.Columns, column.Name)
	}
	err := t.each(At{curve: c, request: r}, t.over, func(at At) error {
		rows, err := t.rows(at)
		result.Rows = append(result.Rows, rows...)
		return err
	})
	if err != nil {
		return nil, c.naming(err)
	}
	return result, nil
}

// check looks at what can be judged without solving anything.
func (c *Curve) check(r Request) error {
	for name := range r.Values {
		if _, ok := c.Parameter(name); !ok {
			return &RequestError{fmt.Sprintf("%s has no parameter %s", c.Name, name)}
		}
	}
	if a, b, found := c.Conflict(r.Given); found {
		return &RequestError{fmt.Sprintf("--%s and --%s exclude each other", a, b)}
	}
	for name, word := range r.Choices {
		p, ok := c.Parameter(name)
		if !ok {
			return &RequestError{fmt.Sprintf("%s has no parameter %s", c.Name, name)}
		}
		if err := p.choice(word); err != nil {
			return err
		}
	}
	return nil
}

// asked returns the table that a request asks for.
func (c *Curve) asked(r Request) Table {
	for _, t := range c.Tables {
		if t.When == "" || r.Given(t.When) {
			return t
		}
	}
	return c.Tables[len(c.Tables)-1]
}

// naming adds the name of a parameter to an error that has its symbol.
func (c *Curve) naming(err error) error {
	var domain *theory.DomainError
	if !errors.As(err, &domain) {
		return err
	}
	for _, p := range c.Parameters {
		if p.Symbol == domain.Name {
			return fmt.Errorf("--%s: %w", p.Name, err)
		}
	}
	return err
}

// listed writes words as "a, b or c".
func listed(words []string) string {
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// End returns the largest value of a parameter that has a row in the last table, at
// what else a request asks for. It is +∞ where there is no such value.
func (c *Curve) End(parameter string, r Request) (float64, error) {
	if err := c.check(r); err != nil {
		return 0, err
	}
	at := At{curve: c, request: r}
	for _, a := range c.Tables[len(c.Tables)-1].over {
		if a.parameter == parameter && a.end != nil {
			return a.end(at)
		}
		values, err := at.along(a)
		if err != nil || len(values) == 0 {
			return 0, err
		}
		at = at.with(a.parameter, values[0])
	}
	return math.Inf(1), nil
}
