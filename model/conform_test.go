package model_test

import (
	"context"
	"fmt"
	"math/big"
	"testing"

	"hopcap/model"
	"hopcap/model/modeltest"
)

func TestHopfieldConforms(t *testing.T) {
	for _, diagonal := range []bool{false, true} {
		modeltest.Conform(t, model.Hopfield{Diagonal: diagonal}, func(p *model.Patterns, _ model.Key) modeltest.Slow {
			return modeltest.FromCouplings(hebb(p, diagonal))
		})
	}
}

// hebb returns N·J_ij.
func hebb(p *model.Patterns, diagonal bool) [][]int {
	j := make([][]int, p.N)
	for i := range j {
		j[i] = make([]int, p.N)
		for l := range j[i] {
			for mu := range p.K {
				if i != l || diagonal {
					j[i][l] += int(p.At(i, mu)) * int(p.At(l, mu))
				}
			}
		}
	}
	return j
}

func TestDenseConforms(t *testing.T) {
	for _, rule := range []model.Dense{{Degree: 2}, {Degree: 3}, {Degree: 4}, {Degree: 3, Form: model.Rectified}, {Degree: 5, Form: model.Distinct}} {
		modeltest.Conform(t, rule, func(p *model.Patterns, _ model.Key) modeltest.Slow {
			if rule.Degree == 2 {
				return modeltest.FromCouplings(hebb(p, false))
			}
			return fromEnergy(p, func(m int) *big.Float { return new(big.Float).SetInt(monomial(rule, p.N, m)) })
		})
	}
}

// monomial is F(m): of the distinct form the sum over n different neurons, in all orders.
func monomial(rule model.Dense, n, m int) *big.Int {
	sum := new(big.Int)
	switch {
	case rule.Form == model.Distinct:
		plus, minus := int64(n+m)/2, int64(n-m)/2
		for odd := range int64(rule.Degree) + 1 {
			ways := new(big.Int).Mul(new(big.Int).Binomial(minus, odd), new(big.Int).Binomial(plus, int64(rule.Degree)-odd))
			if odd&1 != 0 {
				ways.Neg(ways)
			}
			sum.Add(sum, ways)
		}
		return sum.Mul(sum, new(big.Int).MulRange(1, int64(rule.Degree)))
	case rule.Form == model.Rectified && m < 0:
		return sum
	}
	return sum.Exp(big.NewInt(int64(m)), big.NewInt(int64(rule.Degree)), nil)
}

// fromEnergy is the memory with the energy −Σ_μ F(M^μ): a field is what it is lower by
// with s_i = +1.
func fromEnergy(p *model.Patterns, f func(m int) *big.Float) modeltest.Slow {
	known := map[int]*big.Float{}
	of := func(m int) *big.Float {
		if known[m] == nil {
			known[m] = f(m)
		}
		return known[m]
	}
	return modeltest.Slow{Field: func(s model.State, i int) *big.Float {
		counts := make([]int, 2*p.N+1) // of F(m), at N + m: what cancels does so exactly
		for mu := range p.K {
			others, xi := p.Overlap(mu, s)-int(p.At(i, mu)*s[i]), int(p.At(i, mu))
			counts[p.N+others+xi]++
			counts[p.N+others-xi]--
		}
		sum, term := new(big.Float).SetPrec(400), new(big.Float).SetPrec(400)
		for at, count := range counts {
			if count != 0 {
				sum.Add(sum, term.Mul(of(at-p.N), term.SetInt64(int64(count))))
			}
		}
		return sum
	}}
}

func TestExponentialConforms(t *testing.T) {
	for _, lambda := range []*big.Rat{nil, big.NewRat(1, 4)} {
		modeltest.Conform(t, model.Exponential{Lambda: lambda}, func(p *model.Patterns, _ model.Key) modeltest.Slow {
			return fromEnergy(p, func(m int) *big.Float { return exp(lambda, m) })
		})
	}
}

// exp returns e^{λm} by its series.
func exp(lambda *big.Rat, m int) *big.Float {
	if lambda == nil {
		lambda = big.NewRat(1, 1)
	}
	x := new(big.Float).SetPrec(400).SetRat(new(big.Rat).Mul(lambda, big.NewRat(int64(max(m, -m)), 1)))
	sum, term := new(big.Float).SetPrec(400), new(big.Float).SetPrec(400).SetInt64(1)
	for k := int64(1); k < 300; k++ {
		sum.Add(sum, term)
		term.Mul(term, x)
		term.Quo(term, new(big.Float).SetInt64(k))
	}
	if m < 0 {
		return sum.Quo(new(big.Float).SetPrec(400).SetInt64(1), sum)
	}
	return sum
}

// explicit are rules that exist for tests of explicit couplings alone.
type explicit struct {
	model.Pairwise
	most      int
	couplings func(p *model.Patterns, i, j int) int
}

func (e explicit) Bytes(n, k, replicas int) int64 {
	return model.CouplingsBytes(n, k, e.most, replicas)
}

func (e explicit) FieldUnit(n, _ int) *big.Rat { return big.NewRat(2, int64(n)) }

func (e explicit) Store(ctx context.Context, p *model.Patterns, _ model.Key, pool model.Pool) (model.Network, error) {
	return model.NewCouplings(ctx, p, big.NewRat(1, int64(p.N)), e.most, func(i int, row []int32) {
		for j := range row {
			row[j] = int32(e.couplings(p, i, j))
		}
	}, pool)
}

func (e explicit) String() string { return fmt.Sprint("explicit couplings up to ", e.most) }

// Couplings of 16 and of 32 bits, symmetric and not.
func TestCouplingsConform(t *testing.T) {
	for _, rule := range []explicit{
		{most: 100, couplings: func(p *model.Patterns, i, j int) int { return p.Correlation(i, j) }},
		{most: 10_000_000, couplings: func(p *model.Patterns, i, j int) int { return 100_000 * p.Correlation(i, j) }},
		{most: 100, couplings: func(p *model.Patterns, i, j int) int { return p.Correlation(i, j) * ((i + 2*j) % 3) / 2 }},
	} {
		modeltest.Conform(t, rule, func(p *model.Patterns, _ model.Key) modeltest.Slow {
			j := make([][]int, p.N)
			for i := range j {
				j[i] = make([]int, p.N)
				for l := range j[i] {
					j[i][l] = rule.couplings(p, i, l)
				}
			}
			return modeltest.FromCouplings(j)
		})
	}
}
