package plots

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"

	"hopcap/sweep"
)

// A builder makes a figure of a spec and tables.
type builder struct {
	spec    Spec
	sources []Source
	columns []sweep.Column
	caption caption
}

// Build makes the figure that a spec declares. Columns give axis labels.
func Build(spec Spec, sources []Source, columns []sweep.Column) (*Figure, error) {
	b := builder{spec: spec, sources: sources, columns: columns}
	f := &Figure{Name: spec.Name, Width: spec.Width, Columns: spec.Columns}
	var err error
	if f.Panels, err = b.curves(); err != nil {
		return nil, fmt.Errorf("figure %s: %w", spec.Name, err)
	}
	f.Caption = b.caption.text(b.spec, f)
	return f, nil
}

// A group is the rows of one source that make a series.
type group struct {
	source int
	values []any // of the series columns
	rows   [][]any
}

// curves makes a panel of each y.
func (b *builder) curves() ([]Panel, error) {
	var panels []Panel
	for i, y := range b.spec.Y {
		p := Panel{X: b.xAxis(), Y: b.yAxis(i)}
		if err := b.addSeries(&p, y); err != nil {
			return nil, err
		}
		if err := b.addTheory(&p, y); err != nil {
			return nil, err
		}
		panels = append(panels, p)
	}
	return panels, nil
}

func (b *builder) xAxis() Axis {
	a := Axis{Name: b.spec.X, Label: b.spec.XLabel, Log: b.spec.XScale == "log"}
	if a.Label == "" {
		a.Label = b.label(b.spec.X)
	}
	if l := b.spec.XLimits; l != nil {
		a.Min, a.Max = l[0], l[1]
	}
	return a
}

func (b *builder) yAxis(i int) Axis {
	name := b.spec.Y[i]
	a := Axis{Name: name, Label: b.label(name), Log: b.spec.YScale == "log"}
	if len(b.spec.YLabel) > i {
		a.Label = b.spec.YLabel[i]
	}
	switch l := b.spec.YLimits; {
	case l != nil:
		a.Min, a.Max = l[0], l[1]
	case !a.Log && b.role(name) == sweep.Rate:
		a.Min, a.Max = -0.04, 1.04 // all of what a fraction can be
	}
	return a
}

func (b *builder) role(name string) sweep.Role {
	for _, c := range b.columns {
		if c.Name == name {
			return c.Role
		}
	}
	return sweep.Label
}

// label is what a column is called on an axis.
func (b *builder) label(name string) string {
	for _, c := range b.columns {
		if c.Name == name && c.Label != "" {
			return c.Label
		}
	}
	return plainLabel(name)
}

