package memory

import (
	"math/big"

	"hopcap/model"
	"hopcap/sweep/study"
)

// dense is the dense associative memory (Krotov and Hopfield 2016): a polynomial
// energy of degree n.
func init() {
	Register(Kind{
		Name: "dense",
		Year: 2016,
		Keys: []study.Key{
			{Table: "model", Name: "degree", Type: study.Int, Range: "2 … 8", Check: study.Between("degree", 2, model.MaxDegree),
				Doc: "the degree n of the energy, F(x) = x^n; 2 is the Hopfield network"},
			{Table: "model", Name: "form", Type: study.Text, Default: `"full"`, Allowed: []string{"full", "rectified", "distinct"},
				Doc: "full: x^n | rectified: x^n for x > 0, else 0 | distinct: products of n different neurons"},
		},
		Rule:    func(s study.Settings) model.Rule { return denseOf(s) },
		Numbers: func(s study.Settings, n, _ int) *big.Int { return denseOf(s).Couplings(n) },
		Sweeps:  func(n, _ int) float64 { return 4 + 0.1*float64(isqrt(n)) },
	})
}

var forms = map[string]model.Form{"full": model.Full, "rectified": model.Rectified, "distinct": model.Distinct}

func denseOf(s study.Settings) model.Dense {
	return model.Dense{Degree: int(s.Int("degree")), Form: forms[s.Text("form")]}
}
