package fit_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"hopcap/sweep"
	"hopcap/sweep/config"
	"hopcap/sweep/study"
)

// α_½(N) of the synthetic study is critical + displacement(order)·N^−1/2, and its width
// is that of a normal distribution of thresholds with σ = ½ N^−1/2.
const critical = 0.14

func displacement(order string) float64 {
	if order == "parallel" {
		return 1.5
	}
	return 1
}

// synthetic stands for an experiment with networks: each pattern set has a threshold of
// its own, and its cues end with an overlap near 1 below it, near 0.3 above it. Every
// fiftieth set is cut short.
func synthetic() study.Experiment {
	return study.Experiment{
		Load: study.Load{Setting: "alpha", Column: "alpha"},
		Keys: []study.Key{
			{Name: "N", Type: study.Int},
			{Name: "alpha", Type: study.Decimal},
			{Table: "dynamics", Name: "order", Type: study.Text, Default: `"random"`, Allowed: []string{"random", "parallel"}},
			{Table: "experiment", Name: "retrieved_at", Type: study.Decimal, Default: "0.7"},
		},
		Tables: []study.Table{{Name: "trials", Index: []string{"cue"}, Columns: []study.Column{
			{Name: "overlap_final", Type: study.Decimal, Role: study.Quantity},
			{Name: "stop", Type: study.Text, Role: study.Category, Report: []string{"max_sweeps"}},
		}}},
		Compile: compileSynthetic,
	}
}

func compileSynthetic(s study.Settings, _ int) (*study.Task, []study.Fault) {
	n, alpha, order := s.Int("N"), s.Float("alpha"), s.Text("order")
	sigma := 0.5 / math.Sqrt(float64(n))
	return &study.Task{
		Identity: []study.Setting{{Name: "N", Value: n}, {Name: "alpha", Value: alpha}},
		Run: func(_ context.Context, sample, first, cues int, _ study.Env) (study.Rows, error) {
			random := rand.New(rand.NewPCG(uint64(n), math.Float64bits(alpha)+uint64(sample)))
			threshold := critical + 2*sigma*displacement(order) + sigma*random.NormFloat64()
			overlap, stop := 0.3, "fixed_point"
			if threshold > alpha {
				overlap = 0.97
			}
			if sample%50 == 49 {
				stop = "max_sweeps"
			}
			var rows [][]any
			for cue := first; cue < cues; cue++ {
				rows = append(rows, []any{int64(cue), overlap, stop})
			}
			return study.Rows{"trials": rows}, nil
		},
	}, nil
}

// config is of the sizes N = 500, 1000, … at loads about their thresholds.
func configText(sizes, samples, cues int, orders ...string) string {
	var b strings.Builder
	fmt.Fprintln(&b, "title = \"Synthetic thresholds\"\nseed = 1")
	for i := range sizes {
		n := 500 << i
		at := critical + 1/math.Sqrt(float64(n))
		step := 0.2 / math.Sqrt(float64(n))
		fmt.Fprintf(&b, "[[sweep]]\nN = %d\nalpha = { from = %.4f, to = %.4f, count = 11 }\n", n, at-5*step, at+5*step)
		fmt.Fprintf(&b, "samples = %d\ncues = %d\n", samples, cues)
		if len(orders) > 0 {
			fmt.Fprintf(&b, "order = [\"%s\"]\n", strings.Join(orders, `", "`))
		}
	}
	return b.String()
}

// parse reads a config of the synthetic experiment.
func parse(file string, source []byte) (*config.Config, error) {
	return config.Parse(file, source, synthetic())
}

// measure runs a config and returns the directory of its results, which lie in dir.
func measure(dir, name, config string) (string, error) {
	c, err := parse(name+".toml", []byte(config))
	if err != nil {
		return "", err
	}
	results := filepath.Join(dir, name)
	if err := os.MkdirAll(results, 0o777); err != nil {
		return "", err
	}
	_, err = sweep.Run(context.Background(), c, sweep.Options{Dir: results})
	return results, err
}
