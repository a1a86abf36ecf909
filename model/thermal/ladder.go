package thermal

import (
	"fmt"
	"math/big"
)

// A Ladder is the temperatures of parallel tempering, falling, with what decides
// the updates at each and the swaps between neighbours.
type Ladder struct {
	Temperatures []*big.Rat
	updates      []*Decision // by rung
	swaps        []*Decision // of rungs k and k+1
}

// NewLadder returns the ladder of a network with the given FieldUnit and EnergyUnit, at
// two or more falling temperatures that CheckLadder finds nothing wrong with.
func NewLadder(rule Transition, field, energy *big.Rat, temperatures []*big.Rat) *Ladder {
	if err := CheckLadder(field, energy, temperatures); err != nil {
		panic("thermal: " + err.Error())
	}
	l := &Ladder{Temperatures: temperatures}
	for k, temperature := range temperatures {
		l.updates = append(l.updates, NewDecision(rule, field, temperature))
		if k > 0 {
			l.swaps = append(l.swaps, NewDecision(Metropolis, swapRise(energy, temperatures[k-1], temperature), big.NewRat(1, 1)))
		}
	}
	return l
}

// CheckLadder says why there is no ladder of these temperatures.
func CheckLadder(field, energy *big.Rat, temperatures []*big.Rat) error {
	if err := CheckTemperature(field, temperatures[0]); err != nil {
		return err
	}
	for k, temperature := range temperatures[1:] {
		above := temperatures[k]
		if temperature.Cmp(above) >= 0 {
			return fmt.Errorf("temperatures %s and %s, must fall", above.FloatString(12), temperature.FloatString(12))
		}
		if err := CheckTemperature(swapRise(energy, above, temperature), big.NewRat(1, 1)); err != nil {
			return fmt.Errorf("temperatures %s and %s are too close: %w", above.FloatString(12), temperature.FloatString(12), err)
		}
	}
	return nil
}

// swapRise is (1/below − 1/above) times the unit of energy.
func swapRise(unit, above, below *big.Rat) *big.Rat {
	rise := new(big.Rat).Sub(new(big.Rat).Inv(below), new(big.Rat).Inv(above))
	return rise.Mul(rise, unit)
}

// Update decides the updates on a rung.
func (l *Ladder) Update(rung int) *Decision { return l.updates[rung] }

// Swap decides the swaps of rungs k and k+1, by the energy above less the energy below.
func (l *Ladder) Swap(k int) *Decision { return l.swaps[k] }
