package experiment

import (
	"fmt"
	"math/big"

	"hopcap/experiment/memory"
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
func size(s Settings, rule model.Rule) (n, k int, faults []Fault) {
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
		return n, k, []Fault{{Key: key, Value: value, Allowed: fmt.Sprintf("gives no pattern at N = %d, must give 1 to 2^30", n)}}
	case k > maxK:
		return n, k, []Fault{{Key: key, Value: value, Allowed: fmt.Sprintf("gives more than 2^30 patterns at N = %d", n)}}
	}
	if err := rule.Check(n, k); err != nil {
		faults = append(faults, Fault{Key: key, Value: value, Allowed: err.Error()})
	}
	return n, k, faults
}

// Keys are all keys of a config, those of every kind of memory and experiment
// included.
func Keys() []Key {
	keys := []Key{
		{Name: "N", Type: Int, Range: "2 … 2^30", Check: between("N", 2, maxN), Doc: "neurons"},
		{Name: "alpha", Or: "K", Type: Decimal, Range: "greater than 0", Check: positive("alpha"), Doc: "load: K = αN for pair couplings, αN^(n−1) for degree n, e^(αN) for the exponential"},
		{Name: "K", Or: "alpha", Type: Int, Range: "1 … 2^30", Check: between("K", 1, maxK), Doc: "stored patterns, instead of alpha"},
		{Table: "model", Name: "kind", Type: Text, Allowed: kinds(memory.Kinds(), func(k memory.Kind) string { return k.Name }), Doc: "kind of memory"},
		ensembleKey, pathKey, hashKey,
		{Table: "dynamics", Name: "order", Type: Text, Default: `"random"`, Allowed: []string{"random", "typewriter", "parallel"}, Doc: "order of updates", Caption: orderCaption},
		temperatureKey, ruleKey,
		{Table: "dynamics", Name: "max_sweeps", Type: Int, Default: "1000", Range: "≥ 1", Check: between("max_sweeps", 1, 1<<40), Doc: "limit on the sweeps of a relaxation; at T > 0 the sweeps of a run", Caption: sweepsCaption},
		{Table: "experiment", Name: "kind", Type: Text, Allowed: kinds(Kinds, func(e Experiment) string { return e.Kind }), Doc: "kind of experiment"},
	}
	for _, k := range memory.Kinds() {
		keys = merge(keys, k.Keys, k.Name)
	}
	for _, e := range Kinds {
		keys = merge(keys, e.Keys, e.Kind)
	}
	return keys
}

// merge adds keys that belong to one kind; a key of several kinds is listed once.
func merge(keys, more []Key, kind string) []Key {
next:
	for _, k := range more {
		for i := range keys {
			if keys[i].Name == k.Name && keys[i].Table == k.Table {
				keys[i].For = append(keys[i].For, kind)
				continue next
			}
		}
		k.For = []string{kind}
		keys = append(keys, k)
	}
	return keys
}

func kinds[T any](list []T, name func(T) string) (names []string) {
	for _, v := range list {
		names = append(names, name(v))
	}
	return names
}

// What the values of a key must be.
var (
	between  = study.Between
	positive = study.Positive
	within   = study.Within
)
