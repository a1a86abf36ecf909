package tables

import (
	"fmt"
	"strconv"
)

// Range lists the values from, from+step, … to, as decimals of 12 digits; to is
// included when it is within 10⁻⁹ of a step.
func Range(from, to, step float64) ([]float64, error) {
	const most, near = 100000, 1e-9
	count := (to - from) / step
	if !(step > 0 && count > -near && count < most) {
		return nil, fmt.Errorf("range %g:%g:%g: must have from <= to, step > 0 and at most %d values", from, to, step, most)
	}
	var values []float64
	for i := range int(count+near) + 1 {
		values = append(values, Rounded(from+float64(i)*step))
	}
	return values, nil
}

// mustRange is for the ranges written here.
func mustRange(from, to, step float64) []float64 {
	values, err := Range(from, to, step)
	if err != nil {
		panic("tables: " + err.Error())
	}
	return values
}

// Rounded returns x to 12 significant digits.
func Rounded(x float64) float64 {
	v, err := strconv.ParseFloat(Digits(x), 64)
	if err != nil {
		return x
	}
	return v
}

// Digits writes x with 12 significant digits.
func Digits(x float64) string { return strconv.FormatFloat(x, 'g', 12, 64) }
