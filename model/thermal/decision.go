// Package thermal decides updates at a temperature T > 0, exactly and in integers: the
// heat bath and Metropolis' rule, schedules of temperatures, and the ladder of parallel
// tempering. It knows no network. It is given the energy of a field of one as a rational
// number.
package thermal

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"

	"hopcap/model/internal/exact"
	"hopcap/model/internal/kernel"
)

// A Transition is the probability that a neuron flips when it is updated at T > 0.
type Transition int

// The transitions of a thermal update, with ΔE the rise in energy if the neuron flips.
// Both satisfy detailed balance; their T → 0 limit is the dynamics at T = 0,
// except for a zero field, which keeps the spin there, while here it flips with
// probability ½ and 1.
//
// If neurons are updated one after the other, both lead to the Boltzmann distribution. If
// all are updated at once, the heat bath leads to the distribution of Peretto (Biol.
// Cybern. 50, 51 (1984)), ∏_i 2cosh βh_i. Metropolis then has no useful distribution: in a
// state in which no neuron is stable, such as the state of highest energy, all neurons
// flip for certain, and they flip back from its negative.
const (
	HeatBath   Transition = iota // 1/(1 + e^{βΔE}), Decision (J. Math. Phys. 4, 294 (1963))
	Metropolis                   // min(1, e^{−βΔE}), Metropolis et al. (J. Chem. Phys. 21, 1087 (1953))
)

// A Decision decides the updates at a temperature T > 0. A neuron of stability
// x = s_i·N h_i, or whatever integer its network decides by, and a uniform 64-bit
// number u flips if
//
//	u + ½ < 2⁶⁴ p(x),
//
// that is, with the probability p rounded to a multiple of 2⁻⁶⁴. The rounding has no ties
// except at x = 0, where p is ½ or 1, because e^r is irrational for rational r ≠ 0. All
// arithmetic is in integers, so that every machine decides alike.
//
// Each u has a threshold Θ(u), falling with u, and a neuron flips if x < Θ(u).
// The thresholds of a few u are in a guide, which decides almost always.
type Decision struct {
	rule   Transition
	slope  *big.Rat      // βΔE of a neuron of stability 1
	powers []fixed       // e^{−slope·2^k}
	near   *kernel.Guide // nil if it does not fit 32 bits: then
	far    *guide
}

// A guide is the kernels' guide in 64 bits. It has Θ at the beginnings of the cells of u and
// at the last u. In the first cell it has, for each number of leading zeros, Θ of the least
// u with so many leading zeros.
type guide struct {
	cells [cells + 1]int64
	tail  [65]int64
}

// It parts the range of u into cells by its upper bits.
const (
	cellBits = kernel.CellBits
	cells    = 1 << cellBits
)

// NewDecision returns the decisions of a network with the given FieldUnit at a
// temperature that CheckTemperature finds nothing wrong with.
func NewDecision(rule Transition, unit, temperature *big.Rat) *Decision {
	if err := CheckTemperature(unit, temperature); err != nil {
		panic("thermal: " + err.Error())
	}
	g := &Decision{rule: rule, slope: new(big.Rat).Quo(unit, temperature)}
	g.powers = powersOf(g.slope)
	wide := new(guide)
	last := uint64(math.MaxUint64)
	wide.cells[0], wide.cells[cells] = g.highest(0), g.highest(last)
	wide.fill(g, 0, cells)
	for zeros := range wide.tail {
		wide.tail[zeros] = g.between(uint64(1)<<63>>zeros, wide.cells[cells]-1, wide.cells[0])
	}
	if g.near = wide.narrowed(); g.near == nil {
		g.far = wide
	}
	return g
}

// certain is βΔE from which no u flips a neuron: e^{−46} < 2^{−65}.
const certain = 46

// CheckTemperature says why there is no Decision of this temperature.
func CheckTemperature(unit, temperature *big.Rat) error {
	if temperature.Sign() <= 0 {
		return fmt.Errorf("temperature %s, must be greater than 0", temperature.RatString())
	}
	reach := new(big.Rat).Quo(temperature, unit)
	reach.Mul(reach, big.NewRat(certain, 1))
	if reach.Cmp(new(big.Rat).SetInt64(1<<62)) >= 0 {
		return fmt.Errorf("temperature %s is %s times the smallest difference in energy, more than 64 bits hold",
			temperature.FloatString(4), new(big.Rat).Quo(temperature, unit).FloatString(0))
	}
	return nil
}

// Flips reports whether a neuron of the given stability flips.
func (g *Decision) Flips(stability int64, u uint64) bool {
	cell := u >> (64 - cellBits)
	switch {
	case stability >= g.Begins(cell):
		return false
	case stability < g.Begins(cell+1):
		return true
	}
	return g.decide(stability, u)
}

// Begins returns Θ at the beginning of a cell, or behind the last one at the last u.
func (g *Decision) Begins(cell uint64) int64 {
	if g.near != nil {
		return int64(g.near.Cells[cell])
	}
	return g.far.cells[cell]
}

// Guide returns the thresholds of a few u in 32 bits, or nil if they do not fit.
func (g *Decision) Guide() *kernel.Guide { return g.near }

// Above returns a stability from which u does not flip a neuron, Θ(u) or little more.
func (g *Decision) Above(u uint64) int64 {
	cell := u >> (64 - cellBits)
	switch {
	case cell > 0:
		return g.Begins(cell)
	case g.near != nil:
		return int64(g.near.Tail[bits.LeadingZeros64(u)])
	}
	return g.far.tail[bits.LeadingZeros64(u)]
}

