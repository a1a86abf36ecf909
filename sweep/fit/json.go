package fit

import (
	"bytes"
	"encoding/json"
	"io"

	"hopcap/sweep/scaling"
	"hopcap/sweep/study"
)

// WriteScaling writes scaling.json: everything that leads from thresholds to α_c. What
// is not defined is null; what a study without an α_c has not, is absent.
func WriteScaling(w io.Writer, b scaling.Bootstrap, results []*Result) error {
	all := []object{}
	for _, r := range results {
		all = append(all, r.object())
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(object{{"replicates", b.Replicates}, {"seed", b.Seed}, {"studies", all}})
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

func (r *Result) object() object {
	q := r.Quoted()
	warnings := append([]string{}, r.Warnings...)
	if q.Err != nil {
		warnings = append(warnings, q.Err.Error())
	}
	o := object{
		{"study", r.Label},
		{"settings", settingsObject(r.Axes)},
		{"retrieved_at", number(r.RetrievedAt)},
		{"estimator", q.Estimator},
		{"cut_short", r.CutShort},
		{"warnings", warnings},
	}
	if q.Err == nil {
		o = append(o, object{
			{"critical", r.criticalObject()},
			{"displacement_exponent", averageObject(q.Displacement)},
			{"width_exponent", averageObject(q.Width)},
			{"variants", r.variantObjects()},
			{"collapse", collapseObject(r.Collapse)},
		}...)
	}
	return append(o, member{"fits", fitObjects(q.Critical.Fits)}, member{"width_fits", fitObjects(q.Width.Fits)})
}

func settingsObject(settings []study.Setting) object {
	o := object{}
	for _, s := range settings {
		o = append(o, member{s.Name, s.Value})
	}
	return o
}

func (r *Result) criticalObject() object {
	c, a := r.Critical, r.Quoted().Critical
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
	if less, err := r.Quoted().WithoutSmallest(); err == nil {
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

// variantObjects are the variants that have an α_c.
func (r *Result) variantObjects() []object {
	all := []object{}
	for _, v := range r.Variants {
		if v.Err == nil {
			all = append(all, object{
				{"retrieved_at", number(v.RetrievedAt)},
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
