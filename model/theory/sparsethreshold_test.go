package theory

import (
	"errors"
	"math"
	"testing"
)

// At the best threshold the fold is the maximum over all thresholds, and beside it less.
func TestSparseThresholdCapacity(t *testing.T) {
	for _, fields := range []SparseFields{FieldsOnV, FieldsOnVMinusF, ExactCounts} {
		for _, f := range []float64{0.1, 0.2, 0.5} {
			best, err := NewSparseCapacity(f, fields)
			if err != nil {
				t.Fatal(err)
			}
			p, err := SparseThresholdCapacity(f, best.Theta, fields)
			if err != nil {
				t.Fatal(err)
			}
			near(t, "alpha_c", p.Alpha, best.Alpha, 1e-12)
			near(t, "m_c", p.M, best.M, 1e-6)
			for _, shift := range []float64{-0.05, 0.05} {
				if beside, err := SparseThresholdCapacity(f, best.Theta+shift, fields); err != nil || beside.Alpha >= best.Alpha {
					t.Errorf("f = %g, θ = %g: alpha_c = %v above %v, %v", f, best.Theta+shift, beside.Alpha, best.Alpha, err)
				}
			}
		}
	}
	// At small f the optimum lies beyond the fold.
	best, _ := NewSparseCapacity(0.01, FieldsOnV)
	p, err := SparseThresholdCapacity(0.01, best.Theta, FieldsOnV)
	if err != nil || math.Abs(p.Alpha-4.088) > 1e-3 || math.Abs(best.Alpha-4.368) > 1e-3 {
		t.Errorf("f = 0.01: %v and %v, %v", p.Alpha, best.Alpha, err)
	}
}

// The second route: iteration of the equations from the pattern ends in the state.
func TestSparseAgainstIteration(t *testing.T) {
	for _, c := range []struct {
		share, f, theta float64
		fields          SparseFields
	}{
		{0.95, 0.5, 0, FieldsOnVMinusF}, {0.9, 0.1, 0.5, ExactCounts}, {0.9, 0.3, 0.3, FieldsOnV},
		{0.9, 0.02, 0.7, FieldsOnV}, {1e-6, 0.1, 0.4, FieldsOnV}, {0.9, 0.8, -0.5, ExactCounts},
	} {
		top, err := SparseThresholdCapacity(c.f, c.theta, c.fields)
		if err != nil {
			t.Fatal(err)
		}
		alpha := c.share * top.Alpha
		p, err := Sparse(alpha, c.f, c.theta, c.fields)
		if err != nil {
			t.Fatal(err)
		}
		m, activity := iterateSparse(alpha, c.f, c.theta, c.fields)
		near(t, "m", p.M, m, 1e-9)
		near(t, "activity", p.Activity, activity, 1e-9)
		near(t, "theta", p.Theta, c.theta, 1e-12)
		if _, err := Sparse(1.001*top.Alpha, c.f, c.theta, c.fields); err == nil {
			t.Errorf("%+v: a state beyond the fold", c)
		}
	}
}

// iterateSparse returns m and A of the equations of [NewSparseCapacity].
func iterateSparse(alpha, f, theta float64, fields SparseFields) (m, activity float64) {
	m, activity = 1, f
	c := 0.0
	for range 5000 {
		gamma := alpha * c / (1 - c)
		q, shifted := activity, theta-gamma/2
		switch fields {
		case FieldsOnVMinusF:
			q, shifted = activity-2*f*activity+f*f, theta-gamma*(0.5-f)
		case ExactCounts:
			q, shifted = activity*(1-activity), theta+alpha*activity/(1-c)-gamma/2
		}
		sigma := math.Sqrt(alpha*q) / (1 - c)
		one, zero := (shifted-(1-f)*m)/sigma, (shifted+f*m)/sigma
		m, activity = tail(one)-tail(zero), f*tail(one)+(1-f)*tail(zero)
		c = (f*normal(one) + (1-f)*normal(zero)) / sigma
	}
	return m, activity
}

// Without threshold, and at the best one, the curves of the spins are those of
// [Biased].
func TestBiasedThreshold(t *testing.T) {
	for _, bias := range []float64{0, 0.2, -0.6, 0.95} {
		free, err1 := BiasedCapacity(bias)
		best, theta, err2 := BiasedThresholdCapacity(bias)
		p, err3 := BiasedCapacityAt(bias, 0)
		q, err4 := BiasedCapacityAt(bias, theta)
		if err := first(err1, err2, err3, err4); err != nil {
			t.Fatal(err)
		}
		near(t, "alpha_c without threshold", p.Alpha, free.Alpha, 1e-12)
		near(t, "alpha_c at the best threshold", q.Alpha, best.Alpha, 1e-12)
		for _, share := range []float64{1e-3, 0.5, 0.999} {
			want, err1 := Biased(share*free.Alpha, bias)
			got, err2 := BiasedThreshold(share*free.Alpha, bias, 0)
			if err := first(err1, err2); err != nil {
				t.Fatal(err)
			}
			near(t, "m", got.M, want.M, 1e-10)
			near(t, "mean", got.Mean+1, want.Mean+1, 1e-10)
		}
	}
}

func TestSparseThresholdOfBadArguments(t *testing.T) {
	var domain *DomainError
	for _, c := range []struct{ alpha, f, theta float64 }{
		{0.1, 0.1, 0.95}, {0.1, 0.1, -0.1}, {1, 0.1, 0.5}, {0, 0.1, 0.5}, {math.NaN(), 0.1, 0.5}, {0.1, math.NaN(), 0.5}, {0.1, 0.1, math.NaN()},
	} {
		if _, err := Sparse(c.alpha, c.f, c.theta, ExactCounts); !errors.As(err, &domain) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	if _, err := BiasedThreshold(0.01, 0.5, 0.5); !errors.As(err, &domain) {
		t.Errorf("a threshold above the signal: %v", err)
	}
}
