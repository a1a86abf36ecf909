package theory

import (
	"fmt"
	"math"
	"slices"

	equations "hopcap/model/theory"
	"hopcap/plots/theory/tables"
)

// retrieval is the theory of a retrieval state that package tables has: its overlap
// with the pattern against the load, up to the load at which it vanishes. The curve
// depends on further settings, keys of a config.
func retrieval(name string, holds conditions, uses ...string) Theory {
	return Theory{
		Label: replicaSymmetric, holds: holds, uses: uses,
		x: []string{"alpha"}, y: []string{"overlap_final"}, curve: tableCurve(name, "m", uses...), marks: endMark(name, uses...),
	}
}

// projectionStep is the overlap after the first parallel step of the pseudo-inverse,
// with a diagonal or without.
func projectionStep(column string, diagonal bool) Theory {
	return Theory{
		Label: "one step", holds: of("pseudo_inverse").and("order", "parallel").and("max_sweeps", 1).and("diagonal", diagonal),
		uses: []string{"overlap"},
		x:    []string{"alpha"}, y: []string{"overlap_final"}, curve: tableCurve("pseudo-inverse", column, "overlap"),
	}
}

// tableCurve is a column of the last table of a curve against the load.
func tableCurve(name, column string, uses ...string) curve {
	return func(_ string, at Settings, lo, hi float64) (xs, ys []float64, ok bool) {
		c, request, ok := requested(name, at, uses)
		if !ok {
			return nil, nil, false
		}
		end, err := c.End("alpha", request)
		if err != nil {
			return nil, nil, false
		}
		return sampled(aboveZero(lo, hi), math.Min(hi, end), func(alpha float64) (float64, error) {
			request.Values["alpha"] = []float64{alpha}
			result, err := c.Solve(request)
			if err != nil {
				return 0, err
			}
			values, ok := result.Numbers(column)
			if !ok || len(values) != 1 {
				return 0, fmt.Errorf("%s has no single %s at alpha = %g", name, column, alpha)
			}
			return values[0], nil
		})
	}
}

// endMark marks the load at which a curve ends.
func endMark(name string, uses ...string) func(at Settings) []Mark {
	return func(at Settings) []Mark {
		c, request, ok := requested(name, at, uses)
		if !ok {
			return nil
		}
		end, err := c.End("alpha", request)
		if err != nil || math.IsInf(end, 0) {
			return nil
		}
		return []Mark{{At: end, Label: fmt.Sprintf(`$\alpha_c = %.3f$`, end)}}
	}
}

// requested is a curve of package tables and what settings ask it for: the values of
// some keys. A key without value is zero where that is the default of the curve, as for
// the temperature; else there is no curve.
func requested(name string, at Settings, keys []string) (*tables.Curve, tables.Request, bool) {
	request := tables.Request{Values: map[string][]float64{}}
	c, ok := tables.Named(name)
	if !ok {
		return nil, request, false
	}
	for _, p := range c.Parameters {
		if !slices.Contains(keys, p.ConfigKey()) {
			continue
		}
		otherwise := math.NaN()
		if slices.Equal(p.Default, []float64{0}) {
			otherwise = 0
		}
		v := at.number(p.ConfigKey(), otherwise)
		if math.IsNaN(v) {
			return nil, request, false
		}
		request.Values[p.Name] = []float64{v}
	}
	return c, request, true
}

// sequenceTrajectory is the overlap with the pattern that is due at each step of
// parallel dynamics (Düring, Coolen and Sherrington 1998).
var sequenceTrajectory = Theory{
	Label: "exact recursion", holds: of("sequence").and("order", "parallel"), uses: []string{"alpha", "overlap", "temperature"},
	x: []string{"step"}, y: []string{"overlap_due"}, curve: sequenceSteps,
}

func sequenceSteps(_ string, at Settings, _, hi float64) (xs, ys []float64, ok bool) {
	states, err := equations.SequenceTrajectory(at.number("alpha", 0), at.number("temperature", 0), at.number("overlap", 1), int(hi))
	for _, s := range states {
		xs, ys = append(xs, float64(s.Step)), append(ys, s.M)
	}
	return xs, ys, err == nil
}
