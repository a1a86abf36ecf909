package plots

import (
	"slices"

	"hopcap/plots/figure"
	"hopcap/plots/theory"
	"hopcap/sweep/study"
)

// Defaults returns the figures of a study that declares none: one figure, with the name of
// the study. It shows the lead columns of the table against the axis with the most values.
func Defaults(name string, source Source, columns []study.Column) []Spec {
	t := source.Tables["estimates"]
	s := Spec{Name: name, X: t.finestAxis(), Y: defaultY(t, columns)}
	if s.X == "" || len(s.Y) == 0 {
		return nil
	}
	s.Theory = theoriesFor(s, source, columns)
	return []Spec{s}
}

// defaultY are the columns that lead, or else the first three quantities and rates.
func defaultY(t Table, columns []study.Column) []string {
	var leading, others []string
	for _, c := range columns {
		_, err := t.measure(c.Name, 1)
		switch {
		case err != nil:
		case c.Lead:
			leading = append(leading, c.Name)
		case c.Role == study.Quantity || c.Role == study.Rate:
			others = append(others, c.Name)
		}
	}
	if len(leading) > 0 {
		return leading
	}
	return others[:min(3, len(others))]
}

// finestAxis is the numeric axis with the most values, among the axes that tell points
// apart. Among equals it is the last.
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

// theoriesFor are the theories that have a curve for the figure. Slow theories are left out.
func theoriesFor(s Spec, source Source, columns []study.Column) (names []string) {
	for _, name := range theory.Names() {
		if t, _ := theory.Named(name); t.Slow || !t.KnowsX(s.X) || !slices.ContainsFunc(s.Y, t.KnowsY) {
			continue
		}
		s.Theory = []string{name}
		f, err := Build(s, []Source{source}, columns)
		if err == nil && slices.ContainsFunc(f.Panels, func(p figure.Panel) bool { return len(p.Lines) > 0 }) {
			names = append(names, name)
		}
	}
	return names
}
