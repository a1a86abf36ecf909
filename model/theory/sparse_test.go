package theory

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

// At f = ½ fields on V − f, and patterns with exactly N/2 ones, are Hebb's network.
func TestSparseAtHalf(t *testing.T) {
	alphaC, mC := AGSCapacity()
	for _, fields := range []SparseFields{FieldsOnVMinusF, ExactCounts} {
		p, err := NewSparseCapacity(0.5, fields)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "alpha_c", p.Alpha, alphaC, 1e-13)
		near(t, "m_c", p.M, mC, 1e-12)
		near(t, "bits", p.Bits, alphaC, 1e-13)
	}
	p, err := NewSparseCapacity(0.5, FieldsOnV)
	if err != nil || math.Abs(p.Alpha/alphaC-0.5) > 0.002 {
		t.Errorf("fields on V: alpha_c = %v, %v, want about half", p.Alpha, err)
	}
}

// Exact counts: Σ_j(η_j − f) = 0, so fields on V are fields on V − f at a threshold
// larger by fα, with noise that is smaller by the fluctuation of the activity.
func TestSparseThresholds(t *testing.T) {
	for _, c := range []struct{ f, theta float64 }{{0.5, -0.07}, {0.3, 0.20}, {0.1, 0.50}, {0.01, 0.64}} {
		p, err := NewSparseCapacity(c.f, ExactCounts)
		if err != nil || math.Abs(p.Theta-c.theta) > 0.006 {
			t.Errorf("f = %g: theta = %v, want %v, %v", c.f, p.Theta, c.theta, err)
		}
	}
	// Ones and zeros exchanged.
	for _, fields := range []SparseFields{FieldsOnVMinusF, ExactCounts} {
		p, err1 := NewSparseCapacity(0.2, fields)
		q, err2 := NewSparseCapacity(0.8, fields)
		if err := first(err1, err2); err != nil {
			t.Fatal(err)
		}
		near(t, "alpha_c(1−f)", q.Alpha, p.Alpha, 1e-12)
	}
}

// Tsodyks and Feigel'man (1988): 1/(2f|ln f|), approached slowly from below.
func TestSparseAsymptote(t *testing.T) {
	before := 0.0
	for _, f := range []float64{1e-2, 1e-4, 1e-8, 1e-12} {
		p, err1 := NewSparseCapacity(f, FieldsOnV)
		limit, err2 := SparseAsymptote(f)
		if err := first(err1, err2); err != nil {
			t.Fatal(err)
		}
		share := p.Alpha / limit
		if share < before || share > 0.7 || f == 1e-4 && math.Abs(share-0.5) > 0.01 {
			t.Errorf("f = %g: alpha_c is %v of its asymptote", f, share)
		}
		before = share
	}
}

// The second route: the free slopes vanish and no neighbour has a larger load; the
// state obeys the equations.
func TestSparseObeysItsEquations(t *testing.T) {
	for _, fields := range []SparseFields{FieldsOnV, FieldsOnVMinusF, ExactCounts} {
		for _, f := range []float64{0.5, 0.1, 0.003, 1e-6} {
			p, err := NewSparseCapacity(f, fields)
			if err != nil {
				t.Fatal(err)
			}
			a, gamma := p.Activity, p.Alpha*p.C/(1-p.C)
			q, theta := a, p.Theta-gamma/2
			switch fields {
			case FieldsOnVMinusF:
				q, theta = a-2*f*a+f*f, p.Theta-gamma*(0.5-f)
			case ExactCounts:
				q, theta = a*(1-a), p.Theta+p.Alpha*a/(1-p.C)-gamma/2
			}
			sigma := math.Sqrt(p.Alpha*q) / (1 - p.C)
			one, zero := (theta-(1-f)*p.M)/sigma, (theta+f*p.M)/sigma
			near(t, "missing", p.Missing, tail(-one), 1e-10)
			near(t, "spurious", p.Spurious, tail(zero), 1e-9)
			near(t, "activity", a, f*tail(one)+(1-f)*tail(zero), 1e-11)
			near(t, "C", p.C, (f*normal(one)+(1-f)*normal(zero))/sigma, 1e-10)
			for _, step := range [][2]float64{{0.01, 0}, {-0.01, 0}, {0, 0.01}, {0, -0.01}, {0.01, 0.01}, {-0.01, 0.01}} {
				if s := (sparseState{f, fields, one + step[0], zero + step[1]}); s.alpha() > p.Alpha {
					t.Errorf("f = %g, fields on %s: a larger load beside the optimum", f, fields)
				}
			}
		}
	}
}

// One parallel step from a pattern: missing and spurious ones, exact counts, N = 100.
func TestSparseStepAgainstSimulation(t *testing.T) {
	const n, k, ones, theta, samples = 100, 60, 10, 0.45, 2500
	const f = ones / float64(n)
	rng := rand.New(rand.NewPCG(15, 16))
	// First step: C = 0, m = 1, σ² = αA(1−A) with A = f, θ' = θ + αf.
	alpha := k / float64(n)
	sigma, shifted := math.Sqrt(alpha*f*(1-f)), theta+alpha*f
	want := [2]float64{tail((shifted + f) / sigma), tail(-(shifted - (1 - f)) / sigma)}
	var wrong, seen [2]float64
	for range samples {
		for eta, v := range sparseNeurons(rng, n, k, ones, theta) {
			seen[eta]++
			if v != eta {
				wrong[eta]++
			}
		}
	}
	for eta := range want {
		mean := wrong[eta] / seen[eta]
		if stderr := math.Sqrt(want[eta] / seen[eta]); math.Abs(mean-want[eta]) > 4*stderr+1./n {
			t.Errorf("η = %d: simulated error %.4f ± %.4f, theory %.4f", eta, mean, stderr, want[eta])
		}
	}
}

// sparseNeurons returns the states of a neuron with η = 0 and of one with η = 1 after one
// step from a pattern.
func sparseNeurons(rng *rand.Rand, n, k, ones int, theta float64) (v [2]int) {
	f := float64(ones) / float64(n)
	var field [2]float64
	for mu := range k {
		eta := make([]bool, n)
		for _, i := range rng.Perm(n)[:ones] {
			eta[i] = true
		}
		centred := func(one bool) float64 {
			if one {
				return 1 - f
			}
			return -f
		}
		// The cue has its ones at the first places, and η_n−1 = 0.
		others := [2]float64{}
		for j := range ones {
			others[0] += centred(eta[j])
			if j > 0 {
				others[1] += centred(eta[j])
			}
		}
		if mu == 0 {
			field[0] -= f * float64(ones) * (1 - f)
			field[1] += (1 - f) * float64(ones-1) * (1 - f)
			continue
		}
		field[0] += centred(eta[n-1]) * others[0]
		field[1] += centred(eta[0]) * others[1]
	}
	for i, h := range field {
		if h/(float64(n)*f*(1-f)) > theta {
			v[i] = 1
		}
	}
	return v
}

func TestSparseOfBadArguments(t *testing.T) {
	var domain *DomainError
	for _, f := range []float64{0, 1, -0.1, 1e-13, math.NaN(), math.Inf(1)} {
		if _, err := NewSparseCapacity(f, FieldsOnV); !errors.As(err, &domain) {
			t.Errorf("f = %g: %v", f, err)
		}
	}
	if _, err := NewSparseCapacity(0.5, fieldsOnSpins); !errors.As(err, &domain) {
		t.Errorf("fields on spins: %v", err)
	}
}
