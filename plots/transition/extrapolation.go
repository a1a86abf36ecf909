package transition

import (
	"fmt"
	"math"
	"slices"

	"hopcap/plots/figure"
	"hopcap/sweep/fit"
	"hopcap/sweep/scaling"
)

// beside is how far apart the values at zero are drawn, in shares of the axis, so
// that none hides another.
const beside = 0.016

// extrapolationFigure shows α_½ against N^−x, x of the best law, and the widths: in an
// inset, or beside it if there are several studies.
func extrapolationFigure(results []*fit.Result) *figure.Figure {
	f := &figure.Figure{Name: "fit-threshold", Width: figure.TwoColumns * 0.7,
		Caption: "Load α_½ at which half of the patterns are retrieved, and its extrapolation: mean of the acceptable laws, with the standard error, statistical and of the laws together, as a band; at zero with all errors. Sizes off the line are set aside, as their final overlaps have no clear valley. Lines across: loads at which theory has retrieval states vanish, replica-symmetric (RS, dotted) and with one step of replica-symmetry breaking (1RSB, dashed). Left of zero: earlier simulations as quoted by Steffan and Kühn (1994). Inset or (b): width of the transition, with the law that fits it best. Error bars are one standard error from a bootstrap over pattern sets."}
	p, widths := thresholdPanel(results), widthPanel(results)
	if len(results) > 1 {
		f.Panels, f.Width = []figure.Panel{p, widths}, figure.TwoColumns
		return f
	}
	c := results[0].Critical
	p.Note = fmt.Sprintf(`$\alpha_c = %.5f \pm %.5f \pm %.5f$`, c.Value, c.Statistical, c.Systematic())
	p.Inset = &widths
	f.Panels = []figure.Panel{p}
	return f
}

func thresholdPanel(results []*fit.Result) figure.Panel {
	x := axisExponent(results)
	reach := math.Pow(float64(smallestSize(results)), -x)
	p := figure.Panel{
		X: figure.Axis{Name: "N^-x", Label: "$N^{-" + exponentText(x) + "}$", Min: -0.12 * reach, Max: 1.05 * reach},
		Y: figure.Axis{Name: "alpha_half", Label: `$\alpha_{1/2}(N)$`},
	}
	for i, r := range results {
		if r.Quoted().Err != nil {
			continue
		}
		label := `$\alpha_{1/2}(N)$`
		if len(results) > 1 {
			label = legend(r)
		}
		p.Series = append(p.Series, thresholdSeries(r, i, x, -beside*float64(i)*reach, label))
		band, line := extrapolationBand(r, i, x, reach)
		p.Bands, p.Lines = append(p.Bands, band), append(p.Lines, line)
	}
	if slices.ContainsFunc(results, knownToTheory) {
		p.Marks = theoryMarks()
		p.Series = append(p.Series, earlierSeries(len(results), reach)...)
	}
	return p
}

func widthPanel(results []*fit.Result) figure.Panel {
	p := figure.Panel{X: figure.Axis{Name: "N", Label: "$N$", Log: true}, Y: figure.Axis{Name: "width", Label: "$w$", Log: true}}
	for i, r := range results {
		if r.Quoted().Err != nil {
			continue
		}
		p.Series = append(p.Series, widthSeries(r, i))
		if best, ok := r.Quoted().Width.Best(); ok {
			p.Lines = append(p.Lines, widthLine(best, i, r.Quoted().Thresholds))
		}
	}
	return p
}

// exponentText is a simple fraction where the exponent is one.
func exponentText(x float64) string {
	for _, f := range []struct {
		value float64
		text  string
	}{{1. / 3, "1/3"}, {1. / 2, "1/2"}, {2. / 3, "2/3"}, {1, "1"}} {
		if math.Abs(x-f.value) < 1e-9 {
			return f.text
		}
	}
	return fmt.Sprintf("%.3g", x)
}

// axisExponent is the middle one of the best laws of the studies, those without a
// correction, by which α_½ falls on a straight line.
func axisExponent(results []*fit.Result) float64 {
	var powers []float64
	for _, r := range results {
		if best, ok := r.Quoted().Critical.BestPlain(); ok {
			powers = append(powers, best.Power)
		}
	}
	if len(powers) == 0 {
		return 0.5
	}
	slices.Sort(powers)
	return powers[len(powers)/2]
}

func smallestSize(results []*fit.Result) int {
	smallest := math.MaxInt
	for _, r := range results {
		for _, t := range r.Quoted().Thresholds {
			smallest = min(smallest, t.N)
		}
	}
	return smallest
}

// thresholdSeries are α_c, drawn at the place given, and α_½(N).
func thresholdSeries(r *fit.Result, style int, x, zero float64, label string) figure.Series {
	c := r.Critical
	series := figure.Series{Label: label, Style: style, Points: []figure.Point{
		{X: zero, Y: c.Value, Low: c.Value - c.Error(), High: c.Value + c.Error()},
	}}
	for _, t := range r.Quoted().Thresholds {
		series.Points = append(series.Points, figure.Point{
			X: math.Pow(float64(t.N), -x), Y: t.Half, Low: t.Half - t.HalfError, High: t.Half + t.HalfError,
		})
	}
	return series
}

// extrapolationBand is the average of the laws with its error, down to N^−x = 0.
func extrapolationBand(r *fit.Result, style int, x, reach float64) (figure.Band, figure.Line) {
	band, line := figure.Band{Style: style}, figure.Line{Style: style}
	const steps = 200
	for i := range steps + 1 {
		at := math.Max(1e-12, reach*float64(i)/steps)
		v, e := r.Quoted().Critical.At(math.Pow(at, -1/x))
		band.X, band.Low, band.High = append(band.X, at), append(band.Low, v-e), append(band.High, v+e)
		line.X, line.Y = append(line.X, at), append(line.Y, v)
	}
	return band, line
}

func widthSeries(r *fit.Result, style int) figure.Series {
	series := figure.Series{Style: style}
	for _, t := range r.Quoted().Thresholds {
		if !math.IsNaN(t.Width) {
			series.Points = append(series.Points, figure.Point{X: float64(t.N), Y: t.Width, Low: t.Width - t.WidthError, High: t.Width + t.WidthError})
		}
	}
	return series
}

// widthLine is the best law of the widths, over the sizes that it was fitted to.
func widthLine(best scaling.Fit, style int, thresholds []scaling.Threshold) figure.Line {
	low, high := math.Log(float64(best.Smallest)), math.Log(float64(thresholds[len(thresholds)-1].N))
	line := curveLine(style, low, high, func(x float64) float64 { w, _ := best.At(math.Exp(x)); return w })
	for i := range line.X {
		line.X[i] = math.Exp(line.X[i])
	}
	return line
}
