package experiment

import (
	"fmt"
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
	redrawn: func(s Settings, n, k int, key model.Key) model.Network {
		return model.Redrawn{N: n, K: k, Key: key, Lambda: s.Rat("lambda")}
	},
	bytes: func(_ Settings, n, k, replicas int) int64 { return model.ExponentialBytes(n, k, replicas) },
	numbers: func(_ Settings, n, k int) *big.Int {
		return new(big.Int).Mul(big.NewInt(int64(n)), big.NewInt(int64(k)))
	},
	sweeps: func(Settings, int, int) float64 { return 3 },
}

// kept is the largest number of pattern bits, 2 GiB of them, that are kept in
// memory where a network can also do without.
var kept = 1 << 34

// redraws reports whether the patterns of the point are drawn again and again.
func (t *setup) redraws() bool { return t.memory.redrawn != nil && t.n*t.k > kept }

// redrawFaults says what a point cannot do that does not keep its patterns.
func (t *setup) redrawFaults() (faults []Fault) {
	if !t.redraws() {
		return nil
	}
	size := fmt.Sprintf("K = %d patterns at N = %d are drawn anew for each state: ", t.k, t.n)
	switch s := t.settings; {
	case s.Text("experiment.kind") != "retrieval":
		faults = append(faults, Fault{Key: "experiment.kind", Value: s.Text("experiment.kind"), Allowed: size + `must be "retrieval"`})
	case s.Bool("trace"):
		faults = append(faults, Fault{Key: "trace", Value: "true", Allowed: size + "must be false"})
	case s.Int("states") > 0:
		faults = append(faults, Fault{Key: "states", Value: fmt.Sprint(s.Int("states")), Allowed: size + "must be 0"})
	}
	if t.ensemble.name != unbiased.name {
		faults = append(faults, Fault{Key: "ensemble", Value: t.ensemble.name, Allowed: size + `must be "unbiased"`})
	}
	return faults
}

// atHand is the number of patterns whose bits are known between two surveys: the
// cued ones must be among them.
func (t *setup) atHand() int {
	if t.redraws() {
		return model.BlockPatterns
	}
	return t.k
}

// surveyed are replicas that tell what is asked of their overlaps without a list of
// them all, which takes longer or does not fit into memory.
type surveyed interface {
	Largest(r int) (best, at int)
	Overlap(r, mu int) int
}
