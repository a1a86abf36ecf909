package summary

import (
	"math"
	"testing"
)

// The parts of each kind, by the names that tables give them.
func TestParts(t *testing.T) {
	s := Summary{Center: 1, Low: 2, High: 3, Mean: 4, Stderr: 5}
	for kind, want := range map[Kind]map[string]float64{
		Mean:     {"_mean": 1, "_stderr": 5},
		Fraction: {"_fraction": 1, "_low": 2, "_high": 3},
		Share:    {"_fraction": 1},
		Median:   {"_mean": 4, "_stderr": 5, "_median": 1, "_median_low": 2, "_median_high": 3},
		0:        {},
	} {
		parts := kind.Parts()
		if len(parts) != len(want) {
			t.Errorf("kind %d has %d parts", kind, len(parts))
		}
		for _, p := range parts {
			if got, ok := want[p.Suffix]; !ok || p.Of(s) != got {
				t.Errorf("kind %d: %s = %v, want %v", kind, p.Suffix, p.Of(s), got)
			}
		}
	}
}

// At 1.96 standard errors an interval is the one that is quoted, and a narrower one
// lies within it.
func TestInterval(t *testing.T) {
	sets := [][]float64{{0, 1}, {1, 1}, {0, 0}, {1, 0}, {1, 1}, {0, 1}, {1, 1}, {1, 0}, {0, 0}, {1, 1}}
	var thresholds [][]float64
	for i := range 50 {
		thresholds = append(thresholds, []float64{float64(i * i)})
	}
	for _, s := range []Summary{NewSamples(sets).Mean(), NewSamples(sets).Fraction(), MedianOf(thresholds)} {
		low, high := s.Interval(z95)
		if math.Abs(low-s.Low) > 1e-9 || math.Abs(high-s.High) > 1e-9 {
			t.Errorf("kind %d: %v … %v, quoted %v … %v", s.Kind, low, high, s.Low, s.High)
		}
		low, high = s.Interval(1)
		if !(s.Low < low && low < s.Center && s.Center < high && high < s.High) {
			t.Errorf("kind %d: %v … %v around %v within %v … %v", s.Kind, low, high, s.Center, s.Low, s.High)
		}
	}
	if low, high := NewSamples(sets).Share().Interval(1); !math.IsNaN(low) || !math.IsNaN(high) {
		t.Errorf("a share has the interval %v … %v", low, high)
	}
}

// The interval of a fraction is that of as many trials as are behind it.
func TestEffective(t *testing.T) {
	alike := NewSamples([][]float64{{0, 0}, {1, 1}, {0, 0}, {1, 1}}).Fraction()
	if alike.Effective != 4 {
		t.Errorf("cues that agree count as %v trials, want 4", alike.Effective)
	}
	apart := NewSamples([][]float64{{0, 1}, {1, 0}, {0, 1}, {1, 0}}).Fraction()
	if apart.Effective != 8 {
		t.Errorf("cues that differ count as %v trials, want 8", apart.Effective)
	}
	if low, high := Wilson(0.5, 8); apart.Low != low || apart.High != high {
		t.Errorf("%v … %v, want %v … %v", apart.Low, apart.High, low, high)
	}
}
