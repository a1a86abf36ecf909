package theory

import (
	"errors"
	"math"
	"testing"
)

// near reports numbers that differ by more than a relative tolerance.
func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*math.Abs(want)) {
		t.Errorf("%s = %.16g, want %.16g (relative error %.1e > %.0e)",
			what, got, want, math.Abs(got/want-1), tolerance)
	}
}

// Known numbers: mpmath with 40 digits.
func TestAGSZeroAgainstHighPrecision(t *testing.T) {
	alphaC, mC := AGSCapacity()
	near(t, "alpha_c", alphaC, 0.13790556649493174, 1e-15)
	near(t, "m_c", mC, 0.96741711568529159, 1e-15)
	for _, want := range []AGSPoint{
		{Alpha: 0.05, M: 0.9999922281490462, C: 0.0001625244440006955, R: 1.000325128147761, FRetrieval: -0.5000003563829411, MUnstable: 0.7236851597992117},
		{Alpha: 0.1, M: 0.9979992663472992, C: 0.0208581848832684, R: 1.043058830649204, FRetrieval: -0.5001542093473339, MUnstable: 0.8629678944218141},
		{Alpha: 0.137, M: 0.9754441294273473, C: 0.1468689063685209, R: 1.373942186088393, FRetrieval: -0.5013606645641926, MUnstable: 0.9578025046361},
	} {
		got, err := AGSZero(want.Alpha)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "m", got.M, want.M, 1e-13)
		near(t, "C", got.C, want.C, 1e-11)
		near(t, "r", got.R, want.R, 1e-12)
		near(t, "energy", got.FRetrieval, want.FRetrieval, 1e-13)
		near(t, "m_unstable", got.MUnstable, want.MUnstable, 1e-12)
	}
}

// A small load leaves one pattern alone: m → 1 and E → −½.
func TestAGSZeroAtSmallLoad(t *testing.T) {
	p, err := AGSZero(1e-8)
	if err != nil || p.M != 1 || p.FRetrieval != -0.5 || p.Error != 0 {
		t.Errorf("AGSZero(1e-8) = %+v, %v", p, err)
	}
	near(t, "m_unstable", p.MUnstable, 0.01547134022582526, 1e-12)
}

func TestAGSZeroBeyondTheFold(t *testing.T) {
	for _, alpha := range []float64{0, -0.1, 0.138, 1, math.NaN(), math.Inf(1)} {
		var domain *DomainError
		if _, err := AGSZero(alpha); !errors.As(err, &domain) {
			t.Errorf("AGSZero(%g): error %v, want a DomainError", alpha, err)
		}
	}
}

// At small loads the state is the pattern, and every load has one.
func TestAGSAtSmallLoads(t *testing.T) {
	for alpha := 1e-6; alpha < 0.01; alpha *= 1.003 {
		p, err := AGSZero(alpha)
		if err != nil {
			t.Fatalf("alpha = %v: %v", alpha, err)
		}
		if p.M < 1-1e-10 || math.Abs(p.FRetrieval+0.5) > 1e-10 {
			t.Fatalf("alpha = %v: m = %v, energy %v, want the pattern's 1 and −½", alpha, p.M, p.FRetrieval)
		}
	}
}
