package scaling

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func study(t *testing.T, sets int, sizes ...int) Extrapolation {
	t.Helper()
	var curves []Curve
	for _, n := range sizes {
		curves = append(curves, hopfield(n).draw(Probit, 11, sets, rand.NewPCG(uint64(n), 8)))
	}
	x, err := Bootstrap{Replicates: 100, Seed: 1}.Extrapolate(curves, Probit)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestExtrapolate(t *testing.T) {
	x := study(t, 1000, 16000, 500, 4000, 1000, 8000, 2000)
	for i, th := range x.Thresholds {
		if th.N != sizes[i] {
			t.Fatalf("sizes out of order: %+v", x.Thresholds)
		}
	}
	near(t, "α_c", x.Critical.Value, 0.1425, 2.5*x.Critical.Error())
	limit, stderr := x.Critical.At(1e100)
	near(t, "average at ∞", limit, x.Critical.Value, 1e-9)
	near(t, "its error", stderr, x.Critical.Error(), 1e-9)
	if v, _ := x.Critical.At(250); !math.IsNaN(v) {
		t.Errorf("%v at a size below all that were fitted", v)
	}
	near(t, "x", x.Displacement.Value, 2./3, 3*x.Displacement.Error())
	near(t, "y", x.Width.Value, 0.5, 3*x.Width.Error())
	less, err := x.WithoutSmallest()
	if err != nil {
		t.Fatal(err)
	}
	if less.Thresholds[0].N != 1000 {
		t.Errorf("smallest left out, and %d is there", less.Thresholds[0].N)
	}
	near(t, "α_c without the smallest", less.Critical.Value, x.Critical.Value, 2*x.Critical.Error())
	best, ok := x.Critical.Best()
	for _, c := range x.Critical.Fits {
		if ok && c.Weight > 0 && c.ChiSquare+2*float64(c.parameters()+dropped(c)) < best.ChiSquare+2*float64(best.parameters()+dropped(Candidate{Fit: best})) {
			t.Errorf("%v from %d on is better than %v from %d on", c.Law, c.Smallest, best.Law, best.Smallest)
		}
	}
}

func dropped(c Candidate) int { return len(sizes) - c.Sizes }

// A size that is set aside has a threshold all the same, and no influence.
func TestExtrapolateWithSizesSetAside(t *testing.T) {
	var curves []Curve
	for _, n := range sizes {
		curves = append(curves, hopfield(n).draw(Probit, 11, 200, rand.NewPCG(uint64(n), 8)))
	}
	b := Bootstrap{Replicates: 50, Seed: 1}
	without, err := b.Extrapolate(curves[1:], Probit)
	if err != nil {
		t.Fatal(err)
	}
	curves[0].Aside = true
	x, err := b.Extrapolate(curves, Probit)
	if err != nil {
		t.Fatal(err)
	}
	if len(x.Thresholds) != len(sizes) || x.Critical.Value != without.Critical.Value || x.Width.Value != without.Width.Value {
		t.Errorf("%d thresholds, α_c = %v, y = %v; want %v, %v", len(x.Thresholds), x.Critical.Value, x.Width.Value, without.Critical.Value, without.Width.Value)
	}
	if less, err := x.WithoutSmallest(); err != nil || less.Thresholds[0].N != 2000 {
		t.Errorf("the smallest of those used is left out: %+v, %v", less.Thresholds, err)
	}
	other, err := b.Extrapolate(curves, Spline{})
	if err != nil {
		t.Fatal(err)
	}
	d, _ := x.move(other)
	other.Thresholds[0].Half++
	again, _ := x.move(other)
	near(t, "move by a size set aside", again, d, 0)
}

func TestExtrapolateLeavesOutWhatHoldsNoTransition(t *testing.T) {
	curves := []Curve{{N: 250, Levels: []Level{{0.1, []Outcome{{1, 1, 50}}}, {0.2, []Outcome{{1, 1, 50}}}}}}
	for _, n := range sizes {
		curves = append(curves, hopfield(n).draw(Probit, 11, 200, rand.NewPCG(uint64(n), 8)))
	}
	x, err := Bootstrap{Replicates: 50, Seed: 1}.Extrapolate(curves, Logit)
	if err != nil {
		t.Fatal(err)
	}
	if len(x.Thresholds) != len(sizes) || len(x.Warnings) != 1 {
		t.Errorf("%d thresholds, warnings %q", len(x.Thresholds), x.Warnings)
	}
	if _, err := (Bootstrap{Replicates: 50}).Extrapolate(curves[:2], Logit); !errors.Is(err, ErrNoFit) {
		t.Errorf("one size gave error %v", err)
	}
}

func TestCombine(t *testing.T) {
	at := func(v, e float64) Extrapolation { return Extrapolation{Critical: Average{Value: v, Statistical: e}} }
	quoted := Extrapolation{Critical: Average{Value: 0.14, Statistical: 3e-4, Systematic: 4e-4}}
	c := Combine(quoted, []Extrapolation{at(0.141, 1e-3), at(0.14, 0.5e-3)}, nil)
	near(t, "criterion", c.Criterion, 1e-3/math.Sqrt(5), 1e-12)
	near(t, "error", c.Error(), math.Sqrt(9e-8+16e-8+20e-8), 1e-12)
	alone := Combine(quoted, nil, nil)
	near(t, "alone", alone.Error(), 5e-4, 1e-12)
	if !math.IsNaN(alone.Criterion) || !math.IsNaN(alone.Estimator) {
		t.Errorf("compared with nothing: criterion %g, estimator %g", alone.Criterion, alone.Estimator)
	}
}

// The influence of a size on α_c, against what happens when its threshold is moved.
func TestInfluence(t *testing.T) {
	x := study(t, 1000, sizes...)
	data := halves(x.Thresholds)
	for _, l := range []Law{{Limit: true}, {Limit: true, Exponent: 2. / 3, Relative: 1. / 3}} {
		f, err := l.Fit(data, 1000)
		if err != nil {
			t.Fatal(err)
		}
		for i, d := range data {
			const h = 1e-7
			moved := slices.Clone(data)
			moved[i].Value += h
			g, err := l.Fit(moved, 1000)
			if err != nil {
				t.Fatal(err)
			}
			near(t, fmt.Sprintf("%v, N = %d", l, d.N), f.influence(d), (g.Value-f.Value)/h, 0.05)
		}
	}
}

// Estimators that differ by noise alone have no systematic error; those that differ by
// more have the rest.
func TestBiasOfEstimators(t *testing.T) {
	var curves []Curve
	for _, n := range sizes {
		curves = append(curves, hopfield(n).draw(Probit, 11, 300, rand.NewPCG(uint64(n), 18)))
	}
	b := Bootstrap{Replicates: 100, Seed: 1}
	quoted, err := b.Extrapolate(curves, Probit)
	if err != nil {
		t.Fatal(err)
	}
	other, err := b.Extrapolate(curves, Isotonic{})
	if err != nil {
		t.Fatal(err)
	}
	_, variance := quoted.move(other)
	sigma := math.Sqrt(variance)
	if s := quoted.Critical.Statistical; sigma < 0.5*s || sigma > 4*s {
		t.Errorf("noise %v between estimators, statistical error %v", sigma, s)
	}
	// A bias common to all sizes is one of α_c.
	shifted := func(by float64) Extrapolation {
		x := other
		x.Thresholds = slices.Clone(quoted.Thresholds)
		for i := range x.Thresholds {
			x.Thresholds[i].Half += by
			x.Thresholds[i].Replicates = other.Thresholds[i].Replicates
		}
		return x
	}
	d, _ := quoted.move(shifted(1e-3))
	near(t, "move", d, 1e-3, 1e-8)
	near(t, "within the noise", Combine(quoted, nil, []Extrapolation{shifted(0.9 * sigma)}).Estimator, 0, 0)
	near(t, "beyond it", Combine(quoted, nil, []Extrapolation{shifted(5 * sigma)}).Estimator, math.Sqrt(24)*sigma, 1e-8)
}
