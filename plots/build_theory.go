package plots

import (
	"fmt"
	"maps"
	"slices"

	"hopcap/plots/figure"
	"hopcap/plots/theory"
)

// addTheory puts the declared curves and their marks into a panel: one for each
// combination of the settings that the theory depends on.
func (b *builder) addTheory(p *figure.Panel, y string, groups []group) error {
	lo, hi := p.Span()
	for dash, name := range b.spec.Theory {
		t, ok := theory.Named(name)
		if !ok {
			return fmt.Errorf("no theory %q", name)
		}
		cases := b.cases(t, groups)
		for _, c := range cases {
			if xs, ys, ok := along(t, b.spec.X, y, c.at, lo, hi); ok {
				l := figure.Line{Label: t.Label, Style: c.style, Dash: dash, Common: len(cases) > 1, X: xs, Y: ys}
				l.From, l.To = p.Reach(c.groups)
				b.caption.said[name] = true
				p.Lines = append(p.Lines, l)
			}
			if len(cases) == 1 {
				marks := t.Marks(b.spec.X, c.at)
				b.addMarks(p, t, marks)
				b.caption.said[name] = b.caption.said[name] || len(marks) > 0
			}
		}
	}
	return nil
}

// addMarks puts marks of a theory into a panel. Where they are all that it has to
// say, the caption names it.
func (b *builder) addMarks(p *figure.Panel, t theory.Theory, marks []theory.Mark) {
	for _, m := range marks {
		p.Marks = append(p.Marks, figure.Mark{At: m.At, Label: m.Label})
	}
	if len(marks) > 0 && !slices.ContainsFunc(p.Lines, func(l figure.Line) bool { return l.Label == t.Label }) {
		b.caption.marks(t.Label)
	}
}

// A theoryCase is one set of the settings that a theory depends on.
type theoryCase struct {
	at     theory.Settings
	style  int
	groups []int // that have it
}

// cases are the different settings among the series. A single one is drawn in
// black, several in the colours of the series that they belong to.
func (b *builder) cases(t theory.Theory, groups []group) []theoryCase {
	var cases []theoryCase
	seen := map[string]int{}
	for i, g := range groups {
		at := b.settings(t, g)
		var id []any
		for _, name := range t.Settings() {
			id = append(id, at[name])
		}
		key := fmt.Sprint(id...)
		k, ok := seen[key]
		if !ok {
			k = len(cases)
			seen[key] = k
			cases = append(cases, theoryCase{at: at, style: i})
		}
		cases[k].groups = append(cases[k].groups, i)
	}
	if len(cases) == 1 {
		cases[0].style = figure.Black
	}
	return cases
}

// settings are what a theory may depend on, for one series.
func (b *builder) settings(t theory.Theory, g group) theory.Settings {
	at := theory.Settings{}
	maps.Copy(at, b.sources[g.source].Fixed)
	table := b.sources[g.source].Tables[b.tableName()]
	for _, name := range t.Settings() {
		if k := table.index(name); k >= 0 && len(g.rows) > 0 {
			at[name] = g.rows[0][k]
		}
	}
	return at
}

// along is the curve of y, a column or arithmetic on one that the theory knows.
func along(t theory.Theory, x, y string, at theory.Settings, lo, hi float64) (xs, ys []float64, ok bool) {
	e, err := parseExpr(y)
	if xs, ys, ok = t.Curve(x, y, at, lo, hi); ok || err != nil || e.isName(y) {
		return xs, ys, ok
	}
	for _, name := range e.names {
		xs, of, ok := t.Curve(x, name, at, lo, hi)
		if !ok {
			continue
		}
		ys := make([]float64, len(xs))
		for i := range xs {
			ys[i] = e.eval(func(other string) float64 {
				switch other {
				case name:
					return of[i]
				case x:
					return xs[i]
				}
				return toNumber(at[other])
			})
		}
		return xs, ys, true
	}
	return nil, nil, false
}
