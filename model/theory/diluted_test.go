package theory

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

func TestDilutedLimits(t *testing.T) {
	alphaC, mC, err := DilutedCapacity(1)
	wantAlpha, wantM := AGSCapacity()
	if err != nil {
		t.Fatal(err)
	}
	near(t, "alpha_c(1)", alphaC, wantAlpha, 1e-14)
	near(t, "m_c(1)", mC, wantM, 1e-13)
	p, err := Diluted(0.1, 1)
	want, _ := AGSZero(0.1)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "m", p.M, want.M, 1e-13)
	for _, c := range []float64{1e-100, 1e-60} {
		alphaC, mC, err := DilutedCapacity(c)
		if err != nil || math.Abs(alphaC-2/math.Pi) > 1e-14 || mC > 1e-9 {
			t.Errorf("c = %g: alpha_c = %v, m_c = %v, %v", c, alphaC, mC, err)
		}
	}
	// α_c grows as c falls, and its approach to 2/π is of order c^{1/3}.
	a, _, _ := DilutedCapacity(1e-12)
	b, _, _ := DilutedCapacity(1e-15)
	near(t, "ratio of the distances", (2/math.Pi-a)/(2/math.Pi-b), 10, 1e-2)
}

func TestDilutedObeysItsEquations(t *testing.T) {
	for _, c := range []struct{ alpha, c float64 }{{0.1, 0.9}, {0.17, 0.5}, {0.3, 0.05}, {0.6, 1e-6}} {
		p, err := Diluted(c.alpha, c.c)
		if err != nil {
			t.Fatal(err)
		}
		variance := c.alpha * (c.c/((1-p.C)*(1-p.C)) + 1 - c.c)
		near(t, "m", p.M, math.Erf(p.M/math.Sqrt(2*variance)), 1e-10)
	}
}

func TestExtremeDilution(t *testing.T) {
	for _, temperature := range []float64{0, 0.01, 0.3, 0.9, 0.999} {
		alphaC, err := ExtremeDilutionCapacity(temperature)
		if err != nil {
			t.Fatal(err)
		}
		for _, share := range []float64{0.01, 0.3, 0.9, 0.999, 0.999999} {
			alpha := share * alphaC
			m, err := ExtremeDilution(alpha, temperature)
			next, _ := ExtremeDilutionStep(m, alpha, temperature)
			if err != nil || m <= 0 || math.Abs(next-m) > 1e-13 {
				t.Errorf("alpha = %g, T = %g: m = %.15g, next %.15g, %v", alpha, temperature, m, next, err)
			}
		}
		if m, err := ExtremeDilution(1.000001*alphaC, temperature); m != 0 || err != nil {
			t.Errorf("m = %g beyond alpha_c, %v", m, err)
		}
	}
	zero, _ := ExtremeDilutionCapacity(0)
	near(t, "alpha_c(0)", zero, 2/math.Pi, 1e-15) // Derrida, Gardner and Zippelius (1987)
	low, _ := ExtremeDilutionCapacity(1e-4)
	near(t, "alpha_c(T → 0)", low, 2/math.Pi, 1e-7)
	high, _ := ExtremeDilutionCapacity(1 - 1e-6) // 1 − α/T² + … = T
	near(t, "alpha_c(T → 1)", high, 1e-6, 1e-5)
	for _, temperature := range []float64{0, 1e-3} {
		alphaC, _ := ExtremeDilutionCapacity(temperature)
		m, _ := ExtremeDilution(alphaC*(1-1e-5), temperature)
		near(t, "m near alpha_c", m, math.Sqrt(6/math.Pi*1e-5), 1e-4)
	}
	cold, _ := ExtremeDilution(0.4, 1e-3)
	coldest, _ := ExtremeDilution(0.4, 0)
	near(t, "m as T → 0", cold, coldest, 1e-5)
}

// Both branches near the transition agree where they meet.
func TestExtremeDilutionExpansionMeetsRoot(t *testing.T) {
	const temperature = 0.5
	alphaC, _ := ExtremeDilutionCapacity(temperature)
	before := math.Inf(1)
	for _, distance := range []float64{1e-7, 1e-8, 1e-9, 3e-11} {
		m, err := ExtremeDilution(alphaC*(1-distance), temperature)
		if err != nil {
			t.Fatal(err)
		}
		scaled := m / math.Sqrt(distance)
		if before < math.Inf(1) {
			near(t, "m/√distance", scaled, before, 1e-4)
		}
		before = scaled
	}
}