// plainLabel makes a label of a name: a letter, Latin or Greek, is a symbol.
func plainLabel(name string) string {
	if _, greek := macros[name]; greek {
		return `$\` + name + `$`
	}
	if len([]rune(name)) == 1 {
		return "$" + name + "$"
	}
	return strings.ReplaceAll(name, "_", " ")
}

func (b *builder) addSeries(p *Panel, y string) error {
	groups, err := b.groups()
	if err != nil {
		return err
	}
	for i, g := range groups {
		t := b.table(g.source)
		m, ok := t.measure(y)
		if !ok {
			return fmt.Errorf("no column %q in the %s of %s: there are %s", y, b.tableName(), b.sources[g.source].Name, strings.Join(t.Columns, ", "))
		}
		s := Series{Label: b.seriesLabel(groups, g), Style: i, Join: b.spec.Join}
		x := t.index(b.spec.X)
		for _, row := range g.rows {
			v, low, high := m.read(row)
			s.Points = append(s.Points, Point{toNumber(row[x]), v, low, high})
		}
		sort.SliceStable(s.Points, func(i, j int) bool { return s.Points[i].X < s.Points[j].X })
		b.caption.measure(y, m)
		p.Series = append(p.Series, s)
	}
	return nil
}

func (b *builder) tableName() string {
	if b.spec.Table != "" {
		return b.spec.Table
	}
	return "estimates"
}

func (b *builder) table(source int) Table { return b.sources[source].Tables[b.tableName()] }

// groups are the series, in the order of sources and then of rising values.
func (b *builder) groups() ([]group, error) {
	var all []group
	for i := range b.sources {
		groups, err := b.split(i)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", b.sources[i].Name, err)
		}
		all = append(all, groups...)
	}
	return all, nil
}

// split divides the rows of a source into series.
func (b *builder) split(source int) ([]group, error) {
	t := b.table(source)
	rows, err := t.where(b.spec.Where)
	if err != nil {
		return nil, err
	}
	if t.index(b.spec.X) < 0 {
		return nil, fmt.Errorf("no column %q in the %s: there are %s", b.spec.X, b.tableName(), strings.Join(t.Columns, ", "))
	}
	by := b.spec.Series
	if by == nil {
		by = t.distinguishing(rows, b.spec.X)
	}
	groups, err := t.groupBy(rows, by)
	if err != nil {
		return nil, err
	}
	for i := range groups {
		groups[i].source = source
		if column := t.ambiguous(groups[i].rows, b.spec.X); column != "" {
			return nil, fmt.Errorf("rows of one series at the same %s differ in %s: add it to series, or choose one value with where", b.spec.X, column)
		}
	}
	return groups, nil
}

// where returns the rows with the given values.
func (t Table) where(want map[string]any) ([][]any, error) {
	rows := t.Rows
	for column, v := range want {
		i := t.index(column)
		if i < 0 {
			return nil, fmt.Errorf("no column %q", column)
		}
		rows = slices.DeleteFunc(slices.Clone(rows), func(row []any) bool { return !equal(row[i], v) })
	}
	return rows, nil
}

// equal compares values as a reader of the config would: 1 is 1.0.
func equal(a, b any) bool {
	if x, y := toNumber(a), toNumber(b); !math.IsNaN(x) && !math.IsNaN(y) {
		return math.Abs(x-y) <= 1e-9*math.Max(math.Abs(x), math.Abs(y))
	}
	return a == b
}

// distinguishing are the axes that must tell series apart, so that no two rows
// of a series have the same x.
func (t Table) distinguishing(rows [][]any, x string) (by []string) {
	for {
		groups, err := t.groupBy(rows, by)
		if err != nil {
			return by
		}
		column := ""
		for _, g := range groups {
			if column = t.ambiguous(g.rows, x); column != "" {
				break
			}
		}
		if column == "" {
			return by
		}
		by = append(by, column)
	}
}

// ambiguous returns the first axis in which two rows with the same x differ.
func (t Table) ambiguous(rows [][]any, x string) string {
	first := map[any][]any{}
	for _, row := range rows {
		at := row[t.index(x)]
		other, seen := first[at]
		if !seen {
			first[at] = row
			continue
		}
		for i, axis := range t.axes() {
			if axis != x && row[i] != other[i] {
				return axis
			}
		}
	}
	return ""
}

// groupBy collects the rows with equal values in the given columns, in the order
// of rising values.
func (t Table) groupBy(rows [][]any, by []string) ([]group, error) {
	var at []int
	for _, column := range by {
		i := t.index(column)
		if i < 0 {
			return nil, fmt.Errorf("no column %q: there are %s", column, strings.Join(t.Columns, ", "))
		}
		at = append(at, i)
	}
	found := map[string]int{}
	var groups []group
	for _, row := range rows {
		var values []any
		for _, i := range at {
			values = append(values, row[i])
		}
		id := fmt.Sprintf("%#v", values)
		k, ok := found[id]
		if !ok {
			k = len(groups)
			found[id] = k
			groups = append(groups, group{values: values})
		}
		groups[k].rows = append(groups[k].rows, row)
	}
	sort.SliceStable(groups, func(i, j int) bool { return less(groups[i].values, groups[j].values) })
	return groups, nil
}

// less orders by number, then by text.
func less(a, b []any) bool {
	for i := range a {
		if x, y := toNumber(a[i]), toNumber(b[i]); x != y && !math.IsNaN(x) && !math.IsNaN(y) {
			return x < y
		}
		if x, y := fmt.Sprint(a[i]), fmt.Sprint(b[i]); x != y && math.IsNaN(toNumber(a[i])) {
			return x < y
		}
	}
	return false
}

// seriesLabel names a series by its values, and by its source where there are
// several.
func (b *builder) seriesLabel(all []group, g group) string {
	var parts []string
	if len(b.sources) > 1 {
		parts = append(parts, b.sources[g.source].Name)
	}
	by := b.spec.Series
	if by == nil {
		rows, _ := b.table(g.source).where(b.spec.Where)
		by = b.table(g.source).distinguishing(rows, b.spec.X)
	}
	for i, v := range g.values {
		parts = append(parts, b.valueLabel(by[i], v))
	}
	return strings.Join(parts, ", ")
}

// valueLabel is "$N = 1000$", or the value alone where it is a text.
func (b *builder) valueLabel(column string, v any) string {
	if s, ok := v.(string); ok {
		return strings.ReplaceAll(s, "_", " ")
	}
	value := number(toNumber(v), shortest(toNumber(v)))
	if yes, ok := v.(bool); ok {
		value = fmt.Sprint(yes)
	}
	return equation(b.label(column), value)
}

// equation joins a label and a value, within one pair of dollars if it can.
func equation(label, value string) string {
	inner, ok := strings.CutSuffix(label, "$")
	if rest, found := strings.CutPrefix(value, "$"); ok && found && strings.Count(label, "$") == 2 {
		return inner + " = " + rest
	}
	return label + " = " + value
}

// shortest is how many digits after the point a number needs, six at most.
func shortest(v float64) int {
	s := strconv.FormatFloat(v, 'f', 6, 64)
	s = strings.TrimRight(s, "0")
	_, rest, _ := strings.Cut(s, ".")
	return len(rest)
}

// addTheory puts the declared curves and their marks into a panel: one for each
// combination of the settings that the theory depends on.
func (b *builder) addTheory(p *Panel, y string) error {
	xs, _ := p.values()
	s := p.X.fit(xs, 5)
	groups, err := b.groups()
	if err != nil {
		return err
	}
	for dash, name := range b.spec.Theory {
		t, ok := Theories[name]
		if !ok {
			return fmt.Errorf("no theory %q", name)
		}
		cases := b.cases(t, groups)
		for _, c := range cases {
			if x, v, ok := t.Curve(b.spec.X, y, c.at, s.min, s.max); ok {
				p.Lines = append(p.Lines, Line{Label: t.Label, Style: c.style, Dash: dash, X: x, Y: v})
			}
			if t.Marks != nil && len(cases) == 1 {
				p.Marks = append(p.Marks, t.Marks(b.spec.X, c.at)...)
			}
		}
	}
	return nil
}

// A theoryCase is one set of the settings that a theory depends on.
type theoryCase struct {
	at    map[string]any
	style int
}

// cases are the different settings among the series. A single one is drawn in
// black, several in the colours of the series that they belong to.
func (b *builder) cases(t Theory, groups []group) []theoryCase {
	var cases []theoryCase
	seen := map[string]bool{}
	for i, g := range groups {
		at := maps.Clone(b.sources[g.source].Fixed)
		if at == nil {
			at = map[string]any{}
		}
		table := b.table(g.source)
		var id []any
		for _, name := range t.Uses {
			if k := table.index(name); k >= 0 && len(g.rows) > 0 {
				at[name] = g.rows[0][k]
			}
			id = append(id, at[name])
		}
		if key := fmt.Sprint(id); !seen[key] {
			seen[key] = true
			cases = append(cases, theoryCase{at, i})
		}
	}
	if len(cases) == 1 {
		cases[0].style = Black
	}
	return cases
}
