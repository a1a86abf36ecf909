package experiment

import (
	"math/big"

	"hopcap/model"
)

// exponential is the exponential memory (Demircigil et al. 2017) or, with another
// lambda, the log-sum-exp energy on binary states: K = e^{αN}.
var exponential = memory{
	kind: "exponential",
	keys: []Key{{
		Table: "model", Name: "lambda", Type: Decimal, Default: "1.0", Range: "0 < lambda ≤ 100",
		Check: func(s Settings) bool { return positive("lambda")(s) && within("lambda", 0, 100)(s) },
		Doc:   "inverse temperature λ of the log-sum-exp energy; 1 is F = exp",
	}},
	load:  func(_ Settings, n int, alpha *big.Rat) *big.Rat { return model.ExponentialLoad(n, alpha) },
	alpha: func(_ Settings, n, k int) float64 { return model.ExponentialAlpha(n, k) },
	network: func(s Settings, p *model.Patterns) model.Network {
		return model.Exponential{Patterns: p, Lambda: s.Rat("lambda")}
	},
	bytes: func(_ Settings, n, k, replicas int) int64 { return model.ExponentialBytes(n, k, replicas) },
	numbers: func(_ Settings, n, k int) *big.Int {
		return new(big.Int).Mul(big.NewInt(int64(n)), big.NewInt(int64(k)))
	},
	sweeps: func(Settings, int, int) float64 { return 3 },
}
