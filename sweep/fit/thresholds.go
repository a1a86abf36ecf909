package fit

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"math"
	"strconv"

	"hopcap/sweep/scaling"
	"hopcap/sweep/study"
)

// ThresholdColumns are the columns of thresholds.csv. Intervals are 95 % intervals.
// extrapolated is 0 if the size is set aside. chi_square, freedom and p are defined for
// links only, and only with enough hits and misses. An undefined value is empty.
var ThresholdColumns = []string{
	"study", "N", "retrieved_at", "estimator",
	"alpha_half", "alpha_half_stderr", "alpha_half_low", "alpha_half_high",
	"width", "width_stderr", "width_low", "width_high",
	"levels", "sets", "design_effect", "extrapolated", "chi_square", "freedom", "p",
}

// WriteThresholds writes thresholds.csv: a row for each study, criterion, estimator
// and size, the quoted ones of a study first.
func WriteThresholds(w io.Writer, results []*Result) error {
	out := csv.NewWriter(w)
	if err := out.Write(ThresholdColumns); err != nil {
		return err
	}
	for _, r := range results {
		for i := range r.Variants {
			if err := out.WriteAll(r.thresholdRows(&r.Variants[i])); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *Result) thresholdRows(v *Variant) [][]string {
	curves := map[int]scaling.Curve{}
	for _, c := range r.CurvesAt(v.RetrievedAt) {
		curves[c.N] = c
	}
	var rows [][]string
	for _, t := range v.Thresholds {
		c := curves[t.N]
		row := []string{study.Cell(r.Label), strconv.Itoa(t.N), decimal(v.RetrievedAt), t.Estimator}
		for _, x := range []float64{
			t.Half, t.HalfError, t.HalfRange.Low, t.HalfRange.High,
			t.Width, t.WidthError, t.WidthRange.Low, t.WidthRange.High,
		} {
			row = append(row, decimal(x))
		}
		row = append(row, strconv.Itoa(len(c.Levels)), strconv.Itoa(c.Sets()), decimal(c.DesignEffect()), flag(t.Extrapolated()))
		rows = append(rows, append(row, goodness(t.Estimator, c)...))
	}
	return rows
}

// goodness is χ², degrees of freedom and p of the fitted curve of an estimator, if
// that is a link.
func goodness(estimator string, c scaling.Curve) []string {
	none := []string{"", "", ""}
	link, ok := scaling.LinkNamed(estimator)
	if !ok {
		return none
	}
	f, err := link.Fit(c.Tallies())
	if err != nil {
		return none
	}
	g := f.Goodness(c.Tallies(), c.DesignEffect())
	if g.Freedom < 0 {
		return none
	}
	return []string{decimal(g.ChiSquare), strconv.Itoa(g.Freedom), decimal(g.P)}
}

// flag is 1 for what is so.
func flag(is bool) string {
	if is {
		return "1"
	}
	return "0"
}

// decimal writes a number, and nothing where it is not defined.
func decimal(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return ""
	}
	return strconv.FormatFloat(x, 'g', 8, 64)
}

// number is a number for JSON, null where it is not defined.
func number(x float64) any {
	if s := decimal(x); s != "" {
		return json.Number(s)
	}
	return nil
}
