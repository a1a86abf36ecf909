package label

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Number writes a number with so many digits after the point as a label: 0.01 and never .01, a true minus sign, and thin
// spaces between thousands from 10 000 on.
func Number(v float64, digits int) string {
	text := strconv.FormatFloat(math.Abs(v), 'f', digits, 64)
	whole, rest, _ := strings.Cut(text, ".")
	if len(whole) > 4 {
		for i := len(whole) - 3; i > 0; i -= 3 {
			whole = whole[:i] + `\,` + whole[i:]
		}
	}
	if rest != "" {
		whole += "." + rest
	}
	if v < 0 && strings.Trim(text, "0.") != "" {
		whole = "-" + whole
	}
	return "$" + whole + "$"
}

// Uncertain writes a value with its standard error in units of the last digit:
// 0.56(2). The error has one digit, or two where the first is 1.
func Uncertain(v, e float64) string {
	if !(e > 0) || math.IsInf(e, 0) {
		return fmt.Sprintf("%.3g", v)
	}
	digits := -int(math.Floor(math.Log10(e)))
	if e*math.Pow(10, float64(digits)) < 1.95 {
		digits++
	}
	digits = max(0, digits)
	if math.Abs(v) < 0.5*math.Pow(10, -float64(digits)) {
		v = 0 // not −0.0
	}
	return fmt.Sprintf("%.*f(%.0f)", digits, v, e*math.Pow(10, float64(digits)))
}
