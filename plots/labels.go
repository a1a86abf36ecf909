package plots

import (
	"strings"

	"hopcap/plots/label"
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
	if label.IsMacro(name) {
		return `$\` + name + `$`
	}
	if len([]rune(name)) == 1 {
		return "$" + name + "$"
	}
	return strings.NewReplacer("_", " ", "^", " ", `\`, " ", "$", " ").Replace(name)
}
