package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"

	"hopcap/sweep/config"
	"hopcap/sweep/disk"
	"hopcap/sweep/scaling"
	"hopcap/sweep/study"
)

// writeFits writes thresholds.csv and scaling.json.
func writeFits(dir string, f fitting, studies []*fittedStudy) ([]string, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	thresholds := filepath.Join(dir, "thresholds.csv")
	if err := disk.WriteFile(thresholds, func(w io.Writer) error { return writeThresholds(w, studies) }); err != nil {
		return nil, err
	}
	laws := filepath.Join(dir, "scaling.json")
	if err := disk.WriteFile(laws, func(w io.Writer) error { return writeScaling(w, f, studies) }); err != nil {
		return []string{thresholds}, err
	}
	return []string{thresholds, laws}, nil
}

var thresholdColumns = []string{
	"study", "N", "retrieved_at", "estimator",
	"alpha_half", "alpha_half_stderr", "alpha_half_low", "alpha_half_high",
	"width", "width_stderr", "width_low", "width_high",
	"levels", "sets", "design_effect", "extrapolated", "chi_square", "freedom", "p",
}

// writeThresholds writes a row for each size, criterion and estimator. Intervals are
// of 95 %; extrapolated is 0 where the criterion is not in the valley of the final
// overlap; goodness is defined for links only.
func writeThresholds(w io.Writer, studies []*fittedStudy) error {
	out := csv.NewWriter(w)
	if err := out.Write(thresholdColumns); err != nil {
		return err
	}
	for _, s := range studies {
		for i := range s.readings {
			if err := out.WriteAll(s.thresholdRows(&s.readings[i])); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *fittedStudy) thresholdRows(v *reading) [][]string {
	curves := map[int]scaling.Curve{}
	for _, c := range s.curvesAt(v.retrievedAt) {
		curves[c.N] = c
	}
	var rows [][]string
	for _, t := range v.Thresholds {
		c := curves[t.N]
		row := []string{study.Cell(s.label), strconv.Itoa(t.N), decimal(v.retrievedAt), t.Estimator}
		for _, x := range []float64{
			t.Half, t.HalfError, t.HalfRange.Low, t.HalfRange.High,
			t.Width, t.WidthError, t.WidthRange.Low, t.WidthRange.High,
		} {
			row = append(row, decimal(x))
		}
		row = append(row, strconv.Itoa(len(c.Levels)), strconv.Itoa(c.Sets()), decimal(c.DesignEffect()), flag(!t.Aside))
		rows = append(rows, append(row, goodnessOf(t.Estimator, c)...))
	}
	return rows
}

func goodnessOf(estimator string, c scaling.Curve) []string {
	f, ok := linkFit(estimator, c)
	if !ok {
		return []string{"", "", ""}
	}
	g := f.Goodness(c.Tallies(), c.DesignEffect())
	return []string{decimal(g.ChiSquare), strconv.Itoa(g.Freedom), decimal(g.P)}
}

// linkFit is the fitted curve of an estimator, if that is a link.
func linkFit(estimator string, c scaling.Curve) (scaling.LinkFit, bool) {
	for _, e := range scaling.Estimators {
		if link, ok := e.(scaling.Link); ok && link.Name() == estimator {
			f, err := link.Fit(c.Tallies())
			return f, err == nil
		}
	}
	return scaling.LinkFit{}, false
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

// object is a JSON object whose members keep their order.
type object []member

type member struct {
	name  string
	value any
}

func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(m.name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(m.value)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	return append(append([]byte{'{'}, b.Bytes()...), '}'), nil
}

// writeScaling writes everything that leads from thresholds to α_c.
func writeScaling(w io.Writer, f fitting, studies []*fittedStudy) error {
	all := []object{}
	for _, s := range studies {
		all = append(all, s.object())
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(object{{"replicates", f.Replicates}, {"seed", f.Seed}, {"studies", all}})
}

func (s *fittedStudy) object() object {
	q := s.quoted()
	o := object{
		{"study", s.label},
		{"settings", config.Coordinates(s.settings)},
		{"retrieved_at", number(s.retrievedAt)},
		{"estimator", q.Estimator},
		{"cut_short", s.cutShort},
		{"warnings", append([]string{}, s.warnings...)},
	}
	if q.quotable() {
		o = append(o, object{
			{"critical", s.criticalObject()},
			{"displacement_exponent", averageObject(q.Displacement)},
			{"width_exponent", averageObject(q.Width)},
			{"variants", s.readingObjects()},
			{"collapse", collapseObject(s.collapse)},
		}...)
	}
	return append(o, member{"fits", fitObjects(q.Critical.Fits)}, member{"width_fits", fitObjects(q.Width.Fits)})
}

func (s *fittedStudy) criticalObject() object {
	c, a := s.critical, s.quoted().Critical
	o := object{
		{"value", number(c.Value)},
		{"error", number(c.Error())},
		{"statistical", number(c.Statistical)},
		{"systematic", number(c.Systematic())},
		{"laws", number(c.Laws)},
		{"criterion", number(c.Criterion)},
		{"estimator", number(c.Estimator)},
		{"lowest", number(a.Lowest)},
		{"highest", number(a.Highest)},
	}
	if less, err := s.quoted().WithoutSmallest(); err == nil {
		o = append(o, object{
			{"without_smallest", number(less.Critical.Value)},
			{"shift_without_smallest", number(less.Critical.Value - c.Value)},
		}...)
	}
	return o
}

func averageObject(a scaling.Average) any {
	if _, ok := a.Best(); !ok {
		return nil
	}
	return object{
		{"value", number(a.Value)},
		{"statistical", number(a.Statistical)},
		{"systematic", number(a.Systematic)},
		{"lowest", number(a.Lowest)},
		{"highest", number(a.Highest)},
	}
}

func (s *fittedStudy) readingObjects() []object {
	all := []object{}
	for _, v := range s.readings {
		if v.quotable() {
			all = append(all, object{
				{"retrieved_at", number(v.retrievedAt)},
				{"estimator", v.Estimator},
				{"value", number(v.Critical.Value)},
				{"statistical", number(v.Critical.Statistical)},
				{"laws", number(v.Critical.Systematic)},
			})
		}
	}
	return all
}

func collapseObject(c scaling.Collapse) object {
	return object{
		{"quality", number(c.Quality)},
		{"critical", number(c.Critical)},
		{"critical_stderr", number(c.CriticalError)},
		{"power", number(c.Power)},
		{"power_stderr", number(c.PowerError)},
		{"shift", number(c.Shift)},
		{"shift_exponent", number(c.ShiftBy)},
	}
}

// fitObjects are all fits, the rejected ones too.
func fitObjects(fits []scaling.Candidate) []object {
	all := []object{}
	for _, f := range fits {
		o := object{{"law", f.String()}, {"smallest", f.Smallest}, {"sizes", f.Sizes}}
		if f.Limit {
			o = append(o, object{{"limit", number(f.Value)}, {"limit_stderr", number(f.ValueError)}}...)
		}
		o = append(o, object{
			{"amplitude", number(f.Amplitude)}, {"amplitude_stderr", number(f.AmplitudeError)},
			{"exponent", number(f.Power)}, {"exponent_stderr", number(f.PowerError)},
		}...)
		if f.Relative != 0 {
			o = append(o, object{{"correction", number(f.Correction)}, {"correction_stderr", number(f.CorrectionError)}}...)
		}
		all = append(all, append(o, object{
			{"chi_square", number(f.ChiSquare)}, {"freedom", f.Freedom}, {"p", number(f.P)},
			{"acceptable", f.Acceptable()}, {"weight", number(f.Weight)},
		}...))
	}
	return all
}
