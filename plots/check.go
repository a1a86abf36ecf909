package plots

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"hopcap/plots/label"
	"hopcap/plots/theory"
	"hopcap/sweep/study"
	"hopcap/sweep/summary"
)

// Check returns all faults of the [[figure]] tables of a config. columns are the measured
// columns of the experiment, and axes are the names of the other columns. Without axes, every
// name that is not a measured column passes as an axis.
func Check(tables []map[string]any, columns []study.Column, axes ...string) []study.Fault {
	_, faults := Specs(tables, columns, axes...)
	return faults
}

// Specs reads the [[figure]] tables of a config and returns all their faults.
func Specs(tables []map[string]any, columns []study.Column, axes ...string) ([]Spec, []study.Fault) {
	c := checker{columns: columns, axes: axes, names: map[string]bool{}}
	var specs []Spec
	for i, t := range tables {
		c.prefix = "figure."
		if len(tables) > 1 {
			c.prefix = fmt.Sprintf("figure[%d].", i+1)
		}
		s, bad := c.read(t, settings)
		c.uniqueName(s, bad)
		c.whole(s, t, bad, settings)
		if s.Table == "" {
			s.Table = defaultTables[s.Kind]
		}
		specs = append(specs, s)
	}
	return specs, c.faults
}

// A checker gathers what is wrong.
type checker struct {
	columns []study.Column
	axes    []string
	prefix  string
	names   map[string]bool // of figures so far
	faults  []study.Fault
}

func (c *checker) fault(key string, value any, allowed string) {
	c.faults = append(c.faults, study.Fault{Key: c.prefix + key, Value: written(value), Allowed: allowed})
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
	case []map[string]any:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = written(e)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case map[string]any:
		return "{ " + strings.Join(slices.Sorted(maps.Keys(v)), ", ") + " }"
	}
	return fmt.Sprint(v)
}

// read sets what is well formed and remembers the keys that are not.
func (c *checker) read(t map[string]any, known []setting) (s Spec, bad map[string]bool) {
	bad = map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(t)) {
		if name == "inset" && len(known) == len(settings) {
			s.Inset = c.inset(t[name])
			continue
		}
		i := slices.IndexFunc(known, func(s setting) bool { return s.name == name })
		if i < 0 {
			c.fault(name, t[name], "is not a key of a figure"+meant(name, settingNames(known)))
		} else if !known[i].set(&s, t[name]) {
			bad[name] = true
			c.fault(name, t[name], known[i].allowed)
		}
	}
	return s, bad
}

func settingNames(known []setting) (names []string) {
	for _, s := range known {
		names = append(names, s.name)
	}
	if len(known) == len(settings) {
		names = append(names, "inset")
	}
	return names
}

// meant goes after "is not …". It suggests a name that is similar, or else lists the names
// that there are, without the further names.
func meant(name string, names []string, further ...string) string {
	if near := study.Closest(name, append(slices.Clone(names), further...)); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ": must be one of " + strings.Join(names, ", ")
}

// inset reads the table figure.inset: a smaller figure of the same rows.
func (c *checker) inset(v any) *Spec {
	t, ok := v.(map[string]any)
	if !ok {
		c.fault("inset", v, `must be a table, such as { x = "N", y = "sweeps" }`)
		return nil
	}
	outer := c.prefix
	c.prefix += "inset."
	s, bad := c.read(t, insetSettings)
	c.whole(s, t, bad, insetSettings)
	if len(s.Y) > 1 {
		c.fault("y", t["y"], "must be one column in an inset")
	}
	c.prefix = outer
	return &s
}

// insetSettings are the keys that make sense in an inset.
var insetSettings = slices.DeleteFunc(slices.Clone(settings), func(s setting) bool {
	return !slices.Contains([]string{"x", "y", "series", "where", "theory", "x_scale", "y_scale",
		"x_limits", "y_limits", "x_label", "y_label", "fit", "join"}, s.name)
})

func (c *checker) uniqueName(s Spec, bad map[string]bool) {
	if s.Name != "" && c.names[s.Name] && !bad["name"] {
		c.fault("name", s.Name, "must be the figure's own: another has it")
	}
	c.names[s.Name] = true
}

