package thermal

import (
	"math/big"

	"hopcap/model/internal/exact"
)

// Linear returns count temperatures of equal differences,
//
//	T_k = from + (to − from) k/(count−1);  from alone if there is one.
func Linear(from, to *big.Rat, count int) []*big.Rat {
	return schedule(count, func(part *big.Rat) *big.Rat {
		t := new(big.Rat).Sub(to, from)
		return t.Add(t.Mul(t, part), from)
	})
}

// Geometric returns count temperatures of equal ratios,
//
//	T_k = from (to/from)^{k/(count−1)},  0 < to ≤ from,
//
// rounded to twelve decimals, which are part of what the noise is drawn for.
func Geometric(from, to *big.Rat, count int) []*big.Rat {
	fall := logRatio(from, to)
	return schedule(count, func(part *big.Rat) *big.Rat {
		const places = 128
		factor := exact.Exp(new(big.Rat).Mul(fall, part), places)
		t := new(big.Rat).SetFrac(factor, new(big.Int).Lsh(big.NewInt(1), places))
		rounded, _ := new(big.Rat).SetString(t.Mul(t, from).FloatString(12))
		return rounded
	})
}

// schedule returns the temperatures of the parts k/(count−1) of a way.
func schedule(count int, at func(part *big.Rat) *big.Rat) []*big.Rat {
	list := make([]*big.Rat, count)
	for k := range list {
		list[k] = at(big.NewRat(int64(k), int64(max(count-1, 1))))
	}
	return list
}

// logRatio returns ln(a/b) ≥ 0 to 128 binary places.
func logRatio(a, b *big.Rat) *big.Rat {
	const scale, places = 128, 128
	x := new(big.Rat).Quo(a, b)
	v := new(big.Int).Lsh(x.Num(), scale)
	v.Quo(v, x.Denom())
	return new(big.Rat).SetFrac(exact.Log(v, scale, places), new(big.Int).Lsh(big.NewInt(1), places))
}