// narrowed returns t in 32 bits, or nil.
func (t *guide) narrowed() *kernel.Guide {
	if t.cells[0] > math.MaxInt32 || t.cells[cells] < math.MinInt32 {
		return nil
	}
	near := new(kernel.Guide)
	for cell, v := range t.cells {
		near.Cells[cell] = int32(v)
	}
	for zeros, v := range t.tail {
		near.Tail[zeros] = int32(v)
	}
	return near
}

// decide is Flips without the guide. A heat bath has p(−x) = 1 − p(x).
func (g *Decision) decide(x int64, u uint64) bool {
	switch {
	case g.rule == Metropolis && x <= 0:
		return true
	case x == 0:
		return u>>63 == 0
	case x < 0:
		return !g.rises(uint64(-x), ^u)
	}
	return g.rises(uint64(x), u)
}

// rises is decide for ΔE > 0. With e = e^{−βΔE} it is u + ½ < 2⁶⁴e by Metropolis,
// and u + ½ < (2⁶⁴ − u − ½)e by a heat bath.
func (g *Decision) rises(x, u uint64) bool {
	e := g.exp(x)
	whole, part := e.hi, e.lo // of 2⁶⁴e
	if g.rule == HeatBath {
		whole, part = e.times(^u)
	}
	const half, doubt = 1 << 63, 1 << 10 // far more than exp may be wrong by
	if whole == u && part > half-doubt && part < half+doubt {
		return g.risesExactly(x, u)
	}
	return whole > u || whole == u && part > half
}

// risesExactly is rises to as many places as it takes.
func (g *Decision) risesExactly(x, u uint64) bool {
	exponent := new(big.Rat).SetInt(new(big.Int).SetUint64(x))
	exponent.Mul(exponent, g.slope)
	// u + ½, and by what e is multiplied, both doubled.
	left := twicePlusOne(u)
	factor := new(big.Int).Lsh(big.NewInt(1), 65)
	if g.rule == HeatBath {
		factor = twicePlusOne(^u)
	}
	for places := uint(256); ; places *= 2 {
		e := exact.Exp(exponent, int(places))
		difference := e.Mul(e, factor)
		difference.Sub(difference, new(big.Int).Lsh(left, places))
		if difference.BitLen() > 128 { // more than the last places of e are worth
			return difference.Sign() > 0
		}
	}
}

func twicePlusOne(u uint64) *big.Int {
	v := new(big.Int).SetUint64(u)
	return v.Add(v.Lsh(v, 1), big.NewInt(1))
}

// highest returns Θ(u), the smallest x at which u does not flip.
func (g *Decision) highest(u uint64) int64 {
	low, high := int64(-1), int64(1)
	for !g.decide(low, u) {
		low *= 2
	}
	for g.decide(high, u) {
		high *= 2
	}
	return g.between(u, low, high)
}

// between returns Θ(u), which is above low, where u flips, and at most high,
// where it does not.
func (g *Decision) between(u uint64, low, high int64) int64 {
	for high-low > 1 {
		if middle := low + (high-low)/2; g.decide(middle, u) {
			low = middle
		} else {
			high = middle
		}
	}
	return high
}

// fill finds the thresholds between two that it has.
func (t *guide) fill(g *Decision, first, last int) {
	middle := (first + last) / 2
	if middle == first {
		return
	}
	t.cells[middle] = g.between(uint64(middle)<<(64-cellBits), t.cells[last]-1, t.cells[first])
	t.fill(g, first, middle)
	t.fill(g, middle, last)
}

// A fixed is a fraction hi/2⁶⁴ + lo/2¹²⁸ below 1.
type fixed struct{ hi, lo uint64 }

// powersOf returns e^{−slope·2^k}, k = 0, 1, …, up to the first below 2⁻¹²⁸, each
// by less than two units of it wrong: of 320 places each squaring spoils one more.
func powersOf(slope *big.Rat) (powers []fixed) {
	const places = 320
	low := new(big.Int).SetUint64(math.MaxUint64)
	for e := exact.Exp(slope, places); ; e.Rsh(e.Mul(e, e), places) {
		upper := new(big.Int).Rsh(e, places-128)
		powers = append(powers, fixed{
			hi: new(big.Int).Rsh(upper, 64).Uint64(),
			lo: new(big.Int).And(upper, low).Uint64(),
		})
		if upper.Sign() == 0 {
			return powers
		}
	}
}

// exp returns e^{−slope·x} for x ≥ 1. Each of the at most 64 factors adds less
// than four units to what it may be wrong by.
func (g *Decision) exp(x uint64) fixed {
	if bits.Len64(x) > len(g.powers) {
		return fixed{}
	}
	k := bits.TrailingZeros64(x)
	e := g.powers[k]
	for x &= x - 1; x != 0; x &= x - 1 {
		e = e.product(g.powers[bits.TrailingZeros64(x)])
	}
	return e
}

// product returns a·b, less than three units too small.
func (a fixed) product(b fixed) fixed {
	hi, lo := bits.Mul64(a.hi, b.hi)
	cross1, _ := bits.Mul64(a.hi, b.lo)
	cross2, _ := bits.Mul64(a.lo, b.hi)
	lo, carry := bits.Add64(lo, cross1, 0)
	hi += carry
	lo, carry = bits.Add64(lo, cross2, 0)
	return fixed{hi + carry, lo}
}

// times returns (v + ½)·a, its whole part and 2⁶⁴ times the rest.
func (a fixed) times(v uint64) (whole, part uint64) {
	whole, part = bits.Mul64(v, a.hi)
	below, _ := bits.Mul64(v, a.lo)
	part, carry := bits.Add64(part, below, 0)
	whole += carry
	part, carry = bits.Add64(part, a.hi>>1, 0)
	return whole + carry, part
}
