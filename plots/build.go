package plots

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"

	"hopcap/plots/figure"
	"hopcap/plots/label"
	"hopcap/sweep/study"
)

// A builder makes a figure of a spec and tables.
type builder struct {
	spec    Spec
	sources []Source
	columns []study.Column
	caption *caption
	inset   bool     // the figure is one within another
	named   []string // columns whose values the panel names
}

// builders make the panels of each kind of figure.
var builders = map[string]func(b *builder) ([]figure.Panel, error){
	"curves":       (*builder).curves,
	"areas":        (*builder).areas,
	"map":          (*builder).maps,
	"histogram":    (*builder).histograms,
	"ridgeline":    (*builder).ridges,
	"trajectories": (*builder).trajectories,
}

// defaultTables are where a kind looks if nothing else is said, and not in the
// estimates.
var defaultTables = map[string]string{"histogram": "trials", "ridgeline": "trials", "trajectories": "trace", "states": "states"}

// Build makes the figure that a spec declares. Columns give axis labels.
func Build(spec Spec, sources []Source, columns []study.Column) (*figure.Figure, error) {
	b := builder{spec: spec, sources: sources, columns: columns, caption: newCaption(sources)}
	f := &figure.Figure{Name: spec.Name, Width: spec.Width, Columns: spec.Columns}
	var err error
	if spec.Kind == "states" {
		f.Picture, err = b.picture()
	} else {
		f.Panels, err = b.panels()
	}
	if err != nil {
		return nil, fmt.Errorf("figure %s: %w", spec.Name, err)
	}
	f.Caption, f.Warnings = b.caption.text(b.spec, f), b.warnings(f)
	return f, nil
}

// panels are the panels of the figure's kind, for each value of the column "panels" if given.
func (b *builder) panels() ([]figure.Panel, error) {
	kind := b.spec.Kind
	if kind == "" {
		kind = "curves"
	}
	if builders[kind] == nil {
		return nil, fmt.Errorf("no kind %q", kind)
	}
	if b.spec.Panels == "" {
		return b.each(kind)
	}
	values, err := b.panelValues()
	if err != nil {
		return nil, err
	}
	var all []figure.Panel
	for _, v := range values {
		one := *b
		one.spec.Where = maps.Clone(b.spec.Where)
		if one.spec.Where == nil {
			one.spec.Where = map[string]any{}
		}
		one.spec.Where[b.spec.Panels] = v
		panels, err := one.each(kind)
		if err != nil {
			return nil, err
		}
		for i := range panels {
			of := b.valueLabel(b.spec.Panels, v, digitsOf(values))
			panels[i].Note = strings.TrimSuffix(of+", "+panels[i].Note, ", ")
		}
		all = append(all, panels...)
	}
	return all, nil
}

// panelValues are the values of the column "panels" in all sources.
func (b *builder) panelValues() (values []any, err error) {
	for i := range b.sources {
		t, rows, err := b.rows(i)
		if err != nil {
			return nil, err
		}
		groups, err := t.groupBy(rows, []string{b.spec.Panels})
		if err != nil {
			return nil, b.in(i, err)
		}
		for _, g := range groups {
			if !slices.Contains(values, g.values[0]) {
				values = append(values, g.values[0])
			}
		}
	}
	slices.SortStableFunc(values, compare)
	return values, nil
}

// in names the source of an error.
func (b *builder) in(source int, err error) error {
	return fmt.Errorf("%s of %s: %w", b.tableName(), b.sources[source].Name, err)
}

func (b *builder) tableName() string {
	switch {
	case b.spec.Table != "":
		return b.spec.Table
	case defaultTables[b.spec.Kind] != "":
		return defaultTables[b.spec.Kind]
	}
	return "estimates"
}

// rows are the rows of a source that the figure shows.
func (b *builder) rows(source int) (Table, [][]any, error) {
	t, ok := b.sources[source].Tables[b.tableName()]
	if !ok {
		return t, nil, fmt.Errorf("%s has no table %q", b.sources[source].Name, b.tableName())
	}
	rows, err := t.where(b.spec.Where)
	if err != nil {
		return t, nil, b.in(source, err)
	}
	b.caption.rows(t, rows)
	return t, rows, nil
}

// groups are the series, in the order of sources and then of rising values. The
// place is given by the columns that one series may have each value of once; nil
// where it may have several.
func (b *builder) groups(place []string) ([]group, error) {
	var all []group
	for i := range b.sources {
		t, rows, err := b.rows(i)
		if err != nil {
			return nil, err
		}
		by := b.seriesColumns(t, rows, place)
		groups, err := t.groupBy(rows, by)
		if err != nil {
			return nil, b.in(i, err)
		}
		if len(groups) == 1 && len(b.sources) == 1 {
			by = nil // one series has no legend
		}
		b.noteUnseen(t, rows, slices.Concat(place, by))
		for k := range groups {
			groups[k].source = i
		}
		all = append(all, groups...)
	}
	return all, nil
}

