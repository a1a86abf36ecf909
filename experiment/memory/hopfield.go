package memory

import (
	"hopcap/model"
	"hopcap/sweep/study"
)

// hopfield is the Hopfield network (Hopfield 1982).
func init() {
	Register(Kind{
		Name: "hopfield",
		Year: 1982,
		Keys: []study.Key{{
			Table: "model", Name: "diagonal", Type: study.Bool, Default: "false",
			Doc: "true keeps J_ii = K/N, false is J_ii = 0",
		}},
		Rule:   func(s study.Settings) model.Rule { return model.Hopfield{Diagonal: s.Bool("diagonal")} },
		Sweeps: hopfieldSweeps,
		Balance: func(s study.Settings) []study.Fault {
			if !s.Bool("diagonal") {
				return nil
			}
			return []study.Fault{{Key: "diagonal", Value: "true", Allowed: "must be false: swaps need the Boltzmann distribution, which updates with J_ii do not have"}}
		},
	})
}

// hopfieldSweeps is a handful below the collapse, about 0.7·√N above it.
func hopfieldSweeps(n, k int) float64 {
	alpha := float64(k) / float64(n)
	t := min(max((alpha-0.12)/0.03, 0), 1)
	return 6 + t*0.7*float64(isqrt(n))
}
