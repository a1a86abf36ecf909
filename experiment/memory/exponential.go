package memory

import (
	"math/big"

	"hopcap/model"
	"hopcap/sweep/study"
)

// exponential is the exponential memory (Demircigil et al. 2017) or, with another
// lambda, the log-sum-exp energy on binary states.
func init() {
	Register(Kind{
		Name: "exponential",
		Year: 2017,
		Keys: []study.Key{{
			Table: "model", Name: "lambda", Type: study.Decimal, Default: "1.0", Range: "0 < lambda ≤ 100",
			Check: func(s study.Settings) bool {
				return study.Positive("lambda")(s) && study.Within("lambda", 0, 100)(s)
			},
			Doc: "inverse temperature λ of the log-sum-exp energy; 1 is F = exp",
		}},
		Rule: func(s study.Settings) model.Rule { return model.Exponential{Lambda: s.Rat("lambda")} },
		Numbers: func(_ study.Settings, n, k int) *big.Int {
			return new(big.Int).Mul(big.NewInt(int64(n)), big.NewInt(int64(k)))
		},
		Sweeps: func(int, int) float64 { return 3 },
	})
}
