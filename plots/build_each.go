package plots

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"hopcap/plots/figure"
)

// A PanelSpec has the settings of one panel if each y has a panel of its own. Empty fields
// are as in the Spec.
type PanelSpec struct {
	Where            map[string]any
	XScale, YScale   string
	XLimits, YLimits []float64
}

// of is the spec of one y alone.
func (s Spec) of(i int) Spec {
	own := s.Each[i]
	s.Each, s.Y = nil, s.Y[i:i+1]
	if i < len(s.YLabel) {
		s.YLabel = s.YLabel[i : i+1]
	}
	if i > 0 {
		s.Inset = nil // which the first panel has
	}
	if own.Where != nil {
		all := maps.Clone(own.Where)
		for column, v := range s.Where {
			all[column] = v
		}
		s.Where = all
	}
	if own.XScale != "" {
		s.XScale = own.XScale
	}
	if own.YScale != "" {
		s.YScale = own.YScale
	}
	if own.XLimits != nil {
		s.XLimits = own.XLimits
	}
	if own.YLimits != nil {
		s.YLimits = own.YLimits
	}
	return s
}

// alone is the spec of each panel in turn.
func (s Spec) alone() []Spec {
	if s.Each == nil || len(s.Each) != len(s.Y) {
		return []Spec{s}
	}
	specs := make([]Spec, len(s.Y))
	for i := range specs {
		specs[i] = s.of(i)
	}
	return specs
}

// each makes the panels of the kind. If panels differ in more than y, it makes them one by
// one.
func (b *builder) each(kind string) ([]figure.Panel, error) {
	if b.spec.Each == nil {
		return builders[kind](b)
	}
	var all []figure.Panel
	for i, spec := range b.spec.alone() {
		one := *b
		one.spec, one.named = spec, slices.Sorted(maps.Keys(b.spec.Each[i].Where))
		panels, err := builders[kind](&one)
		if err != nil {
			return nil, err
		}
		for k := range panels {
			panels[k].Note = b.chosen(b.spec.Each[i].Where)
		}
		all = append(all, panels...)
	}
	restyle(all)
	return all, nil
}

// chosen says which rows a panel shows, where single values choose them.
func (b *builder) chosen(where map[string]any) string {
	var parts []string
	for _, column := range slices.Sorted(maps.Keys(where)) {
		if _, several := where[column].([]any); !several {
			parts = append(parts, b.valueLabel(column, where[column], digitsOf([]any{where[column]})))
		}
	}
	return strings.Join(parts, ", ")
}

// restyle gives series of one label one symbol and colour in all panels, and their lines
// the same.
func restyle(panels []figure.Panel) {
	styles := map[string]int{}
	of := func(label string) int {
		if _, known := styles[label]; !known {
			styles[label] = len(styles)
		}
		return styles[label]
	}
	for i := range panels {
		p, to := &panels[i], map[int]int{figure.Black: figure.Black}
		for k := range p.Series {
			s := &p.Series[k]
			to[s.Style] = of(cmp.Or(s.Label, p.Note)) // a single one is what the panel is
			s.Style = to[s.Style]
		}
		for k := range p.Lines {
			if l := &p.Lines[k]; len(p.Series) == 0 && l.Label != "" && l.Style != figure.Black && !l.Common {
				to[l.Style] = of(l.Label) // the first of the trajectories of a kind
			}
		}
		for k := range p.Lines {
			if style, known := to[p.Lines[k].Style]; known {
				p.Lines[k].Style = style
			}
		}
	}
}
