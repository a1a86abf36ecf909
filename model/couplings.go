package model

import (
	"context"
	"fmt"
	"math"
	"math/big"
)

// Couplings are a network with explicit pair couplings, which are integers c_ij in some
// unit,
//
//	J_ij = unit·c_ij,  h_i = Σ_j J_ij s_j.
//
// They may be asymmetric and may have a diagonal. All fields are kept current, so that
// a visit compares one number and a flip adds one column. Field(r, i) is Σ_j c_ij s_j.
//
// Replicas of symmetric couplings are Energetic and have IntegerEnergies in half of the
// unit:
//
//	E = −½ Σ_ij J_ij s_i s_j.
type Couplings struct {
	patterns  *Patterns
	unit      *big.Rat
	narrow    []int16 // (N, N) by columns: c_ij at jN + i; or nil, and then
	wide      []int32
	symmetric bool
}

var _ PairCouplings = (*Couplings)(nil)

// NewCouplings returns the couplings of a pattern set. fill writes c_ij, j = 0 … N−1, to
// row, shape (N), which holds zeros. No c_ij may be larger in size than most. fill is called
// once for each i, perhaps at the same time for several.
func NewCouplings(ctx context.Context, p *Patterns, unit *big.Rat, most int, fill func(i int, row []int32), pool Pool) (*Couplings, error) {
	c := &Couplings{patterns: p, unit: unit}
	if most <= math.MaxInt16 {
		c.narrow = make([]int16, p.N*p.N)
	} else {
		c.wide = make([]int32, p.N*p.N)
	}
	blocks := (p.N + rowsAtOnce - 1) / rowsAtOnce
	do(pool, blocks, func(block int) {
		first := block * rowsAtOnce
		rows := make([][]int32, min(rowsAtOnce, p.N-first))
		for b := range rows {
			if ctx.Err() != nil {
				return
			}
			rows[b] = make([]int32, p.N)
			fill(first+b, rows[b])
			checkRow(rows[b], most)
		}
		c.set(first, rows)
	})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	c.symmetric = c.isSymmetric(ctx, pool)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return c, nil
}

// rowsAtOnce is how many rows are turned into columns together: a cache line or more of
// each column.
const rowsAtOnce = 64

func checkRow(row []int32, most int) {
	for _, v := range row {
		if int(v) > most || -int(v) > most {
			panic(fmt.Sprintf("model: coupling %d, at most %d", v, most))
		}
	}
}

// set stores some rows, beginning with row first.
func (c *Couplings) set(first int, rows [][]int32) {
	n := c.patterns.N
	for j := range n {
		at := j*n + first
		for b, row := range rows {
			if c.narrow != nil {
				c.narrow[at+b] = int16(row[j])
			} else {
				c.wide[at+b] = row[j]
			}
		}
	}
}

// isSymmetric compares both halves of the matrix, square by square. If ctx ends, the
// answer is of no use.
func (c *Couplings) isSymmetric(ctx context.Context, pool Pool) bool {
	n := c.patterns.N
	blocks := (n + rowsAtOnce - 1) / rowsAtOnce
	unlike := make([]bool, blocks)
	do(pool, blocks, func(a int) {
		for b := 0; b <= a && !unlike[a] && ctx.Err() == nil; b++ {
			for i := a * rowsAtOnce; i < min((a+1)*rowsAtOnce, n); i++ {
				for j := b * rowsAtOnce; j < min((b+1)*rowsAtOnce, n); j++ {
					unlike[a] = unlike[a] || c.at(i, j) != c.at(j, i)
				}
			}
		}
	})
	for _, u := range unlike {
		if u {
			return false
		}
	}
	return true
}

// RoundCouplings returns couplings that were learned in floating point, rounded once to
// integers: J_ij at iN + j of learned, shape (N, N), to the nearest multiple of
// 2^−places, of two the even one. From then on all is exact, in units of 2^−places: the
// FieldUnit of the rule is 2·2^−places, and, if learned is symmetric to the last bit, its
// EnergyUnit is ½·2^−places. A coupling that is not finite, or not below 2^(31−places) in
// size, makes the pattern set NotStored; so places = 24 keeps couplings up to 128. The Bytes
// of the rule are the bytes of learned, 8N², and CouplingsBytes with math.MaxInt32.
func RoundCouplings(ctx context.Context, p *Patterns, learned []float64, places int, pool Pool) (*Couplings, error) {
	scale := math.Ldexp(1, places)
	most := 0.0
	for at, v := range learned {
		if at%p.N == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		size := math.Abs(math.RoundToEven(v * scale))
		if !(size <= math.MaxInt32) {
			return nil, &NotStored{fmt.Sprintf("a coupling became %v, but must be smaller than %v in size", v, math.Ldexp(1, 31-places))}
		}
		most = max(most, size)
	}
	unit := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Lsh(big.NewInt(1), uint(places)))
	return NewCouplings(ctx, p, unit, int(most), func(i int, row []int32) {
		for j := range row {
			row[j] = int32(math.RoundToEven(learned[i*p.N+j] * scale))
		}
	}, pool)
}

// CouplingsBytes returns the memory that k patterns of n neurons take with replicas at work
// and explicit couplings, whose integers are at most most in size.
func CouplingsBytes(n, k, most, replicas int) int64 {
	each := int64(4)
	if most <= math.MaxInt16 {
		each = 2
	}
	const atOnce = 16 // workers that fill rows
	size := int64(n)
	return 8*size*int64(stride(k)) + size*size*each + 4*size*rowsAtOnce*atOnce + int64(replicas)*(9*size+8*int64(k))
}

// at returns c_ij.
func (c *Couplings) at(i, j int) int32 {
	at := j*c.patterns.N + i
	if c.narrow != nil {
		return int32(c.narrow[at])
	}
	return c.wide[at]
}

// Coupling returns c_ij.
func (c *Couplings) Coupling(i, j int) int64 { return int64(c.at(i, j)) }

// Symmetric reports whether c_ij = c_ji for all i and j.
func (c *Couplings) Symmetric() bool { return c.symmetric }

// add adds v·c_ij to the fields of all neurons i.
func (c *Couplings) add(fields []int64, j int, v int64) {
	n := len(fields)
	if c.narrow != nil {
		addColumn(fields, c.narrow[j*n:(j+1)*n], v)
		return
	}
	addColumn(fields, c.wide[j*n:(j+1)*n], v)
}

func addColumn[T int16 | int32](fields []int64, column []T, v int64) {
	column = column[:len(fields)] // no check of bounds in the loop
	for i := range fields {
		fields[i] += v * int64(column[i])
	}
}
