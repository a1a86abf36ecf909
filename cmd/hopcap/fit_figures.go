package main

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"hopcap/model/theory"
	"hopcap/plots/figure"
	"hopcap/sweep/scaling"
	"hopcap/sweep/summary"
)

// fitFigures are the figures of some studies: four of each, and the extrapolations of
// all together.
func fitFigures(studies []*fittedStudy) []*figure.Figure {
	fractions := &figure.Figure{Name: "fit-fraction", Columns: 2,
		Caption: "Retrieved fraction against the load with probit fits (lines). Error bars are one standard error over pattern sets (Wilson intervals of 68 %)."}
	collapses := &figure.Figure{Name: "fit-collapse", Columns: 2,
		Caption: "Retrieved fraction against the scaling variable z = (α − α_c − a N^−x) N^y, with α_c and y of the least S (Houdayer and Hartmann 2004; near 1 where curves fall together within their errors) and a and x of the law α_½ = α_c + a N^−x that holds for the most sizes. Error bars are one standard error over pattern sets (Wilson intervals of 68 %)."}
	overlaps := &figure.Figure{Name: "fit-overlap", Columns: 2,
		Caption: "Distribution of the final overlap at the load nearest to α_½(N), each to its own scale. A pattern counts as retrieved to the right of the dotted line, which must lie in the valley between the peaks; sizes at which it does not are not extrapolated."}
	for _, s := range studies {
		several := len(studies) > 1
		fractions.Panels = append(fractions.Panels, s.noted(s.fractionPanel(), several))
		overlaps.Panels = append(overlaps.Panels, s.noted(s.overlapPanel(), several))
		if s.collapse.Power != 0 {
			collapses.Panels = append(collapses.Panels, s.noted(s.collapsePanel(several), several))
		}
	}
	figures := []*figure.Figure{fractions, overlaps}
	if len(collapses.Panels) > 0 {
		figures = append(figures, collapses)
	}
	if anyQuotable(studies) {
		figures = append(figures, extrapolationFigure(studies))
	}
	return figures
}

// noted says in a panel which study it shows, where there are several, and makes
// room for that.
func (s *fittedStudy) noted(p figure.Panel, several bool) figure.Panel {
	if several {
		p.Note = strings.TrimSuffix(s.legend()+"; "+p.Note, "; ")
		p.Y.Max += 0.15 * (p.Y.Max - p.Y.Min)
	}
	return p
}

// legend is what a reader knows the study by.
func (s *fittedStudy) legend() string {
	if s.title != "" {
		return plainText(s.title)
	}
	return plainText(strings.ReplaceAll(s.label, ",", ", "))
}

// plainText is a label that is all text.
func plainText(s string) string { return strings.NewReplacer("_", " ", "$", "").Replace(s) }

func anyQuotable(studies []*fittedStudy) bool {
	for _, s := range studies {
		if s.quoted().quotable() {
			return true
		}
	}
	return false
}

func sizeLabel(n int) string { return fmt.Sprintf("$N = %d$", n) }

func (s *fittedStudy) fractionPanel() figure.Panel {
	p := figure.Panel{
		X: figure.Axis{Name: "alpha", Label: `load $\alpha$`},
		Y: figure.Axis{Name: "retrieved_fraction", Label: "retrieved fraction", Min: 0, Max: 1.05},
	}
	for i, c := range s.curves {
		p.Series = append(p.Series, figure.Series{Label: sizeLabel(c.N), Style: i, Points: fractionPoints(c, identity)})
		if f, err := scaling.Probit.Fit(c.Tallies()); err == nil {
			p.Lines = append(p.Lines, fractionLine(c, f, i))
		}
	}
	return p
}

func identity(alpha float64) float64 { return alpha }

func fractionPoints(c scaling.Curve, x func(alpha float64) float64) []figure.Point {
	var points []figure.Point
	effect := c.DesignEffect()
	for _, t := range c.Tallies() {
		low, high := summary.WilsonAt(t.Fraction(), t.Cues/effect, 1)
		points = append(points, figure.Point{X: x(t.Alpha), Y: t.Fraction(), Low: low, High: high})
	}
	return points
}

func fractionLine(c scaling.Curve, f scaling.LinkFit, style int) figure.Line {
	low, high := c.Levels[0].Alpha, c.Levels[len(c.Levels)-1].Alpha
	return curveLine(style, low, high, f.P)
}

// curveLine draws a function between two places.
func curveLine(style int, low, high float64, f func(x float64) float64) figure.Line {
	const steps = 200
	line := figure.Line{Style: style}
	for i := range steps + 1 {
		x := low + (high-low)*float64(i)/steps
		line.X, line.Y = append(line.X, x), append(line.Y, f(x))
	}
	return line
}

