package model

import (
	"context"
	"fmt"
	"math/big"

	"hopcap/model/internal/product"
)

// Dense is the dense associative memory of Krotov and Hopfield (NIPS 29, 1172
// (2016); Gardner, J. Phys. A 20, 3453 (1987); Abbott and Arian, Phys. Rev. A 36,
// 5091 (1987)), whose energy is a polynomial of the overlaps,
//
//	E = −(1/(n N^{n−1})) Σ_μ F(M^μ),  F(x) = xⁿ.
//
// A neuron takes the value of the lower energy, and a tie keeps it: with the
// cavity overlaps c^μ = M^μ − ξ_i^μ s_i it follows the sign of its field
//
//	D_i = Σ_μ [F(c^μ + ξ_i^μ) − F(c^μ − ξ_i^μ)],  N^{n−1} h_i = D_i/2n.
//
// At n = 2 the constant K/2 is dropped and this is the Hopfield network, with
// D_i = 4N·h_i. The natural load is α = K/N^{n−1}.
type Dense struct {
	Degree int // n = 2 … 8
	Form   Form
}

var _ Canonical = Dense{}

// A Form says how a dense memory's F continues xⁿ.
type Form int

// The forms of a polynomial energy.
const (
	Full      Form = iota // F(x) = xⁿ
	Rectified             // F(x) = xⁿ for x > 0, else 0
	Distinct              // F = Σ ξ_i…ξ_k s_i…s_k over n different neurons, in all orders
)

// MaxDegree is the largest degree of a dense memory.
const MaxDegree = 8

// pairwise reports whether the memory is Hopfield's: at degree 2, the rectified form
// aside, its energy differs by a constant.
func (d Dense) pairwise() bool { return d.Degree == 2 && d.Form != Rectified }

// Store returns the network of the patterns, which are all that there is to it.
func (d Dense) Store(ctx context.Context, p *Patterns, key Key, pool Pool) (Network, error) {
	if err := d.Check(p.N, p.K); err != nil {
		return nil, err
	}
	if d.pairwise() {
		return Hopfield{}.Store(ctx, p, key, pool)
	}
	return &denseNetwork{Patterns: p, Dense: d}, ctx.Err()
}

// denseNetwork is a pattern set stored as a dense memory.
type denseNetwork struct {
	*Patterns
	Dense
}

// Start returns replicas of the network in the given states, shape (N) each.
func (d *denseNetwork) Start(states []State, pool Pool) Replicas {
	if d.products(d.N, d.K) && product.Fast() {
		return startProducts(d, states, pool)
	}
	if p := d.slices(d.N, d.K); p != nil {
		return startSliced(d, p, states, pool)
	}
	return startWeighted(d, states, pool)
}

// Check says why a dense memory of this size cannot be computed exactly. Fields are
// sums of K terms below 2ⁿ⁺¹·(N+2)ⁿ in size, in integers of 128 bits.
func (d Dense) Check(n, k int) error {
	if d.Degree < 2 || d.Degree > min(n, MaxDegree) {
		return fmt.Errorf("the degree is %d, must be 2 … %d", d.Degree, min(n, MaxDegree))
	}
	bound := new(big.Int).Exp(big.NewInt(2*int64(n)+4), big.NewInt(int64(d.Degree)), nil)
	bound.Mul(bound, big.NewInt(2*int64(k)))
	if bound.BitLen() > 126 {
		return fmt.Errorf("exact fields have at most 125 bits, and K·(2N+4)^n takes %d bits at N = %d, K = %d, n = %d", bound.BitLen()-1, n, k, d.Degree)
	}
	return nil
}

// Patterns returns αN^{n−1}.
func (d Dense) Patterns(n int, alpha *big.Rat) *big.Rat {
	return new(big.Rat).Mul(alpha, new(big.Rat).SetInt(power(n, d.Degree-1)))
}

// Alpha returns K/N^{n−1}.
func (d Dense) Alpha(n, k int) float64 {
	alpha, _ := new(big.Rat).SetFrac(big.NewInt(int64(k)), power(n, d.Degree-1)).Float64()
	return alpha
}

// Couplings returns how many couplings of n different neurons there are, the numbers
// that a network would store which forms them.
func (d Dense) Couplings(n int) *big.Int {
	return new(big.Int).Binomial(int64(n), int64(d.Degree))
}

func power(n, exponent int) *big.Int {
	return new(big.Int).Exp(big.NewInt(int64(n)), big.NewInt(int64(exponent)), nil)
}

// of returns F(m) for a network of n neurons. The distinct form is
//
//	f_{k+1}(M) = M·f_k(M) − k(N−k+1)·f_{k−1}(M),  f_0 = 1,  f_1 = M,
//
// k! times the elementary symmetric polynomial of the products ξ_i s_i.
func (f Form) of(n, degree int, m int64) int128 {
	if f == Rectified && m <= 0 {
		return int128{}
	}
	last, value := int128{}, int128{lo: 1}
	for k := range degree {
		next := value.times(m)
		if f == Distinct {
			next = next.minus(last.times(int64(k) * int64(n-k+1)))
		}
		last, value = value, next
	}
	return value
}

// energy returns E/N = −ΣF/(n Nⁿ), the nearest float64 to the quotient.
func (d *denseNetwork) energy(sum int128) float64 {
	const exact = 1 << 53 // integers up to here are floats, whose quotient is rounded once
	scale := power(d.N, d.Degree)
	scale.Mul(scale, big.NewInt(int64(d.Degree)))
	if x := sum.int64(); -exact <= x && x <= exact && scale.IsInt64() && scale.Int64() <= exact {
		return float64(-x) / float64(scale.Int64())
	}
	total := sum.big()
	e, _ := new(big.Rat).SetFrac(total.Neg(total), scale).Float64()
	return e
}

// Bytes returns the memory that k patterns of n neurons take with replicas at work.
func (d Dense) Bytes(n, k, replicas int) int64 {
	if d.pairwise() {
		return Hopfield{}.Bytes(n, k, replicas)
	}
	rows := 8 * int64(n) * int64(stride(k))
	tables := 100 * int64(n)
	if p := d.slices(n, k); p != nil {
		words := 8 * int64((stride(k)+7)/8)
		each := int64(n) + 8*words*int64(p.total+2) + 8*words*20
		if d.products(n, k) { // where there is the assembly
			each = max(each, productBytes(n, k))
		}
		return rows + tables + int64(replicas)*each
	}
	return rows + tables + int64(replicas)*(int64(n)+4*int64(k))
}
