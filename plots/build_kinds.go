package plots

import (
	"fmt"
	"maps"
	"math"
	"slices"
)

// curves makes a panel of each y, with error bars, theory, fits and inset.
func (b *builder) curves() ([]Panel, error) {
	place, err := placeOf(b.spec.X)
	if err != nil {
		return nil, err
	}
	groups, err := b.groups(place)
	if err != nil {
		return nil, err
	}
	var panels []Panel
	for i, y := range b.spec.Y {
		p := Panel{X: b.xAxis(), Y: b.yAxis(i)}
		for k, g := range groups {
			points, of, err := b.withBars(g, b.spec.X, y)
			if err != nil {
				return nil, err
			}
			p.Series = append(p.Series, Series{Label: b.seriesLabel(g), Style: k, Points: points, Bars: of.short(), Join: b.spec.Join})
		}
		if err := b.addTheory(&p, y, groups); err != nil {
			return nil, err
		}
		b.addFits(&p)
		panels = append(panels, p)
	}
	return panels, b.addInset(panels, groups)
}

// addInset makes the inset of the first panel: a figure of one panel with the
// same rows and series, whose legend the outer one serves.
func (b *builder) addInset(panels []Panel, groups []group) error {
	if b.spec.Inset == nil || len(groups) == 0 {
		return nil
	}
	in := *b
	in.spec = *b.spec.Inset
	in.spec.Confidence = b.spec.Confidence
	if in.spec.Series == nil {
		in.spec.Series = groups[0].by
	}
	if in.spec.Where == nil {
		in.spec.Where = b.spec.Where
	}
	inner, err := in.curves()
	if err != nil {
		return fmt.Errorf("inset: %w", err)
	}
	panels[0].Inset = &inner[0]
	return nil
}

