package fit_test

import (
	"context"
	"fmt"
	"os"

	"hopcap/experiment"
	"hopcap/sweep"
	"hopcap/sweep/config"
	"hopcap/sweep/fit"
	"hopcap/sweep/scaling"
	"hopcap/sweep/store"
)

// The critical load of a study, from the directory of its results.
func Example() {
	dir := measured() // or "results/alpha-c"
	defer forget(dir)

	results, err := store.Open(dir, readConfig)
	if err != nil {
		panic(err)
	}
	studies, err := fit.Studies(results)
	if err != nil {
		panic(err)
	}
	r := studies[0].Fit(scaling.Bootstrap{Replicates: 100, Seed: 1})
	fmt.Printf("α_c = %.2f ± %.2f\n", r.Critical.Value, r.Critical.Error())
	// Output: α_c = 0.14 ± 0.01
}

// readConfig reads the config of a retrieval study.
func readConfig(file string, source []byte) (*config.Config, error) {
	return config.Parse(file, source, experiment.Retrieval.Repeated(nil), config.Section{Name: "figure"})
}

// small is a study of networks so small that it takes a moment.
const small = `title = "Small networks"
seed = 7

[model]
kind = "hopfield"

[patterns]
ensemble = "unbiased"

[experiment]
kind = "retrieval"

[[sweep]]
N = [125, 250, 500]
alpha = { from = 0.14, to = 0.26, step = 0.02 }
samples = 100

[[sweep]]
N = [1000, 2000]
alpha = { from = 0.14, to = 0.19, step = 0.01 }
samples = 50
`

// measured is a directory with the results of that study.
func measured() string {
	dir, err := os.MkdirTemp("", "small")
	if err != nil {
		panic(err)
	}
	c, err := readConfig("small.toml", []byte(small))
	if err != nil {
		panic(err)
	}
	if _, err := sweep.Run(context.Background(), c, sweep.Options{Dir: dir}); err != nil {
		panic(err)
	}
	return dir
}

// Trials of any origin can be fitted: those of another program, or of a table.
func ExampleStudy_Add() {
	s := fit.Study{Label: "by hand", RetrievedAt: 0.7}
	s.Add(1000, 0.14, 0.98, 0.97) // a pattern set with the final overlaps of two cues
	s.Add(1000, 0.14, 0.99, 0.33)
	s.Add(1000, 0.16, 0.31, 0.35)
	for _, level := range s.CurvesAt(s.RetrievedAt)[0].Tallies() {
		fmt.Printf("α = %.2f: %.2f retrieved\n", level.Alpha, level.Fraction())
	}
	// Output:
	// α = 0.14: 0.75 retrieved
	// α = 0.16: 0.00 retrieved
}

// forget removes a directory.
func forget(dir string) {
	if err := os.RemoveAll(dir); err != nil {
		panic(err)
	}
}
