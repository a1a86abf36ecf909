package transition

import (
	"fmt"

	"hopcap/plots/figure"
	"hopcap/sweep/fit"
	"hopcap/sweep/scaling"
	"hopcap/sweep/summary"
)

// fractionPanel shows the retrieved fraction against the load, with probit fits.
func fractionPanel(r *fit.Result) figure.Panel {
	p := figure.Panel{
		X: figure.Axis{Name: "alpha", Label: `load $\alpha$`},
		Y: figure.Axis{Name: "retrieved_fraction", Label: "retrieved fraction", Min: 0, Max: 1.05},
	}
	for i, c := range r.Curves {
		load := func(alpha float64) float64 { return alpha }
		p.Series = append(p.Series, figure.Series{Label: sizeLabel(c.N), Style: i, Points: fractionPoints(c, load)})
		if f, err := scaling.Probit.Fit(c.Tallies()); err == nil {
			low, high := c.Levels[0].Alpha, c.Levels[len(c.Levels)-1].Alpha
			p.Lines = append(p.Lines, curveLine(i, low, high, f.P))
		}
	}
	return p
}

// collapsePanel shows the same against the scaling variable.
func collapsePanel(r *fit.Result, several bool) figure.Panel {
	p := figure.Panel{
		X:    figure.Axis{Name: "z", Label: `$(\alpha - \alpha_c - a N^{-x})\,N^{y}$`},
		Y:    figure.Axis{Name: "retrieved_fraction", Label: "retrieved fraction", Min: 0, Max: 1.05},
		Note: fmt.Sprintf("$S = %.2f$", r.Collapse.Quality),
	}
	if !several {
		p.Note += fmt.Sprintf(`, $\alpha_c = %s$, $y = %s$`,
			concise(r.Collapse.Critical, r.Collapse.CriticalError), concise(r.Collapse.Power, r.Collapse.PowerError))
	}
	for i, c := range r.Curves {
		if c.N < r.CollapseFrom || !r.Extrapolated(c.N) {
			continue
		}
		z := func(alpha float64) float64 { return r.Collapse.Z(c.N, alpha) }
		p.Series = append(p.Series, figure.Series{Label: sizeLabel(c.N), Style: i, Points: fractionPoints(c, z)})
	}
	return p
}

// fractionPoints are the fractions of a curve with their standard errors, each at
// x(α).
func fractionPoints(c scaling.Curve, x func(alpha float64) float64) []figure.Point {
	var points []figure.Point
	effect := c.DesignEffect()
	for _, t := range c.Tallies() {
		low, high := summary.WilsonAt(t.Fraction(), t.Cues/effect, 1)
		points = append(points, figure.Point{X: x(t.Alpha), Y: t.Fraction(), Low: low, High: high})
	}
	return points
}
