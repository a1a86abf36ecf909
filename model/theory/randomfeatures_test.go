package theory

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

// Negri et al. (2023), on their grid of loads: patterns to three digits, features 2 to 6
// per cent lower, for want of a square.
func TestRandomFeaturesKnownNumbers(t *testing.T) {
	for _, c := range []struct{ alphaD, alphaC float64 }{{0.5, 0.117}, {1, 0.126}, {2, 0.131}, {5, 0.135}} {
		alphaC, _, err1 := RandomFeaturesPatternPublishedCapacity(c.alphaD)
		right, _, err2 := RandomFeaturesPatternCapacity(c.alphaD)
		if err := first(err1, err2); err != nil || math.Abs(alphaC-c.alphaC) > 1e-3 || right > alphaC {
			t.Errorf("patterns at alpha_D = %g: %v, with the overlap %v, %v", c.alphaD, alphaC, right, err)
		}
	}
	for _, c := range []struct{ alphaD, alphaC float64 }{{0.01, 0.092}, {0.02, 0.21}, {0.05, 0.78}} {
		alphaC, _, err := RandomFeaturesTransition(c.alphaD)
		if excess := alphaC/c.alphaC - 1; err != nil || excess < 0.02 || excess > 0.07 {
			t.Errorf("features at alpha_D = %g: %v, %v", c.alphaD, alphaC, err)
		}
	}
}

// Many features make independent patterns; many patterns make a Hebb network of the
// features.
func TestRandomFeaturesLimits(t *testing.T) {
	alphaC, mC := AGSCapacity()
	got, m, err := RandomFeaturesPatternCapacity(1e8)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "alpha_c", got, alphaC, 1e-8)
	near(t, "m_c", m, mC, 1e-7)
	for _, alpha := range []float64{1e-4, 0.05, 0.13} {
		p, err1 := RandomFeaturesPattern(alpha, 1e8)
		q, err2 := RandomFeatures(1e10, alpha)
		want, _ := AGSZero(alpha)
		if err := first(err1, err2); err != nil {
			t.Fatal(err)
		}
		near(t, "m of a pattern", p.M, want.M, 1e-7)
		near(t, "m of a feature", q.M, want.M, 1e-7)
	}
	if _, _, err := RandomFeaturesTransition(alphaC + 1e-6); err == nil {
		t.Error("features are retrieved beyond alpha_D = 0.1379")
	}
}

// The second route: the solutions obey the equations in their first form.
func TestRandomFeaturesObeyTheirEquations(t *testing.T) {
	loads := map[string][][2]float64{
		"pattern":   {{0.05, 0.3}, {0.08, 0.5}, {0.1, 1}, {5e-5, 1e-4}, {0.11, 20}},
		"published": {{0.05, 0.3}, {0.1, 0.5}, {0.12, 1}, {0.003, 1e-4}, {0.11, 20}},
		"feature":   {{0.1, 0.01}, {0.3, 0.02}, {1, 0.05}, {30, 0.1}, {9e-6, 1e-6}},
	}
	solve := map[string]func(alpha, alphaD float64) (RandomFeaturesPoint, error){
		"pattern": RandomFeaturesPattern, "published": RandomFeaturesPatternPublished, "feature": RandomFeatures,
	}
	for state, points := range loads {
		for _, c := range points {
			p, err := solve[state](c[0], c[1])
			if err != nil {
				t.Fatal(err)
			}
			m, response, sigma := randomFeatureEquations(p, state)
			near(t, state+": m", m, p.M, 1e-9)
			near(t, state+": δq", response, p.DeltaQ, 1e-8)
			near(t, state+": σ", sigma, p.Sigma, 1e-8)
		}
	}
}

