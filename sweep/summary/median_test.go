package summary

import (
	"math"
	"math/rand/v2"
	"testing"
)

func medianOf(samples ...[]float64) (median, low, high float64) {
	m := MedianOf(samples)
	return m.Center, m.Low, m.High
}

func TestMedianByHand(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		name    string
		samples [][]float64
		want    float64
	}{
		{"odd", [][]float64{{7}, {1}, {4}}, 4},
		{"even", [][]float64{{7}, {1}, {5}, {4}}, 4.5},
		{"undefined is beyond all", [][]float64{{7}, {1}, {nan}, {4}, {nan}}, 7},
		{"half undefined", [][]float64{{1}, {nan}}, nan},
		{"none", nil, nan},
		{"a sample of two cues weighs as one of one", [][]float64{{1, 2}, {3}, {4}}, 3},
	} {
		got, _, _ := medianOf(c.samples...)
		if math.Abs(got-c.want) > 1e-12 || math.IsNaN(got) != math.IsNaN(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestMedianIntervalIsOfOrderStatistics: the binomial distribution with n = 50 has
// [X₁₈, X₃₃] hold the median with 96.7 % and [X₁₉, X₃₂] with 93.5 %.
func TestMedianIntervalIsOfOrderStatistics(t *testing.T) {
	var samples [][]float64
	for i := range 50 {
		samples = append(samples, []float64{float64(1 + (i*7)%50)})
	}
	median, low, high := medianOf(samples...)
	if median != 25.5 || low < 18 || low > 19 || math.Abs(low+high-51) > 1e-9 {
		t.Errorf("%v, from %v to %v", median, low, high)
	}
	if _, low, high := medianOf(samples[:3]...); !math.IsNaN(low) || !math.IsNaN(high) {
		t.Errorf("three samples give the interval %v … %v", low, high)
	}
	for i := range 20 { // beyond all: the median is that of 50 still, its upper end is not known
		samples[i] = []float64{math.NaN()}
	}
	if median, _, high := medianOf(samples...); math.IsNaN(median) || !math.IsNaN(high) {
		t.Errorf("%v, up to %v, of 20 that are undefined", median, high)
	}
}

// TestMedianCoverage draws thresholds of a skewed distribution, alone and with three
// cues that have most in common: 95 % intervals must hold the median in about 95 % of
// the cases, and would not if cues counted as independent.
func TestMedianCoverage(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	const repetitions, sets = 3000, 40
	var held, heldCues, naive int
	for range repetitions {
		var alone, cues, apart [][]float64
		for range sets {
			x := rnd.ExpFloat64()
			three := []float64{x, x, x}
			if rnd.Float64() < 0.2 {
				three = []float64{rnd.ExpFloat64(), rnd.ExpFloat64(), rnd.ExpFloat64()}
			}
			alone, cues = append(alone, []float64{x}), append(cues, three)
			for _, y := range three {
				apart = append(apart, []float64{y})
			}
		}
		holds := func(samples [][]float64) int {
			_, low, high := medianOf(samples...)
			return within(math.Ln2)(low, high)
		}
		held, heldCues, naive = held+holds(alone), heldCues+holds(cues), naive+holds(apart)
	}
	for name, n := range map[string]int{"alone": held, "three cues": heldCues} {
		if share := float64(n) / repetitions; share < 0.93 || share > 0.97 {
			t.Errorf("%s: held in %.3f of the cases", name, share)
		}
	}
	if share := float64(naive) / repetitions; share > 0.85 {
		t.Errorf("the naive interval holds it in %.3f: this test cannot tell them apart", share)
	}
}
