package scaling_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"log"
	"math"
	"os"
	"strconv"

	"hopcap/sweep/scaling"
)

// recorded is the table of a study: N, load, pattern sets, and how many of them were
// retrieved, as the study alpha-c measured them for the Hopfield network at T = 0.
func recorded() (curves []scaling.Curve) {
	text, err := os.ReadFile("testdata/alpha-c.csv")
	if err != nil {
		log.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		log.Fatal(err)
	}
	for _, row := range rows[1:] {
		n, _ := strconv.Atoi(row[0])
		alpha, _ := strconv.ParseFloat(row[1], 64)
		sets, _ := strconv.Atoi(row[2])
		retrieved, _ := strconv.Atoi(row[3])
		if len(curves) == 0 || curves[len(curves)-1].N != n {
			curves = append(curves, scaling.Curve{N: n})
		}
		c := &curves[len(curves)-1]
		c.Levels = append(c.Levels, scaling.Level{Alpha: alpha, Outcomes: []scaling.Outcome{
			{Hits: 0, Cues: 1, Sets: sets - retrieved}, {Hits: 1, Cues: 1, Sets: retrieved},
		}})
	}
	return curves
}

// From counts at each size to the critical load, with its statistical error and the
// spread over laws of extrapolation. The smallest size is left out: its final overlaps
// have no valley.
func Example() {
	curves := recorded()[1:]
	x, err := scaling.Bootstrap{Replicates: 200, Seed: 1}.Extrapolate(curves, scaling.Probit)
	if err != nil {
		log.Fatal(err)
	}
	for _, t := range x.Thresholds {
		fmt.Printf("N = %5d: α_½ = %.4f ± %.4f, w = %.4f ± %.4f\n", t.N, t.Half, t.HalfError, t.Width, t.WidthError)
	}
	a := x.Critical
	fmt.Printf("α_c = %.4f ± %.4f (statistical) ± %.4f (laws)\n", a.Value, a.Statistical, a.Systematic)
	// Output:
	// N =  1000: α_½ = 0.1661 ± 0.0001, w = 0.0251 ± 0.0003
	// N =  2000: α_½ = 0.1573 ± 0.0001, w = 0.0171 ± 0.0003
	// N =  4000: α_½ = 0.1520 ± 0.0001, w = 0.0123 ± 0.0003
	// N =  8000: α_½ = 0.1483 ± 0.0001, w = 0.0086 ± 0.0003
	// N = 16000: α_½ = 0.1465 ± 0.0001, w = 0.0058 ± 0.0003
	// α_c = 0.1432 ± 0.0003 (statistical) ± 0.0005 (laws)
}

// A threshold from counts: P = Φ((α_½ − α)/s) of greatest likelihood.
func ExampleLink_Fit() {
	f, err := scaling.Probit.Fit([]scaling.Tally{
		{Alpha: 0.14, Hits: 97, Cues: 100},
		{Alpha: 0.15, Hits: 71, Cues: 100},
		{Alpha: 0.16, Hits: 24, Cues: 100},
		{Alpha: 0.17, Hits: 5, Cues: 100},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("α_½ = %.4f ± %.4f\n", f.Half, f.HalfError)
	fmt.Printf("w   = %.4f ± %.4f\n", f.Width, f.WidthError)
	fmt.Printf("P(0.155) = %.2f\n", f.P(0.155))
	// Output:
	// α_½ = 0.1548 ± 0.0007
	// w   = 0.0113 ± 0.0009
	// P(0.155) = 0.49
}

// Thresholds to N → ∞ by one law, α_c + a N^−x with a free exponent.
func ExampleLaw_Fit() {
	var data []scaling.Datum
	for n := 1000; n <= 32000; n *= 2 {
		data = append(data, scaling.Datum{N: n, Value: 0.14 + math.Pow(float64(n), -0.5), StdErr: 1e-4})
	}
	f, err := scaling.Law{Limit: true}.Fit(data, 1000)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%v: α_c = %.4f ± %.4f, x = %.2f ± %.2f\n", f.Law, f.Value, f.ValueError, f.Power, f.PowerError)
	// Output: N^-x: α_c = 0.1400 ± 0.0003, x = 0.50 ± 0.01
}

// The curves of all sizes on one another, in z = (α − α_c − a N^−x) N^y. The displacement
// a N^−x is kept, α_c and y are sought.
func ExampleBootstrap_Collapse() {
	curves := recorded()[1:]
	guess := scaling.Scaling{Critical: 0.143, Power: 0.5, Shift: 2, ShiftBy: 2. / 3}
	c, err := scaling.Bootstrap{Replicates: 50, Seed: 1}.Collapse(curves, guess)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("α_c = %.4f ± %.4f, y = %.2f ± %.2f, S = %.1f\n", c.Critical, c.CriticalError, c.Power, c.PowerError, c.Quality)
	// Output: α_c = 0.1423 ± 0.0001, y = 0.53 ± 0.01, S = 1.3
}

// Where further pattern sets tell most about α_½, and how many reach an error of 0.0005.
func ExampleGoal_Allocate() {
	counts := []scaling.Count{
		{Alpha: 0.14, Sets: 20, Cues: 20, Hits: 20, Cost: 1, Room: 10000},
		{Alpha: 0.15, Sets: 20, Cues: 20, Hits: 16, Cost: 1, Room: 10000},
		{Alpha: 0.16, Sets: 20, Cues: 20, Hits: 9, Cost: 1, Room: 10000},
		{Alpha: 0.17, Sets: 20, Cues: 20, Hits: 2, Cost: 1, Room: 10000},
	}
	fmt.Println(scaling.Goal{Threshold: 5e-4}.Allocate(counts, 1000))
	// Output: [0 140 399 140]
}
