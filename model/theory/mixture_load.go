package theory

import (
	"fmt"
	"math"
)

// MixtureAt returns the overlap with each pattern and the energy per neuron of the
// symmetric mixture of n patterns at T = 0 and load 0 < α ≤ AlphaMax of
// [NewMixture], n odd. The equations are those given there, and with
// √r = m/(y√(2α))
//
//	E = −n m²/2 + α(1−r)/2,
//
// as in [AGSZero], which is n = 1.
func MixtureAt(n int, alpha float64) (m, energy float64, err error) {
	const largest = 10001
	if n < 1 || n > largest || n%2 == 0 {
		return 0, 0, &DomainError{"n", float64(n), fmt.Sprintf("an odd integer from 1 to %d", largest)}
	}
	if err := positive("alpha", alpha); err != nil {
		return 0, 0, err
	}
	z := newSignSum(n)
	fold, err := zero(fmt.Sprintf("alpha_max of %d patterns", n), z.loadSlope, 1.3, 2.5)
	if err != nil {
		return 0, 0, err
	}
	root := math.Sqrt(2 * alpha)
	if top := z.load(fold); root > top {
		return 0, 0, &DomainError{"alpha", alpha, fmt.Sprintf("0 < alpha <= %.6f", top*top/2)}
	}
	y, err := zero(fmt.Sprintf("mixture of %d patterns", n), func(y float64) float64 { return z.load(y) - root }, fold, math.Max(fold, 1/root))
	if err != nil {
		return 0, 0, err
	}
	m = z.mean(func(z float64) float64 { return z * math.Erf(y*z) }) / z.n
	r := m / (y * root)
	return m, -z.n*m*m/2 + alpha*(1-r*r)/2, nil
}
