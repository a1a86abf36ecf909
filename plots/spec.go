package plots

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"sort"
	"strings"

	"hopcap/sweep"
)

// A Spec is a figure as a config declares it, in a table [[figure]].
type Spec struct {
	Name    string         // of the files; by default that of the study
	Kind    string         // "curves"
	Table   string         // whose rows are shown: "estimates" unless the kind wants another
	X       string         // a column
	Y       []string       // columns, a panel each
	Series  []string       // the columns that tell series apart; by default those that must
	Panels  string         // a column: a panel for each of its values
	Where   map[string]any // only rows with these values
	Theory  []string       // names in Theories
	XScale  string         // "linear" or "log"
	YScale  string
	XLimits []float64 // two numbers
	YLimits []float64
	XLabel  string
	YLabel  []string // as many as Y
	Width   float64  // centimetres
	Columns int      // panels side by side
	Join    bool     // points joined by thin lines
	Caption string
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
	{"where", "must be a table of columns and their values", func(s *Spec, v any) bool {
		var ok bool
		s.Where, ok = v.(map[string]any)
		return ok
	}},
	{"theory", "must be a name, or a list of names", func(s *Spec, v any) bool { return toTexts(&s.Theory, v) }},
	{"x_scale", `must be "linear" or "log"`, func(s *Spec, v any) bool { return toScale(&s.XScale, v) }},
	{"y_scale", `must be "linear" or "log"`, func(s *Spec, v any) bool { return toScale(&s.YScale, v) }},
	{"x_limits", "must be two numbers, the smaller first", func(s *Spec, v any) bool { return toLimits(&s.XLimits, v) }},
	{"y_limits", "must be two numbers, the smaller first", func(s *Spec, v any) bool { return toLimits(&s.YLimits, v) }},
	{"x_label", "must be a label", func(s *Spec, v any) bool { return toText(&s.XLabel, v) }},
	{"y_label", "must be a label, or a list of labels", func(s *Spec, v any) bool { return toTexts(&s.YLabel, v) }},
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
	{"caption", "must be a text", func(s *Spec, v any) bool { return toText(&s.Caption, v) }},
}

var (
	kinds    = []string{"curves"}
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

// Check says everything that is wrong with the [[figure]] tables of a config.
// Columns are those that the experiment measures, axes the other columns that
// a point may have; without axes, a name that is no measured column passes for one.
func Check(tables []map[string]any, columns []sweep.Column, axes ...string) []sweep.Fault {
	_, faults := Specs(tables, columns, axes...)
	return faults
}

// Specs reads the [[figure]] tables of a config, and says everything that is
// wrong with them.
func Specs(tables []map[string]any, columns []sweep.Column, axes ...string) ([]Spec, []sweep.Fault) {
	c := checker{columns: columns, axes: axes, names: map[string]bool{}}
	var specs []Spec
	for i, t := range tables {
		c.prefix = "figure."
		if len(tables) > 1 {
			c.prefix = fmt.Sprintf("figure[%d].", i+1)
		}
		specs = append(specs, c.spec(t))
	}
	return specs, c.faults
}

// A checker gathers what is wrong.
type checker struct {
	columns []sweep.Column
	axes    []string
	prefix  string
	names   map[string]bool // of figures so far
	faults  []sweep.Fault
}

func (c *checker) fault(key string, value any, allowed string) {
	c.faults = append(c.faults, sweep.Fault{Key: c.prefix + key, Value: written(value), Allowed: allowed})
}

// written is a value as TOML has it.
func written(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return fmt.Sprintf("%q", v)
	case []any:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = written(e)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return fmt.Sprint(v)
}

func (c *checker) spec(t map[string]any) Spec {
	s := Spec{}
	bad := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(t)) {
		i := slices.IndexFunc(settings, func(s setting) bool { return s.name == name })
		if i < 0 {
			c.fault(name, t[name], "is no key of a figure: must be one of "+strings.Join(settingNames(), ", "))
		} else if !settings[i].set(&s, t[name]) {
			bad[name] = true
			c.fault(name, t[name], settings[i].allowed)
		}
	}
	c.meaning(s, t, bad)
	return s
}

func settingNames() []string {
	var names []string
	for _, s := range settings {
		names = append(names, s.name)
	}
	return names
}

// meaning checks what takes more than one key, or the columns, to judge.
func (c *checker) meaning(s Spec, t map[string]any, bad map[string]bool) {
	if c.names[s.Name] && !bad["name"] {
		c.fault("name", s.Name, "must be the figure's own: another has it")
	}
	c.names[s.Name] = true
	for _, key := range []string{"x", "y"} {
		if _, ok := t[key]; !ok {
			c.fault(key, nil, "is missing: must be the name of a column")
		}
	}
	c.column("x", bad["x"], s.X)
	c.column("y", bad["y"], s.Y...)
	c.column("series", bad["series"], s.Series...)
	c.column("panels", bad["panels"], s.Panels)
	c.column("where", bad["where"], slices.Sorted(maps.Keys(s.Where))...)
	for _, name := range s.Theory {
		if _, ok := Theories[name]; !ok && !bad["theory"] {
			c.fault("theory", name, "must be "+anyOf(slices.Sorted(maps.Keys(Theories))))
		}
	}
	if len(s.YLabel) > 0 && len(s.YLabel) != len(s.Y) && !bad["y"] && !bad["y_label"] {
		c.fault("y_label", t["y_label"], fmt.Sprintf("must be as many as y: %d", len(s.Y)))
	}
	for _, l := range append(s.YLabel, s.XLabel) {
		if err := CheckLabel(l); err != nil {
			c.fault("y_label", l, err.Error())
		}
	}
	if s.XScale == "log" && len(s.XLimits) == 2 && s.XLimits[0] <= 0 {
		c.fault("x_limits", t["x_limits"], "must be positive on a log scale")
	}
	if s.YScale == "log" && len(s.YLimits) == 2 && s.YLimits[0] <= 0 {
		c.fault("y_limits", t["y_limits"], "must be positive on a log scale")
	}
}

// column checks that names are columns.
func (c *checker) column(key string, bad bool, names ...string) {
	for _, name := range names {
		if !bad && name != "" && !c.knows(name) {
			c.fault(key, name, "must be one of "+strings.Join(c.known(), ", "))
		}
	}
}

func (c *checker) knows(name string) bool {
	return len(c.axes) == 0 && !strings.ContainsAny(name, " .") || slices.Contains(c.known(), name)
}

func (c *checker) known() []string {
	names := append([]string(nil), c.axes...)
	for _, col := range c.columns {
		names = append(names, col.Name)
	}
	sort.Strings(names)
	return names
}
