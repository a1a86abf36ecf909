package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// valuesFlag is a flag that takes a value, a list a,b,c, or a range from:to:step.
type valuesFlag struct {
	name   string
	values []float64
	whole  bool // only integers
}

func newValues(name string, otherwise ...float64) *valuesFlag {
	return &valuesFlag{name: name, values: otherwise}
}

func newCounts(name string, otherwise ...float64) *valuesFlag {
	return &valuesFlag{name: name, values: otherwise, whole: true}
}

// String shows what holds without the flag.
func (n *valuesFlag) String() string {
	switch v := n.values; {
	case len(v) == 0:
		return ""
	case len(v) > 2 && v[1] > v[0]:
		return fmt.Sprintf("%s:%s:%s", digits12(v[0]), digits12(v[len(v)-1]), digits12(rounded(v[1]-v[0])))
	default:
		var texts []string
		for _, x := range v {
			texts = append(texts, digits12(x))
		}
		return strings.Join(texts, ",")
	}
}

// Type is what the help text shows for the value.
func (n *valuesFlag) Type() string { return "values" }

// Set reads the flag; given twice, the last counts.
func (n *valuesFlag) Set(text string) error {
	var all []float64
	for _, part := range strings.Split(text, ",") {
		values, err := parseValues(part)
		if err != nil {
			return err
		}
		all = append(all, values...)
	}
	return n.take(all)
}

// take sets the values, if the flag takes them.
func (n *valuesFlag) take(values []float64) error {
	const largest = 1 << 53 // beyond, a float64 may not be the integer that was meant
	for _, v := range values {
		if n.whole && (v != math.Trunc(v) || math.Abs(v) > largest) {
			return fmt.Errorf("%s is not an integer below 2^53", digits12(v))
		}
	}
	n.values = values
	return nil
}

func parseValues(text string) ([]float64, error) {
	parts := strings.Split(text, ":")
	if len(parts) != 1 && len(parts) != 3 {
		return nil, fmt.Errorf("%q is neither a number nor a range from:to:step", text)
	}
	var values []float64
	for _, part := range parts {
		v, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil {
			return nil, fmt.Errorf("%q is not a number", part)
		}
		values = append(values, v)
	}
	if len(parts) == 3 {
		return span{values[0], values[1], values[2]}.values()
	}
	return values, nil
}

// integers returns the values of a flag that takes only integers.
func (n *valuesFlag) integers() []int {
	var counts []int
	for _, v := range n.values {
		counts = append(counts, int(v))
	}
	return counts
}

// or returns the integers, or others where none was given.
func (n *valuesFlag) or(otherwise ...float64) []int {
	if len(n.values) > 0 {
		return n.integers()
	}
	return newCounts(n.name, otherwise...).integers()
}

// A span is a range of values.
type span struct{ from, to, step float64 }

// values lists the range, as decimals of 12 digits; to is included when it is
// within 10⁻⁹ of a step.
func (s span) values() ([]float64, error) {
	const most, near = 100000, 1e-9
	count := (s.to - s.from) / s.step
	if !(s.step > 0 && count > -near && count < most) {
		return nil, fmt.Errorf("range %g:%g:%g: must have from <= to, step > 0 and at most %d values", s.from, s.to, s.step, most)
	}
	var values []float64
	for i := range int(count+near) + 1 {
		values = append(values, rounded(s.from+float64(i)*s.step))
	}
	return values, nil
}

// mustValues is for the ranges written here.
func (s span) mustValues() []float64 {
	values, err := s.values()
	if err != nil {
		panic("hopcap: " + err.Error())
	}
	return values
}

// rounded returns x to 12 significant digits.
func rounded(x float64) float64 {
	v, err := strconv.ParseFloat(digits12(x), 64)
	if err != nil {
		return x
	}
	return v
}

// digits12 writes x with 12 significant digits.
func digits12(x float64) string { return strconv.FormatFloat(x, 'g', 12, 64) }
