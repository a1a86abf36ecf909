package plots

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A Spec is a figure as a config declares it, in a table [[figure]].
type Spec struct {
	Name       string         // of the files; by default the name of the study
	Kind       string         // one of kinds; "curves" if empty
	Table      string         // whose rows are shown: the estimates if empty
	X          string         // a column
	Y          []string       // columns, a panel each
	Series     []string       // the columns that tell series apart; by default all that are needed
	Z          []string       // columns shown as maps over x and y
	Panels     string         // a column: a panel for each of its values
	Where      map[string]any // only rows with these values
	Theory     []string       // names of theories
	XScale     string         // "linear" or "log"
	YScale     string
	XLimits    []float64 // two numbers
	YLimits    []float64
	ZLimits    []float64
	XLabel     string
	YLabel     []string // as many as Y
	Labels     []string // of stacked areas, as many as Y
	Width      float64  // centimetres
	Columns    int      // panels side by side
	Join       bool     // points joined by thin lines
	Confidence float64  // of error bars; 0 is one standard error
	Fit        string   // "linear", or "power" for log–log
	Bins       int      // of histograms
	Inset      *Spec    // x, y, scales, limits, labels, fit, theory
	Caption    string
	Row        int         // neurons in a row of a state picture
	Each       []PanelSpec // of each y, where their panels differ; nil if they do not
}

// A setting is one key that a figure may have.
type setting struct {
	name    string
	allowed string // what it must be, for people
	set     func(s *Spec, v any) bool
}

var settings = []setting{
	{"name", "must be a file name of letters, digits, - and _", func(s *Spec, v any) bool {
		return toText(&s.Name, v) && fileName.MatchString(s.Name)
	}},
	{"kind", "must be " + anyOf(kinds), func(s *Spec, v any) bool { return toText(&s.Kind, v) && slices.Contains(kinds, s.Kind) }},
	{"table", "must be the name of a table", func(s *Spec, v any) bool { return toText(&s.Table, v) && s.Table != "" }},
	{"x", "must be the name of a column", func(s *Spec, v any) bool { return toText(&s.X, v) && s.X != "" }},
	{"y", "must be the name of a column, or a list of names", func(s *Spec, v any) bool { return toTexts(&s.Y, v) }},
	{"series", "must be the name of a column, or a list of names", func(s *Spec, v any) bool { return toTexts(&s.Series, v) }},
	{"panels", "must be the name of a column", func(s *Spec, v any) bool { return toText(&s.Panels, v) && s.Panels != "" }},
	{"where", "must be a table of columns and their values, or lists of values, or a list of such tables, as many as y", func(s *Spec, v any) bool {
		return s.toEach(v, isWhere, func(s *Spec, v any) bool { return toWhere(&s.Where, v) }, func(p *PanelSpec, v any) bool { return toWhere(&p.Where, v) })
	}},
	{"theory", "must be a name, or a list of names", func(s *Spec, v any) bool { return toTexts(&s.Theory, v) }},
	{"x_scale", `must be "linear" or "log", or a list of these, as many as y`, func(s *Spec, v any) bool {
		return s.toEach(v, isText, func(s *Spec, v any) bool { return toScale(&s.XScale, v) }, func(p *PanelSpec, v any) bool { return toScale(&p.XScale, v) })
	}},
	{"y_scale", `must be "linear" or "log", or a list of these, as many as y`, func(s *Spec, v any) bool {
		return s.toEach(v, isText, func(s *Spec, v any) bool { return toScale(&s.YScale, v) }, func(p *PanelSpec, v any) bool { return toScale(&p.YScale, v) })
	}},
	{"x_limits", "must be two numbers, the smaller first, or a list of such pairs, as many as y", func(s *Spec, v any) bool {
		return s.toEach(v, isPair, func(s *Spec, v any) bool { return toLimits(&s.XLimits, v) }, func(p *PanelSpec, v any) bool { return toLimits(&p.XLimits, v) })
	}},
	{"y_limits", "must be two numbers, the smaller first, or a list of such pairs, as many as y", func(s *Spec, v any) bool {
		return s.toEach(v, isPair, func(s *Spec, v any) bool { return toLimits(&s.YLimits, v) }, func(p *PanelSpec, v any) bool { return toLimits(&p.YLimits, v) })
	}},
	{"x_label", "must be a label", func(s *Spec, v any) bool { return toText(&s.XLabel, v) }},
	{"y_label", "must be a label, or a list of labels", func(s *Spec, v any) bool { return toTexts(&s.YLabel, v) }},
	{"labels", "must be a list of labels, as many as y", func(s *Spec, v any) bool { return toTexts(&s.Labels, v) }},
	{"width", "must be a number of centimetres, 4 … 30: 8.6 is one column of Physical Review, 17.8 are two", func(s *Spec, v any) bool {
		return toFloat(&s.Width, v) && s.Width >= 4 && s.Width <= 30
	}},
	{"columns", "must be a number of panels, 1 … 6", func(s *Spec, v any) bool {
		n, ok := v.(int64)
		s.Columns = int(n)
		return ok && n >= 1 && n <= 6
	}},
	{"join", "must be true or false", func(s *Spec, v any) bool {
		var ok bool
		s.Join, ok = v.(bool)
		return ok
	}},
	{"confidence", "must be a probability, 0.5 … 0.999, that error bars hold the true value with; without it they are one standard error (0.683)", func(s *Spec, v any) bool {
		return toFloat(&s.Confidence, v) && s.Confidence >= 0.5 && s.Confidence <= 0.999
	}},
	{"z", "must be the name of a column, or a list of names", func(s *Spec, v any) bool { return toTexts(&s.Z, v) }},
	{"z_limits", "must be two numbers, the smaller first", func(s *Spec, v any) bool { return toLimits(&s.ZLimits, v) }},
	{"fit", `must be "linear" or "power"`, func(s *Spec, v any) bool {
		return toText(&s.Fit, v) && (s.Fit == "linear" || s.Fit == "power")
	}},
	{"bins", "must be a number of bins, 2 … 1000", func(s *Spec, v any) bool {
		n, ok := v.(int64)
		s.Bins = int(n)
		return ok && n >= 2 && n <= 1000
	}},
	{"row", "must be a number of neurons in a row of a grid, 1 … 4096", func(s *Spec, v any) bool {
		n, ok := v.(int64)
		s.Row = int(n)
		return ok && n >= 1 && n <= 4096
	}},
	{"caption", "must be a text", func(s *Spec, v any) bool { return toText(&s.Caption, v) }},
}

