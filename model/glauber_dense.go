package model

import "math/big"

var _ Heatable = Dense{}

// FieldUnit returns ΔE of D_i·s_i = 1, which is 1/(n N^{n−1}), or 2/N where the
// network is the Hopfield one.
func (d Dense) FieldUnit() *big.Rat {
	if d.Degree == 2 && d.Form != Rectified {
		return Hopfield{Patterns: d.Patterns}.FieldUnit()
	}
	scale := new(big.Int).Mul(big.NewInt(int64(d.Degree)), power(d.N, d.Degree-1))
	return new(big.Rat).SetFrac(big.NewInt(1), scale)
}

var (
	_ Flippers = (*productReplicas)(nil)
	_ Flippers = (*slicedReplicas)(nil)
	_ Flippers = (*weightedReplicas)(nil)
)

// Flip turns spin i of replica r over.
func (x *productReplicas) Flip(r, i int) { x.turn(&x.replicas[r], i) }

// Flip turns spin i of replica r over.
func (x *slicedReplicas) Flip(r, i int) { x.flip(&x.replicas[r], i) }

// Flip turns spin i of replica r over.
func (x *weightedReplicas) Flip(r, i int) { x.flip(r, i) }
