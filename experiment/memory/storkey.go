package memory

import (
	"math/big"

	"hopcap/model"
	"hopcap/sweep/study"
)

// storkey is pair couplings learned by the rule of Storkey (1997).
func init() {
	Register(Kind{
		Name: "storkey",
		Year: 1997,
		Rule: func(study.Settings) model.Rule { return model.Storkey{} },
		Numbers: func(_ study.Settings, n, _ int) *big.Int {
			return big.NewInt(max(int64(n)*int64(n-1)/2, 1))
		},
	})
}