// noteUnseen tells the caption of the axes that are neither shown nor x nor panels. An
// inset shows what the panel around it does.
func (b *builder) noteUnseen(t Table, rows [][]any, shown []string) {
	x, err := placeOf(b.spec.X)
	if err != nil || b.inset {
		return
	}
	shown = slices.Concat(shown, x, b.named, []string{b.spec.Panels})
	if slices.Contains(shown, "K") {
		shown = append(shown, "alpha") // which with N says the same
	}
	b.caption.unseen(t, rows, shown)
}

func (b *builder) seriesColumns(t Table, rows [][]any, place []string) []string {
	switch {
	case b.spec.Series != nil && place == nil:
		return b.spec.Series
	case b.spec.Series != nil:
		return t.distinguishing(rows, place, b.spec.Series...)
	case place == nil:
		return t.varying(rows)
	case len(place) > 1 && len(b.spec.Z) == 0:
		// An x of several columns: along a series the finest of them runs.
		by := t.varying(rows)
		return by[:max(0, len(by)-1)]
	}
	return t.distinguishing(rows, place)
}

// placeOf are the columns in some expressions.
func placeOf(sources ...string) (names []string, err error) {
	for _, s := range sources {
		e, err := parseExpr(s)
		if err != nil {
			return nil, err
		}
		names = append(names, e.names...)
	}
	return names, nil
}

func (b *builder) axis(name, label, scale string, limits []float64) figure.Axis {
	a := figure.Axis{Name: name, Label: label, Log: scale == "log"}
	if a.Label == "" {
		a.Label = b.label(name)
	}
	switch {
	case limits != nil:
		a.Min, a.Max = limits[0], limits[1]
	case !a.Log && b.role(name) == study.Rate:
		a.Min, a.Max = -0.04, 1.04 // all of what a fraction can be
	}
	return a
}

func (b *builder) xAxis() figure.Axis {
	return b.axis(b.spec.X, b.spec.XLabel, b.spec.XScale, b.spec.XLimits)
}

func (b *builder) yAxis(i int) figure.Axis {
	label := ""
	if i < len(b.spec.YLabel) {
		label = b.spec.YLabel[i]
	}
	return b.axis(b.spec.Y[i], label, b.spec.YScale, b.spec.YLimits)
}

func (b *builder) role(name string) study.Role {
	for _, c := range b.columns {
		if c.Name == name {
			return c.Role
		}
	}
	return study.Label
}

// label is what a column is called on an axis.
func (b *builder) label(name string) string {
	for _, c := range b.columns {
		if c.Name == name && c.Axis != "" {
			return c.Axis
		}
	}
	return columnLabel(name)
}

// seriesLabel names a series by its source, where there are several, and by its
// values.
func (b *builder) seriesLabel(g group) string {
	var parts []string
	if len(b.sources) > 1 {
		parts = append(parts, b.sources[g.source].Name)
	}
	for i, v := range g.values {
		if v != nil { // a kind of memory that does not have this key
			parts = append(parts, b.valueLabel(g.by[i], v, g.digits[i]))
		}
	}
	return strings.Join(parts, ", ")
}

// valueLabel is "$N = 1000$", or the value alone where it is a text.
func (b *builder) valueLabel(column string, v any, digits int) string {
	switch v := v.(type) {
	case string:
		return strings.ReplaceAll(v, "_", " ")
	case bool:
		return fmt.Sprintf("%s: %v", b.label(column), v)
	}
	return label.Equation(label.Symbol(b.label(column)), label.Number(toNumber(v), digits))
}

// digitsOf is how many digits after the point a list of numbers needs.
func digitsOf(values []any) (digits int) {
	for _, v := range values {
		if x := toNumber(v); !math.IsNaN(x) {
			digits = max(digits, shortest(x))
		}
	}
	return digits
}

// shortest is how many digits after the point a number needs, six at most.
func shortest(v float64) int {
	s := strings.TrimRight(strconv.FormatFloat(v, 'f', 6, 64), "0")
	_, rest, _ := strings.Cut(s, ".")
	return len(rest)
}

// points are the rows of a group as points.
func (b *builder) points(g group, x, y string) ([]figure.Point, error) {
	points, _, err := b.withBars(g, x, y)
	return points, err
}

// withBars are points with error bars, and what these are.
func (b *builder) withBars(g group, x, y string) ([]figure.Point, bars, error) {
	errors := errorsFor(b.spec.Confidence)
	t := b.sources[g.source].Tables[b.tableName()]
	mx, err := t.measure(x, errors)
	if err != nil {
		return nil, bars{}, b.in(g.source, err)
	}
	my, err := t.measure(y, errors)
	if err != nil {
		return nil, bars{}, b.in(g.source, err)
	}
	b.caption.bars(my.bars)
	var points []figure.Point
	for _, row := range g.rows {
		v := my.read(row)
		b.caption.single = b.caption.single || my.bars.kind != 0 && !math.IsNaN(v.v) && math.IsNaN(v.low)
		points = append(points, figure.Point{X: mx.read(row).v, Y: v.v, Low: v.low, High: v.high})
	}
	sort.SliceStable(points, func(i, j int) bool { return points[i].X < points[j].X })
	return points, my.bars, nil
}
