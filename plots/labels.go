package plots

import (
	"slices"
	"strings"

	"hopcap/plots/label"
	"hopcap/sweep/study"
)

// axisLabels are what the settings of a study are called on an axis. Measured
// columns bring their own.
var axisLabels = map[string]string{
	"alpha":       `load $\alpha$`,
	"temperature": "temperature $T$",
	"overlap":     "initial overlap $m_0$",
	"degree":      "interaction order $n$",
}

// Setup is what captions say of how trials are made, by the keys of the experiment: of
// the settings that are the same at all points, beside axes that have several values.
func Setup(keys []study.Key, fixed map[string]any, axes []string) (phrases []string) {
	setting := func(key string) any {
		if slices.Contains(axes, key) {
			return study.Several
		}
		return fixed[key]
	}
	for _, k := range keys {
		if k.Caption == nil || fixed[k.Name] == nil {
			continue
		}
		if text := k.Caption(setting); text != "" && !slices.Contains(phrases, text) {
			phrases = append(phrases, text)
		}
	}
	return phrases
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
