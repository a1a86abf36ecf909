package plots

import (
	"math"
	"slices"

	"hopcap/plots/figure"
)

// histograms makes a panel of the distribution of x, a step line a series.
func (b *builder) histograms() ([]figure.Panel, error) {
	hs, err := b.distributions()
	if err != nil {
		return nil, err
	}
	y := figure.Axis{Name: "fraction", Label: "fraction of " + b.tableName() + " per bin", Log: b.spec.YScale == "log"}
	if len(b.spec.YLabel) == 1 {
		y.Label = b.spec.YLabel[0]
	}
	if b.spec.YLimits != nil {
		y.Min, y.Max = b.spec.YLimits[0], b.spec.YLimits[1]
	}
	return []figure.Panel{{X: b.xAxis(), Y: y, Histograms: hs}}, nil
}

// ridges makes the same with the distributions one above the other.
func (b *builder) ridges() ([]figure.Panel, error) {
	hs, err := b.distributions()
	if err != nil {
		return nil, err
	}
	highest := 0.0
	for _, h := range hs {
		highest = math.Max(highest, slices.Max(h.Values))
	}
	p := figure.Panel{X: b.xAxis(), Y: figure.Axis{Name: "fraction", Min: -0.15, Max: 1}}
	for i, h := range hs {
		h.Base, h.Ridge = float64(i), true
		h.Scale = 1.3 / math.Max(highest, 1e-300) // the highest reaches over its neighbour
		p.Y.Max = math.Max(p.Y.Max, h.Base+h.Scale*slices.Max(h.Values)+0.15)
		p.Histograms = append(p.Histograms, h)
		p.Y.Names = append(p.Y.Names, h.Label)
	}
	return []figure.Panel{p}, nil
}

// distributions are the histograms of x, one a series, over common bins.
func (b *builder) distributions() ([]figure.Histogram, error) {
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
	hs := figure.Distributions(all, b.spec.XLimits, b.spec.Bins)
	for i := range hs {
		hs[i].Label, hs[i].Style = b.seriesLabel(groups[i]), i
	}
	b.caption.noBars()
	return hs, nil
}
