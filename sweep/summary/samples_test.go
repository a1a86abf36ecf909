package summary

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestSizeIsThatOfTheDesign: cues that all agree within a sample count once, those
// that are independent count each.
func TestSizeIsThatOfTheDesign(t *testing.T) {
	agree := Samples{averages: []float64{1, 0, 1, 0}, cues: 40}
	if n := agree.size(); n != 4 {
		t.Errorf("cues that agree: n = %v", n)
	}
	apart := Samples{averages: []float64{0.5, 0.5, 0.5, 0.5}, cues: 40}
	if n := apart.size(); n != 40 {
		t.Errorf("cues that differ: n = %v", n)
	}
	between := Samples{averages: []float64{0.2, 0.8, 0.4, 0.6}, cues: 40}
	se2 := (0.09 + 0.09 + 0.01 + 0.01) / 3 / 4
	if n := between.size(); math.Abs(n-0.25/se2) > 1e-9 {
		t.Errorf("n = %v, want %v", n, 0.25/se2)
	}
	if n := (Samples{averages: []float64{0, 0, 0, 0}, cues: 40}).size(); n != 4 {
		t.Errorf("nothing seen: n = %v, want the number of samples", n)
	}
}

// TestMeanOfEqualValues: it is that value and has no error, whatever their number, over
// samples and over cues.
func TestMeanOfEqualValues(t *testing.T) {
	off := 0
	for _, x := range []float64{0.1, 0.7, -0.495, 1.0 / 3} {
		for n := 2; n <= 1000; n++ {
			values := slices.Repeat([]float64{x}, n)
			sum := 0.0
			for _, v := range values {
				sum += v
			}
			if sum/float64(n) != x {
				off++
			}
			apart := make([][]float64, n)
			for i := range apart {
				apart[i] = values[:1]
			}
			for _, s := range []Samples{NewSamples(apart), NewSamples([][]float64{values, values[:n/2], {x, math.NaN()}})} {
				if m := s.Mean(); m.Center != x || m.Stderr != 0 {
					t.Fatalf("%d times %v: %v ± %v", n, x, m.Center, m.Stderr)
				}
			}
		}
	}
	if off < 1000 {
		t.Errorf("a sum that is not looked after is off in %d cases only", off)
	}
}

// TestCoverage draws pattern sets whose rate differs from set to set, with several
// cues each: 95 % intervals must hold the true rate in about 95 % of the cases. An
// interval that takes cues for independent holds it in far fewer.
func TestCoverage(t *testing.T) {
	const repetitions, samples, cues, rate = 2000, 40, 8, 0.3
	rnd := rand.New(rand.NewPCG(1, 2))
	held, naive := 0, 0
	for range repetitions {
		m := Samples{cues: samples * cues}
		for range samples {
			own := 0.05 // a mixture with mean 0.3
			if rnd.Float64() < 1.0/3 {
				own = 0.8
			}
			n := 0.0
			for range cues {
				if rnd.Float64() < own {
					n++
				}
			}
			m.averages = append(m.averages, n/cues)
		}
		held += within(rate)(interval(m.Fraction()))
		naive += within(rate)(Wilson(m.mean(), samples*cues))
	}
	if share := float64(held) / repetitions; share < 0.93 || share > 0.97 {
		t.Errorf("held in %.3f of the cases", share)
	}
	if share := float64(naive) / repetitions; share > 0.8 {
		t.Errorf("the naive interval holds it in %.3f: this test cannot tell them apart", share)
	}
}

func within(x float64) func(low, high float64) int {
	return func(low, high float64) int {
		if low <= x && x <= high {
			return 1
		}
		return 0
	}
}

// interval are the ends of what is quoted.
func interval(s Summary) (low, high float64) { return s.Low, s.High }
