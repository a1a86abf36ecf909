package plots

import (
	"fmt"
	"slices"
	"strings"
)

// A caption gathers what a reader must know about the points.
type caption struct {
	errors []string // what error bars are, each once
}

// measure notes what the error bars of a quantity are.
func (c *caption) measure(y string, m measure) {
	switch {
	case m.stderr >= 0:
		c.add("one standard error of the mean over independent samples")
	case m.low >= 0:
		c.add("95% Wilson intervals of fractions")
	}
}

func (c *caption) add(what string) {
	if !slices.Contains(c.errors, what) {
		c.errors = append(c.errors, what)
	}
}

// text is the declared caption, or else one made of the labels, and then what
// the lines and the error bars are.
func (c *caption) text(spec Spec, f *Figure) string {
	var parts []string
	if spec.Caption != "" {
		parts = append(parts, spec.Caption)
	} else {
		parts = append(parts, panelsText(f))
	}
	for _, l := range theoryLabels(f) {
		parts = append(parts, "Line: "+l+".")
	}
	if len(c.errors) > 0 {
		parts = append(parts, "Error bars: "+strings.Join(c.errors, "; ")+"; where none is seen it is smaller than the symbol.")
	}
	return strings.Join(parts, " ")
}

func panelsText(f *Figure) string {
	var shown []string
	for i, p := range f.Panels {
		s := p.Y.Label
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

func theoryLabels(f *Figure) (labels []string) {
	for _, p := range f.Panels {
		for _, l := range p.Lines {
			if l.Style == Black && l.Label != "" && !slices.Contains(labels, l.Label) {
				labels = append(labels, l.Label)
			}
		}
	}
	return labels
}
