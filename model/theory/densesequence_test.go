package theory

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

// ⟨X⁴⟩ = 3n² − 2n and ⟨X⁶⟩ = 15n³ − 30n² + 16n for a sum of n signs.
func TestDenseSequenceVariance(t *testing.T) {
	for _, size := range []int{2, 3, 10, 101, 1000} {
		n := float64(size - 1)
		for degree, want := range map[int]float64{1: 1, 2: 3 - 2/n, 3: 15 - 30/n + 16/(n*n)} {
			v, err := denseSequenceVariance(degree, size)
			if err != nil {
				t.Fatal(err)
			}
			near(t, "n^d v", v*math.Pow(n, float64(degree)), want, 1e-11)
		}
	}
	large, _ := denseSequenceVariance(4, 100_000)
	near(t, "n⁴v", large*1e20, 105, 1e-3)
}

// Degree 1 is the first step of a sequence, and one step of Hebb's rule but for the
// ties.
func TestDenseSequenceOfDegreeOne(t *testing.T) {
	gaussian, err1 := DenseSequenceError(1, 1000, 151, Cyclic)
	exact, err2 := DenseSequenceErrorExact(1, 1000, 151, Cyclic)
	if err := first(err1, err2); err != nil {
		t.Fatal(err)
	}
	near(t, "Gaussian error", gaussian, math.Erfc(1/math.Sqrt(2*150/999.))/2, 1e-13)
	hebb, _ := OneStepError(1000, 151, 1)
	near(t, "exact error", exact, hebb, 1e-9) // (K−1)(N−1) + N−1 is odd: no ties
	near(t, "exact error", exact, gaussian, 0.01)
	open, _ := DenseSequenceErrorExact(1, 1000, 152, Open)
	near(t, "error of an open sequence", open, exact, 1e-12)
	// One term ±X of two signs: −2 with probability ¼, which is a tie.
	if tied, err := DenseSequenceErrorExact(1, 3, 2, Cyclic); err != nil || math.Abs(tied-0.125) > 1e-15 {
		t.Errorf("error with a tie: %v, %v, want 1/8", tied, err)
	}
	if none, err := DenseSequenceErrorExact(2, 20, 2, Open); none != 0 || err != nil {
		t.Errorf("one transition: error %v, %v", none, err)
	}
}

// The exact law tends to the Gaussian one where many patterns add up.
func TestDenseSequenceErrorsAgree(t *testing.T) {
	for _, degree := range []int{2, 3} {
		k := int(0.2 * math.Pow(100, float64(degree)) / oddFactorial(2*degree-1))
		exact, err1 := DenseSequenceErrorExact(degree, 100, k, Cyclic)
		gaussian, err2 := DenseSequenceError(degree, 100, k, Cyclic)
		if err := first(err1, err2); err != nil {
			t.Fatal(err)
		}
		near(t, "error", exact, gaussian, 0.2)
	}
}

// The second route: the step itself.
func TestDenseSequenceAgainstSimulation(t *testing.T) {
	const samples = 40000
	rng := rand.New(rand.NewPCG(21, 22))
	for _, c := range []struct{ degree, n, k int }{{2, 12, 20}, {3, 9, 12}} {
		want, err := DenseSequenceErrorExact(c.degree, c.n, c.k, Cyclic)
		if err != nil {
			t.Fatal(err)
		}
		wrong := 0.0
		for range samples {
			signal, field := math.Pow(float64(c.n-1), float64(c.degree)), 0.0
			for range c.k - 1 {
				x := 0
				for range c.n - 1 {
					x += 2*rng.IntN(2) - 1
				}
				field += float64(2*rng.IntN(2)-1) * math.Pow(float64(x), float64(c.degree))
			}
			switch {
			case field < -signal:
				wrong++
			case field == -signal:
				wrong += 0.5
			}
		}
		if mean := wrong / samples; math.Abs(mean-want) > 4*math.Sqrt(want/samples) {
			t.Errorf("%+v: simulated error %.4f, theory %.4f", c, mean, want)
		}
	}
}

