package theory

import (
	"errors"
	"math"
	"math/bits"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
)

// Known numbers: mpmath with 30 digits, the saddle found from derivatives of g.
func TestComplexityKnownNumbers(t *testing.T) {
	for _, c := range []struct{ alpha, m, g float64 }{
		{0.1, 0.9, 0.00659553833937335},
		{0.138, 0, 0.0724897718991527},
		{0.05, 0.999, -0.001421373573981},
	} {
		g, err := ComplexityAt(c.alpha, c.m)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "g", g, c.g, 1e-11)
	}
	alpha, m, err := ComplexityBandJoins()
	if err != nil {
		t.Fatal(err)
	}
	near(t, "alpha", alpha, 0.113262863126444, 1e-12)
	near(t, "m", m, 0.98444439065948, 1e-11)
	near(t, "published alpha", alpha, 0.113, 3e-3)
}

// α → ∞ is the Sherrington–Kirkpatrick spin glass (Tanaka and Edwards 1980,
// Bray and Moore 1980: 0.1992); corrections fall as α^{−1/2}.
func TestComplexityAtLargeLoad(t *testing.T) {
	a, err := Complexity(2500)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Complexity(10000)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "g at infinite load", 2*b-a, 0.1992, 2e-4)
}

// The second route: fixed points of small networks counted one by one. With N
// even and K odd no field is zero. ln⟨number⟩ = gN + const + O(1/N).
func TestComplexityAgainstEnumeration(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	const samples = 400
	small, smallError := countByEnumeration(rng, 10, 5, samples)
	large, largeError := countByEnumeration(rng, 14, 7, samples)
	g, err := Complexity(0.5)
	if err != nil {
		t.Fatal(err)
	}
	slope := math.Log(large/small) / 4
	stderr := math.Hypot(smallError/small, largeError/large) / 4
	if stderr > 0.01 || math.Abs(slope-g) > 4*stderr {
		t.Errorf("enumeration %.4f ± %.4f, theory %.4f", slope, stderr, g)
	}
}

// countByEnumeration returns the mean number of states with s_i h_i > 0 for all i
// and its standard error.
func countByEnumeration(rng *rand.Rand, n, k, samples int) (mean, stderr float64) {
	var sum, squares float64
	patterns := make([]uint64, k)
	for range samples {
		for mu := range patterns {
			patterns[mu] = rng.Uint64() & (1<<n - 1)
		}
		count := 0.0
		for state := range uint64(1) << n {
			if isFixedPoint(patterns, state, n) {
				count++
			}
		}
		sum += count
		squares += count * count
	}
	mean = sum / float64(samples)
	return mean, math.Sqrt((squares/float64(samples) - mean*mean) / float64(samples))
}

func isFixedPoint(patterns []uint64, state uint64, n int) bool {
	for i := range n {
		aligned := -len(patterns)
		for _, xi := range patterns {
			m := n - 2*bits.OnesCount64(xi^state)
			aligned += m * (1 - 2*int((xi^state)>>i&1))
		}
		if aligned <= 0 {
			return false
		}
	}
	return true
}

// σ and u are stationary, by differences.
func TestComplexityIsStationary(t *testing.T) {
	for _, c := range []struct{ alpha, m float64 }{{0.01, 0.3}, {0.1, 0.995}, {2, 0}} {
		s, err := countFixedPoints(c.alpha, c.m)
		if err != nil {
			t.Fatal(err)
		}
		gradient := fd.Gradient(nil, func(x []float64) float64 {
			return newFixedPointCount(c.alpha, c.m, x[0], x[1]).complexity()
		}, []float64{math.Log(s.sigma), s.u}, &fd.Settings{Formula: fd.Central})
		for i, g := range gradient {
			if math.Abs(g) > 1e-8 {
				t.Errorf("%+v: component %d of the gradient is %.2g", c, i, g)
			}
		}
	}
}

func TestComplexityIsEven(t *testing.T) {
	a, err := ComplexityAt(0.1, 0.7)
	if err != nil {
		t.Fatal(err)
	}
	b, err := ComplexityAt(0.1, -0.7)
	if err != nil || a != b {
		t.Errorf("g(0.7) = %g, g(-0.7) = %g, %v", a, b, err)
	}
}

// Both forms of the normal tail meet.
func TestNormalTail(t *testing.T) {
	const x = farTail
	near(t, "hazard", -x/tailSeries(x), normal(x)/distribution(x), 1e-12)
	near(t, "log", -x*x/2-math.Log(-x*math.Sqrt(2*math.Pi))+math.Log(tailSeries(x)), math.Log(distribution(x)), 1e-14)
}

func TestComplexityOfBadArguments(t *testing.T) {
	var domain *DomainError
	for _, c := range [][2]float64{{0, 0}, {-1, 0}, {0.1, 1.5}, {math.NaN(), 0}, {0.1, math.NaN()}, {math.Inf(1), 0}} {
		if g, err := ComplexityAt(c[0], c[1]); !errors.As(err, &domain) {
			t.Errorf("ComplexityAt(%v) = %g, %v: want a DomainError", c, g, err)
		}
	}
}