// whole checks what takes more than one key, or the columns, to judge.
func (c *checker) whole(s Spec, t map[string]any, bad map[string]bool, known []setting) {
	c.needed(s, t, known)
	c.expression("x", bad["x"], s.XLabel != "", s.X)
	c.expression("y", bad["y"], len(s.YLabel) > 0 || s.Kind == "areas", s.Y...)
	c.expression("z", bad["z"], true, s.Z...)
	if s.Table == "" && defaultTables[s.Kind] == "" { // estimates have measured columns only
		if s.Kind != "map" {
			c.measured("y", bad["y"], s.Y...)
		}
		c.measured("z", bad["z"], s.Z...)
	}
	c.column("series", bad["series"], s.Series...)
	c.column("panels", bad["panels"], s.Panels)
	c.column("where", bad["where"], slices.Sorted(maps.Keys(s.Where))...)
	c.perPanel(s, t, bad)
	for _, name := range s.Theory {
		if _, ok := theory.Named(name); !ok && !bad["theory"] {
			c.fault("theory", name, "is no theory"+meant(name, theory.Names()))
		}
	}
	c.labels(s, t, bad)
	specs := s.alone()
	for _, one := range specs {
		c.scales("x", one.XScale, one.XLimits, t)
		c.scales("y", one.YScale, one.YLimits, t)
	}
	linear := func(one Spec) bool { return one.XScale != "log" || one.YScale != "log" }
	if s.Fit == "power" && slices.ContainsFunc(specs, linear) {
		c.fault("fit", s.Fit, `needs x_scale = "log" and y_scale = "log"`)
	}
}

// perPanel checks the keys that may be lists, one for each y.
func (c *checker) perPanel(s Spec, t map[string]any, bad map[string]bool) {
	if s.Each == nil {
		return
	}
	for i := range s.Each {
		c.column("where", bad["where"], slices.Sorted(maps.Keys(s.Each[i].Where))...)
	}
	for _, key := range []string{"where", "x_scale", "y_scale", "x_limits", "y_limits"} {
		var n int
		switch v := t[key].(type) {
		case []any:
			n = len(v)
			if strings.HasSuffix(key, "limits") && isPair(v) {
				n = 0
			}
		case []map[string]any:
			n = len(v)
		}
		switch {
		case n == 0 || bad[key] || bad["y"]:
		case s.Kind != "" && s.Kind != "curves" && s.Kind != "trajectories":
			c.fault(key, t[key], "must be one for "+s.Kind)
		case n != len(s.Y):
			c.fault(key, t[key], fmt.Sprintf("must be one, or as many as y, %d", len(s.Y)))
		}
	}
}

// needs has, for each kind, the keys that it must have and the keys that it must not have.
var needs = map[string]struct{ must, not []string }{
	"":             {[]string{"x", "y"}, []string{"z", "z_limits", "bins", "labels", "row"}},
	"curves":       {[]string{"x", "y"}, []string{"z", "z_limits", "bins", "labels", "row"}},
	"areas":        {[]string{"x", "y"}, []string{"z", "z_limits", "bins", "inset", "fit", "join", "theory", "confidence", "row"}},
	"map":          {[]string{"x", "y", "z"}, []string{"labels", "bins", "inset", "fit", "join", "confidence", "row"}},
	"histogram":    {[]string{"x"}, []string{"labels", "y", "z", "z_limits", "inset", "fit", "join", "theory", "confidence", "row"}},
	"ridgeline":    {[]string{"x"}, []string{"labels", "y", "y_scale", "y_limits", "z", "z_limits", "inset", "fit", "join", "theory", "confidence", "row"}},
	"trajectories": {[]string{"x", "y"}, []string{"labels", "z", "z_limits", "bins", "inset", "fit", "join", "confidence", "row"}},
	"states": {nil, []string{"x", "y", "z", "series", "panels", "theory", "x_scale", "y_scale", "x_limits", "y_limits", "z_limits",
		"x_label", "y_label", "labels", "bins", "inset", "fit", "join", "confidence"}},
}

func (c *checker) needed(s Spec, t map[string]any, known []setting) {
	kind := s.Kind
	if kind == "" {
		kind = "curves"
	}
	for _, key := range needs[s.Kind].must {
		if _, ok := t[key]; !ok {
			c.fault(key, nil, "is missing: "+kind+" need it, the name of a column")
		}
	}
	for _, key := range needs[s.Kind].not {
		if v, ok := t[key]; ok && slices.ContainsFunc(known, func(k setting) bool { return k.name == key }) {
			c.fault(key, v, "says nothing about "+kind+": leave it out")
		}
	}
	if s.Kind == "map" && len(s.Y) > 1 {
		c.fault("y", t["y"], "must be one column for a map")
	}
}