// addTheory puts the declared curves and their marks into a panel: one for each
// combination of the settings that the theory depends on.
func (b *builder) addTheory(p *Panel, y string, groups []group) error {
	lo, hi := p.Span()
	for dash, name := range b.spec.Theory {
		t, ok := Theories[name]
		if !ok {
			return fmt.Errorf("no theory %q", name)
		}
		cases := b.cases(t, groups)
		for _, c := range cases {
			if xs, ys, ok := t.along(b.spec.X, y, c.at, lo, hi); ok {
				l := Line{Label: t.Label, Style: c.style, Dash: dash, Common: len(cases) > 1, X: xs, Y: ys}
				l.From, l.To = p.Reach(c.groups)
				b.caption.said[name] = true
				p.Lines = append(p.Lines, l)
			}
			if t.Marks != nil && len(cases) == 1 {
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
func (b *builder) addMarks(p *Panel, t Theory, marks []Mark) {
	p.Marks = append(p.Marks, marks...)
	if len(marks) > 0 && !slices.ContainsFunc(p.Lines, func(l Line) bool { return l.Label == t.Label }) {
		b.caption.marks(t.Label)
	}
}

// A theoryCase is one set of the settings that a theory depends on.
type theoryCase struct {
	at     map[string]any
	style  int
	groups []int // that have it
}

// cases are the different settings among the series. A single one is drawn in
// black, several in the colours of the series that they belong to.
func (b *builder) cases(t Theory, groups []group) []theoryCase {
	var cases []theoryCase
	seen := map[string]int{}
	for i, g := range groups {
		at := b.settings(t, g)
		var id []any
		for _, name := range t.Uses {
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
		cases[0].style = Black
	}
	return cases
}

// settings are what a theory may depend on, for one series.
func (b *builder) settings(t Theory, g group) map[string]any {
	at := map[string]any{}
	maps.Copy(at, b.sources[g.source].Fixed)
	table := b.sources[g.source].Tables[b.tableName()]
	for _, name := range t.Uses {
		if k := table.index(name); k >= 0 && len(g.rows) > 0 {
			at[name] = g.rows[0][k]
		}
	}
	return at
}

// addFits draws a straight line through each series, on the scales of the axes:
// a power law on two logarithmic ones.
func (b *builder) addFits(p *Panel) {
	if b.spec.Fit == "" {
		return
	}
	for _, s := range p.Series {
		line, ok := s.Straight(b.spec.Fit == "power", errorsFor(b.spec.Confidence), baseIn(p.X.Label))
		if !ok {
			continue
		}
		line.Style = s.Style
		if len(p.Series) == 1 {
			line.Style = Black
		}
		line.Dash = len(b.spec.Theory)
		p.Lines = append(p.Lines, line)
		b.caption.fits(b.spec.Fit)
	}
}

// areas makes one panel in which all y are stacked.
func (b *builder) areas() ([]Panel, error) {
	place, err := placeOf(b.spec.X)
	if err != nil {
		return nil, err
	}
	groups, err := b.groups(place)
	if err != nil {
		return nil, err
	}
	if len(groups) > 1 {
		return nil, fmt.Errorf("areas of several series cannot be stacked: choose one with where, or a panel for each with panels")
	}
	p := Panel{X: b.xAxis(), Y: Axis{Name: "sum", Label: "fraction"}}
	if len(b.spec.YLabel) == 1 {
		p.Y.Label = b.spec.YLabel[0]
	}
	if b.spec.YLimits != nil {
		p.Y.Min, p.Y.Max = b.spec.YLimits[0], b.spec.YLimits[1]
	}
	for _, g := range groups {
		for i, y := range b.spec.Y {
			points, err := b.points(g, b.spec.X, y)
			if err != nil {
				return nil, err
			}
			a := Area{Label: b.label(y), Style: i}
			if i < len(b.spec.Labels) {
				a.Label = b.spec.Labels[i]
			}
			for _, q := range points {
				a.X, a.Y = append(a.X, q.X), append(a.Y, q.Y)
			}
			p.Areas = append(p.Areas, a)
		}
	}
	b.caption.noBars()
	return []Panel{p}, nil
}

// maps makes a panel of each z over x and y.
func (b *builder) maps() ([]Panel, error) {
	place, err := placeOf(b.spec.X, b.spec.Y[0])
	if err != nil {
		return nil, err
	}
	groups, err := b.groups(place)
	if err != nil {
		return nil, err
	}
	var panels []Panel
	for _, z := range b.spec.Z {
		for _, g := range groups {
			p, err := b.mapOf(g, z)
			if err != nil {
				return nil, err
			}
			if err := b.addTheory(&p, b.spec.Y[0], []group{g}); err != nil {
				return nil, err
			}
			panels = append(panels, p)
		}
	}
	b.caption.noBars()
	return panels, nil
}

func (b *builder) mapOf(g group, z string) (Panel, error) {
	p := Panel{X: b.xAxis(), Y: b.yAxis(0), Note: b.seriesLabel(g)}
	xy, err := b.points(g, b.spec.X, b.spec.Y[0])
	if err != nil {
		return p, err
	}
	xz, err := b.points(g, b.spec.X, z)
	if err != nil {
		return p, err
	}
	var cells [][3]float64
	for i := range xy { // both are sorted by x, stably
		cells = append(cells, [3]float64{xy[i].X, xy[i].Y, xz[i].Y})
	}
	p.Map = MapOf(cells)
	p.Map.Label = b.label(z)
	if len(b.spec.ZLimits) == 2 {
		p.Map.Low, p.Map.High = b.spec.ZLimits[0], b.spec.ZLimits[1]
	}
	return p, nil
}

// histograms makes a panel of the distribution of x, a step line a series.
func (b *builder) histograms() ([]Panel, error) {
	hs, err := b.distributions()
	if err != nil {
		return nil, err
	}
	y := Axis{Name: "fraction", Label: "fraction of " + b.tableName() + " per bin", Log: b.spec.YScale == "log"}
	if len(b.spec.YLabel) == 1 {
		y.Label = b.spec.YLabel[0]
	}
	if b.spec.YLimits != nil {
		y.Min, y.Max = b.spec.YLimits[0], b.spec.YLimits[1]
	}
	return []Panel{{X: b.xAxis(), Y: y, Histograms: hs}}, nil
}

// ridges makes the same with the distributions one above the other.
func (b *builder) ridges() ([]Panel, error) {
	hs, err := b.distributions()
	if err != nil {
		return nil, err
	}
	highest := 0.0
	for _, h := range hs {
		highest = math.Max(highest, slices.Max(h.Values))
	}
	p := Panel{X: b.xAxis(), Y: Axis{Name: "fraction", Min: -0.15, Max: 1}}
	for i, h := range hs {
		h.Base, h.Ridge = float64(i), true
		h.Scale = 1.3 / math.Max(highest, 1e-300) // the highest reaches over its neighbour
		p.Y.Max = math.Max(p.Y.Max, h.Base+h.Scale*slices.Max(h.Values)+0.15)
		p.Histograms = append(p.Histograms, h)
		p.Y.Names = append(p.Y.Names, h.Label)
	}
	return []Panel{p}, nil
}

// distributions are the histograms of x, one a series, over common bins.
func (b *builder) distributions() ([]Histogram, error) {
	groups, err := b.groups(nil)
	if err != nil {
		return nil, err
	}
	var all [][]float64
	for _, g := range groups {
		points, err := b.points(g, b.spec.X, b.spec.X)
		if err != nil {
			return nil, err
		}
		var values []float64
		for _, q := range points {
			values = append(values, q.Y)
		}
		all = append(all, values)
		b.caption.behind(len(values), "Each distribution is of %s "+b.tableName()+".")
	}
	hs := Distributions(all, b.spec.XLimits, b.spec.Bins)
	for i := range hs {
		hs[i].Label, hs[i].Style = b.seriesLabel(groups[i]), i
	}
	b.caption.noBars()
	return hs, nil
}

// trajectories draws a thin line for each run of the records: the rows that
// agree in all columns before that of x.
func (b *builder) trajectories() ([]Panel, error) {
	groups, err := b.groups(nil)
	if err != nil {
		return nil, err
	}
	var panels []Panel
	for i, y := range b.spec.Y {
		p := Panel{X: b.xAxis(), Y: b.yAxis(i)}
		for k, g := range groups {
			lines, err := b.paths(g, y)
			if err != nil {
				return nil, err
			}
			b.caption.behind(len(lines), "Thin lines: %s runs of each kind.")
			for j := range lines {
				if lines[j].Style = k; j == 0 {
					lines[j].Label = b.seriesLabel(g)
				}
				lines[j].Symbols = len(groups) > 1
			}
			p.Lines = append(p.Lines, lines...)
		}
		for j := range p.Lines {
			p.Lines[j].Faint = len(p.Lines) > 8
		}
		if err := b.addTheory(&p, y, groups); err != nil {
			return nil, err
		}
		panels = append(panels, p)
	}
	b.caption.noBars()
	return panels, nil
}

func (b *builder) paths(g group, y string) ([]Line, error) {
	t := b.sources[g.source].Tables[b.tableName()]
	x, err := t.column(b.spec.X)
	if err != nil {
		return nil, b.in(g.source, err)
	}
	runs, err := t.groupBy(g.rows, t.Columns[:x])
	if err != nil {
		return nil, err
	}
	var lines []Line
	for _, run := range runs {
		run.source = g.source
		points, err := b.points(run, b.spec.X, y)
		if err != nil {
			return nil, err
		}
		var l Line
		for _, q := range points {
			l.X, l.Y = append(l.X, q.X), append(l.Y, q.Y)
		}
		lines = append(lines, l)
	}
	return lines, nil
}
