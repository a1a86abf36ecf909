package experiment

import (
	"math/big"
	"math/bits"
)

// logarithm returns (a/b)·ln n, n ≥ 1, rounded once, so that it is the same on
// every architecture.
func logarithm(n, a, b int) float64 {
	x := new(big.Int).Mul(fixedLog(uint64(n)), big.NewInt(int64(a)))
	f, _ := new(big.Rat).SetFrac(x, new(big.Int).Lsh(big.NewInt(int64(b)), fixedBits)).Float64()
	return f
}

// fixedBits is the binary places of a logarithm before it is rounded.
const fixedBits = 160

// fixedLog returns ln n in units of 2^−fixedBits: n = 2^e·f with 1 ≤ f < 2 and
//
//	ln n = e·ln 2 + ln f,  ln f = 2 artanh((f−1)/(f+1)).
func fixedLog(n uint64) *big.Int {
	e := bits.Len64(n) - 1
	log := artanh(n-1<<e, n+1<<e)
	two := artanh(1, 3)
	log.Add(log, two.Mul(two, big.NewInt(int64(e))))
	return log.Lsh(log, 1)
}

// artanh returns Σ_k y^{2k+1}/(2k+1) for y = a/b ≤ 1/3.
func artanh(a, b uint64) *big.Int {
	num, den := new(big.Int).SetUint64(a), new(big.Int).SetUint64(b)
	power := new(big.Int).Lsh(num, fixedBits)
	power.Quo(power, den)
	sum := new(big.Int)
	for k := int64(1); power.Sign() > 0; k += 2 {
		sum.Add(sum, new(big.Int).Quo(power, big.NewInt(k)))
		for range 2 {
			power.Mul(power, num)
			power.Quo(power, den)
		}
	}
	return sum
}
