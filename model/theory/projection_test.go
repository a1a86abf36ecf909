package theory

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// At α_g the largest projection is stationary and 1 (Kanter and Sompolinsky 1987:
// 0.36338).
func TestProjectionGlassLoad(t *testing.T) {
	largest := func(alpha float64) float64 {
		return math.Sqrt(2*(1-alpha)/math.Pi) + math.Sqrt(alpha*(1-2/math.Pi))
	}
	near(t, "alpha_g", ProjectionGlassLoad, 0.36338, 1e-5)
	near(t, "projection", largest(ProjectionGlassLoad), 1, 1e-15)
	near(t, "alpha of the maximum", maximum(largest, 0.1, 0.9), ProjectionGlassLoad, 1e-8)
}

func TestProjectionStepLimits(t *testing.T) {
	for _, c := range []struct{ alpha, m0, zero, kept float64 }{
		{0.3, 1, 1, 1}, {0.9, 1, 1, 1}, {0.3, -1, -1, -1}, {0.3, 0, 0, 0},
	} {
		p, err := NewProjectionStep(c.alpha, c.m0)
		if err != nil || p.M1 != c.zero || math.Abs(p.M1Kept-c.kept) > 1e-16 {
			t.Errorf("%+v: %+v, %v", c, p, err)
		}
	}
	// One wrong neuron, kept diagonal: corrected below α = ½, not beyond.
	const wrong = 1e-7
	for _, alpha := range []float64{0.45, 0.55} {
		p, _ := NewProjectionStep(alpha, 1-wrong)
		if corrected := p.M1Kept > 1-wrong/2; corrected != (alpha < 0.5) {
			t.Errorf("alpha = %g: m1 = %v from 1 − 10⁻⁷", alpha, p.M1Kept)
		}
	}
	// As α → 0 the step is Hebb's.
	p, _ := NewProjectionStep(1e-3, 0.02)
	want, _ := OneStepErrorAsymptotic(1e-3, 0.02)
	near(t, "m1", p.M1, 1-2*want, 2e-3)
}

// The second route: the step itself, on networks of 80 and 160 neurons, from which the
// limit follows as the bias is proportional to 1/N.
func TestProjectionStepAgainstSimulation(t *testing.T) {
	const sets = 80
	rng := rand.New(rand.NewPCG(7, 8))
	for _, c := range []struct{ alpha, m0 float64 }{{0.2, 0.4}, {0.6, 0.7}} {
		var sum, squares [2]float64
		for range sets {
			small := projectionStep(rng, 80, int(c.alpha*80), c.m0)
			large := projectionStep(rng, 160, int(c.alpha*160), c.m0)
			for i := range sum {
				limit := 2*large[i] - small[i]
				sum[i] += limit / sets
				squares[i] += limit * limit / sets
			}
		}
		want, err := NewProjectionStep(c.alpha, c.m0)
		for i, m1 := range []float64{want.M1, want.M1Kept} {
			stderr := math.Sqrt((squares[i] - sum[i]*sum[i]) / (sets - 1))
			if err != nil || math.Abs(sum[i]-m1) > 4*stderr || stderr > 0.008 {
				t.Errorf("%+v: simulated %.4f ± %.4f, theory %.4f, %v", c, sum[i], stderr, m1, err)
			}
		}
	}
}

// projectionStep returns the overlap after one parallel step without and with the
// diagonal, averaged over the cues of one pattern set.
func projectionStep(rng *rand.Rand, n, k int, m0 float64) (m1 [2]float64) {
	xi := mat.NewDense(k, n, nil)
	xi.Apply(func(int, int, float64) float64 { return float64(2*rng.IntN(2) - 1) }, xi)
	var c, inverse, weighted, couplings mat.Dense
	c.Mul(xi, xi.T())
	if err := inverse.Inverse(&c); err != nil {
		panic(err)
	}
	weighted.Mul(&inverse, xi)
	couplings.Mul(xi.T(), &weighted)
	const cues = 8
	cue, field := mat.NewVecDense(n, nil), mat.NewVecDense(n, nil)
	for mu := range cues {
		places := rng.Perm(n)
		for rank, i := range places {
			cue.SetVec(i, xi.At(mu, i))
			if float64(rank) < float64(n)*(1-m0)/2 {
				cue.SetVec(i, -xi.At(mu, i))
			}
		}
		field.MulVec(&couplings, cue)
		for i := range n {
			for kept, h := range []float64{field.AtVec(i) - couplings.At(i, i)*cue.AtVec(i), field.AtVec(i)} {
				m1[kept] += math.Copysign(1, h*xi.At(mu, i)) / float64(n*cues)
			}
		}
	}
	return m1
}

func TestProjectionStepOfBadArguments(t *testing.T) {
	var domain *DomainError
	for _, c := range []struct{ alpha, m0 float64 }{{0, 1}, {1, 0.5}, {math.NaN(), 0.5}, {0.5, 1.1}, {0.5, math.NaN()}} {
		if _, err := NewProjectionStep(c.alpha, c.m0); !errors.As(err, &domain) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
