// Package memory is the kinds of memory that a config can name: for each of them one
// file with its keys and with how its rule follows from their values. The physics of
// the rules is in package model.
package memory

import (
	"cmp"
	"math/big"
	"slices"

	"hopcap/model"
	"hopcap/sweep/study"
)

// A Kind is a kind of memory, the [model] of a config.
type Kind struct {
	// Name is what [model] kind says.
	Name string
	// Year is that of the paper. Kinds are listed by it.
	Year int
	// Keys are those of [model] that belong to it. Kinds may share a key, by its name. Each
	// may give it a default, range and doc of its own. So it may to a key of another table,
	// such as max_sweeps.
	Keys []study.Key
	// Rule is the rule with the values of the keys.
	Rule func(s study.Settings) model.Rule
	// Numbers is how many numbers the network stores, at least 1: its couplings, J_ij and J_ji
	// once if they are equal, or its patterns' signs if it has none. The column bits_per_number
	// divides by it. Nil leaves the column empty.
	Numbers func(s study.Settings, n, k int) *big.Int
	// Sweeps is a guess at the length of a relaxation at T = 0, good enough to order
	// work and to extrapolate from a probe. Nil is that of the Hopfield network.
	Sweeps func(n, k int) float64
	// Balance says which values of the keys give updates without detailed balance, which
	// parallel tempering needs. Nil where all have it.
	Balance func(s study.Settings) []study.Fault
}

// Register adds a kind. Each is registered in an init function of its own file.
func Register(k Kind) {
	if k.Name == "" || k.Rule == nil || k.Year == 0 || slices.ContainsFunc(kinds, func(o Kind) bool { return o.Name == k.Name }) {
		panic("memory: no kind, or a second one: " + k.Name)
	}
	if k.Sweeps == nil {
		k.Sweeps = hopfieldSweeps
	}
	kinds = append(kinds, k)
	slices.SortFunc(kinds, func(a, b Kind) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Name, b.Name))
	})
}

// kinds are those registered, by year and name: in whatever order files are
// initialised, the list is the same.
var kinds []Kind

// Kinds are the kinds of memory there are.
func Kinds() []Kind { return slices.Clone(kinds) }

// Of is the kind that the settings of a point name.
func Of(s study.Settings) Kind {
	name := s.Text("model.kind")
	at := slices.IndexFunc(kinds, func(k Kind) bool { return k.Name == name })
	if at < 0 {
		panic("memory: no kind " + name)
	}
	return kinds[at]
}

// isqrt returns ⌊√n⌋.
func isqrt(n int) int {
	return int(new(big.Int).Sqrt(big.NewInt(int64(n))).Int64())
}
