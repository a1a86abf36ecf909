package scaling

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// An Interval holds the truth with a probability of 95 %.
type Interval struct{ Low, High float64 }

// A Threshold is a transition with its errors.
type Threshold struct {
	N         int
	Estimator string
	Aside     bool // as the curve
	Transition
	// Standard errors and intervals, from a bootstrap over pattern sets. They are NaN if all
	// replicates are the same, as with one pattern set at each load.
	HalfError, WidthError float64
	HalfRange, WidthRange Interval
	// Replicates are the α_½ of the bootstrap. Failed replicates had no transition; they
	// are NaN. Different estimators of one curve use the same draws.
	Replicates []float64
	Failed     int
}

// Extrapolated reports whether the threshold takes part in the extrapolation to N → ∞. It
// does not if its size is set aside or if it has no error.
func (t Threshold) Extrapolated() bool { return !t.Aside && t.HalfError > 0 }

// A Bootstrap estimates errors from replicates of a curve. Each replicate draws pattern
// sets anew from the sets of every level, with replacement (Efron, Ann. Stat. 7, 1
// (1979)). A set is drawn with all of its cues, because the cues share its disorder.
type Bootstrap struct {
	Replicates int
	Seed       uint64
}

// Threshold estimates the transition of a curve and its errors. The replicates
// depend on the seed and on N alone, so different estimators see the same.
func (b Bootstrap) Threshold(c Curve, e Estimator) (Threshold, error) {
	at, err := e.Estimate(c.Tallies())
	if err != nil {
		return Threshold{}, err
	}
	t := Threshold{N: c.N, Estimator: e.Name(), Aside: c.Aside, Transition: at}
	var halves, widths []float64
	for r := range b.Replicates {
		again, err := e.Estimate(c.Resample(b.source(c.N, r)).Tallies())
		if err != nil {
			t.Failed++
			t.Replicates = append(t.Replicates, math.NaN())
			continue
		}
		t.Replicates = append(t.Replicates, again.Half)
		halves = append(halves, again.Half)
		if !math.IsNaN(again.Width) {
			widths = append(widths, again.Width)
		}
	}
	t.HalfError, t.HalfRange = spread(halves)
	t.WidthError, t.WidthRange = spread(widths)
	return t, nil
}

// source is the random stream of one replicate of one size.
func (b Bootstrap) source(n, replicate int) rand.Source {
	return rand.NewPCG(b.Seed, uint64(n)<<32|uint64(replicate))
}

// spread is the standard deviation of the replicates and the range that holds
// 95 % of them; NaN where they are all the same. Where each load has one pattern set
// they are: there is nothing else to draw.
func spread(values []float64) (float64, Interval) {
	slices.Sort(values)
	if len(values) == 0 || values[0] == values[len(values)-1] {
		return math.NaN(), Interval{math.NaN(), math.NaN()}
	}
	return stat.StdDev(values, nil), Interval{
		stat.Quantile(0.025, stat.LinInterp, values, nil),
		stat.Quantile(0.975, stat.LinInterp, values, nil),
	}
}

// Resample draws pattern sets at each level, with replacement, as many as the level has.
func (c Curve) Resample(src rand.Source) Curve {
	again := Curve{N: c.N, Levels: make([]Level, len(c.Levels))}
	for i, l := range c.Levels {
		again.Levels[i] = l.resample(src)
	}
	return again
}

// resample draws the multinomial numbers of outcomes one by one, each binomial
// given those before it.
func (l Level) resample(src rand.Source) Level {
	again := Level{Alpha: l.Alpha, Outcomes: slices.Clone(l.Outcomes)}
	left, remaining := l.Sets(), l.Sets() // to draw; and those not of an earlier outcome
	for i, o := range l.Outcomes {
		drawn := left
		if o.Sets < remaining && left > 0 {
			drawn = int(distuv.Binomial{N: float64(left), P: float64(o.Sets) / float64(remaining), Src: src}.Rand())
		}
		again.Outcomes[i].Sets = drawn
		left -= drawn
		remaining -= o.Sets
	}
	return again
}