// expression checks columns or arithmetic on them. What is more than a name has
// no label of its own.
func (c *checker) expression(key string, bad, labelled bool, sources ...string) {
	for _, source := range sources {
		if bad || source == "" {
			continue
		}
		e, err := parseExpr(source)
		switch {
		case err != nil:
			c.fault(key, source, err.Error())
		case !e.isName(source) && !labelled:
			c.fault(key+"_label", nil, "is missing: arithmetic needs a label")
		}
		c.column(key, err != nil, e.names...)
	}
}

// measured checks, where nobody has said which axes there are, that an expression
// has a measured column in it.
func (c *checker) measured(key string, bad bool, sources ...string) {
	for _, source := range sources {
		e, err := parseExpr(source)
		if bad || err != nil || len(c.axes) > 0 {
			continue
		}
		if !slices.ContainsFunc(e.names, c.isKnown) {
			c.fault(key, source, c.noColumn(source))
		}
	}
}

// column checks that names are columns.
func (c *checker) column(key string, bad bool, names ...string) {
	for _, name := range names {
		if !bad && name != "" && !c.knows(name) {
			c.fault(key, name, c.noColumn(name))
		}
	}
}

// noColumn lists the columns that there are. Other keys of the config are allowed too, but
// not listed, because most of them say little on an axis.
func (c *checker) noColumn(name string) string {
	var measured []string
	for _, axis := range []string{"N", "K", "alpha"} {
		if slices.Contains(c.axes, axis) {
			measured = append(measured, axis)
		}
	}
	for _, col := range c.columns {
		if col.Role != study.Label {
			measured = append(append(measured, col.Name), col.Report...)
		}
	}
	text := "is no column" + meant(name, measured, c.known()...)
	if len(c.axes) > 0 && !strings.HasSuffix(text, "?") {
		text += ", or a key of the config"
	}
	return text
}

// estimated are the kinds of estimates whose parts are columns of exports.
var estimated = []summary.Kind{summary.Mean, summary.Fraction, summary.Median}

func (c *checker) knows(name string) bool {
	return len(c.axes) == 0 && !strings.ContainsAny(name, " .") || c.isKnown(name)
}

// isKnown reports whether a name is a column, or what estimates make of one.
func (c *checker) isKnown(name string) bool {
	for _, kind := range estimated {
		for _, part := range kind.Parts() {
			if of, ok := strings.CutSuffix(name, part.Suffix); ok && slices.Contains(c.known(), of) {
				return true
			}
		}
	}
	return slices.Contains([]string{"samples", "sample", "cues", "cue"}, name) || slices.Contains(c.known(), name)
}

func (c *checker) known() []string {
	names := append([]string(nil), c.axes...)
	for _, col := range c.columns {
		names = append(append(names, col.Name), col.Report...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (c *checker) labels(s Spec, t map[string]any, bad map[string]bool) {
	stacked := s.Kind == "areas" || s.Kind == "histogram" || s.Kind == "ridgeline"
	if n := len(s.YLabel); n > 0 && !bad["y"] && !bad["y_label"] {
		if want := len(s.Y); !stacked && n != want {
			c.fault("y_label", t["y_label"], fmt.Sprintf("must be as many as y, %d", want))
		} else if stacked && n != 1 {
			c.fault("y_label", t["y_label"], "must be one label")
		}
	}
	if len(s.Labels) > 0 && len(s.Labels) != len(s.Y) && !bad["y"] && !bad["labels"] {
		c.fault("labels", t["labels"], fmt.Sprintf("must be as many as y, %d", len(s.Y)))
	}
	for _, l := range s.Labels {
		if err := label.Check(l); err != nil {
			c.fault("labels", l, err.Error())
		}
	}
	if err := label.Check(s.XLabel); err != nil {
		c.fault("x_label", s.XLabel, err.Error())
	}
	for _, l := range s.YLabel {
		if err := label.Check(l); err != nil {
			c.fault("y_label", l, err.Error())
		}
	}
}

func (c *checker) scales(axis, scale string, limits []float64, t map[string]any) {
	if scale == "log" && len(limits) == 2 && limits[0] <= 0 {
		c.fault(axis+"_limits", t[axis+"_limits"], "must be positive on a log scale")
	}
}
