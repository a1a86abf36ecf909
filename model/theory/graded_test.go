package theory

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

// High gain is the network of spins. The capacity lies above the stochastic network's
// at T = 1/β up to β = 27 or so, and below it beyond, where it is still above its limit.
func TestGradedCapacity(t *testing.T) {
	alphaC, mC := AGSCapacity()
	limit, err := GradedCapacity(1e6)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "alpha_c at β = 10⁶", limit.Alpha, alphaC, 1e-12)
	near(t, "m_c at β = 10⁶", limit.M, mC, 1e-9)
	for _, c := range []struct{ beta, alphaC, stochastic float64 }{
		{2, 0.067917, 0.058816}, {25, 0.13812, 0.13803}, {100, 0.13791, 0.13810},
	} {
		p, err1 := GradedCapacity(c.beta)
		other, _, err2 := AGSCapacityAt(1 / c.beta)
		if err := first(err1, err2); err != nil || math.Abs(p.Alpha-c.alphaC) > 6e-6 || math.Abs(other-c.stochastic) > 6e-6 {
			t.Errorf("β = %g: %v, stochastic %v, %v", c.beta, p.Alpha, other, err)
		}
	}
}

// The second route: the averages over z, with Y by bisection, and Simpson's rule on both
// sides of the jump.
func TestGradedObeysItsEquations(t *testing.T) {
	for _, c := range []struct{ alpha, beta float64 }{{1e-5, 1.1}, {0.05, 2}, {0.1, 3.5}, {0.138, 20}, {0.1378, 100}} {
		p, err := Graded(c.alpha, c.beta)
		if err != nil {
			t.Fatal(err)
		}
		if jump := p.Beta*p.Gamma > 1; jump != (c.beta == 100) {
			t.Errorf("β = %g: βΓ = %v", c.beta, p.Beta*p.Gamma)
		}
		m, q, zy := gradedBySimpson(p)
		near(t, "m", p.M, m, 1e-8)
		near(t, "q", p.Q, q, 1e-8)
		near(t, "U", p.U, zy/p.Sigma, 1e-7)
		near(t, "Γ", p.Gamma, p.Alpha*p.U/(1-p.U), 1e-9)
		near(t, "σ²", p.Sigma*p.Sigma, p.Alpha*p.Q/((1-p.U)*(1-p.U)), 1e-9)
	}
}

func gradedBySimpson(p GradedPoint) (m, q, zy float64) {
	const steps = 4000
	jump := -p.M / p.Sigma
	integrate := func(a, b, sign float64) {
		h := (b - a) / steps
		for i := range steps + 1 {
			weight := 2 + 2*float64(i%2)
			if i == 0 || i == steps {
				weight = 1
			}
			z := a + h*float64(i)
			y := sign * gradedResponse(math.Abs(p.M+p.Sigma*z), p.Beta, p.Gamma)
			weight *= h / 3 * normal(z)
			m += weight * y
			q += weight * y * y
			zy += weight * z * y
		}
	}
	integrate(math.Min(-9, jump-1e-3), jump, -1)
	integrate(jump, 9, 1)
	return m, q, zy
}

// gradedResponse returns the largest Y with Y = tanh β(h + ΓY).
func gradedResponse(h, beta, gamma float64) float64 {
	low, high := 0.0, 1.0
	if beta*gamma > 1 {
		low = math.Sqrt(1 - 1/(beta*gamma)) // the slope is largest below
	}
	for range 60 {
		y := (low + high) / 2
		if math.Tanh(beta*(h+gamma*y)) > y {
			low = y
		} else {
			high = y
		}
	}
	return low
}

// The third route: the map V ← tanh βJV on networks of 800 neurons.
func TestGradedAgainstSimulation(t *testing.T) {
	const n, k, beta, sets, cues = 800, 48, 3, 10, 6
	rng := rand.New(rand.NewPCG(23, 24))
	want, err := Graded(k/float64(n), beta)
	if err != nil {
		t.Fatal(err)
	}
	var sum, squares [2]float64
	for range sets {
		for i, x := range gradedNetwork(rng, n, k, beta, cues) {
			sum[i] += x / sets
			squares[i] += x * x / sets
		}
	}
	for i, x := range []float64{want.M, want.Q} {
		stderr := math.Sqrt((squares[i] - sum[i]*sum[i]) / (sets - 1))
		if math.Abs(sum[i]-x) > 4*stderr+1./n || stderr > 0.002 {
			t.Errorf("simulated %.5f ± %.5f, theory %.5f", sum[i], stderr, x)
		}
	}
}

// gradedNetwork returns m and q of the fixed points reached from stored patterns.
func gradedNetwork(rng *rand.Rand, n, k int, beta float64, cues int) (mean [2]float64) {
	patterns := make([][]float64, k)
	for mu := range patterns {
		patterns[mu] = make([]float64, n)
		for i := range patterns[mu] {
			patterns[mu][i] = float64(2*rng.IntN(2) - 1)
		}
	}
	for _, cue := range patterns[:cues] {
		v := append([]float64(nil), cue...)
		for change := 1.0; change > 1e-8; {
			field := make([]float64, n)
			for _, xi := range patterns {
				overlap := scalarProduct(xi, v) / float64(n)
				for i, x := range xi {
					field[i] += x * overlap
				}
			}
			change = 0
			for i, h := range field {
				next := math.Tanh(beta * (h - float64(k)/float64(n)*v[i]))
				change = math.Max(change, math.Abs(next-v[i]))
				v[i] = next
			}
		}
		mean[0] += scalarProduct(cue, v) / float64(n*cues)
		mean[1] += scalarProduct(v, v) / float64(n*cues)
	}
	return mean
}

func TestGradedOfBadArguments(t *testing.T) {
	var domain *DomainError
	for _, c := range []struct{ alpha, beta float64 }{{0.1, 1}, {0.1, -1}, {0.139, 25}, {0, 2}, {math.NaN(), 2}, {0.1, math.NaN()}, {0.1, math.Inf(1)}} {
		if _, err := Graded(c.alpha, c.beta); !errors.As(err, &domain) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
