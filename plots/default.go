package plots

import (
	"slices"

	"hopcap/plots/figure"
	"hopcap/plots/theory"
	"hopcap/sweep/study"
)

// Defaults are the figures of a study that declares none: one, named after the
// study, of its first three quantities against the axis that was scanned most
// finely.
func Defaults(name string, source Source, columns []study.Column) []Spec {
	t := source.Tables["estimates"]
	s := Spec{Name: name, X: t.finestAxis(), Y: defaultY(t, columns)}
	if s.X == "" || len(s.Y) == 0 {
		return nil
	}
	s.Theory = theoriesFor(s, source, columns)
	return []Spec{s}
}

// preferred are the columns that say most, where an experiment has them.
var preferred = []string{"overlap_final", "retrieved", "spurious"}

func defaultY(t Table, columns []study.Column) []string {
	var names []string
	for _, c := range columns {
		if _, err := t.measure(c.Name, 1); err == nil && (c.Role == study.Quantity || c.Role == study.Rate) {
			names = append(names, c.Name)
		}
	}
	if !slices.ContainsFunc(preferred, func(p string) bool { return !slices.Contains(names, p) }) {
		return preferred
	}
	return names[:min(3, len(names))]
}

// finestAxis is the numeric axis with the most values, of those that are needed
// to tell points apart; of equals the last.
func (t Table) finestAxis() (finest string) {
	for _, axis := range t.varying(t.Rows) {
		if isNumber(t.Rows[0][t.index(axis)]) {
			finest = axis
		}
	}
	return finest
}

func isNumber(v any) bool {
	switch v.(type) {
	case int64, int, float64:
		return true
	}
	return false
}

// theoriesFor are the theories that have a curve for the figure.
func theoriesFor(s Spec, source Source, columns []study.Column) (names []string) {
	for _, name := range theory.Names() {
		s.Theory = []string{name}
		f, err := Build(s, []Source{source}, columns)
		if err == nil && slices.ContainsFunc(f.Panels, func(p figure.Panel) bool { return len(p.Lines) > 0 }) {
			names = append(names, name)
		}
	}
	return names
}
