package plots

import (
	"fmt"
	"slices"
	"strings"

	"hopcap/plots/theory"
	"hopcap/sweep/study"
)

// A Grid is what is known of a study before it is run.
type Grid struct {
	Tables []string       // of records and of estimates, by name
	Points Table          // the settings of each point
	Fixed  map[string]any // the settings that are the same at all points
}

// CheckGrid returns the faults of figures that depend on the grid: a table that does not
// exist, a theory without a curve here, a fit with fewer than three points, a where that
// excludes all points. specs come from Specs.
func CheckGrid(specs []Spec, g Grid) (faults []study.Fault) {
	for i, s := range specs {
		prefix := "figure."
		if len(specs) > 1 {
			prefix = fmt.Sprintf("figure[%d].", i+1)
		}
		faults = append(faults, g.check(prefix, s)...)
		if s.Inset != nil {
			inner := *s.Inset
			if inner.Where == nil {
				inner.Where = s.Where
			}
			inner.Table = s.Table
			faults = append(faults, g.check(prefix+"inset.", inner)...)
		}
	}
	return faults
}

func (g Grid) check(prefix string, s Spec) (faults []study.Fault) {
	fault := func(key, value, allowed string) {
		f := study.Fault{Key: prefix + key, Value: value, Allowed: allowed}
		if !slices.Contains(faults, f) {
			faults = append(faults, f)
		}
	}
	if s.Table != "" && !slices.Contains(g.Tables, s.Table) {
		fault("table", fmt.Sprintf("%q", s.Table), "is no table of this experiment"+meant(s.Table, g.Tables))
		return faults
	}
	panels := s.alone()
	for _, p := range panels {
		rows := g.shown(p.Where)
		if len(rows) == 0 && len(g.Points.Rows) > 0 {
			fault("where", "", "no point of the grid is as it says")
			return faults
		}
		if n, known := g.distinct(p.X, rows); p.Fit != "" && known && n < 3 {
			fault("fit", fmt.Sprintf("%q", p.Fit), fmt.Sprintf("needs three values of x at least: the grid has %d", n))
		}
	}
	for _, name := range s.Theory {
		speaks := func(p Spec) bool { return g.silent(name, p, g.shown(p.Where)) == "" }
		if !slices.ContainsFunc(panels, speaks) {
			fault("theory", fmt.Sprintf("%q", name), g.silent(name, s, g.shown(panels[0].Where)))
		}
	}
	return faults
}

// shown are the points with the values of those columns of where that points have.
func (g Grid) shown(where map[string]any) [][]any {
	known := map[string]any{}
	for column, v := range where {
		if g.Points.index(column) >= 0 {
			known[column] = v
		}
	}
	rows, err := g.Points.where(known)
	if err != nil {
		return g.Points.Rows
	}
	return rows
}

// silent says why a theory has nothing to say in a figure, or nothing.
func (g Grid) silent(name string, s Spec, rows [][]any) string {
	t, ok := theory.Named(name)
	if !ok {
		return "" // told by Specs
	}
	if !t.KnowsX(s.X) || !t.HasMarks() && !slices.ContainsFunc(s.Y, func(y string) bool { return knowsPart(t, y) }) {
		return fmt.Sprintf("says nothing about %s against %s: it knows %s", strings.Join(s.Y, ", "), s.X, t.Says())
	}
	if len(rows) > 0 && !slices.ContainsFunc(rows, func(row []any) bool { return t.Holds(g.settings(t, row)) }) {
		return "holds at no point that is shown: it is for " + t.Conditions()
	}
	return ""
}

// knowsPart reports whether a theory knows an expression, or a column in it.
func knowsPart(t theory.Theory, y string) bool {
	e, err := parseExpr(y)
	return t.KnowsY(y) || err == nil && slices.ContainsFunc(e.names, t.KnowsY)
}

// settings are the settings of one point that a theory depends on.
func (g Grid) settings(t theory.Theory, row []any) theory.Settings {
	at := theory.Settings{}
	for _, key := range t.Settings() {
		if v, ok := g.Fixed[key]; ok {
			at[key] = v
		}
		if i := g.Points.index(key); i >= 0 && row[i] != nil {
			at[key] = row[i]
		}
	}
	return at
}

// distinct is how many values an expression has at some points; false where it is of
// more than settings.
func (g Grid) distinct(x string, rows [][]any) (n int, known bool) {
	e, err := parseExpr(x)
	if err != nil || len(rows) == 0 {
		return 0, false
	}
	for _, name := range e.names {
		if _, fixed := g.Fixed[name]; !fixed && g.Points.index(name) < 0 {
			return 0, false
		}
	}
	values := map[float64]bool{}
	for _, row := range rows {
		values[e.eval(func(name string) float64 {
			if i := g.Points.index(name); i >= 0 {
				return toNumber(row[i])
			}
			return toNumber(g.Fixed[name])
		})] = true
	}
	return len(values), true
}
