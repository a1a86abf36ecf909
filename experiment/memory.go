package experiment

import (
	"fmt"
	"math/big"

	"hopcap/model"
	"hopcap/sweep/study"
)

// isqrt returns ⌊√n⌋.
func isqrt(n int) int {
	return int(new(big.Int).Sqrt(big.NewInt(int64(n))).Int64())
}

func integer(n int) *big.Rat { return new(big.Rat).SetInt64(int64(n)) }

var half = big.NewRat(1, 2)

// floor returns ⌊x⌋ for 0 ≤ x, at most limit.
func floor(x *big.Rat, limit int) int {
	q := new(big.Int).Quo(x.Num(), x.Denom())
	if !q.IsInt64() || q.Int64() > int64(limit) {
		return limit
	}
	return int(q.Int64())
}

// rounded returns ⌊x + ½⌋, at most limit.
func rounded(x *big.Rat, limit int) int { return floor(new(big.Rat).Add(x, half), limit) }

// ceiling returns ⌈x⌉, at most limit.
func ceiling(x *big.Rat, limit int) int {
	f := floor(x, limit)
	if f < limit && x.Cmp(integer(f)) > 0 {
		f++
	}
	return f
}

// Limits of what a record can hold and an index can reach.
const (
	maxN = 1 << 30
	maxK = 1 << 30
)

// size returns N and K of a point: K as given, or ⌊αN + ½⌋ in the scale of the
// memory.
func size(s study.Settings, rule model.Rule) (n, k int, faults []study.Fault) {
	n = int(s.Int("N"))
	key, value := "K", ""
	if s.Has("K") {
		k = int(s.Int("K"))
		value = fmt.Sprint(k)
	} else {
		alpha := s.Rat("alpha")
		k = rounded(rule.Patterns(n, alpha), maxK+1)
		key, value = "alpha", alpha.FloatString(12)
	}
	switch {
	case k < 1:
		return n, k, []study.Fault{{Key: key, Value: value, Allowed: fmt.Sprintf("gives no pattern at N = %d, must give 1 to 2^30", n)}}
	case k > maxK:
		return n, k, []study.Fault{{Key: key, Value: value, Allowed: fmt.Sprintf("gives more than 2^30 patterns at N = %d", n)}}
	}
	if err := rule.Check(n, k); err != nil {
		faults = append(faults, study.Fault{Key: key, Value: value, Allowed: err.Error()})
	}
	return n, k, faults
}