func (s *fittedStudy) collapsePanel(several bool) figure.Panel {
	p := figure.Panel{
		X:    figure.Axis{Name: "z", Label: `$(\alpha - \alpha_c - a N^{-x})\,N^{y}$`},
		Y:    figure.Axis{Name: "retrieved_fraction", Label: "retrieved fraction", Min: 0, Max: 1.05},
		Note: fmt.Sprintf("$S = %.2f$", s.collapse.Quality),
	}
	if !several {
		p.Note += fmt.Sprintf(`, $\alpha_c = %s$, $y = %s$`,
			concise(s.collapse.Critical, s.collapse.CriticalError), concise(s.collapse.Power, s.collapse.PowerError))
	}
	for i, c := range s.curves {
		if c.N < s.collapsed || !s.extrapolated(c.N) {
			continue
		}
		z := func(alpha float64) float64 { return s.collapse.Z(c.N, alpha) }
		p.Series = append(p.Series, figure.Series{Label: sizeLabel(c.N), Style: i, Points: fractionPoints(c, z)})
	}
	return p
}

// concise is a value with the error of its last digits in brackets: 0.1425(3).
func concise(value, stderr float64) string {
	if !(stderr > 0) || math.IsInf(stderr, 0) {
		return strconv.FormatFloat(value, 'g', 4, 64)
	}
	digits := max(0, 1-int(math.Floor(math.Log10(stderr))))
	return fmt.Sprintf("%.*f(%.0f)", digits, value, stderr*math.Pow10(digits))
}

// overlapBins divide −1 … 1.
const overlapBins = 100

// overlapPanel stacks the distributions, the smallest size at the bottom.
func (s *fittedStudy) overlapPanel() figure.Panel {
	p := figure.Panel{
		X:     figure.Axis{Name: "overlap_final", Label: "final overlap $m$", Min: -0.1, Max: 1.02},
		Y:     figure.Axis{Name: "density", Min: -0.15},
		Marks: []figure.Mark{{At: s.retrievedAt}},
	}
	for i, t := range s.quoted().Thresholds {
		h := s.overlapHistogram(t, i)
		h.Base, h.Ridge, h.Scale = float64(i), true, 1.3/slices.Max(h.Values)
		p.Histograms = append(p.Histograms, h)
		p.Y.Names = append(p.Y.Names, h.Label)
		p.Y.Max = float64(i) + 1.45
	}
	return p
}

// overlapHistogram shows the final overlaps at the load nearest to the threshold.
func (s *fittedStudy) overlapHistogram(t scaling.Threshold, style int) figure.Histogram {
	h := figure.Histogram{Label: sizeLabel(t.N), Style: style, Values: make([]float64, overlapBins)}
	for i := range overlapBins + 1 {
		h.Edges = append(h.Edges, 2*float64(i)/overlapBins-1)
	}
	nearest := math.Inf(1)
	for _, set := range s.sets {
		if set.n == t.N && math.Abs(set.alpha-t.Half) < math.Abs(nearest-t.Half) {
			nearest = set.alpha
		}
	}
	count := 0
	for _, set := range s.sets {
		if set.n != t.N || set.alpha != nearest {
			continue
		}
		for _, m := range set.overlaps {
			h.Values[min(overlapBins-1, int((m+1)/2*overlapBins))]++
			count++
		}
	}
	for i := range h.Values {
		h.Values[i] *= overlapBins / 2 / float64(count)
	}
	return h
}

// A capacity is what others say of α_c.
type capacity struct {
	source       string
	value, error float64
}

// earlierSimulations are those that state an error, by where they are stated.
var earlierSimulations = []capacity{
	{"simulations quoted in 1994", 0.145, 0.009}, // Steffan & Kühn, Z. Phys. B 95, 249
}

