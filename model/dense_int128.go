package model

import (
	"math/big"
	"math/bits"
)

// An int128 is an integer of 128 bits, two's complement. Operations wrap around.
type int128 struct {
	hi int64
	lo uint64
}

func integer128(v int64) int128 { return int128{v >> 63, uint64(v)} }

func (a int128) plus(b int128) int128 {
	lo, carry := bits.Add64(a.lo, b.lo, 0)
	return int128{a.hi + b.hi + int64(carry), lo}
}

func (a int128) minus(b int128) int128 {
	lo, borrow := bits.Sub64(a.lo, b.lo, 0)
	return int128{a.hi - b.hi - int64(borrow), lo}
}

// times returns a·m.
func (a int128) times(m int64) int128 {
	hi, lo := bits.Mul64(a.lo, uint64(m))
	hi += uint64(a.hi) * uint64(m)
	hi -= a.lo & uint64(m>>63) // m < 0 was taken for m + 2⁶⁴
	return int128{int64(hi), lo}
}

// sign returns −1, 0 or 1.
func (a int128) sign() int {
	switch {
	case a.hi < 0:
		return -1
	case a.hi == 0 && a.lo == 0:
		return 0
	}
	return 1
}

// int64 returns a, or the nearest int64.
func (a int128) int64() int64 {
	switch {
	case a.hi == int64(a.lo)>>63:
		return int64(a.lo)
	case a.hi < 0:
		return -1 << 63
	}
	return 1<<63 - 1
}

func (a int128) big() *big.Int {
	v := new(big.Int).Lsh(big.NewInt(a.hi), 64)
	return v.Add(v, new(big.Int).SetUint64(a.lo))
}
