package theory

import (
	"math"

	equations "hopcap/model/theory"
)

// energyCurve is the energy at T = 0 of stored patterns, 3-mixtures or spin-glass
// states, replica-symmetric (Amit, Gutfreund and Sompolinsky 1985, 1987).
func energyCurve(y string, _ Settings, lo, hi float64) (xs, ys []float64, ok bool) {
	energy := map[string]func(alpha float64) (float64, error){
		"energy_stored": func(alpha float64) (float64, error) {
			p, err := equations.AGSZero(alpha)
			return p.FRetrieval, err
		},
		"energy_mixture": func(alpha float64) (float64, error) {
			_, e, err := equations.MixtureAt(3, alpha)
			return e, err
		},
		"energy_spin_glass": func(alpha float64) (float64, error) {
			return -1/math.Pi - math.Sqrt(2*alpha/math.Pi), nil
		},
	}
	return sampled(aboveZero(lo, hi), hi, energy[y])
}

// groundStateCurve is the lower of the energies at T = 0 of stored patterns and of
// spin-glass states.
func groundStateCurve(_ string, at Settings, lo, hi float64) (xs, ys []float64, ok bool) {
	xs, ys, ok = energyCurve("energy_spin_glass", at, lo, hi)
	for i, alpha := range xs {
		if p, err := equations.AGSZero(alpha); err == nil {
			ys[i] = min(ys[i], p.FRetrieval)
		}
	}
	return xs, ys, ok
}

// complexityCurve is Gardner's annealed complexity g(α), beside the logarithm of a
// number of minima per neuron.
func complexityCurve(_ string, _ Settings, lo, hi float64) (xs, ys []float64, ok bool) {
	return sampled(aboveZero(lo, hi), hi, equations.Complexity)
}
