package scaling

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

// One point of a second curve between two of the first, worked out by hand from
// the formula of Houdayer and Hartmann.
func TestQualityByHand(t *testing.T) {
	level := func(alpha float64, hits int) Level {
		return Level{alpha, []Outcome{{0, 1, 100 - hits}, {1, 1, hits}}}
	}
	curves := []Curve{
		{N: 100, Levels: []Level{level(0.1, 80), level(0.2, 20)}},
		{N: 200, Levels: []Level{level(0.15, 40)}},
	}
	// With N^0 the scaling variable is the load. The line through (80.5/101 and
	// 20.5/101) is ½ in the middle with the weighted errors of both.
	p := 40.5 / 101
	dy2 := p * (1 - p) / 101
	q := 80.5 / 101
	master2 := q * (1 - q) / 101 / 2 // equal errors: half the variance in the middle
	want := (p - 0.5) * (p - 0.5) / (dy2 + master2)
	near(t, "S", Scaling{}.Quality(curves), want, 1e-9)
}

func TestQualityOfCurvesThatDoNotMeet(t *testing.T) {
	a := Curve{N: 100, Levels: []Level{{0.1, []Outcome{{1, 1, 5}}}, {0.2, []Outcome{{0, 1, 5}}}}}
	b := Curve{N: 100, Levels: []Level{{0.3, []Outcome{{1, 1, 5}}}, {0.4, []Outcome{{0, 1, 5}}}}}
	if q := (Scaling{}).Quality([]Curve{a, b}); !math.IsNaN(q) {
		t.Errorf("S = %v", q)
	}
	if _, err := (Bootstrap{}).Collapse([]Curve{a, b}, Scaling{}); !errors.Is(err, ErrNoCollapse) {
		t.Errorf("error %v", err)
	}
}

// With the displacement of the fold taken out, curves like those of the trial run
// fall together at α_c; without it they do so elsewhere.
func TestCollapseWithDisplacement(t *testing.T) {
	var curves []Curve
	for i, n := range []int{1000, 2000, 4000, 8000, 16000} {
		curves = append(curves, hopfield(n).draw(Probit, 11+i, 400, rand.NewPCG(uint64(n), 1)))
	}
	b := Bootstrap{Replicates: 20, Seed: 1}
	with, err := b.Collapse(curves, Scaling{Critical: 0.142, Power: 0.5, Shift: 2.35, ShiftBy: 2. / 3})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "α_c", with.Critical, 0.1425, 4*with.CriticalError)
	near(t, "y", with.Power, 0.5, 4*with.PowerError)
	if with.Quality > 2 || with.CriticalError > 5e-4 {
		t.Errorf("S = %v, α_c ± %v", with.Quality, with.CriticalError)
	}
	without, err := b.Collapse(curves, Scaling{Critical: 0.142, Power: 0.5})
	if err != nil {
		t.Fatal(err)
	}
	// The place where z = 0 then moves as N^−y, and so does not end where it should.
	if d := math.Abs(without.Critical - 0.1425); d < 4*without.CriticalError {
		t.Errorf("α_c = %v ± %v without displacement", without.Critical, without.CriticalError)
	}
}

func TestDescend(t *testing.T) {
	valley := func(x [2]float64) float64 {
		return 10*(x[1]-x[0]*x[0])*(x[1]-x[0]*x[0]) + (1-x[0])*(1-x[0])
	}
	x, least := descend(valley)
	near(t, "x", x[0], 1, 2e-3)
	near(t, "y", x[1], 1, 4e-3)
	near(t, "minimum", least, 0, 1e-6)
}
