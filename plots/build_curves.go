package plots

import (
	"fmt"

	"hopcap/plots/figure"
	"hopcap/plots/label"
)

// curves makes a panel of each y, with error bars, theory, fits and inset.
func (b *builder) curves() ([]figure.Panel, error) {
	place, err := placeOf(b.spec.X)
	if err != nil {
		return nil, err
	}
	groups, err := b.groups(place)
	if err != nil {
		return nil, err
	}
	var panels []figure.Panel
	for i, y := range b.spec.Y {
		p := figure.Panel{X: b.xAxis(), Y: b.yAxis(i)}
		for k, g := range groups {
			points, of, err := b.withBars(g, b.spec.X, y)
			if err != nil {
				return nil, err
			}
			p.Series = append(p.Series, figure.Series{Label: b.seriesLabel(g), Style: k, Points: points, Bars: of.short(), Join: b.spec.Join})
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
func (b *builder) addInset(panels []figure.Panel, groups []group) error {
	if b.spec.Inset == nil || len(groups) == 0 {
		return nil
	}
	in := *b
	in.spec, in.inset = *b.spec.Inset, true
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

// addFits draws a straight line through each series, on the scales of the axes:
// a power law on two logarithmic ones.
func (b *builder) addFits(p *figure.Panel) {
	if b.spec.Fit == "" {
		return
	}
	for _, s := range p.Series {
		line, ok := s.Straight(b.spec.Fit == "power", errorsFor(b.spec.Confidence), label.Base(p.X.Label))
		if !ok {
			continue
		}
		line.Style = s.Style
		if len(p.Series) == 1 {
			line.Style = figure.Black
		}
		line.Dash = len(b.spec.Theory)
		p.Lines = append(p.Lines, line)
		b.caption.fits(b.spec.Fit)
	}
}
