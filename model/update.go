package model

import "context"

// An updater decides and makes single updates.
type updater interface {
	// unstable reports whether neuron i of replica r would flip.
	unstable(r, i int) bool
	flip(r, i int)
}

// update makes one sweep of single updates, each of them costing about work
// steps.
func update(ctx context.Context, x updater, s *Sweep, neurons, work int, flips []int) error {
	every := max(1, between/max(1, work*len(s.Live)))
	visit := func(t, i int, found func(r, i int)) error {
		if t%every == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			if s.Visited != nil {
				s.Visited(t)
			}
		}
		for _, r := range s.Live {
			if x.unstable(r, i) {
				found(r, i)
				flips[r]++
			}
		}
		return nil
	}
	for t, i := range s.Order {
		if err := visit(t, int(i), x.flip); err != nil {
			return err
		}
	}
	if s.Order != nil {
		return nil
	}
	type place struct{ r, i int }
	var turned []place
	for i := range neurons {
		if err := visit(i, i, func(r, i int) { turned = append(turned, place{r, i}) }); err != nil {
			return err
		}
	}
	for _, p := range turned {
		x.flip(p.r, p.i)
	}
	return nil
}
