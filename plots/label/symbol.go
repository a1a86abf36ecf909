package label

import (
	"regexp"
	"strings"
)

// Symbol is the mathematics at the end of a label, with its dollars, or else
// the label.
func Symbol(label string) string {
	parts := strings.Split(label, "$")
	if n := len(parts); n >= 3 && parts[n-1] == "" && !strings.Contains(label, `\$`) {
		return "$" + strings.TrimSpace(strings.Split(parts[n-2], "=")[0]) + "$"
	}
	return label
}

var plainSymbol = regexp.MustCompile(`^\\?[A-Za-z]+$`)

// Base is what a power of the quantity on an axis is written with: its symbol, in
// brackets if it is more than a letter, or x where the label has none.
func Base(label string) string {
	symbol := Symbol(label)
	if len(symbol) < 3 || symbol[0] != '$' || strings.Count(symbol, "$") != 2 || symbol[len(symbol)-1] != '$' {
		return "x"
	}
	symbol = strings.Trim(symbol, "$")
	if plainSymbol.MatchString(symbol) {
		return symbol
	}
	return "(" + symbol + ")"
}

// Equation joins a label and a value; a symbol takes it within its dollars:
// "$N$" and "$1000$" are "$N = 1000$".
func Equation(label, value string) string {
	inner, symbol := strings.CutSuffix(label, "$")
	if rest, ok := strings.CutPrefix(value, "$"); ok && symbol {
		return inner + " = " + rest
	}
	return label + " = " + value
}
