package plots

import "hopcap/plots/figure"

// trajectories draws a thin line for each run of the records. The rows of a run agree in all
// columns before the column of x.
func (b *builder) trajectories() ([]figure.Panel, error) {
	groups, err := b.groups(nil)
	if err != nil {
		return nil, err
	}
	var panels []figure.Panel
	for i, y := range b.spec.Y {
		p := figure.Panel{X: b.xAxis(), Y: b.yAxis(i)}
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

func (b *builder) paths(g group, y string) ([]figure.Line, error) {
	t := b.sources[g.source].Tables[b.tableName()]
	x, err := t.column(b.spec.X)
	if err != nil {
		return nil, b.in(g.source, err)
	}
	runs, err := t.groupBy(g.rows, t.Columns[:x])
	if err != nil {
		return nil, err
	}
	var lines []figure.Line
	for _, run := range runs {
		run.source = g.source
		points, err := b.points(run, b.spec.X, y)
		if err != nil {
			return nil, err
		}
		var l figure.Line
		for _, q := range points {
			l.X, l.Y = append(l.X, q.X), append(l.Y, q.Y)
		}
		lines = append(lines, l)
	}
	return lines, nil
}
