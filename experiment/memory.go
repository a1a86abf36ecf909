package experiment

import (
	"fmt"
	"math/big"

	"hopcap/model"
)

// A memory is a kind of network, the [model] of a config.
type memory struct {
	kind string
	keys []Key
	// load returns αN, αN^{n−1}, …: K before rounding.
	load func(s Settings, n int, alpha *big.Rat) *big.Rat
	// alpha is the inverse, for K as stored.
	alpha func(s Settings, n, k int) float64
	// network couples the neurons by the patterns.
	network func(s Settings, p *model.Patterns) model.Network
	// redrawn couples patterns that are too many to be kept, drawn with the given
	// key. Nil where they must be kept.
	redrawn func(s Settings, n, k int, key model.Key) model.Network
	// bytes is the memory of a network with replicas at work, patterns included.
	bytes func(s Settings, n, k, replicas int) int64
	// numbers is how many numbers the network stores, at least 1: its couplings,
	// or its patterns' signs if it has none. Nil where records do not tell.
	numbers func(s Settings, n, k int) *big.Int
	// sweeps is a guess at the length of a relaxation, good enough to order work
	// and to extrapolate from a probe.
	sweeps func(s Settings, n, k int) float64
	// fault says why there is no such memory of K patterns, or "". May be nil.
	fault func(s Settings, n, k int) string
}

// hopfield is the Hopfield network (Hopfield 1982): pair couplings, K = αN.
var hopfield = memory{
	kind: "hopfield",
	keys: []Key{{
		Table: "model", Name: "diagonal", Type: Bool, Default: "false",
		Doc: "true keeps J_ii = K/N, false is J_ii = 0",
	}},
	load:  func(_ Settings, n int, alpha *big.Rat) *big.Rat { return new(big.Rat).Mul(alpha, integer(n)) },
	alpha: func(_ Settings, n, k int) float64 { return float64(k) / float64(n) },
	network: func(s Settings, p *model.Patterns) model.Network {
		return model.Hopfield{Patterns: p, Diagonal: s.Bool("diagonal")}
	},
	bytes:  func(_ Settings, n, k, replicas int) int64 { return model.HopfieldBytes(n, k, replicas) },
	sweeps: hopfieldSweeps,
}

// hopfieldSweeps is a handful below the collapse, about 0.7·√N above it.
func hopfieldSweeps(_ Settings, n, k int) float64 {
	alpha := float64(k) / float64(n)
	t := min(max((alpha-0.12)/0.03, 0), 1)
	return 6 + t*0.7*float64(isqrt(n))
}

func isqrt(n int) int {
	return int(new(big.Int).Sqrt(big.NewInt(int64(n))).Int64())
}

var memories = []memory{hopfield, dense, exponential}

func memoryOf(s Settings) memory {
	for _, m := range memories {
		if m.kind == s.Text("model.kind") {
			return m
		}
	}
	panic("experiment: no model " + s.Text("model.kind"))
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
func size(s Settings, m memory) (n, k int, faults []Fault) {
	n = int(s.Int("N"))
	key, value := "K", ""
	if s.Has("K") {
		k = int(s.Int("K"))
		value = fmt.Sprint(k)
	} else {
		alpha := s.Rat("alpha")
		k = rounded(m.load(s, n, alpha), maxK+1)
		key, value = "alpha", alpha.FloatString(12)
	}
	switch {
	case k < 1:
		return n, k, []Fault{{Key: key, Value: value, Allowed: fmt.Sprintf("gives no pattern at N = %d, must give 1 to 2^30", n)}}
	case k > maxK:
		return n, k, []Fault{{Key: key, Value: value, Allowed: fmt.Sprintf("gives more than 2^30 patterns at N = %d", n)}}
	}
	if m.fault != nil {
		if why := m.fault(s, n, k); why != "" {
			faults = append(faults, Fault{Key: key, Value: value, Allowed: why})
		}
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
		{Table: "model", Name: "kind", Type: Text, Allowed: kinds(memories, func(m memory) string { return m.kind }), Doc: "kind of memory"},
		ensembleKey, pathKey, hashKey,
		{Table: "dynamics", Name: "order", Type: Text, Default: `"random"`, Allowed: []string{"random", "typewriter", "parallel"}, Doc: "order of updates"},
		temperatureKey, ruleKey,
		{Table: "dynamics", Name: "max_sweeps", Type: Int, Default: "1000", Range: "≥ 1", Check: between("max_sweeps", 1, 1<<40), Doc: "limit on the sweeps of a relaxation; at T > 0 the sweeps of a run"},
		{Table: "experiment", Name: "kind", Type: Text, Allowed: kinds(Kinds, func(e Experiment) string { return e.Kind }), Doc: "kind of experiment"},
	}
	for _, m := range memories {
		keys = merge(keys, m.keys, m.kind)
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

func between(key string, low, high int64) func(Settings) bool {
	return func(s Settings) bool { return low <= s.Int(key) && s.Int(key) <= high }
}

func positive(key string) func(Settings) bool {
	return func(s Settings) bool { return s.Rat(key).Sign() > 0 }
}

func within(key string, low, high int64) func(Settings) bool {
	return func(s Settings) bool {
		x := s.Rat(key)
		return x.Cmp(big.NewRat(low, 1)) >= 0 && x.Cmp(big.NewRat(high, 1)) <= 0
	}
}
