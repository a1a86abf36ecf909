package fit_test

import (
	"fmt"
	"log"
	"os"

	"hopcap/sweep/fit"
	"hopcap/sweep/scaling"
	"hopcap/sweep/store"
)

// The critical load of a study, from the directory of its results. The study here is
// synthetic, with α_c = 0.14.
func Example() {
	dir := measured() // as "hopcap run" leaves it
	defer os.RemoveAll(dir)

	results, err := store.Open(dir, parse)
	if err != nil {
		log.Fatal(err)
	}
	studies, err := fit.Studies(results)
	if err != nil {
		log.Fatal(err)
	}
	r := studies[0].Fit(scaling.Bootstrap{Replicates: 100, Seed: 1})
	fmt.Printf("%s: α_c = %.3f ± %.3f\n", r.Label, r.Critical.Value, r.Critical.Error())
	// Output: synthetic: α_c = 0.139 ± 0.002
}

func measured() string {
	temporary, err := os.MkdirTemp("", "hopcap")
	if err != nil {
		log.Fatal(err)
	}
	dir, err := measure(temporary, "synthetic", configText(6, 200, 1))
	if err != nil {
		log.Fatal(err)
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