// randomFeatureEquations evaluates m, δq and σ of [RandomFeaturesPattern] from the same:
// p̂ and δp by iteration, r by Simpson's rule.
func randomFeatureEquations(p RandomFeaturesPoint, state string) (m, response, sigma float64) {
	const k, rest = 2 / math.Pi, 1 - 2/math.Pi
	tau, dq := p.Alpha/p.AlphaD, p.DeltaQ
	ph, dp := 1.0, dq
	for range 10000 {
		ph = k / (1 - k*dp - rest*dq)
		dp = dq / (1 - tau*dq*ph)
	}
	w, u := 1-k*dp-rest*dq, 1-tau*dq*ph
	r := 0.0
	average := func(f func(h, z float64) float64) (sum float64) {
		switch state {
		case "published":
			return f(p.M, 0)
		case "feature":
			return f(tau*ph*r, 1)
		}
		const steps, end = 2000, 10.0
		for i := range steps + 1 {
			weight := 2 + 2*float64(i%2)
			if i == 0 || i == steps {
				weight = 1
			}
			z := end / steps * float64(i)
			sum += weight * 2 * normal(z) * f(p.M+tau*ph*r*z, z) * end / steps / 3
		}
		return sum
	}
	switch state {
	case "feature":
		r = p.M
	case "pattern":
		for range 100 {
			r = average(func(h, z float64) float64 { return z * math.Erf(h/(math.Sqrt2*p.Sigma)) })
		}
	}
	// p = r²/α_D + (1 + τδq² r̂)/u², r̂ = k(kp + rest)/w²: linear in p.
	slope := tau * dq * dq * k * k / (w * w * u * u)
	pp := (r*r/p.AlphaD + (1+tau*dq*dq*k*rest/(w*w))/(u*u)) / (1 - slope)
	rh := k * (k*pp + rest) / (w * w)
	q := rest*(k*pp+rest)/(w*w) + (rh+tau*ph*ph)/(u*u)
	m = average(func(h, _ float64) float64 { return math.Erf(h / (math.Sqrt2 * p.Sigma)) })
	response = average(func(h, _ float64) float64 { return 2 * normal(h/p.Sigma) / p.Sigma })
	return m, response, math.Sqrt(p.Alpha * q)
}

// The third route: networks of 800 neurons, patterns of 240 features. The published
// equations have m = 0.999999.
func TestRandomFeaturesAgainstSimulation(t *testing.T) {
	const n, d, k, sets, cues = 800, 240, 32, 12, 32
	rng := rand.New(rand.NewPCG(17, 18))
	want, err := RandomFeaturesPattern(float64(k)/n, float64(d)/n)
	if err != nil {
		t.Fatal(err)
	}
	var sum, squares float64
	for range sets {
		m := randomFeatureOverlap(rng, n, d, k, cues)
		sum += m / sets
		squares += m * m / sets
	}
	stderr := math.Sqrt((squares - sum*sum) / (sets - 1))
	if math.Abs(sum-want.M) > 4*stderr || stderr > (1-want.M)/4 {
		t.Errorf("simulated m = %.5f ± %.5f, theory %.5f", sum, stderr, want.M)
	}
}

// randomFeatureOverlap returns the mean overlap after relaxation from stored patterns.
func randomFeatureOverlap(rng *rand.Rand, n, d, k, cues int) float64 {
	patterns := make([][]float64, k)
	features := make([][]float64, d)
	for f := range features {
		features[f] = make([]float64, n)
		for i := range features[f] {
			features[f][i] = float64(2*rng.IntN(2) - 1)
		}
	}
	for mu := range patterns {
		patterns[mu] = make([]float64, n)
		for _, feature := range features {
			c := rng.NormFloat64()
			for i, x := range feature {
				patterns[mu][i] += c * x
			}
		}
		for i, x := range patterns[mu] {
			patterns[mu][i] = math.Copysign(1, x)
		}
	}
	total := 0.0
	for _, cue := range patterns[:cues] {
		state, overlaps := append([]float64(nil), cue...), make([]float64, k)
		for mu, xi := range patterns {
			overlaps[mu] = scalarProduct(xi, state)
		}
		for flipped := true; flipped; {
			flipped = false
			for _, i := range rng.Perm(n) {
				field := -float64(k) * state[i]
				for mu, xi := range patterns {
					field += xi[i] * overlaps[mu]
				}
				if field*state[i] < 0 {
					state[i], flipped = -state[i], true
					for mu, xi := range patterns {
						overlaps[mu] += 2 * xi[i] * state[i]
					}
				}
			}
		}
		total += scalarProduct(cue, state) / float64(n*cues)
	}
	return total
}

func scalarProduct(a, b []float64) (sum float64) {
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
}

func TestRandomFeaturesOfBadArguments(t *testing.T) {
	var domain *DomainError
	for _, c := range []struct{ alpha, alphaD float64 }{{0.13, 1}, {0, 1}, {0.1, 0}, {math.NaN(), 1}, {0.1, math.NaN()}, {0.1, math.Inf(1)}} {
		if _, err := RandomFeaturesPattern(c.alpha, c.alphaD); !errors.As(err, &domain) {
			t.Errorf("pattern %+v: %v", c, err)
		}
	}
	for _, c := range []struct{ alpha, alphaD float64 }{{0.09, 0.01}, {1, 0.14}, {math.Inf(1), 0.01}, {math.NaN(), 0.01}, {1, math.NaN()}} {
		if _, err := RandomFeatures(c.alpha, c.alphaD); !errors.As(err, &domain) {
			t.Errorf("feature %+v: %v", c, err)
		}
	}
}
