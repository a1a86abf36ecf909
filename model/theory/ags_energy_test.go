package theory

import (
	"testing"

	"gonum.org/v1/gonum/diff/fd"
)

// The energy is ∂(βf)/∂β, and f itself at T = 0.
func TestEnergyIsTheSlopeOfBetaF(t *testing.T) {
	for _, c := range []struct{ alpha, temperature float64 }{{0.05, 0.3}, {0.1, 0.1}, {0.01, 0.7}} {
		p, err := AGS(c.alpha, c.temperature)
		if err != nil {
			t.Fatal(err)
		}
		slope := fd.Derivative(func(beta float64) float64 {
			p, err := AGS(c.alpha, 1/beta)
			if err != nil {
				t.Fatal(err)
			}
			return beta * p.FRetrieval
		}, 1/c.temperature, &fd.Settings{Formula: fd.Central, Step: 1e-4})
		near(t, "energy", p.Energy(), slope, 1e-6)
	}
	p, err := AGSZero(0.1)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "energy at T = 0", p.Energy(), p.FRetrieval, 1e-12)
}
