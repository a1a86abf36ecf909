package plots

import (
	"regexp"
	"strings"
)

// axisLabels are what the settings of a study are called on an axis. Measured
// columns bring their own.
var axisLabels = map[string]string{
	"alpha":       `load $\alpha$`,
	"temperature": "temperature $T$",
	"overlap":     "initial overlap $m_0$",
	"degree":      "interaction order $n$",
}

// columnLabel is what a column is called on an axis where nothing else is said:
// a letter, Latin or Greek, is a symbol.
func columnLabel(name string) string {
	if label, ok := axisLabels[name]; ok {
		return label
	}
	if isMacro(name) {
		return `$\` + name + `$`
	}
	if len([]rune(name)) == 1 {
		return "$" + name + "$"
	}
	return strings.NewReplacer("_", " ", "^", " ", `\`, " ", "$", " ").Replace(name)
}

// symbolIn is the mathematics at the end of a label, with its dollars, or else
// the label.
func symbolIn(label string) string {
	parts := strings.Split(label, "$")
	if n := len(parts); n >= 3 && parts[n-1] == "" && !strings.Contains(label, `\$`) {
		return "$" + strings.TrimSpace(strings.Split(parts[n-2], "=")[0]) + "$"
	}
	return label
}

var plainSymbol = regexp.MustCompile(`^\\?[A-Za-z]+$`)

// baseIn is what a power of the quantity on an axis is written with: its symbol, in
// brackets if it is more than a letter, or x where the label has none.
func baseIn(label string) string {
	symbol := symbolIn(label)
	if len(symbol) < 3 || symbol[0] != '$' || strings.Count(symbol, "$") != 2 || symbol[len(symbol)-1] != '$' {
		return "x"
	}
	symbol = strings.Trim(symbol, "$")
	if plainSymbol.MatchString(symbol) {
		return symbol
	}
	return "(" + symbol + ")"
}

// equation joins a label and a value; a symbol takes it within its dollars:
// "$N$" and "$1000$" are "$N = 1000$".
func equation(label, value string) string {
	inner, symbol := strings.CutSuffix(label, "$")
	if rest, ok := strings.CutPrefix(value, "$"); ok && symbol {
		return inner + " = " + rest
	}
	return label + " = " + value
}
