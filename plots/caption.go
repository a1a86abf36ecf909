package plots

import (
	"fmt"
	"slices"
	"strings"
)

// A caption gathers what a reader must know about what is shown.
type caption struct {
	size   string // the first column: N
	sizes  []any
	least  float64 // samples behind a point
	most   float64
	errors []string // what error bars are, each once
	fit    string
}

// rows notes the sizes and the samples behind the rows.
func (c *caption) rows(t Table, rows [][]any) {
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

func (c *caption) fits(kind string) { c.fit = kind }

// text is the declared caption, or else one made of the labels, and then what
// was averaged and what lines and error bars are.
func (c *caption) text(spec Spec, f *Figure) string {
	first := spec.Caption
	if first == "" {
		first = panelsText(f)
	}
	parts := []string{first, c.sizesText(), c.samplesText()}
	for _, l := range curveLabels(f) {
		parts = append(parts, "Line: "+l+".")
	}
	if c.fit != "" {
		parts = append(parts, "Straight lines: weighted least squares; the number in brackets is the standard error of the last digits.")
	}
	if len(c.errors) > 0 {
		parts = append(parts, "Error bars: "+strings.Join(c.errors, "; ")+"; where none is seen it is smaller than the symbol.")
	}
	parts = slices.DeleteFunc(parts, func(p string) bool { return p == "" })
	return strings.Join(parts, " ")
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
			values = append(values, strings.Trim(number(n, shortest(n)), "$"))
		}
	}
	return equation(symbolIn(columnLabel(c.size)), "$"+strings.Join(values, `,\ `)+"$") + "."
}

func (c *caption) samplesText() string {
	switch {
	case c.most == 0:
		return ""
	case c.least == c.most:
		return fmt.Sprintf("Each point is of %.0f independent samples.", c.most)
	}
	return fmt.Sprintf("Each point is of %.0f to %.0f independent samples.", c.least, c.most)
}

func panelsText(f *Figure) string {
	var shown []string
	for i := range f.Panels {
		s := f.Panels[i].subject()
		if len(f.Panels) > 1 {
			s = fmt.Sprintf("(%c) %s", 'a'+i%26, s)
		}
		shown = append(shown, s)
	}
	if len(f.Panels) == 0 {
		return ""
	}
	return strings.Join(shown, ", ") + " against " + f.Panels[0].X.Label + "."
}

// subject is what a panel shows.
func (p *Panel) subject() string {
	s := p.Y.Label
	switch {
	case p.Map != nil:
		s = p.Map.Label + " over " + p.Y.Label
	case len(p.Histograms) > 0:
		s = "distribution"
	}
	if p.Note != "" {
		s += " at " + p.Note
	}
	return s
}

// curveLabels are the names of the black lines, each once.
func curveLabels(f *Figure) (labels []string) {
	for _, p := range f.Panels {
		for _, l := range p.Lines {
			if l.Style == Black && l.Label != "" && !slices.Contains(labels, l.Label) {
				labels = append(labels, l.Label)
			}
		}
	}
	return labels
}
