package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"hopcap/plots/theory/tables"
)

// valuesFlag is a flag that takes a value, a list a,b,c, or a range from:to:step.
type valuesFlag struct {
	values []float64
	whole  bool // only integers
}

// String shows the default values.
func (n *valuesFlag) String() string {
	switch v := n.values; {
	case len(v) == 0:
		return ""
	case len(v) > 2 && v[1] > v[0]:
		return fmt.Sprintf("%s:%s:%s", tables.Digits(v[0]), tables.Digits(v[len(v)-1]), tables.Digits(tables.Rounded(v[1]-v[0])))
	default:
		var texts []string
		for _, x := range v {
			texts = append(texts, tables.Digits(x))
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
			return fmt.Errorf("%s is not an integer below 2^53", tables.Digits(v))
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
		return tables.Range(values[0], values[1], values[2])
	}
	return values, nil
}
