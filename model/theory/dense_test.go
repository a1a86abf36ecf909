package theory

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// Known numbers: exact rational arithmetic (powers of the generating polynomial as
// integers) for the first seven, tilted transforms in NumPy for the others.
func TestDenseErrorKnownNumbers(t *testing.T) {
	for _, c := range []struct {
		form         DenseForm
		degree, n, k int
		want         float64
	}{
		{Full, 3, 10, 20, 0.102620197214058},
		{Rectified, 3, 10, 20, 0.0416420591400514},
		{Distinct, 3, 10, 20, 0.0707150869238904},
		{Full, 4, 10, 15, 0.0251956862977961},
		{Rectified, 3, 20, 12, 0.000194730405817893},
		{Full, 3, 100, 3, 1.84915289207673e-25},
		{Rectified, 3, 100, 3, 4.62288223019182e-26},
		{Full, 3, 100, 20, 6.004310892865e-17},
		{Full, 3, 100, 200, 3.4965647857655e-05},
		{Distinct, 4, 20, 200, 0.01506269253808896},
		{Full, 4, 20, 200, 0.05580948431847967},
	} {
		got, err := NewDenseOneStep(c.form, c.degree, c.n, c.k)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "error", got.ErrorExact, c.want, 5e-12)
	}
}

// At n = 2 the full form and the distinct form are the Hopfield network, of which
// the error is a binomial tail.
func TestDenseOfDegreeTwoIsHopfield(t *testing.T) {
	for _, c := range [][2]int{{4, 3}, {10, 7}, {100, 14}, {101, 14}, {1000, 138}, {1000, 100000}, {33, 5000}} {
		want, err := OneStepError(c[0], c[1], 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, form := range []DenseForm{Full, Distinct} {
			got, err := NewDenseOneStep(form, 2, c[0], c[1])
			if err != nil {
				t.Fatal(err)
			}
			near(t, "error", got.ErrorExact, want, 1e-11)
		}
	}
}

// Another quadrature: the transform of the whole lattice against the inversion at
// its peaks.
func TestLatticeSumTwoWays(t *testing.T) {
	for _, c := range []struct {
		form         DenseForm
		degree, n, k int
	}{{Full, 3, 30, 300}, {Rectified, 3, 20, 500}, {Distinct, 4, 16, 800}, {Full, 2, 100, 900}} {
		s, err := newDenseSteps(c.form, c.degree, c.n, c.k)
		if err != nil {
			t.Fatal(err)
		}
		l, err := newLatticeSum(s, c.k-1)
		if err != nil {
			t.Fatal(err)
		}
		size := powerOfTwo(64 * l.sigma)
		inverted, err := l.byInversion(size)
		if err != nil {
			t.Fatal(err)
		}
		support := float64(l.terms)*float64(l.largest) + 1
		near(t, "tail", inverted, l.byTransform(powerOfTwo(support), support), 1e-11)
	}
}

func TestMergedIntervals(t *testing.T) {
	got := merged([][2]uint64{{5, 9}, {0, 3}, {8, 12}, {10, 11}, {20, 30}})
	want := [][2]uint64{{0, 3}, {5, 12}, {20, 30}}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// The rule itself on small networks, energies compared by their definition.
func TestDenseErrorAgainstSimulation(t *testing.T) {
	const n, k, samples = 8, 9, 20000
	rng := rand.New(rand.NewPCG(9, 10))
	energies := map[DenseForm]func(xi, s []int) int{
		Full:      func(xi, s []int) int { return -cube(dot(xi, s)) },
		Rectified: func(xi, s []int) int { return -cube(max(0, dot(xi, s))) },
		Distinct: func(xi, s []int) int {
			sum := 0
			for a := range s {
				for b := range a {
					for c := range b {
						sum += xi[a] * s[a] * xi[b] * s[b] * xi[c] * s[c]
					}
				}
			}
			return -sum
		},
	}
	for form, energy := range energies {
		var sum, squares float64
		for range samples {
			patterns := make([][]int, k)
			for mu := range patterns {
				patterns[mu] = make([]int, n)
				for i := range patterns[mu] {
					patterns[mu][i] = 2*rng.IntN(2) - 1
				}
			}
			e := wrongAfterOneUpdate(patterns, energy)
			sum += e
			squares += e * e
		}
		mean := sum / samples
		stderr := math.Sqrt((squares/samples - mean*mean) / samples)
		want, err := NewDenseOneStep(form, 3, n, k)
		if err != nil || math.Abs(mean-want.ErrorExact) > 4*stderr {
			t.Errorf("%v: simulated %.5f ± %.5f, theory %.5f, %v", form, mean, stderr, want.ErrorExact, err)
		}
	}
}

// wrongAfterOneUpdate updates neuron 0 of pattern 0: all neurons are alike.
func wrongAfterOneUpdate(patterns [][]int, energy func(xi, s []int) int) float64 {
	s := append([]int(nil), patterns[0]...)
	change := 0
	for _, xi := range patterns {
		change -= energy(xi, s)
	}
	s[0] = -s[0]
	for _, xi := range patterns {
		change += energy(xi, s)
	}
	if change < 0 {
		return 1
	}
	return 0
}

func cube(x int) int { return x * x * x }

func dot(a, b []int) int {
	sum := 0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// As N grows the exact error tends to the asymptotic one.
func TestDenseErrorAsymptotics(t *testing.T) {
	for _, form := range []DenseForm{Full, Rectified, Distinct} {
		previous := math.Inf(1)
		for _, n := range []int{50, 200, 800} {
			p, err := NewDenseOneStep(form, 3, n, n*n/10)
			if err != nil {
				t.Fatal(err)
			}
			gap := math.Abs(p.ErrorExact/p.ErrorAsymptotic - 1)
			if gap > previous/3 {
				t.Errorf("%v, N = %d: relative gap %.3g after %.3g", form, n, gap, previous)
			}
			previous = gap
		}
	}
}

// K_max is the last K with an error of at most P.
func TestDenseCapacity(t *testing.T) {
	for _, c := range []struct {
		form      DenseForm
		degree, n int
		p         float64
	}{{Full, 2, 100, 0.01}, {Full, 2, 101, 0.01}, {Full, 3, 50, 0.005}, {Distinct, 3, 40, 0.05}, {Rectified, 4, 20, 0.1}} {
		got, err := NewDenseCapacity(c.form, c.degree, c.n, c.p)
		if err != nil {
			t.Fatal(err)
		}
		at := func(k int) float64 {
			p, err := NewDenseOneStep(c.form, c.degree, c.n, k)
			if err != nil {
				t.Fatal(err)
			}
			return p.ErrorExact
		}
		if at(got.KMax) > c.p || at(got.KMax+1) <= c.p || at(got.KMax+2) <= c.p {
			t.Errorf("%+v: K_max = %d, errors %g %g %g", c, got.KMax, at(got.KMax), at(got.KMax+1), at(got.KMax+2))
		}
		asymptotic := math.Erfc(1/math.Sqrt(2*got.AlphaN*c.form.noise(c.degree))) / 2
		near(t, "error at alpha_n", asymptotic, c.p, 1e-12)
	}
	// Krotov and Hopfield (2016): N²/(6 ln N) and N³/(30 ln N)
	cubic, err := NewDenseCapacity(Full, 3, 100, 0.01)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "K_error_free", cubic.KErrorFree, 1e4/(6*math.Log(100)), 1e-14)
}

// The second route to the spinodal: the equation, iterated, holds on to its state
// just below and loses it just above.
func TestDenseSpinodal(t *testing.T) {
	for _, form := range []DenseForm{Full, Rectified, Distinct} {
		for _, degree := range []int{3, 4, 7} {
			s, err := NewDenseSpinodal(form, degree)
			if err != nil {
				t.Fatal(err)
			}
			end := func(alpha float64) float64 {
				m := 1.0
				for range 10000 {
					m = math.Erf(math.Pow(m, float64(degree-1)) / math.Sqrt(2*alpha*form.noise(degree)))
				}
				return m
			}
			if m := end(s.AlphaC * (1 - 1e-5)); math.Abs(m-s.MC) > 0.01 {
				t.Errorf("%v, degree %d: m = %g below the spinodal, m_c = %g", form, degree, m, s.MC)
			}
			if m := end(s.AlphaC * (1 + 1e-4)); m > 0.5 {
				t.Errorf("%v, degree %d: m = %g above the spinodal", form, degree, m)
			}
		}
	}
	two, err := NewDenseSpinodal(Full, 2)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "degree 2", two.AlphaC, 0.13790556649493174, 1e-14)
}

func TestDenseOfBadArguments(t *testing.T) {
	var domain *DomainError
	for _, c := range []struct {
		form         DenseForm
		degree, n, k int
	}{{Full, 1, 10, 5}, {Full, 3, 1, 5}, {Full, 3, 10, 0}, {Full, 3, 10, -1}, {Full, 12, 1000, 5}, {Distinct, 12, 10, 5}, {Full, 3, 2_000_000, 4}} {
		if p, err := NewDenseOneStep(c.form, c.degree, c.n, c.k); !errors.As(err, &domain) {
			t.Errorf("%+v: %+v, %v: want a DomainError", c, p, err)
		}
	}
	for _, p := range []float64{0, -1, 0.5, 1, math.NaN()} {
		if got, err := NewDenseCapacity(Full, 3, 100, p); !errors.As(err, &domain) {
			t.Errorf("capacity at error %g: %+v, %v: want a DomainError", p, got, err)
		}
	}
	for _, c := range []struct {
		form   DenseForm
		degree int
	}{{Full, 1}, {Rectified, 2}, {Full, 1000}} {
		if got, err := NewDenseSpinodal(c.form, c.degree); !errors.As(err, &domain) {
			t.Errorf("spinodal %+v: %+v, %v: want a DomainError", c, got, err)
		}
	}
}

// A lattice that its few terms do not blur is refused, not guessed.
func TestDenseErrorRefusesWhatItCannotResolve(t *testing.T) {
	var convergence *ConvergenceError
	if p, err := NewDenseOneStep(Full, 5, 50, 100); !errors.As(err, &convergence) {
		t.Errorf("%+v, %v: want a ConvergenceError", p, err)
	}
}
