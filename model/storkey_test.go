package model_test

import (
	"math"
	"testing"

	"hopcap/model"
	"hopcap/model/modeltest"
)

func TestStorkeyConforms(t *testing.T) {
	modeltest.Conform(t, model.Storkey{}, func(p *model.Patterns, _ model.Key) modeltest.Slow {
		rounded := make([][]int, p.N)
		for i, row := range storkey(p) {
			for _, v := range row {
				rounded[i] = append(rounded[i], int(math.RoundToEven(math.Ldexp(v, 24))))
			}
		}
		return modeltest.FromCouplings(rounded)
	})
}

// storkey learns as the paper says, with h_ij of its own for each pair.
func storkey(p *model.Patterns) [][]float64 {
	couplings := square(p.N)
	for mu := range p.K {
		h := square(p.N)
		for i := range p.N {
			for j := range p.N {
				for k := range p.N {
					if k != i && k != j {
						h[i][j] += couplings[i][k] * float64(p.At(k, mu))
					}
				}
			}
		}
		for i := range p.N {
			for j := range p.N {
				if x, y := float64(p.At(i, mu)), float64(p.At(j, mu)); i != j {
					couplings[i][j] += (x*y - x*h[j][i] - h[i][j]*y) / float64(p.N)
				}
			}
		}
	}
	return couplings
}

func square(n int) [][]float64 {
	rows := make([][]float64, n)
	for i := range rows {
		rows[i] = make([]float64, n)
	}
	return rows
}
