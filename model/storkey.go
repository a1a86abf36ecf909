package model

import (
	"context"
	"math/big"
)

// Storkey is the learning rule of Storkey (1997): the patterns are learned one after the
// other, in the order ν = 0 … K−1, and each changes the couplings by
//
//	J_ij ← J_ij + (1/N)(ξ_i ξ_j − ξ_i h_ji − h_ij ξ_j),  h_ij = Σ_{k≠i,j} J_ik ξ_k,
//
// where ξ is pattern ν and h_ij comes from the couplings before it. J is zero at first, and
// J_ii always (A. Storkey, ICANN 1997, Lecture Notes in Computer Science 1327, 451). The
// couplings are symmetric. A field of zero keeps the spin. The natural load is α = K/N.
//
// The patterns are not alike: later ones are retrieved better. At N = 100, K = 40 and cues of
// overlap 0.8, relaxation ends exactly on the pattern for 0.43 of the first five patterns and
// 0.83 of the last five (400 pattern sets).
//
// The couplings are learned in float64 and then rounded once to multiples of 2^−24. This
// moves a coupling by less than 10^−5 of its typical size at N = 4000, α = 0.1. A field that
// is zero before the rounding may have a sign after it. At large loads the couplings grow as
// e^α; a pattern set one of whose couplings reaches 128 is NotStored, at N = 40 from α = 6 on.
type Storkey struct{ Pairwise }

var _ Canonical = Storkey{}

// storkeyPlaces is how many binary places of a coupling are kept.
const storkeyPlaces = 24

// Store learns the couplings.
func (Storkey) Store(ctx context.Context, p *Patterns, _ Key, pool Pool) (Network, error) {
	l := storkeyLearning{
		n:         p.N,
		couplings: make([]float64, p.N*p.N),
		fields:    make([]float64, p.N),
		next:      make([]float64, p.N),
		pattern:   make([]float64, p.N),
		following: make([]float64, p.N),
	}
	for mu := range p.K {
		for i := range p.N {
			l.pattern[i] = float64(p.At(i, mu))
			l.following[i] = float64(p.At(i, min(mu+1, p.K-1)))
		}
		do(pool, (p.N+rowsAtOnce-1)/rowsAtOnce, func(block int) {
			for i := block * rowsAtOnce; i < min((block+1)*rowsAtOnce, p.N) && ctx.Err() == nil; i++ {
				l.learn(i)
			}
		})
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		l.fields, l.next = l.next, l.fields
	}
	return RoundCouplings(ctx, p, l.couplings, storkeyPlaces, pool)
}

// storkeyLearning is the state of the couplings while a pattern is learned. One pass over
// a row learns the pattern and finds the field that the following pattern needs, so that
// each row is read once for each pattern.
type storkeyLearning struct {
	n                  int
	couplings          []float64 // (N, N)
	fields, next       []float64 // (N), Σ_k J_ik ξ_k of the pattern and of the following one
	pattern, following []float64 // (N)
}

// learn changes the couplings of neuron i. As J is symmetric and h_ij = h_i − J_ij ξ_j with
// h_i = Σ_k J_ik ξ_k, the rule is, for i ≠ j,
//
//	J_ij ← (1 + 2/N) J_ij + (ξ_i ξ_j − (ξ_i h_j + h_i ξ_j))/N.
//
// The inner brackets keep J symmetric to the last bit. The field is the sum of four sums, of
// j = 0, 4, 8, …, of j = 1, 5, 9, … and so on, which does not depend on the pool.
func (l *storkeyLearning) learn(i int) {
	n := l.n
	row, h, xi, following := l.couplings[i*n:(i+1)*n], l.fields[:n], l.pattern[:n], l.following[:n]
	grown, part := 1+2/float64(n), 1/float64(n)
	var sums [4]float64
	for j := range row {
		change := xi[i]*xi[j] - (xi[i]*h[j] + h[i]*xi[j]) // products with ±1 are exact
		row[j] = float64(grown*row[j]) + float64(part*change)
		if j == i {
			row[j] = 0
		}
		sums[j%4] += row[j] * following[j]
	}
	l.next[i] = (sums[0] + sums[1]) + (sums[2] + sums[3])
}

// Bytes returns the memory of the couplings, learned and rounded.
func (Storkey) Bytes(n, k, replicas int) int64 {
	return 8*int64(n)*int64(n+4) + CouplingsBytes(n, k, 1<<31-1, replicas)
}

// FieldUnit returns 2·2^−24: a flip costs 2 s_i h_i, and a field of one is h_i = 2^−24.
func (Storkey) FieldUnit(_, _ int) *big.Rat { return big.NewRat(2, 1<<storkeyPlaces) }

// EnergyUnit returns ½·2^−24, half of the unit of the couplings.
func (Storkey) EnergyUnit(_, _ int) (*big.Rat, error) {
	return big.NewRat(1, 2<<storkeyPlaces), nil
}
