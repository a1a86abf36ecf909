package model

import (
	"math/big"

	"hopcap/model/internal/exact"
)

// A decay is e^{−2λj}, j = 0, 1, …, to any precision, in integers alone: the same
// on every machine.
type decay struct {
	lambda *big.Rat
	places int        // binary places of powers
	powers []*big.Int // e^{−2λj}·2^places, less than one unit too small
	base   *big.Int   // e^{−2λ}
}

func newDecay(lambda *big.Rat) *decay {
	if lambda == nil {
		lambda = big.NewRat(1, 1)
	}
	if lambda.Sign() <= 0 {
		panic("model: inverse temperature " + lambda.String() + " of an exponential memory")
	}
	return &decay{lambda: lambda}
}

// guard is the binary places that are computed beyond those wanted, more than
// the rounding of 2³⁰ products can spoil.
const guard = 64

// upTo returns the powers j = 0 … last to at least the given places.
func (d *decay) upTo(last, places int) []*big.Int {
	if d.places < places {
		d.places, d.powers = places, nil
	}
	fine := uint(d.places + guard)
	if d.powers == nil {
		d.powers = []*big.Int{new(big.Int).Lsh(big.NewInt(1), fine)}
		d.base = exact.Exp(new(big.Rat).Mul(d.lambda, big.NewRat(2, 1)), int(fine))
	}
	for len(d.powers) <= last {
		next := new(big.Int).Mul(d.powers[len(d.powers)-1], d.base)
		d.powers = append(d.powers, next.Rsh(next, fine))
	}
	return d.powers
}

// table returns ⌊2^scale·e^{−2λj}⌋ for j below count, up to the first zero.
func (d *decay) table(scale, count int) (table []int64) {
	for _, power := range d.upTo(count-1, 128)[:count] {
		v := new(big.Int).Rsh(power, uint(d.places+guard-scale)).Int64()
		table = append(table, v)
		if v == 0 {
			break
		}
	}
	return table
}

// sign returns the sign of Σ_j n_j e^{−2λj}. It is zero only if all n_j are,
// since e^{−2λ} is transcendental (Lindemann 1882).
func (d *decay) sign(n []int) int {
	for len(n) > 0 && n[0] == 0 {
		n = n[1:]
	}
	for len(n) > 0 && n[len(n)-1] == 0 {
		n = n[:len(n)-1]
	}
	if len(n) == 0 {
		return 0
	}
	for places := 256; ; places *= 2 {
		sum, doubt := d.combine(n, places)
		if sum.CmpAbs(doubt) > 0 {
			return sum.Sign()
		}
	}
}

// combine returns Σ_j n_j e^{−2λj} in some units, and what it may be wrong by.
func (d *decay) combine(n []int, places int) (sum, doubt *big.Int) {
	powers := d.upTo(len(n)-1, places)
	sum, doubt = new(big.Int), new(big.Int)
	for j, count := range n {
		if count == 0 {
			continue
		}
		sum.Add(sum, new(big.Int).Mul(big.NewInt(int64(count)), powers[j]))
		doubt.Add(doubt, big.NewInt(int64(max(count, -count))))
	}
	return sum, doubt.Lsh(doubt, guard)
}

// energy returns −ln(Σ_j n_j e^{λ(N−2j)})/(λN) for N = len(n)−1, the nearest
// float64.
func (d *decay) energy(n []int) float64 {
	size, first := len(n)-1, 0
	for n[first] == 0 {
		first++
	}
	sum, _ := d.combine(n[first:], 256)
	places := d.places + guard
	log := new(big.Rat).SetFrac(exact.Log(sum, places, places), new(big.Int).Lsh(big.NewInt(1), uint(places)))
	log.Quo(log, d.lambda)
	log.Add(log, big.NewRat(int64(size-2*first), 1))
	e, _ := log.Quo(log, big.NewRat(int64(-size), 1)).Float64()
	return e
}
