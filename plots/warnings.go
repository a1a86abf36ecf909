package plots

import (
	"fmt"

	"hopcap/plots/figure"
)

// warnings say what a figure was asked to show and cannot.
func (b *builder) warnings(f *figure.Figure) (all []string) {
	for _, name := range b.spec.Theory {
		if !b.caption.said[name] {
			all = append(all, fmt.Sprintf("theory %q has no curve or value for this figure", name))
		}
	}
	if w := b.spec.Width; w != 0 && w != figure.OneColumn && w != figure.TwoColumns {
		all = append(all, fmt.Sprintf("width %v cm is neither one column of Physical Review, %v, nor two, %v", w, figure.OneColumn, figure.TwoColumns))
	}
	if b.caption.given > 0 && b.caption.chosen == 0 {
		all = append(all, fmt.Sprintf("none of %d rows of %s has the values that where asks for", b.caption.given, b.tableName()))
	}
	for i := range f.Panels {
		p := &f.Panels[i]
		where := ""
		if len(f.Panels) > 1 {
			where = fmt.Sprintf(" in panel (%c)", 'a'+i%26)
		}
		points, lost, shown := p.Counted()
		if lost > 0 {
			all = append(all, fmt.Sprintf("%d of %d points%s are not positive and cannot be shown on a log axis", lost, points, where))
		}
		if points > lost && shown == 0 {
			all = append(all, fmt.Sprintf("none of %d points%s lies within the limits", points, where))
		}
	}
	return all
}
