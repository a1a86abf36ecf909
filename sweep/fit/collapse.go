package fit

import (
	"slices"

	"hopcap/sweep/scaling"
)

// collapseReplicates suffice for an error that is quoted to one digit.
const collapseReplicates = 100

// collapse looks for the collapse near what the fits say.
func (r *Result) collapse(b scaling.Bootstrap) {
	q := r.Quoted()
	if q.Err != nil {
		return
	}
	guess := scaling.Scaling{Critical: q.Critical.Value, Power: 0.5}
	if len(q.Width.Fits) > 0 {
		guess.Power = q.Width.Value
	}
	if law, ok := q.Critical.Broadest(); ok {
		guess.Critical, guess.Shift, guess.ShiftBy = law.Value, law.Amplitude, law.Power
		r.CollapseFrom = law.Smallest
	}
	var err error
	b.Replicates = collapseReplicates
	if r.Collapse, err = b.Collapse(r.Collapsed(), guess); err != nil {
		r.warn("collapse: %v", err)
	}
}

// Collapsed are the curves of the collapse, by rising N.
func (r *Result) Collapsed() []scaling.Curve {
	return slices.DeleteFunc(slices.Clone(r.Curves), func(c scaling.Curve) bool {
		return c.N < r.CollapseFrom || !r.Extrapolated(c.N)
	})
}