var (
	kinds    = []string{"curves", "areas", "map", "histogram", "ridgeline", "trajectories", "states"}
	fileName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)
)

func anyOf(names []string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = fmt.Sprintf("%q", n)
	}
	return strings.Join(quoted, ", ")
}

func toText(to *string, v any) bool {
	s, ok := v.(string)
	*to = s
	return ok
}

// toTexts takes one text or a list of them.
func toTexts(to *[]string, v any) bool {
	switch v := v.(type) {
	case string:
		*to = []string{v}
		return v != ""
	case []any:
		for _, e := range v {
			s, ok := e.(string)
			if !ok || s == "" {
				return false
			}
			*to = append(*to, s)
		}
		return len(v) > 0
	}
	return false
}

func toFloat(to *float64, v any) bool {
	switch v := v.(type) {
	case int64:
		*to = float64(v)
	case float64:
		*to = v
	default:
		return false
	}
	return true
}

// toWhere takes what rows can be chosen by: values, and lists of them.
func toWhere(to *map[string]any, v any) (ok bool) {
	*to, ok = v.(map[string]any)
	for _, chosen := range *to {
		if list, several := chosen.([]any); several {
			ok = ok && len(list) > 0 && !slices.ContainsFunc(list, func(v any) bool { return !isValue(v) })
		} else {
			ok = ok && isValue(chosen)
		}
	}
	return ok
}

// toEach takes one value for all panels, or a list of values, one for each y; an empty
// one in the list leaves its panel as if nothing were said.
func (s *Spec) toEach(v any, single func(any) bool, all func(*Spec, any) bool, one func(*PanelSpec, any) bool) bool {
	list, ok := v.([]any)
	if tables, several := v.([]map[string]any); several {
		for _, t := range tables {
			list, ok = append(list, t), true
		}
	}
	if !ok || single(v) {
		return all(s, v)
	}
	for i, e := range list {
		if len(s.Each) <= i {
			s.Each = append(s.Each, PanelSpec{})
		}
		if !isEmpty(e) && !one(&s.Each[i], e) {
			return false
		}
	}
	return len(list) > 0
}

func isEmpty(v any) bool {
	switch v := v.(type) {
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}

func isWhere(v any) bool { _, ok := v.(map[string]any); return ok }

func isText(v any) bool { _, ok := v.(string); return ok }

// isPair reports whether a list is limits and no list of them.
func isPair(v any) bool {
	list, ok := v.([]any)
	return ok && !slices.ContainsFunc(list, func(e any) bool { _, nested := e.([]any); return nested })
}

func isValue(v any) bool {
	switch v.(type) {
	case int64, float64, bool, string:
		return true
	}
	return false
}

func toScale(to *string, v any) bool {
	return toText(to, v) && (*to == "linear" || *to == "log")
}

func toLimits(to *[]float64, v any) bool {
	list, ok := v.([]any)
	if !ok || len(list) != 2 {
		return false
	}
	*to = make([]float64, 2)
	return toFloat(&(*to)[0], list[0]) && toFloat(&(*to)[1], list[1]) && (*to)[0] < (*to)[1]
}
