package plots

import (
	"fmt"

	"hopcap/plots/figure"
)

// areas makes one panel in which all y are stacked.
func (b *builder) areas() ([]figure.Panel, error) {
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
	p := figure.Panel{X: b.xAxis(), Y: figure.Axis{Name: "sum", Label: "fraction"}}
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
			a := figure.Area{Label: b.label(y), Style: i}
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
	return []figure.Panel{p}, nil
}