// extrapolationFigure shows α_½ against N^−x, x of the best law, and the widths in an
// inset.
func extrapolationFigure(studies []*fittedStudy) *figure.Figure {
	f := &figure.Figure{Name: "fit-threshold", Width: figure.TwoColumns * 0.7,
		Caption: "Load α_½ at which half of the patterns are retrieved, and its extrapolation: mean of the acceptable laws, with the standard error, statistical and of the laws together, as a band; at zero with all errors. Sizes off the line are set aside, as their final overlaps have no clear valley. Lines across: loads at which theory has retrieval states vanish, replica-symmetric (RS) and with one step of replica-symmetry breaking (1RSB). Left of zero: earlier simulations as quoted by Steffan and Kühn (1994). Inset or (b): width of the transition, with the law that fits it best. Error bars are one standard error from a bootstrap over pattern sets."}
	x := axisExponent(studies)
	reach := math.Pow(float64(smallestSize(studies)), -x)
	p := figure.Panel{
		X: figure.Axis{Name: "N^-x", Label: "$N^{-" + exponentText(x) + "}$", Min: -0.12 * reach, Max: 1.05 * reach},
		Y: figure.Axis{Name: "alpha_half", Label: `$\alpha_{1/2}(N)$`},
	}
	widths := figure.Panel{X: figure.Axis{Name: "N", Label: "$N$", Log: true}, Y: figure.Axis{Name: "width", Label: "$w$", Log: true}}
	for i, s := range studies {
		if !s.quoted().quotable() {
			continue
		}
		label := `$\alpha_{1/2}(N)$`
		if len(studies) > 1 {
			label = s.legend()
		}
		p.Series = append(p.Series, s.thresholdSeries(i, x, -beside*float64(i)*reach, label))
		band, line := s.extrapolationBand(i, x, reach)
		p.Bands, p.Lines = append(p.Bands, band), append(p.Lines, line)
		widths.Series = append(widths.Series, s.widthSeries(i))
		if best, ok := s.quoted().Width.Best(); ok {
			widths.Lines = append(widths.Lines, widthLine(best, i, s.quoted().Thresholds))
		}
	}
	if slices.ContainsFunc(studies, func(s *fittedStudy) bool { return s.classical }) {
		p.Marks = theoryMarks()
		p.Series = append(p.Series, earlierSeries(len(studies), reach)...)
	}
	if len(studies) == 1 {
		c := studies[0].critical
		p.Note = fmt.Sprintf(`$\alpha_c = %.5f \pm %.5f \pm %.5f$`, c.Value, c.Statistical, c.Systematic())
		p.Inset = &widths
		f.Panels = []figure.Panel{p}
		return f
	}
	f.Panels, f.Width = []figure.Panel{p, widths}, figure.TwoColumns
	return f
}

// beside is how far apart the values at zero are drawn, in shares of the axis, so
// that none hides another.
const beside = 0.016

// earlierSeries stand left of zero, left of what is our own.
func earlierSeries(style int, reach float64) []figure.Series {
	var all []figure.Series
	for i, c := range earlierSimulations {
		at := figure.Point{X: -beside * float64(style+2*i+1) * reach, Y: c.value, Low: c.value - c.error, High: c.value + c.error}
		all = append(all, figure.Series{Label: c.source, Style: style + i, Points: []figure.Point{at}})
	}
	return all
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
func axisExponent(studies []*fittedStudy) float64 {
	var powers []float64
	for _, s := range studies {
		if best, ok := plainLaw(s.quoted().Critical); ok {
			powers = append(powers, best.Power)
		}
	}
	if len(powers) == 0 {
		return 0.5
	}
	slices.Sort(powers)
	return powers[len(powers)/2]
}

func smallestSize(studies []*fittedStudy) int {
	smallest := math.MaxInt
	for _, s := range studies {
		for _, t := range s.quoted().Thresholds {
			smallest = min(smallest, t.N)
		}
	}
	return smallest
}

// theoryMarks are the loads at which theory has retrieval states vanish. They lie
// close together and share a label.
func theoryMarks() []figure.Mark {
	symmetric, _ := theory.AGSCapacity()
	broken, _, err := theory.AGSOneStepCapacity()
	if err != nil {
		return []figure.Mark{{At: symmetric, Horizontal: true, Label: fmt.Sprintf("RS %.4f", symmetric)}}
	}
	label := fmt.Sprintf("RS %.4f, 1RSB %.4f", symmetric, broken)
	return []figure.Mark{{At: symmetric, Horizontal: true, Label: label}, {At: broken, Horizontal: true}}
}

// thresholdSeries are α_c, drawn at the place given, and α_½(N).
func (s *fittedStudy) thresholdSeries(style int, x, zero float64, label string) figure.Series {
	series := figure.Series{Label: label, Style: style, Points: []figure.Point{{
		X: zero, Y: s.critical.Value, Low: s.critical.Value - s.critical.Error(), High: s.critical.Value + s.critical.Error(),
	}}}
	for _, t := range s.quoted().Thresholds {
		series.Points = append(series.Points, figure.Point{
			X: math.Pow(float64(t.N), -x), Y: t.Half, Low: t.Half - t.HalfError, High: t.Half + t.HalfError,
		})
	}
	return series
}

func (s *fittedStudy) extrapolationBand(style int, x, reach float64) (figure.Band, figure.Line) {
	band, line := figure.Band{Style: style}, figure.Line{Style: style}
	const steps = 200
	for i := range steps + 1 {
		at := math.Max(1e-12, reach*float64(i)/steps)
		v, e := s.quoted().Critical.At(math.Pow(at, -1/x))
		band.X, band.Low, band.High = append(band.X, at), append(band.Low, v-e), append(band.High, v+e)
		line.X, line.Y = append(line.X, at), append(line.Y, v)
	}
	return band, line
}

func (s *fittedStudy) widthSeries(style int) figure.Series {
	series := figure.Series{Style: style}
	for _, t := range s.quoted().Thresholds {
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