// The capacities invert the error, and approach their asymptotes.
func TestDenseSequenceCapacity(t *testing.T) {
	const c = 0.1
	for _, closure := range []SequenceClosure{Cyclic, Open} {
		for degree := 1; degree <= 3; degree++ {
			p, err := NewDenseSequenceCapacity(degree, 1000, c, closure)
			if err != nil {
				t.Fatal(err)
			}
			one := gaussianError((p.KTransition - 1 - float64(closure)) * p.Variance)
			near(t, "chance of a transition", 1000*math.Log1p(-one), math.Log1p(-c), 1e-10)
			all := gaussianError((p.KSequence - 1 - float64(closure)) * p.Variance)
			near(t, "chance of a sequence", 1000*(p.KSequence-float64(closure))*math.Log1p(-all), math.Log1p(-c), 1e-9)
			if p.KSequence >= p.KTransition {
				t.Errorf("degree %d: K_S = %v, K_T = %v", degree, p.KSequence, p.KTransition)
			}
		}
	}
	// The asymptotes are approached by ln ln N/ln N.
	small, _ := NewDenseSequenceCapacity(2, 1000, c, Cyclic)
	large, _ := NewDenseSequenceCapacity(2, 100_000, c, Cyclic)
	if a, b := small.KTransition/small.KTransitionAsymptotic, large.KTransition/large.KTransitionAsymptotic; math.Abs(a-1) > 0.05 || math.Abs(b-1) > 0.05 {
		t.Errorf("K_T is %v and %v of its asymptote", a, b)
	}
	if a, b := small.KSequence/small.KTransition, large.KSequence/large.KTransition; !(a > b && b > 1./3 && b < 0.45) {
		t.Errorf("K_S is %v and %v of K_T, → 1/3", a, b)
	}
}

// β = e²/cosh 2 = 1.9640 (Chaudhry et al. 2023).
func TestExponentialSequence(t *testing.T) {
	near(t, "β", 1/exponentialSequenceVariance(2), math.Exp(2)/math.Cosh(2), 1e-14)
	near(t, "β", 1/exponentialSequenceVariance(2), 1.9640, 1e-4)
	const n, k = 40, 1 << 35
	gaussian, err1 := ExponentialSequenceError(n, k, Cyclic)
	exact, err2 := ExponentialSequenceErrorExact(n, k, Cyclic)
	if err := first(err1, err2); err != nil || math.Abs(exact/gaussian-6.1) > 0.1 {
		t.Errorf("error %v, exact %v, %v", gaussian, exact, err)
	}
	if open, err := ExponentialSequenceErrorExact(n, k+1, Open); err != nil || open != exact {
		t.Errorf("error of an open sequence %v, %v, want %v", open, err, exact)
	}
	p, err := NewExponentialSequenceCapacity(100, 0.1, Cyclic)
	if err != nil || math.Abs(p.KTransition/p.KTransitionAsymptotic-1) > 0.2 || p.KSequence > p.KTransition {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestDenseSequenceOfBadArguments(t *testing.T) {
	var domain *DomainError
	if _, err := DenseSequenceError(0, 10, 5, Cyclic); !errors.As(err, &domain) {
		t.Errorf("degree 0: %v", err)
	}
	if _, err := DenseSequenceError(2, 10, 1, Cyclic); !errors.As(err, &domain) {
		t.Errorf("one pattern: %v", err)
	}
	if _, err := DenseSequenceErrorExact(10, 1000, 5, Cyclic); !errors.As(err, &domain) {
		t.Errorf("999¹⁰: %v", err)
	}
	for _, c := range []float64{0, 1, -1, math.NaN()} {
		if _, err := NewDenseSequenceCapacity(2, 100, c, Cyclic); !errors.As(err, &domain) {
			t.Errorf("c = %g: %v", c, err)
		}
	}
	if _, err := NewDenseSequenceCapacity(1, 3, 0.01, Cyclic); !errors.As(err, &domain) {
		t.Errorf("three neurons: %v", err)
	}
}
