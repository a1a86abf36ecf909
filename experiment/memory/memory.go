// Package memory has the kinds of memory that a config can name. Each kind is one file. The
// file declares the keys of the kind, and makes its rule from their values. The physics of
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
	// Year is the year of the paper. Kinds are listed in this order.
	Year int
	// Keys are the keys of [model] that belong to the kind. Several kinds may declare a key
	// of the same name, each with its own default, range and doc. A key of another table,
	// such as max_sweeps, may be declared again too.
	Keys []study.Key
	// Rule returns the rule for the values of the keys.
	Rule func(s study.Settings) model.Rule
	// Numbers returns how many numbers the network stores, at least 1. These are its
	// couplings, J_ij and J_ji once if they are equal, or the signs of its patterns if it
	// has no couplings. The column bits_per_number divides by it. If Numbers is nil,
	// records do not have this column.
	Numbers func(s study.Settings, n, k int) *big.Int
	// Sweeps estimates the number of sweeps of a relaxation at T = 0. The estimate only
	// orders the work and helps to extrapolate from a probe. Nil is the estimate for the
	// Hopfield network.
	Sweeps func(n, k int) float64
	// Balance returns faults for settings whose updates have no detailed balance. Parallel
	// tempering needs detailed balance. Nil if all settings have it.
	Balance func(s study.Settings) []study.Fault
}

// Register adds a kind. Each kind is registered by an init function in its own file.
func Register(k Kind) {
	if k.Name == "" || k.Rule == nil || k.Year == 0 || slices.ContainsFunc(kinds, func(o Kind) bool { return o.Name == k.Name }) {
		panic("memory: the kind is incomplete or registered twice: " + k.Name)
	}
	if k.Sweeps == nil {
		k.Sweeps = hopfieldSweeps
	}
	kinds = append(kinds, k)
	slices.SortFunc(kinds, func(a, b Kind) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Name, b.Name))
	})
}

// kinds are the registered kinds, sorted by year and name. The list does not depend on the
// order in which files are initialised.
var kinds []Kind

// Kinds are all kinds of memory.
func Kinds() []Kind { return slices.Clone(kinds) }

// Of returns the kind that the settings of a point name.
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
