package theory

import (
	"errors"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// Gardner (1988): 2 patterns per coupling at κ = 0. The other numbers are the
// integral, by Simpson's rule with 10⁶ steps.
func TestGardnerCapacity(t *testing.T) {
	for _, kappa := range []float64{-30, -5, -1.5, -0.6, -0.5, -0.4, 0, 0.5, 1, 3} {
		got, err := GardnerCapacity(kappa)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "alpha_c", got, 1/stabilityCostBySimpson(kappa), 1e-10)
	}
	two, _ := GardnerCapacity(0)
	near(t, "alpha_c(0)", two, 2, 1e-15)
	large, _ := GardnerCapacity(1e6)
	near(t, "alpha_c(10⁶)", large, 1e-12, 1e-11)
}

func stabilityCostBySimpson(kappa float64) float64 {
	const steps = 200000
	low := math.Max(-kappa, -20)
	width := math.Max(12-low, 0)
	if kappa < -4 {
		width = 12
	}
	h := width / steps
	sum := 0.0
	for i := range steps + 1 {
		weight := 2 + 2*float64(i%2)
		if i == 0 || i == steps {
			weight = 1
		}
		x := low + h*float64(i)
		sum += weight * normal(x) * (x + kappa) * (x + kappa)
	}
	return sum * h / 3
}

func TestGardnerStabilityInvertsCapacity(t *testing.T) {
	for _, kappa := range []float64{-36.5, -10, -1, -1e-3, 1e-3, 0.2, 1, 10, 1e8} {
		alpha, err := GardnerCapacity(kappa)
		if err != nil {
			t.Fatal(err)
		}
		got, err := GardnerStability(alpha)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "kappa_max", got, kappa, 1e-12)
	}
	if kappa, err := GardnerStability(2); err != nil || math.Abs(kappa) > 1e-15 {
		t.Errorf("kappa_max(2) = %g, %v", kappa, err)
	}
	if kappa, err := GardnerStability(2.5); err != nil || kappa >= 0 {
		t.Errorf("kappa_max(2.5) = %g, %v: want a negative one", kappa, err)
	}
}

// The second route: the optimum itself, by AdaTron on a small network, which lies
// above κ_max(K/(N−1)) by 1.5/N or so.
func TestGardnerAgainstAdaTron(t *testing.T) {
	const n, k, rows = 30, 15, 400
	rng := rand.New(rand.NewPCG(3, 4))
	var least, mean float64
	for range rows {
		l, m := adaTron(rng, n-1, k)
		least += l / rows
		mean += m / rows
	}
	kappa, err1 := GardnerStability(k / float64(n-1))
	stability, err2 := GardnerMeanStability(k / float64(n-1))
	if err := first(err1, err2); err != nil {
		t.Fatal(err)
	}
	if d := float64(n) * (least - kappa); d < 0.4 || d > 2.4 {
		t.Errorf("N(kappa − kappa_max) = %.2f ± 0.3, want about 1.4", d)
	}
	if d := float64(n) * (mean - stability); d < 0 || d > 2 {
		t.Errorf("N times the excess of the mean stability = %.2f ± 0.3, want about 1", d)
	}
}

// adaTron returns the least and the mean stability of the optimal row for random
// patterns (Anlauf and Biehl, Europhys. Lett. 10, 687 (1989)).
func adaTron(rng *rand.Rand, inputs, k int) (least, mean float64) {
	patterns := make([][]float64, k)
	for mu := range patterns {
		patterns[mu] = make([]float64, inputs)
		for j := range patterns[mu] {
			patterns[mu][j] = float64(2*rng.IntN(2) - 1)
		}
	}
	row, strength := make([]float64, inputs), make([]float64, k)
	field := func(mu int) (sum float64) {
		for j, x := range patterns[mu] {
			sum += row[j] * x
		}
		return sum
	}
	for largest := 1.0; largest > 1e-5; {
		largest = 0
		for mu, xi := range patterns {
			change := math.Max(-strength[mu], (1-field(mu))/float64(inputs))
			strength[mu] += change
			largest = math.Max(largest, math.Abs(change))
			for j, x := range xi {
				row[j] += change * x
			}
		}
	}
	norm := 0.0
	for _, j := range row {
		norm += j * j
	}
	least = math.Inf(1)
	for mu := range patterns {
		stability := field(mu) / math.Sqrt(norm)
		least = math.Min(least, stability)
		mean += stability / float64(k)
	}
	return least, mean
}

// Half of the sets are separable at two patterns per coupling (Cover 1965).
func TestSeparableProbability(t *testing.T) {
	for _, c := range []struct{ n, k int }{{2, 1}, {10, 18}, {30, 40}, {30, 70}, {101, 200}} {
		sum := new(big.Int)
		for j := range int64(min(c.n-1, c.k)) {
			sum.Add(sum, new(big.Int).Binomial(int64(c.k-1), j))
		}
		want, _ := new(big.Rat).SetFrac(sum, new(big.Int).Lsh(big.NewInt(1), uint(c.k-1))).Float64()
		got, err := SeparableProbability(c.n, c.k)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "P", got, want, 1e-12)
	}
	half, _ := SeparableProbability(51, 100)
	near(t, "P at K = 2(N−1)", half, 0.5, 1e-14)
}

func TestGardnerOfBadArguments(t *testing.T) {
	var domain *DomainError
	for _, kappa := range []float64{-38, 1e10, math.NaN()} {
		if _, err := GardnerCapacity(kappa); !errors.As(err, &domain) {
			t.Errorf("kappa = %g: %v", kappa, err)
		}
	}
	if _, err := GardnerMeanStability(2); !errors.As(err, &domain) {
		t.Errorf("mean stability at alpha = 2: %v", err)
	}
}
