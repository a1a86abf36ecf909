package plots

import "hopcap/plots/figure"

// maps makes a panel of each z over x and y.
func (b *builder) maps() ([]figure.Panel, error) {
	place, err := placeOf(b.spec.X, b.spec.Y[0])
	if err != nil {
		return nil, err
	}
	groups, err := b.groups(place)
	if err != nil {
		return nil, err
	}
	var panels []figure.Panel
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

func (b *builder) mapOf(g group, z string) (figure.Panel, error) {
	p := figure.Panel{X: b.xAxis(), Y: b.yAxis(0), Note: b.seriesLabel(g)}
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
	p.Map = figure.MapOf(cells)
	p.Map.Label = b.label(z)
	if len(b.spec.ZLimits) == 2 {
		p.Map.Low, p.Map.High = b.spec.ZLimits[0], b.spec.ZLimits[1]
	}
	return p, nil
}
