package experiment

import (
	"math/big"

	"hopcap/model"
)

// dense is the dense associative memory (Krotov and Hopfield 2016): a polynomial
// energy of degree n, K = αN^{n−1}.
var dense = memory{
	kind: "dense",
	keys: []Key{
		{Table: "model", Name: "degree", Type: Int, Range: "2 … 8", Check: between("degree", 2, model.MaxDegree),
			Doc: "the degree n of the energy, F(x) = x^n; 2 is the Hopfield network"},
		{Table: "model", Name: "form", Type: Text, Default: `"full"`, Allowed: []string{"full", "rectified", "distinct"},
			Doc: "full: x^n | rectified: x^n for x > 0, else 0 | distinct: products of n different neurons"},
	},
	load: func(s Settings, n int, alpha *big.Rat) *big.Rat {
		return model.DenseLoad(n, int(s.Int("degree")), alpha)
	},
	alpha: func(s Settings, n, k int) float64 {
		return model.DenseAlpha(n, k, int(s.Int("degree")))
	},
	network: func(s Settings, p *model.Patterns) model.Network { return denseOf(s, p) },
	bytes: func(s Settings, n, k, replicas int) int64 {
		return model.DenseBytes(n, k, int(s.Int("degree")), forms[s.Text("form")], replicas)
	},
	numbers: func(s Settings, n, _ int) *big.Int { return model.DenseCouplings(n, int(s.Int("degree"))) },
	sweeps:  func(_ Settings, n, _ int) float64 { return 4 + 0.1*float64(isqrt(n)) },
	fault: func(s Settings, n, k int) string {
		return model.DenseFault(n, k, int(s.Int("degree")))
	},
}

var forms = map[string]model.Form{"full": model.Full, "rectified": model.Rectified, "distinct": model.Distinct}

func denseOf(s Settings, p *model.Patterns) model.Dense {
	return model.Dense{Patterns: p, Degree: int(s.Int("degree")), Form: forms[s.Text("form")]}
}
