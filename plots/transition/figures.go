package transition

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"hopcap/plots/figure"
	"hopcap/sweep/fit"
)

// Figures are the figures of some studies, each with a panel for every study: the
// retrieved fraction (fit-fraction), the final overlap at the threshold (fit-overlap),
// and, if it was found, the collapse (fit-collapse). The extrapolations of all
// studies that have an α_c share one figure (fit-threshold).
func Figures(results []*fit.Result) []*figure.Figure {
	fractions := &figure.Figure{Name: "fit-fraction", Columns: 2,
		Caption: "Retrieved fraction against the load with probit fits (lines). Error bars are one standard error over pattern sets (Wilson intervals of 68 %)."}
	collapses := &figure.Figure{Name: "fit-collapse", Columns: 2,
		Caption: "Retrieved fraction against the scaling variable z = (α − α_c − a N^−x) N^y, with α_c and y of the least S (Houdayer and Hartmann 2004; near 1 where curves fall together within their errors) and a and x of the law α_½ = α_c + a N^−x that holds for the most sizes. Error bars are one standard error over pattern sets (Wilson intervals of 68 %)."}
	overlaps := &figure.Figure{Name: "fit-overlap", Columns: 2,
		Caption: "Distribution of the final overlap at the load nearest to α_½(N), each to its own scale. A pattern counts as retrieved to the right of the dotted line, which must lie in the valley between the peaks; sizes at which it does not are not extrapolated."}
	for _, r := range results {
		several := len(results) > 1
		fractions.Panels = append(fractions.Panels, noted(fractionPanel(r), r, several))
		overlaps.Panels = append(overlaps.Panels, noted(overlapPanel(r), r, several))
		if r.Collapse.Power != 0 {
			collapses.Panels = append(collapses.Panels, noted(collapsePanel(r, several), r, several))
		}
	}
	figures := []*figure.Figure{fractions, overlaps}
	if len(collapses.Panels) > 0 {
		figures = append(figures, collapses)
	}
	if slices.ContainsFunc(results, func(r *fit.Result) bool { return r.Quoted().Err == nil }) {
		figures = append(figures, extrapolationFigure(results))
	}
	return figures
}

// noted says in a panel which study it shows, where there are several, and makes
// room for that.
func noted(p figure.Panel, r *fit.Result, several bool) figure.Panel {
	if several {
		p.Note = strings.TrimSuffix(legend(r)+"; "+p.Note, "; ")
		p.Y.Max += 0.15 * (p.Y.Max - p.Y.Min)
	}
	return p
}

// legend is what a reader knows the study by.
func legend(r *fit.Result) string {
	if r.Title != "" {
		return plainText(r.Title)
	}
	return plainText(strings.ReplaceAll(r.Label, ",", ", "))
}

// plainText is a label that is all text.
func plainText(s string) string { return strings.NewReplacer("_", " ", "$", "").Replace(s) }

func sizeLabel(n int) string { return fmt.Sprintf("$N = %d$", n) }

// concise is a value with the error of its last digits in brackets: 0.1425(3).
func concise(value, stderr float64) string {
	if !(stderr > 0) || math.IsInf(stderr, 0) {
		return strconv.FormatFloat(value, 'g', 4, 64)
	}
	digits := max(0, 1-int(math.Floor(math.Log10(stderr))))
	return fmt.Sprintf("%.*f(%.0f)", digits, value, stderr*math.Pow10(digits))
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
