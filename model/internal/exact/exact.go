// Package exact is e^{−x} and ln x to any precision, in integers alone: the same on every
// machine.
package exact

import "math/big"

// guard is the binary places that are computed beyond those wanted, more than
// the rounding of 2³⁰ products can spoil.
const guard = 64

// Exp returns e^{−x}·2^places for x ≥ 0, within a few units: the series
// of e^{−x/2^m}, x/2^m < 1, squared m times.
func Exp(x *big.Rat, places int) *big.Int {
	halvings := uint(max(0, new(big.Int).Quo(x.Num(), x.Denom()).BitLen()))
	fine := uint(places+guard) + 2*halvings
	y := new(big.Int).Lsh(x.Num(), fine-halvings)
	y.Quo(y, x.Denom())
	term := new(big.Int).Lsh(big.NewInt(1), fine)
	sum := new(big.Int)
	for k := int64(1); term.Sign() != 0; k++ {
		sum.Add(sum, term)
		term.Mul(term, y)
		term.Rsh(term, fine)
		term.Quo(term, big.NewInt(-k))
	}
	for range halvings {
		sum.Mul(sum, sum)
		sum.Rsh(sum, fine)
	}
	return sum.Rsh(sum, fine-uint(places))
}

// Log returns ln(v·2^−scale)·2^places for v > 0: v = 2^e·f, 1 ≤ f < 2, and
// ln f = 2 artanh((f−1)/(f+1)).
func Log(v *big.Int, scale, places int) *big.Int {
	fine := uint(places + guard)
	e := v.BitLen() - 1
	one := new(big.Int).Lsh(big.NewInt(1), uint(e))
	log := artanh(new(big.Int).Sub(v, one), new(big.Int).Add(v, one), fine)
	two := artanh(big.NewInt(1), big.NewInt(3), fine)
	log.Add(log, two.Mul(two, big.NewInt(int64(e-scale))))
	return log.Rsh(log, fine-uint(places)-1)
}

// artanh returns Σ_k y^{2k+1}/(2k+1)·2^places for 0 ≤ y = a/b ≤ 1/3.
func artanh(a, b *big.Int, places uint) *big.Int {
	y := new(big.Int).Lsh(a, places)
	y.Quo(y, b)
	square := new(big.Int).Mul(y, y)
	square.Rsh(square, places)
	sum := new(big.Int)
	for k := int64(1); y.Sign() != 0; k += 2 {
		sum.Add(sum, new(big.Int).Quo(y, big.NewInt(k)))
		y.Mul(y, square)
		y.Rsh(y, places)
	}
	return sum
}
