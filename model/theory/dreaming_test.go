package theory

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// Without sleep the couplings are Hebb's.
func TestDreamingWithoutSleep(t *testing.T) {
	alphaC, mC, err := DreamingCapacity(0)
	wantAlpha, wantM := AGSCapacity()
	if err != nil {
		t.Fatal(err)
	}
	near(t, "alpha_c", alphaC, wantAlpha, 1e-14)
	near(t, "m_c", mC, wantM, 1e-10)
	for _, alpha := range []float64{1e-6, 0.05, 0.1, 0.137, wantAlpha} {
		got, err := Dreaming(alpha, 0)
		want, _ := AGSZero(alpha)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "m", got.M, want.M, 1e-8)
		near(t, "Q", got.Q, alpha*want.R, 1e-7)
	}
}

// The solution obeys the equations as published, with χ = X/(1+t), Λ and R.
func TestDreamingObeysItsEquations(t *testing.T) {
	for _, c := range []struct{ alpha, sleep float64 }{
		{0.1, 0.1}, {0.38, 1}, {0.2, 10}, {0.86, 10}, {1.04, 100}, {0.9, 300}, {1.05, 1e3},
	} {
		p, err := Dreaming(c.alpha, c.sleep)
		if err != nil {
			t.Fatal(err)
		}
		s, chi := c.sleep, p.X/(1+c.sleep)
		tau := s / (1 + s)
		mean := (1 + s) * p.M / (1 + s + s*chi)
		d := 2 * normal(mean/math.Sqrt(p.Q)) / math.Sqrt(p.Q)
		lambda := (s - (1+s)*d) / (1 + s*chi)
		noise := 1 - 2*tau*(mean*p.M+p.Q*d) + tau*tau*(mean*mean+p.Q)
		near(t, "m", p.M, math.Erf(mean/math.Sqrt(2*p.Q)), 1e-13)
		near(t, "X", p.X, (1+s)*c.alpha/(1+lambda), 1e-12)
		near(t, "Q", p.Q, c.alpha*noise/((1+s*chi)*(1+s*chi))*(1+s)*(1+s)/((1+lambda)*(1+lambda)), 1e-8)
	}
}

// For t → ∞ and α < 1 the state is the pattern and X = α/(1−α). Beyond, sX is
// finite and √Q =: p solves (2y²+1)p² − (a + d + 2√2 ym)p + 1 = 0, α = (a−d)/p.
func TestDreamingForEver(t *testing.T) {
	for _, alpha := range []float64{1e-9, 0.3, 0.99} {
		p, err := Dreaming(alpha, 1e15)
		if err != nil || p.M != 1 {
			t.Errorf("alpha = %g: %+v, %v", alpha, p, err)
		}
		near(t, "X", p.X, alpha/(1-alpha), 1e-10)
	}
	load := func(y float64) float64 {
		m, d := math.Erf(y), 2*normal(math.Sqrt2*y)
		a := m / (math.Sqrt2 * y)
		b := a + d + 2*math.Sqrt2*y*m
		return (a - d) * (b + math.Sqrt(b*b-4*(2*y*y+1))) / 2
	}
	got, mC, err := DreamingCapacity(1e15)
	if err != nil {
		t.Fatal(err)
	}
	y := maximum(load, 2.2, 3)
	near(t, "alpha_c", got, load(y), 1e-10)
	near(t, "m_c", mC, math.Erf(y), 1e-9)
	near(t, "alpha_c", got, 1.06782297639, 1e-10)
	near4, _, _ := DreamingCapacity(1e4)
	near5, _, _ := DreamingCapacity(1e5)
	if !(near4 > near5 && near5 > got) {
		t.Errorf("alpha_c = %v, %v, %v at t = 10⁴, 10⁵, ∞: want a fall", near4, near5, got)
	}
}

// The third route: networks of 400 neurons at t = 1.
func TestDreamingAgainstSimulation(t *testing.T) {
	const n, k, sleep, sets, cues = 400, 132, 1., 12, 12
	rng := rand.New(rand.NewPCG(5, 6))
	var sum, squares float64
	for range sets {
		e := dreamingError(rng, n, k, sleep, cues)
		sum += e
		squares += e * e
	}
	mean := sum / sets
	stderr := math.Sqrt((squares/sets - mean*mean) / (sets - 1))
	want, err := Dreaming(float64(k)/n, sleep)
	if err != nil || math.Abs(mean-want.Error) > 4*stderr || stderr > want.Error/4 {
		t.Errorf("simulated error %.5f ± %.5f, theory %.5f, %v", mean, stderr, want.Error, err)
	}
}

// dreamingError returns the fraction of wrong neurons after relaxation from stored
// patterns.
func dreamingError(rng *rand.Rand, n, k int, sleep float64, cues int) float64 {
	xi := mat.NewDense(k, n, nil)
	xi.Apply(func(int, int, float64) float64 { return float64(2*rng.IntN(2) - 1) }, xi)
	var c, inverse, weighted, couplings mat.Dense
	c.Mul(xi, xi.T())
	c.Scale(sleep/float64(n), &c)
	for mu := range k {
		c.Set(mu, mu, c.At(mu, mu)+1)
	}
	if err := inverse.Inverse(&c); err != nil {
		panic(err)
	}
	weighted.Mul(&inverse, xi)
	couplings.Mul(xi.T(), &weighted)
	wrong := 0
	for mu := range cues {
		s := append([]float64(nil), xi.RawRowView(mu)...)
		for flipped := true; flipped; {
			flipped = false
			for _, i := range rng.Perm(n) {
				field := 0.0
				for j, x := range couplings.RawRowView(i) {
					field += x * s[j]
				}
				if field -= couplings.At(i, i) * s[i]; field*s[i] < 0 {
					s[i], flipped = -s[i], true
				}
			}
		}
		for i, x := range s {
			if x != xi.At(mu, i) {
				wrong++
			}
		}
	}
	return float64(wrong) / float64(n*cues)
}

func TestDreamingOfBadArguments(t *testing.T) {
	var domain *DomainError
	for _, c := range []struct{ alpha, sleep float64 }{{0.1, -1}, {0.14, 0}, {0, 1}, {math.NaN(), 1}, {0.1, math.Inf(1)}} {
		if _, err := Dreaming(c.alpha, c.sleep); !errors.As(err, &domain) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
