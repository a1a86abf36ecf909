package summary

import (
	"math"
	"math/rand/v2"
	"testing"
)

// bimodal is how often samples drawn by one of the random numbers are said to have two peaks.
func bimodal(n, repetitions int, draw func() float64) float64 {
	often := 0
	for range repetitions {
		var s Samples
		for range n {
			s.averages = append(s.averages, draw())
		}
		if s.Bimodal() {
			often++
		}
	}
	return float64(often) / float64(repetitions)
}

// TestBimodal: a distribution without a valley is hardly ever said to have two peaks, and
// two peaks with an empty valley are found.
func TestBimodal(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	either := func(share float64, a, b func() float64) func() float64 {
		return func() float64 {
			if rnd.Float64() < share {
				return a()
			}
			return b()
		}
	}
	at := func(x float64) func() float64 { return func() float64 { return x } }
	normal := func(mean, sd float64) func() float64 { return func() float64 { return mean + sd*rnd.NormFloat64() } }
	tail := func() float64 { return 1 - 0.1*rnd.ExpFloat64() }
	for _, c := range []struct {
		name string
		draw func() float64
		want float64
	}{
		{"normal", rnd.NormFloat64, 0},
		{"uniform", rnd.Float64, 0},
		{"exponential", rnd.ExpFloat64, 0},
		{"a heavy tail", func() float64 { return math.Exp(rnd.NormFloat64()) }, 0},
		{"heavy tails", func() float64 { return rnd.NormFloat64() / math.Sqrt(rnd.ExpFloat64()) }, 0},
		{"an atom and a tail", either(0.8, at(1), tail), 0},
		{"an atom and a flat tail", either(0.6, at(1), func() float64 { return 0.6 + 0.4*rnd.Float64() }), 0},
		{"overlaps of 12 neurons", func() float64 { return 1 - float64(rnd.IntN(12))/6 }, 0},
		{"a tail of few overlaps", func() float64 { return 1 - math.Floor(2*rnd.ExpFloat64())/250 }, 0},
		{"two overlaps that are neighbours", either(0.5, at(1), at(0.996)), 0},
		{"averages that differ by rounding", either(0.5, at(0.3), at(0.1+0.2)), 0},
		{"two values", either(0.5, at(1), at(0.5)), 1},
		{"two peaks", either(0.5, normal(0.35, 0.08), normal(0.97, 0.01)), 1},
		{"two peaks, one of them lower", either(0.2, normal(0.35, 0.08), normal(0.97, 0.01)), 1},
		{"two peaks of overlaps", either(0.4, func() float64 { return 0.3 + 0.02*float64(rnd.IntN(5)) }, at(1)), 1},
		{"two normal peaks, six deviations apart", either(0.5, normal(0, 1), normal(6, 1)), 1},
	} {
		for _, n := range []int{40, 100, 400, 5000} {
			if n == 40 && c.want == 1 || n < 400 && c.name == "two peaks, one of them lower" {
				continue // too few to be sure
			}
			if got := bimodal(n, max(10, 40000/n), c.draw); math.Abs(got-c.want) > 0.02 {
				t.Errorf("%s: two peaks in %.3f of the sets of %d samples", c.name, got, n)
			}
		}
	}
}

func TestBimodalOfFewOrEqualSamples(t *testing.T) {
	few := Samples{averages: make([]float64, 2*FewSamples-1)}
	equal := Samples{averages: make([]float64, 100)}
	infinite := Samples{averages: make([]float64, 100)}
	for i := range few.averages {
		few.averages[i] = float64(i % 2)
	}
	infinite.averages[3] = math.Inf(1)
	if few.Bimodal() || equal.Bimodal() || infinite.Bimodal() {
		t.Errorf("few: %v, equal: %v, infinite: %v", few.Bimodal(), equal.Bimodal(), infinite.Bimodal())
	}
}
