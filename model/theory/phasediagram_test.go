package theory

import (
	"errors"
	"math"
	"testing"
)

// At T_M the two solutions with m > 0 are one.
func TestSolutionsMergeAtTM(t *testing.T) {
	for _, alpha := range []float64{1e-4, 0.03, 0.12, 0.138} {
		temperature, err := RetrievalTemperature(alpha)
		if err != nil {
			t.Fatal(err)
		}
		below, err := AGS(alpha, temperature-1e-9)
		if err != nil {
			t.Fatal(err)
		}
		if gap := below.M - below.MUnstable; gap < 0 || gap > 2e-3 {
			t.Errorf("alpha = %g: m - m_unstable = %g just below T_M", alpha, gap)
		}
		if _, err := AGS(alpha, temperature+1e-9); err == nil {
			t.Errorf("alpha = %g: retrieval above T_M = %g", alpha, temperature)
		}
	}
}

// At T_c the two free energies are equal: in the trapezoidal rule too.
func TestFreeEnergiesMeetAtTc(t *testing.T) {
	for _, alpha := range []float64{0.001, 0.02, 0.05, 0.053} {
		temperature, err := CoexistenceTemperature(alpha)
		if err != nil {
			t.Fatal(err)
		}
		s, err := retrievalState(alpha, temperature)
		if err != nil {
			t.Fatal(err)
		}
		g, err := spinGlassAt(alpha, temperature)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "f", freeEnergyByTrapezoid(s.m, s.q(), s.r(), alpha, temperature),
			freeEnergyByTrapezoid(0, g.q(), g.r(), alpha, temperature), 1e-12)
	}
}

// The published asymptotes for α → 0 (AGS 1987).
func TestPhaseDiagramAtSmallLoad(t *testing.T) {
	const alpha = 1e-6
	tM, err := RetrievalTemperature(alpha)
	if err != nil {
		t.Fatal(err)
	}
	tC, err := CoexistenceTemperature(alpha)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "T_M", (1-tM)/math.Sqrt(alpha), 1.95, 5e-3)
	near(t, "T_c", (1-tC)/math.Sqrt(alpha), 2.6, 5e-3)
	const small = 0.01
	tR, err := AlmeidaThoulessTemperature(small)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "T_R", tR, math.Sqrt(8*small/(9*math.Pi))*math.Exp(-1/(2*small)), 0.05)
	tG, err := SpinGlassTemperature(0.25)
	if err != nil || tG != 1.5 {
		t.Errorf("T_g(0.25) = %g, %v", tG, err)
	}
}

// Known numbers: SciPy with the trapezoidal rule for T_c, mpmath for T_R, in all
// order parameters and T at once.
func TestPhaseDiagramKnownNumbers(t *testing.T) {
	tC, err := CoexistenceTemperature(0.02)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "T_c", tC, 0.59130027879, 1e-11)
	tR, err := AlmeidaThoulessTemperature(0.1)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "T_R", tR, 0.001450247291355124, 1e-12)
}

// The condition for T_R with the integral over z by the trapezoidal rule.
func TestAlmeidaThoulessByTrapezoid(t *testing.T) {
	for _, alpha := range []float64{0.1, 0.137, 0.1381} {
		temperature, err := AlmeidaThoulessTemperature(alpha)
		if err != nil {
			t.Fatal(err)
		}
		p, err := AGS(alpha, temperature)
		if err != nil {
			t.Fatal(err)
		}
		const step = 1. / 16384
		fourth := 0.0
		for k := -9 * 16384; k <= 9*16384; k++ {
			z := step * float64(k)
			s := sech2((p.M + math.Sqrt(alpha*p.R)*z) / temperature)
			fourth += step * normal(z) * s * s
		}
		lambda := alpha / (temperature * temperature * (1 - p.C) * (1 - p.C)) * fourth
		near(t, "lambda", lambda, 1, 1e-9)
	}
}

// Special points: α_c(T) is stationary at its maximum, by differences; the ends
// of the lines lie on the fold.
func TestSpecialPoints(t *testing.T) {
	top, err := AGSLargestCapacity()
	if err != nil {
		t.Fatal(err)
	}
	const h = 0.002
	capacity := func(temperature float64) float64 {
		alphaC, _, err := AGSCapacityAt(temperature)
		if err != nil {
			t.Fatal(err)
		}
		return alphaC
	}
	near(t, "largest alpha_c", capacity(top.T), top.Alpha, 1e-14)
	slope := (8*(capacity(top.T+h)-capacity(top.T-h)) - (capacity(top.T+2*h) - capacity(top.T-2*h))) / (12 * h)
	if math.Abs(slope) > 1e-7 {
		t.Errorf("dα_c/dT = %.2g at T = %.12g", slope, top.T)
	}
	end, err := AlmeidaThoulessEnd()
	if err != nil {
		t.Fatal(err)
	}
	near(t, "fold at the end of T_R", capacity(end.T), end.Alpha, 1e-14)
	if !(end.T > top.T) {
		t.Errorf("the Almeida–Thouless line meets the lower fold, T = %g", end.T)
	}
	alpha1, err := AGSGroundLoad(0)
	if err != nil {
		t.Fatal(err)
	}
	p, err := AGSZero(alpha1)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "energy at alpha_1", p.FRetrieval, p.FSpinGlass, 1e-14)
	near(t, "alpha_1", alpha1, 0.05, 0.05) // published: about 0.05
}

// α_1(T) is stationary at its maximum.
func TestLargestGroundLoad(t *testing.T) {
	top, err := largestGroundLoad()
	if err != nil {
		t.Fatal(err)
	}
	const h = 0.005
	below, err := AGSGroundLoad(top.T - h)
	if err != nil {
		t.Fatal(err)
	}
	above, err := AGSGroundLoad(top.T + h)
	if err != nil {
		t.Fatal(err)
	}
	if !(below < top.Alpha && above < top.Alpha) || math.Abs(above-below)/(2*h) > 1e-5 {
		t.Errorf("alpha_1 at T = %g: %.12g, %.12g, %.12g", top.T, below, top.Alpha, above)
	}
}

func TestLinesEnd(t *testing.T) {
	for name, line := range map[string]func(float64) (float64, error){
		"T_M": RetrievalTemperature, "T_c": CoexistenceTemperature, "T_R": AlmeidaThoulessTemperature,
	} {
		for _, alpha := range []float64{0, -1, 0.14, math.NaN(), math.Inf(1)} {
			var domain *DomainError
			if got, err := line(alpha); !errors.As(err, &domain) {
				t.Errorf("%s(%g) = %g, %v: want a DomainError", name, alpha, got, err)
			}
		}
	}
}
