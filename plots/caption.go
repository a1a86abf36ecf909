package plots

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hopcap/plots/figure"
	"hopcap/plots/label"
)

// A caption gathers what a reader must know about what is shown.
type caption struct {
	given  int                     // rows of the tables
	chosen int                     // of them, those that are shown
	size   string                  // the first column: N
	axes   []string                // further axes that neither x, y nor the legend shows
	values map[string]map[any]bool // of these, as they are meant
	sizes  []any
	least  float64 // samples behind a point
	most   float64
	rest   string   // "Each point is of %s independent samples." unless it is something else
	errors []string // what error bars are, each once
	single bool     // a point that should have an error bar has none
	fit    string
	dotted []string        // theories of which there are only marks
	setup  []string        // what all sources agree in
	said   map[string]bool // theories that have anything to say
}

func newCaption(sources []Source) *caption {
	c := &caption{said: map[string]bool{}, values: map[string]map[any]bool{}}
	if len(sources) > 0 {
		c.setup = agreed(sources)
	}
	return c
}

// rows notes how many of a table are shown, and the sizes and samples behind them.
func (c *caption) rows(t Table, rows [][]any) {
	c.given, c.chosen = c.given+len(t.Rows), c.chosen+len(rows)
	if axes := t.axes(); len(axes) > 0 {
		c.size = axes[0]
		for _, row := range rows {
			if !slices.Contains(c.sizes, row[0]) {
				c.sizes = append(c.sizes, row[0])
			}
		}
	}
	samples := t.index("samples")
	for _, row := range rows {
		if samples < 0 {
			break
		}
		n := toNumber(row[samples])
		if c.most == 0 || n < c.least {
			c.least = n
		}
		c.most = max(c.most, n)
	}
}

// bars notes what the error bars of a quantity are.
func (c *caption) bars(b bars) {
	if what := b.caption(); what != "" && !slices.Contains(c.errors, what) {
		c.errors = append(c.errors, what)
	}
}

// noBars says that none are drawn, whatever was read.
func (c *caption) noBars() { c.errors = nil }

// marks notes a theory that has marks only.
func (c *caption) marks(label string) {
	if !slices.Contains(c.dotted, label) {
		c.dotted = append(c.dotted, label)
	}
}

func (c *caption) fits(kind string) { c.fit = kind }

// text is the declared caption, or else one made of the labels, and then what
// was averaged and what lines and error bars are.
func (c *caption) text(spec Spec, f *figure.Figure) string {
	first := spec.Caption
	switch {
	case first == "" && f.Picture != nil:
		first = f.Picture.Caption()
	case first == "":
		first = panelsText(f)
	}
	lines, named := curvesText(f)
	c.dotted = slices.DeleteFunc(c.dotted, func(label string) bool { return slices.Contains(named, label) })
	parts := []string{first, c.sizesText(), c.valuesText(), c.samplesText(), lines}
	if len(c.dotted) > 0 {
		parts = append(parts, sentence("Dotted: "+strings.Join(c.dotted, "; ")))
	}
	parts = append(parts, c.fitText(f), c.errorsText(), limitsText(f), c.setupText())
	parts = slices.DeleteFunc(parts, func(p string) bool { return p == "" })
	return strings.Join(parts, " ")
}

func (c *caption) fitText(f *figure.Figure) string {
	switch {
	case c.fit == "":
		return ""
	case !f.NamesFits():
		return "Straight lines: weighted least squares; their slopes stand among the plotted numbers."
	}
	return "Straight lines: weighted least squares; the number in brackets is the standard error of the last digits."
}

func (c *caption) errorsText() string {
	if len(c.errors) == 0 {
		return ""
	}
	text := "Error bars: " + strings.Join(c.errors, "; ") + "; where none is seen it is smaller than the symbol"
	if c.single {
		text += ", or there is but one sample"
	}
	return text + "."
}

// setupText says how trials were made.
func (c *caption) setupText() string {
	if len(c.setup) == 0 {
		return ""
	}
	return sentence(capitalised(strings.Join(c.setup, "; ")))
}