func TestDilutedOneStepKnownNumbers(t *testing.T) {
	exact, err1 := NewDilutedOneStep(10, 3, 0.8)
	poisson, err2 := NewDilutedOneStepPoisson(10, 3, 0.8)
	if err := first(err1, err2); err != nil {
		t.Fatal(err)
	}
	near(t, "m1 of 10 inputs", exact.M1, 0.9268, 1e-4)
	near(t, "m1 of 10 inputs on average", poisson.M1, 0.8997, 1e-4)
	large, _ := NewDilutedOneStep(20001, 10000, 0.5)
	near(t, "m1 of many inputs", large.M1, math.Erf(0.5/math.Sqrt(2*10000/20001.)), 1e-3)
	all, err := NewDilutedOneStepBinomial(100, 1, 20, 0.8)
	want, _ := OneStepError(100, 20, 0.8)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "error at c = 1", all.Error, want, 1e-12)
	sparse, _ := NewDilutedOneStepBinomial(100000, 1e-4, 3, 0.8)
	near(t, "m1 at N = 10⁵", sparse.M1, poisson.M1, 1e-4)
	alone, _ := NewDilutedOneStep(7, 1, 0.5)
	tied, _ := NewDilutedOneStepBinomial(10, 0, 5, 0.6)
	near(t, "m1 without couplings", tied.M1, 0.6, 1e-14)
	// One pattern: the majority of 7 inputs, three quarters of them right.
	majority := 0.0
	for wrong := range 4 {
		majority += binomialLaw(7, 0.25).at(wrong)
	}
	near(t, "m1 of one pattern", alone.M1, 2*majority-1, 1e-13)
}

// The second route: the step itself.
func TestDilutedOneStepAgainstSimulation(t *testing.T) {
	const samples = 60000
	rng := rand.New(rand.NewPCG(11, 12))
	for _, c := range []struct{ n, k int }{{12, 3}, {11, 4}} {
		const connectivity, m0 = 0.4, 0.5
		sum := 0.0
		for range samples {
			sum += dilutedNeuron(rng, c.n, c.k, connectivity, m0)
		}
		want, err := NewDilutedOneStepBinomial(c.n, connectivity, c.k, m0)
		if d := sum/samples - want.M1; err != nil || math.Abs(d) > 4/math.Sqrt(samples) {
			t.Errorf("%+v: simulated %.4f, theory %.4f ± 0.004, %v", c, sum/samples, want.M1, err)
		}
	}
}

// dilutedNeuron returns ±1 as neuron 0 is right after one step.
func dilutedNeuron(rng *rand.Rand, n, k int, connectivity, m0 float64) float64 {
	cue := make([]int, n) // along the pattern
	for rank, i := range rng.Perm(n) {
		cue[i] = 1
		if rank < int(flips(n, m0)) {
			cue[i] = -1
		}
	}
	field := 0
	for j := 1; j < n; j++ {
		if rng.Float64() < connectivity {
			field += cue[j]
			for range k - 1 {
				field += 2*rng.IntN(2) - 1
			}
		}
	}
	switch {
	case field > 0:
		return 1
	case field < 0:
		return -1
	}
	return float64(cue[0])
}

func TestDilutedOfBadArguments(t *testing.T) {
	var domain *DomainError
	for _, c := range []struct{ alpha, c float64 }{{0.1, 0}, {0.1, 1.1}, {0.7, 0.5}, {math.NaN(), 0.5}, {0.1, math.NaN()}} {
		if _, err := Diluted(c.alpha, c.c); !errors.As(err, &domain) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	if _, err := ExtremeDilution(0.1, math.Inf(1)); !errors.As(err, &domain) {
		t.Errorf("T = ∞: %v", err)
	}
	if _, err := NewDilutedOneStepBinomial(100000, 0.5, 3, 1); !errors.As(err, &domain) {
		t.Errorf("too many inputs: %v", err)
	}
}
