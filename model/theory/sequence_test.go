package theory

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

// Düring, Coolen and Sherrington (1998): 0.269.
func TestSequenceCapacity(t *testing.T) {
	alphaC, mC, err := SequenceCapacity(0)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "alpha_c", alphaC, 0.269062, 2e-6)
	near(t, "m_c", mC, 0.834871, 1e-6)
	y := maximum(func(y float64) float64 { s, _ := newSequenceState(y, 0); return s.alpha }, 0.3, 3)
	near(t, "m_c by golden section", math.Erf(y), mC, 1e-9)
	cold, mCold, err := SequenceCapacity(1e-3)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "alpha_c as T → 0", cold, alphaC, 1e-5)
	near(t, "m_c as T → 0", mCold, mC, 1e-5)
	before := alphaC
	for _, temperature := range []float64{0.1, 0.3, 0.6, 0.9, 0.99} {
		at, _, err := SequenceCapacity(temperature)
		if err != nil || at >= before || at <= 0 {
			t.Errorf("alpha_c(%g) = %v after %v, %v", temperature, at, before, err)
		}
		before = at
	}
}

// The stationary states are fixed points of the recursion, and it ends in the upper.
func TestSequenceIsStationary(t *testing.T) {
	for _, c := range []struct{ alpha, temperature float64 }{{1e-6, 0}, {0.1, 0}, {0.26, 0}, {0.1, 0.2}, {0.02, 0.8}} {
		p, err := Sequence(c.alpha, c.temperature)
		if err != nil {
			t.Fatal(err)
		}
		next := sequenceStep(FieldMoment{0, p.M, p.Sigma}, c.alpha, c.temperature)
		near(t, "m", next.M, p.M, 1e-12)
		near(t, "σ", next.Sigma, p.Sigma, 1e-12)
		trajectory, err := SequenceTrajectory(c.alpha, c.temperature, 1, 3000)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "m at the end", trajectory[3000].M, p.M, 1e-10)
	}
}

// The basin is bounded between the cues that the recursion recalls and loses.
func TestSequenceBasin(t *testing.T) {
	for _, alpha := range []float64{0.001, 0.05, 0.2, 0.268} {
		boundary, err := SequenceBasin(alpha)
		if err != nil {
			t.Fatal(err)
		}
		for _, factor := range []float64{1 - 1e-6, 1 + 1e-6} {
			trajectory, err := SequenceTrajectory(alpha, 0, math.Min(1, boundary*factor), 9999)
			if m := trajectory[len(trajectory)-1].M; err != nil || (m > 0.5) != (factor > 1) {
				t.Errorf("alpha = %g: m0 = %v ends at %v, %v", alpha, boundary*factor, m, err)
			}
		}
	}
}

// The second route: networks of 1500 neurons, the first three steps.
func TestSequenceTrajectoryAgainstSimulation(t *testing.T) {
	const n, k, m0, steps, sets = 1500, 225, 0.5, 3, 12
	rng := rand.New(rand.NewPCG(19, 20))
	want, err := SequenceTrajectory(k/float64(n), 0, m0, steps)
	if err != nil {
		t.Fatal(err)
	}
	var sum, squares [steps + 1]float64
	for range sets {
		for step, m := range recallSequence(rng, n, k, m0, steps) {
			sum[step] += m / sets
			squares[step] += m * m / sets
		}
	}
	for step := 1; step <= steps; step++ {
		stderr := math.Sqrt((squares[step] - sum[step]*sum[step]) / (sets - 1))
		if d := sum[step] - want[step].M; math.Abs(d) > 4*stderr+2./n || stderr > 0.015 {
			t.Errorf("step %d: simulated %.4f ± %.4f, theory %.4f", step, sum[step], stderr, want[step].M)
		}
	}
}

// recallSequence returns the overlaps with the pattern that is due, times 0 to steps.
func recallSequence(rng *rand.Rand, n, k int, m0 float64, steps int) []float64 {
	patterns := make([][]float64, k)
	for mu := range patterns {
		patterns[mu] = make([]float64, n)
		for i := range patterns[mu] {
			patterns[mu][i] = float64(2*rng.IntN(2) - 1)
		}
	}
	state := append([]float64(nil), patterns[0]...)
	for _, i := range rng.Perm(n)[:int(flips(n, m0))] {
		state[i] = -state[i]
	}
	due := []float64{scalarProduct(state, patterns[0]) / float64(n)}
	for step := 1; step <= steps; step++ {
		field := make([]float64, n)
		for mu, xi := range patterns {
			overlap := scalarProduct(xi, state)
			for i, next := range patterns[(mu+1)%k] {
				field[i] += overlap * next
			}
		}
		for i, h := range field {
			if h != 0 {
				state[i] = math.Copysign(1, h)
			}
		}
		due = append(due, scalarProduct(state, patterns[step])/float64(n))
	}
	return due
}

func TestSequenceOfBadArguments(t *testing.T) {
	var domain *DomainError
	for _, c := range []struct{ alpha, temperature float64 }{{0.27, 0}, {0, 0}, {0.1, 1}, {0.1, -1}, {math.NaN(), 0}, {0.1, math.NaN()}} {
		if _, err := Sequence(c.alpha, c.temperature); !errors.As(err, &domain) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	for _, alpha := range []float64{1e-4, 0.3, math.NaN()} {
		if _, err := SequenceBasin(alpha); !errors.As(err, &domain) {
			t.Errorf("basin at %g: %v", alpha, err)
		}
	}
	if _, err := SequenceTrajectory(0.1, 0, 1.5, 1); !errors.As(err, &domain) {
		t.Errorf("m0 = 1.5: %v", err)
	}
}
