package theory

import (
	"math"
	"testing"
)

// One pattern is the retrieval state.
func TestMixtureOfOneIsRetrieval(t *testing.T) {
	for _, alpha := range []float64{0.01, 0.05, 0.1, 0.137} {
		m, e, err := MixtureAt(1, alpha)
		ags, _ := AGSZero(alpha)
		if err != nil || math.Abs(m-ags.M) > 1e-12 || math.Abs(e-ags.FRetrieval) > 1e-12 {
			t.Errorf("alpha = %v: m = %v, E = %v (%v), want %v and %v", alpha, m, e, err, ags.M, ags.FRetrieval)
		}
	}
}

// For α → 0 the energies are those of few patterns.
func TestMixtureAtVanishingLoad(t *testing.T) {
	for _, n := range []int{3, 5, 7} {
		few, err := NewMixture(n)
		if err != nil {
			t.Fatal(err)
		}
		m, e, err := MixtureAt(n, 1e-9)
		if err != nil || math.Abs(m-few.M) > 1e-6 || math.Abs(e-few.Energy) > 1e-6 {
			t.Errorf("n = %d: m = %v, E = %v (%v), want %v and %v", n, m, e, err, few.M, few.Energy)
		}
		if _, _, err := MixtureAt(n, few.AlphaMax*1.001); err == nil {
			t.Errorf("n = %d: a mixture beyond alpha = %v", n, few.AlphaMax)
		}
		if _, _, err := MixtureAt(n, few.AlphaMax*0.999); err != nil {
			t.Errorf("n = %d: %v", n, err)
		}
	}
}

// The energy is stationary in m, r and C, so its slope is the explicit one,
// dE/dα = (1 − √r)/2.
func TestMixtureEnergySlope(t *testing.T) {
	const alpha, h = 0.01, 1e-5
	for _, n := range []int{1, 3, 5} {
		_, above, err1 := MixtureAt(n, alpha+h)
		_, below, err2 := MixtureAt(n, alpha-h)
		m, e, err3 := MixtureAt(n, alpha)
		if err1 != nil || err2 != nil || err3 != nil {
			t.Fatal(err1, err2, err3)
		}
		r := 1 - 2*(e+float64(n)*m*m/2)/alpha
		if got, want := (above-below)/(2*h), (1-math.Sqrt(r))/2; math.Abs(got-want) > 1e-5 {
			t.Errorf("n = %d: dE/dalpha = %v, want %v", n, got, want)
		}
	}
}
