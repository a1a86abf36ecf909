package theory

import (
	"errors"
	"math"
	"testing"
)

// Nadal et al. (1986): about 0.05 N patterns near ε = 4, none below about 2.5.
func TestPalimpsestKnownNumbers(t *testing.T) {
	epsilon, age, err := PalimpsestCapacity()
	if err != nil {
		t.Fatal(err)
	}
	threshold, err := PalimpsestThreshold()
	if err != nil || math.Abs(epsilon-4.1) > 0.1 || math.Abs(age-0.05) > 0.002 || math.Abs(threshold-2.5) > 0.05 {
		t.Errorf("u_max = %v at ε = %v, threshold %v, %v", age, epsilon, threshold, err)
	}
	// At the threshold only the newest pattern is retrieved.
	oldest, _, err := PalimpsestOldest(threshold)
	if err != nil || oldest > 1e-14 {
		t.Errorf("u_max = %v at the threshold, %v", oldest, err)
	}
}

// The solution obeys the equations in their first form, with the integral of r by
// Simpson's rule.
func TestPalimpsestObeysItsEquations(t *testing.T) {
	for _, c := range []struct{ epsilon, share float64 }{{2.5, 0}, {2.5, 1}, {3, 0.5}, {4, 0.9}, {4, 1}, {8, 0.3}} {
		oldest, mOldest, err := PalimpsestOldest(c.epsilon)
		if err != nil {
			t.Fatal(err)
		}
		p, err := Palimpsest(c.epsilon, c.share*oldest)
		if err != nil {
			t.Fatal(err)
		}
		y := p.M * p.Weight / math.Sqrt(2*p.R)
		near(t, "m", p.M, math.Erf(y), 1e-8)
		near(t, "C", p.C, math.Sqrt(2/(math.Pi*p.R))*math.Exp(-y*y), 1e-7)
		near(t, "r", p.R, weightNoise(c.epsilon, p.C), 1e-8)
		near(t, "W", p.Weight, c.epsilon*math.Exp(-c.epsilon*c.epsilon*p.Age/2), 1e-12)
		if c.share == 1 {
			near(t, "m of the oldest", p.M, mOldest, 1e-6)
		}
	}
}

// weightNoise returns ∫ W²/(1−CW)² du over ages, in w = ln(ε/W).
func weightNoise(epsilon, c float64) float64 {
	const steps, end = 20000, 25.0
	h, sum := end/steps, 0.0
	for i := range steps + 1 {
		factor := 2 + 2*float64(i%2)
		if i == 0 || i == steps {
			factor = 1
		}
		w := epsilon * math.Exp(-h*float64(i))
		sum += factor * w * w / ((1 - c*w) * (1 - c*w))
	}
	return 2 / (epsilon * epsilon) * sum * h / 3
}

// The second route: direct iteration of the equations from m = 1 finds the state just
// below the oldest age, and loses it just above.
func TestPalimpsestAgainstIteration(t *testing.T) {
	for _, epsilon := range []float64{2.6, 4, 7} {
		oldest, _, err := PalimpsestOldest(epsilon)
		if err != nil {
			t.Fatal(err)
		}
		for _, share := range []float64{0.5, 0.98, 1.02} {
			weight := epsilon * math.Exp(-epsilon*epsilon*share*oldest/2)
			m, r := 1.0, 1.0
			for range 20000 {
				y := m * weight / math.Sqrt(2*r)
				c := math.Sqrt(2/(math.Pi*r)) * math.Exp(-y*y)
				x := c * epsilon
				if x >= 1 {
					m = 0
					break
				}
				m, r = math.Erf(y), 1/levelRatio(x)
			}
			p, err := Palimpsest(epsilon, share*oldest)
			switch {
			case share > 1 && (err == nil || m > 0.8):
				t.Errorf("ε = %g: m = %v beyond the oldest age, %v", epsilon, m, err)
			case share < 1:
				near(t, "m", p.M, m, 1e-9)
			}
		}
	}
}

func TestPalimpsestOfBadArguments(t *testing.T) {
	var domain *DomainError
	for _, c := range []struct{ epsilon, age float64 }{{2.4, 0}, {-4, 0}, {4, 0.05}, {4, -1e-3}, {math.NaN(), 0}, {4, math.NaN()}, {1e7, 0}} {
		if _, err := Palimpsest(c.epsilon, c.age); !errors.As(err, &domain) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
