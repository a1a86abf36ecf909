package theory

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

// The second route: the smallest load at which some n is lost, on a grid.
func TestLogSumExpCapacitiesByMinimisation(t *testing.T) {
	rate := func(n float64) float64 { return (n - 1 - math.Log(n)) / 2 }
	for _, lambda := range []float64{0.01, 0.3, 0.7, 0.8, 1, 5} {
		got, err := NewLogSumExpCapacities(lambda)
		if err != nil {
			t.Fatal(err)
		}
		least := math.Inf(1)
		for n := 1e-4; n <= 1; n += 1e-5 {
			together := n / 2 // condensed on the largest overlap, √(2αn) = n
			if lambda < 1 {
				together = lambda*n - lambda*lambda*n/2
			}
			least = math.Min(least, math.Max(rate(n), together))
			least = math.Min(least, (rate(n)+n/2)/2)
		}
		near(t, "alpha_c of Gaussian patterns", got.AlphaGaussian, least, 1e-4)
		typical, _ := NewLogSumExpThresholds(lambda)
		if got.AlphaGaussian >= typical.AlphaGaussian || got.AlphaSpherical != typical.AlphaSpherical || got.AlphaBinary != typical.AlphaBinary {
			t.Errorf("λ = %g: all patterns %+v, typical %+v", lambda, got, typical)
		}
	}
	small, _ := NewLogSumExpCapacities(1e-8)
	near(t, "alpha_c as λ → 0", small.AlphaGaussian, 1e-8*(1-2e-4), 1e-7)
	large, _ := NewLogSumExpCapacities(1e9)
	near(t, "alpha_c as λ → ∞", large.AlphaGaussian, math.Ln2/4, 1e-15)
	lambda, err := zero("test", func(lambda float64) float64 {
		c := lambda * (1 - lambda/2)
		n := math.Ln2 / 4 / c
		return rate(n) - c*n
	}, 0.5, 0.99)
	if err != nil || math.Abs(lambda-0.7009) > 1e-4 {
		t.Errorf("the kinds meet at λ = %v, %v", lambda, err)
	}
}

// Ramsauer et al. (2021): both published numbers, cut after four digits.
func TestRamsauerCapacity(t *testing.T) {
	for _, c := range []struct {
		k    float64
		d    int
		want float64
	}{{3, 20, 3.1546}, {1, 75, 1.3718}} {
		got, err := NewRamsauerCapacity(1, c.k, c.d, 0.001)
		if err != nil || got.C < c.want || got.C > c.want+1e-4 || !got.Holds {
			t.Errorf("%+v: %+v, %v", c, got, err)
		}
		// C W₀(z) = b, z = be^a: W e^W = z.
		rest := float64(c.d - 1)
		a, b := 2*(1+math.Log(2*c.k*c.k*0.001*rest))/rest, 2*c.k*c.k/5
		w := b / got.C
		near(t, "We^W", w*math.Exp(w), b*math.Exp(a), 1e-12)
		near(t, "ln K", got.LogPatterns, math.Log(math.Sqrt(0.001)*math.Pow(got.C, rest/4)), 1e-12)
	}
	for _, y := range []float64{-700, -5, -1, 0, 0.5, 1, 2, 100, 1e9} {
		v, err := logLambert(y)
		if err != nil || math.Abs(math.Exp(v)+v-y) > 1e-13*(1+math.Abs(y)) {
			t.Errorf("ln W(e^%g) = %v, %v", y, v, err)
		}
	}
	if weak, _ := NewRamsauerCapacity(1, 0.1, 20, 0.001); weak.Holds {
		t.Errorf("short patterns: %+v", weak)
	}
}

func TestRamsauerBounds(t *testing.T) {
	separation, err1 := RamsauerSeparation(0.5, 2, 3) // 2/(½·2) + 2 ln(2·1·2·½·9)
	bound, err2 := RamsauerError(1, 3, 2, 5, 0.5)
	if err := first(err1, err2); err != nil {
		t.Fatal(err)
	}
	near(t, "separation", separation, 2+2*math.Log(18), 1e-14)
	near(t, "error", bound, 8*math.Exp(-3), 1e-14)
}

// The bounds hold for random patterns, the separation being large enough.
func TestRamsauerBoundsAgainstUpdates(t *testing.T) {
	const d, k, beta, radius = 30, 40, 1.0, 8.0
	rng := rand.New(rand.NewPCG(25, 26))
	patterns := make([][]float64, k)
	for mu := range patterns {
		patterns[mu] = make([]float64, d)
		for i := range patterns[mu] {
			patterns[mu][i] = rng.NormFloat64()
		}
		length := math.Sqrt(scalarProduct(patterns[mu], patterns[mu]))
		for i := range patterns[mu] {
			patterns[mu][i] *= radius / length
		}
	}
	needed, err := RamsauerSeparation(beta, k, radius)
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for mu, x := range patterns {
		separation := math.Inf(1)
		for nu, other := range patterns {
			if nu != mu {
				separation = math.Min(separation, radius*radius-scalarProduct(x, other))
			}
		}
		if separation < needed {
			continue
		}
		checked++
		state := append([]float64(nil), x...)
		state[0] += 0.05
		first := softmaxUpdate(patterns, beta, state)
		fixed := first
		for range 50 {
			fixed = softmaxUpdate(patterns, beta, fixed)
		}
		if away := distance(fixed, x); away > 1/(beta*k*radius) {
			t.Errorf("pattern %d: fixed point at %g", mu, away)
		}
		bound, err := RamsauerError(beta, k, radius, separation, 0.05)
		if e := distance(first, fixed); err != nil || e > bound+1e-13 {
			t.Errorf("pattern %d: error %g after one update, bound %g, %v", mu, e, bound, err)
		}
	}
	if checked < k/2 {
		t.Errorf("only %d patterns are separated by %g", checked, needed)
	}
}

func softmaxUpdate(patterns [][]float64, beta float64, state []float64) []float64 {
	next, total, largest := make([]float64, len(state)), 0.0, math.Inf(-1)
	for _, x := range patterns {
		largest = math.Max(largest, beta*scalarProduct(x, state))
	}
	for _, x := range patterns {
		weight := math.Exp(beta*scalarProduct(x, state) - largest)
		total += weight
		for i := range next {
			next[i] += weight * x[i]
		}
	}
	for i := range next {
		next[i] /= total
	}
	return next
}

func distance(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += (a[i] - b[i]) * (a[i] - b[i])
	}
	return math.Sqrt(sum)
}

func TestSoftmaxOfBadArguments(t *testing.T) {
	var domain *DomainError
	for _, lambda := range []float64{0, -1, math.NaN(), math.Inf(1)} {
		if _, err := NewLogSumExpCapacities(lambda); !errors.As(err, &domain) {
			t.Errorf("λ = %g: %v", lambda, err)
		}
	}
	for _, c := range []struct {
		beta float64
		k    int
		m    float64
	}{{0, 5, 1}, {1, 1, 1}, {1, 5, 0}, {1e-3, 5, 1}, {math.NaN(), 5, 1}} {
		if _, err := RamsauerSeparation(c.beta, c.k, c.m); !errors.As(err, &domain) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	if _, err := NewRamsauerCapacity(1, 1, 20, 1); !errors.As(err, &domain) {
		t.Errorf("p = 1: %v", err)
	}
	if _, err := RamsauerError(1, 5, 1, 1, 1e6); !errors.As(err, &domain) {
		t.Errorf("a bound of e^(2·10⁶): %v", err)
	}
}
