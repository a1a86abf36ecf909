package scaling

import (
	"cmp"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"sort"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// A Scaling maps loads to the scaling variable of a collapse,
//
//	z = (α − α_c − a·N^−x) N^y.
//
// Without a displacement, a = 0, the centre of the transition moves as N^−y and
// no faster.
type Scaling struct {
	Critical float64 // α_c
	Power    float64 // y
	Shift    float64 // a
	ShiftBy  float64 // x
}

// Z is the scaling variable.
func (s Scaling) Z(n int, alpha float64) float64 {
	return (alpha - s.Critical - s.Shift*math.Pow(float64(n), -s.ShiftBy)) * math.Pow(float64(n), s.Power)
}

// Quality is S of Houdayer & Hartmann, Phys. Rev. B 70, 014418 (2004), appendix:
//
//	S = (1/𝒩) Σ_ij (y_ij − Y_ij)² / (dy_ij² + dY_ij²),
//
// where point j of size i is compared with the master curve Y at its place, a
// straight line through the points of all other sizes that lie next to it on
// either side. It is near 1 where the curves fall together within their errors,
// and NaN where they do not overlap.
func (s Scaling) Quality(curves []Curve) float64 {
	q, _ := s.quality(curves)
	return q
}

func (s Scaling) quality(curves []Curve) (q float64, compared int) {
	sets := s.points(curves)
	sum := 0.0
	for i, set := range sets {
		for _, d := range set {
			if y, variance, ok := master(sets, i, d.X); ok {
				sum += (d.Y - y) * (d.Y - y) / (d.StdErr*d.StdErr + variance)
				compared++
			}
		}
	}
	return sum / float64(compared), compared
}

// points are the points of each curve, with the scaling variable for X.
func (s Scaling) points(curves []Curve) [][]XY {
	sets := make([][]XY, len(curves))
	for i, c := range curves {
		effect := c.DesignEffect()
		for _, l := range c.Levels {
			y, dy := l.Tally().smoothed(effect)
			sets[i] = append(sets[i], XY{s.Z(c.N, l.Alpha), y, dy})
		}
		slices.SortFunc(sets[i], func(a, b XY) int { return cmp.Compare(a.X, b.X) })
	}
	return sets
}

// master is the value and the variance at z of the straight line through the
// neighbours of z in all sets but one.
func master(sets [][]XY, but int, z float64) (y, variance float64, ok bool) {
	var near []XY
	for i, set := range sets {
		after := sort.Search(len(set), func(j int) bool { return set[j].X > z })
		if i == but || after == 0 || after == len(set) {
			continue
		}
		near = append(near, set[after-1:after+1]...)
	}
	line, ok := StraightLine(near)
	if !ok {
		return 0, 0, false
	}
	y, stderr := line.At(z)
	return y, stderr * stderr, true
}

// A Collapse is the scaling of best quality, with standard errors and intervals of
// 95 %.
type Collapse struct {
	Scaling
	Quality       float64
	CriticalError float64
	PowerError    float64
	CriticalRange Interval
	PowerRange    Interval
}

// ErrNoCollapse says that no scaling brings the curves to overlap.
var ErrNoCollapse = errors.New("the curves do not fall together anywhere")

// Collapse finds the critical load and the power of best quality, from a first
// guess whose displacement is kept. The errors come from replicates drawn from the
// probit curves fitted to each size: to draw anew from the pattern sets would add
// the noise of the data to itself, and S, whose master curve is made of the noisy
// points, answers with errors a third too large.
func (b Bootstrap) Collapse(curves []Curve, guess Scaling) (Collapse, error) {
	best, quality, err := guess.improve(curves)
	if err != nil {
		return Collapse{}, err
	}
	fits, err := fitAll(curves)
	if err != nil {
		return Collapse{}, err
	}
	c := Collapse{Scaling: best, Quality: quality}
	var critical, power []float64
	for r := range b.Replicates {
		again := make([]Curve, len(curves))
		for i, curve := range curves {
			again[i] = fits[i].simulate(curve, b.source(curve.N, r))
		}
		if s, _, err := best.improve(again); err == nil {
			critical, power = append(critical, s.Critical), append(power, s.Power)
		}
	}
	c.CriticalError, c.CriticalRange = about(best.Critical, critical)
	c.PowerError, c.PowerRange = about(best.Power, power)
	return c, nil
}

func fitAll(curves []Curve) ([]LinkFit, error) {
	fits := make([]LinkFit, len(curves))
	for i, c := range curves {
		var err error
		if fits[i], err = Probit.Fit(c.Tallies()); err != nil {
			return nil, err
		}
	}
	return fits, nil
}

// simulate draws, at each level of a curve, as many independent cues as are worth
// its own.
func (f LinkFit) simulate(c Curve, src rand.Source) Curve {
	again := Curve{N: c.N}
	effect := c.DesignEffect()
	for _, l := range c.Levels {
		cues := max(1, math.Round(l.Tally().Cues/effect))
		hits := distuv.Binomial{N: cues, P: f.P(l.Alpha), Src: src}.Rand()
		again.Levels = append(again.Levels, Level{l.Alpha, []Outcome{{0, 1, int(cues - hits)}, {1, 1, int(hits)}}})
	}
	return again
}

// about is the standard deviation of replicates and 1.96 of them to either side of
// a value.
func about(value float64, replicates []float64) (float64, Interval) {
	if len(replicates) < 2 {
		return math.NaN(), Interval{math.NaN(), math.NaN()}
	}
	sigma := stat.StdDev(replicates, nil)
	return sigma, Interval{value - 1.96*sigma, value + 1.96*sigma}
}

// improve minimises S, with loads in units of a tenth of the narrowest window. A
// scaling under which fewer than half of the points can be compared is no collapse,
// however good.
func (s Scaling) improve(curves []Curve) (Scaling, float64, error) {
	unit, points := windows(curves)
	at := func(x [2]float64) Scaling {
		t := s
		t.Critical, t.Power = s.Critical+unit/10*x[0], s.Power+0.1*x[1]
		return t
	}
	x, least := descend(func(x [2]float64) float64 {
		q, compared := at(x).quality(curves)
		if 2*compared < points {
			return math.Inf(1)
		}
		return q
	})
	if math.IsInf(least, 1) {
		return s, 0, ErrNoCollapse
	}
	return at(x), least, nil
}

func windows(curves []Curve) (narrowest float64, points int) {
	narrowest = math.Inf(1)
	for _, c := range curves {
		points += len(c.Levels)
		if n := len(c.Levels); n > 1 {
			narrowest = math.Min(narrowest, c.Levels[n-1].Alpha-c.Levels[0].Alpha)
		}
	}
	return narrowest, points
}
