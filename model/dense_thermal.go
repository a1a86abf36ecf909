package model

import (
	"fmt"
	"math/big"
)

// FieldUnit returns ΔE of D_i·s_i = 1, which is 1/(n N^{n−1}), or 2/N where the
// network is the Hopfield one.
func (d Dense) FieldUnit(n, k int) *big.Rat {
	if d.pairwise() {
		return Hopfield{}.FieldUnit(n, k)
	}
	scale := new(big.Int).Mul(big.NewInt(int64(d.Degree)), power(n, d.Degree-1))
	return new(big.Rat).SetFrac(big.NewInt(1), scale)
}

// EnergyUnit returns the energy of ΣF = −1; at n = 2 it is the unit of the Hopfield
// network. It returns an error if energies need too many bits.
func (d Dense) EnergyUnit(n, k int) (*big.Rat, error) {
	bound := power(n+2, d.Degree)
	bound.Mul(bound, big.NewInt(int64(k)))
	if bound.BitLen() > 62 {
		return nil, fmt.Errorf("energies to be compared have at most 62 bits, and K·(N+2)^n takes %d bits at N = %d, K = %d, n = %d", bound.BitLen(), n, k, d.Degree)
	}
	if d.pairwise() {
		return Hopfield{}.EnergyUnit(n, k)
	}
	return d.FieldUnit(n, k), nil
}

// IntegerEnergy returns −Σ_μ F(M^μ).
func (x *slicedReplicas) IntegerEnergy(r int) int64 { return -x.replicas[r].f }

// IntegerEnergy returns −Σ_μ F(M^μ).
func (x *weightedReplicas) IntegerEnergy(r int) int64 { return -x.sum(r).int64() }

// IntegerEnergy returns −Σ_μ F(M^μ).
func (x *productReplicas) IntegerEnergy(r int) int64 { return -x.sum(r) }

// Flip turns spin i of replica r over.
func (x *productReplicas) Flip(r, i int) { x.turn(&x.replicas[r], i) }

// Flip turns spin i of replica r over.
func (x *slicedReplicas) Flip(r, i int) { x.flip(&x.replicas[r], i) }

// Flip turns spin i of replica r over.
func (x *weightedReplicas) Flip(r, i int) { x.flip(r, i) }
