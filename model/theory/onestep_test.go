package theory

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// Known numbers: exact rational arithmetic, and mpmath for the last two.
func TestOneStepErrorKnownNumbers(t *testing.T) {
	for _, c := range []struct {
		n, k      int
		m0, error float64
	}{
		{1000, 138, 1, 0.0034350271349968574},
		{100, 14, 1, 0.0026460204701520611},
		{100, 20, 0.8, 0.032535624273232454},
		{101, 30, 0.3, 0.28242775484919242},
		{4, 3, 1, 0.109375},
		{10, 2, 0.5, 0.08984375},
		{7, 5, -3. / 7, 0.72937190532684326},
		{200, 10, 1, 1.1193573840634679e-6},
		{1_000_000, 100_000, 1, 0.00078265437786368288},
		{1_000_000, 30_000, 1, 3.8797343387678391e-9},
	} {
		got, err := OneStepError(c.n, c.k, c.m0)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "error", got, c.error, 1e-13)
	}
}

func TestOneStepErrorOfOnePatternIsZero(t *testing.T) {
	if got, err := OneStepError(10, 1, 0.5); got != 0 || err != nil {
		t.Errorf("error = %g, %v", got, err)
	}
}

// N/(2 ln N) and N/(4 ln N) at N = e⁷, nearly.
func TestMcEliece(t *testing.T) {
	most, all, err := McEliece(1097)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "most", most, 1097./14, 1e-3)
	near(t, "all", all, 1097./28, 1e-3)
}

// The second route to the binomial tail: its sum in integers.
func TestFairBinomialAgainstIntegers(t *testing.T) {
	for _, n := range []int64{1, 2, 3, 10, 17, 99, 100, 101, 500} {
		sum := new(big.Int)
		scale := new(big.Int).Lsh(big.NewInt(1), uint(n))
		for k := range n {
			sum.Add(sum, new(big.Int).Binomial(n, k))
			want, _ := new(big.Rat).SetFrac(sum, scale).Float64()
			near(t, "P(B <= k)", fairBinomial(float64(n), float64(k)), want, 1e-12)
		}
	}
}

// The third: the step itself, on small networks with every tie it can meet.
func TestOneStepErrorAgainstSimulation(t *testing.T) {
	const samples = 40000
	rng := rand.New(rand.NewPCG(1, 2))
	for _, c := range []struct {
		n, k int
		m0   float64
	}{{7, 3, 1}, {8, 4, 0.5}, {9, 4, 1. / 3}, {6, 3, -1. / 3}} {
		var sum, squares float64
		for range samples {
			e := simulateOneStep(rng, c.n, c.k, c.m0)
			sum += e
			squares += e * e
		}
		mean := sum / samples
		stderr := math.Sqrt((squares/samples - mean*mean) / samples)
		want, err := OneStepError(c.n, c.k, c.m0)
		if err != nil || math.Abs(mean-want) > 4*stderr {
			t.Errorf("%+v: simulated %.5f ± %.5f, theory %.5f, %v", c, mean, stderr, want, err)
		}
	}
}

// simulateOneStep returns the error after one parallel step on fresh patterns.
func simulateOneStep(rng *rand.Rand, n, k int, m0 float64) float64 {
	patterns := make([][]int, k)
	for mu := range patterns {
		patterns[mu] = make([]int, n)
		for i := range patterns[mu] {
			patterns[mu][i] = 2*rng.IntN(2) - 1
		}
	}
	cue := append([]int(nil), patterns[0]...)
	for i := range int(flips(n, m0)) {
		cue[i] = -cue[i]
	}
	wrong := 0
	for i := range cue {
		field := 0
		for _, xi := range patterns {
			for j, s := range cue {
				if j != i {
					field += xi[i] * xi[j] * s
				}
			}
		}
		if next := field * patterns[0][i]; next < 0 || next == 0 && cue[i] != patterns[0][i] {
			wrong++
		}
	}
	return float64(wrong) / float64(n)
}

// The number of flips is decided on the decimal, not on its float64.
func TestFlipsOfADecimal(t *testing.T) {
	for _, c := range []struct {
		n        int
		m0, want float64
	}{{30, 0.9, 2}, {10, 0.9, 1}, {10, 0.7, 2}, {100, 0.5, 25}, {10, 1, 0}, {10, -1, 10}} {
		if got := flips(c.n, c.m0); got != c.want {
			t.Errorf("flips(%d, %g) = %g, want %g", c.n, c.m0, got, c.want)
		}
	}
}

func TestOneStepErrorOfBadArguments(t *testing.T) {
	for _, c := range []struct {
		n, k int
		m0   float64
	}{{1, 1, 1}, {10, 0, 1}, {10, -1, 1}, {10, 1, 1.1}, {10, 1, math.NaN()}, {2_000_000, 1, 1}} {
		if got, err := OneStepError(c.n, c.k, c.m0); err == nil {
			t.Errorf("%+v: %g and no error", c, got)
		}
	}
}