// capitalised begins with a capital letter.
func capitalised(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// agreed are the phrases that all sources have.
func agreed(sources []Source) (phrases []string) {
	for _, phrase := range sources[0].Setup {
		if !slices.ContainsFunc(sources, func(s Source) bool { return !slices.Contains(s.Setup, phrase) }) {
			phrases = append(phrases, phrase)
		}
	}
	return phrases
}

// limitsText explains arrows.
func limitsText(f *figure.Figure) string {
	for i := range f.Panels {
		if f.Panels[i].HasLimits() {
			return "Arrows: upper limits, where none was counted."
		}
	}
	return ""
}

// sizesText is "$N = 500, 1000, 2000$."
func (c *caption) sizesText() string {
	if len(c.sizes) == 0 || len(c.sizes) > 8 {
		return ""
	}
	slices.SortStableFunc(c.sizes, compare)
	var values []string
	for _, v := range c.sizes {
		if n := toNumber(v); n == n {
			values = append(values, strings.Trim(label.Number(n, shortest(n)), "$"))
		}
	}
	return label.Equation(label.Symbol(columnLabel(c.size)), "$"+strings.Join(values, `,\ `)+"$") + "."
}

// unseen notes the axes of a table that nothing in a panel shows, with their values in
// the rows of the panel.
func (c *caption) unseen(t Table, rows [][]any, shown []string) {
	axes := t.axes()
	if len(axes) == 0 {
		return
	}
	for _, axis := range axes[1:] {
		if slices.Contains(shown, axis) || t.follows(axis, append(slices.Clone(shown), axes[0]), rows) {
			continue
		}
		if !slices.Contains(c.axes, axis) {
			c.axes = append(c.axes, axis)
		}
		i := t.index(axis)
		meant := nominalValue(rows, i)
		if c.values[axis] == nil {
			c.values[axis] = map[any]bool{}
		}
		for _, row := range rows {
			if v := meant(row); v != nil {
				c.values[axis][v] = true
			}
		}
	}
}

// follows tells whether the values of an axis vary, and follow from those of others.
func (t Table) follows(axis string, others []string, rows [][]any) bool {
	others = slices.DeleteFunc(others, func(c string) bool { return t.index(c) < 0 })
	without, err := t.groupBy(rows, others)
	with, err2 := t.groupBy(rows, append(slices.Clone(others), axis))
	alone, err3 := t.groupBy(rows, []string{axis})
	return errors.Join(err, err2, err3) == nil && len(alone) > 1 && len(with) == len(without)
}

// valuesText names the values of axes that nothing shows: "Load $\alpha = 0.12$."
func (c *caption) valuesText() string {
	var texts []string
	for _, axis := range c.axes {
		values := slices.SortedFunc(maps.Keys(c.values[axis]), compare)
		name := columnLabel(axis)
		switch n := len(values); {
		case n == 0 || !strings.HasSuffix(name, "$") && toNumber(values[0]) == toNumber(values[0]):
			// a number without a symbol, such as bits per neuron, follows from others
		case math.IsNaN(toNumber(values[0])):
			if n == 1 {
				texts = append(texts, fmt.Sprintf("%s: %v", name, strings.ReplaceAll(fmt.Sprint(values[0]), "_", " ")))
			}
		case n == 1:
			texts = append(texts, label.Equation(name, rounded(values[0])))
		default:
			texts = append(texts, label.Equation(name, rounded(values[0])+" to "+rounded(values[n-1])))
		}
	}
	if len(texts) == 0 {
		return ""
	}
	return sentence(capitalised(strings.Join(texts, ", ")))
}

// rounded is a number with as many digits as it needs, six at most.
func rounded(v any) string {
	x := toNumber(v)
	return label.Number(x, shortest(x))
}

// behind notes how many rows are behind something that is no point.
func (c *caption) behind(rows int, what string) {
	n := float64(rows)
	if c.rest != what || n < c.least {
		c.least = n
	}
	if c.rest != what || n > c.most {
		c.most = n
	}
	c.rest = what
}

func (c *caption) samplesText() string {
	what := c.rest
	if what == "" {
		what = "Each point is of %s independent samples."
	}
	switch {
	case c.most == 0:
		return ""
	case c.least == c.most:
		return fmt.Sprintf(what, fmt.Sprintf("%.0f", c.most))
	}
	return fmt.Sprintf(what, fmt.Sprintf("%.0f to %.0f", c.least, c.most))
}

// sentence ends with one full stop.
func sentence(s string) string { return strings.TrimRight(s, ".") + "." }

func panelsText(f *figure.Figure) string {
	var shown []string
	for i := range f.Panels {
		s := subject(&f.Panels[i])
		if len(f.Panels) > 1 {
			s = fmt.Sprintf("(%c) %s", 'a'+i%26, s)
		}
		shown = append(shown, s)
	}
	if len(f.Panels) == 0 {
		return ""
	}
	what, p := strings.Join(shown, ", "), f.Panels[0]
	switch {
	case p.Map != nil:
		return what + " over " + p.X.Label + " and " + p.Y.Label + "."
	case len(p.Histograms) > 0:
		return what + " of the " + p.X.Label + "."
	}
	return what + " against " + p.X.Label + "."
}

// subject is what a panel shows.
func subject(p *figure.Panel) string {
	s := p.Y.Label
	switch {
	case p.Map != nil:
		s = p.Map.Label
	case len(p.Histograms) > 0:
		s = "distribution"
	}
	if p.Note != "" {
		s += " at " + p.Note
	}
	return s
}

// curvesText says which line is which theory; it returns the theories too.
func curvesText(f *figure.Figure) (text string, labels []string) {
	var named []string
	for _, p := range f.Panels {
		for _, l := range p.Lines {
			if (l.Style == figure.Black || l.Common) && !l.IsFit() && l.Label != "" && !slices.Contains(labels, l.Label) {
				labels = append(labels, l.Label)
				named = append(named, l.Label+" ("+l.DashName()+")")
			}
		}
	}
	switch len(labels) {
	case 0:
		return "", nil
	case 1:
		return sentence("Line: " + labels[0]), labels
	}
	return sentence("Lines: " + strings.Join(named, ", ")), labels
}
