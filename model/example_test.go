package model_test

import (
	"context"
	"fmt"
	"math"
	"math/big"

	"hopcap/model"
	"hopcap/model/random"
	"hopcap/model/thermal"
)

// A Hopfield network of 1000 neurons stores 100 patterns and finds one of them
// again from a cue in which a tenth of the neurons are wrong.
func Example() {
	const n, k = 1000, 100
	key := random.NewKey("my study, sample 0")

	patterns := model.NewPatterns(n, k)
	patterns.Draw(key, nil)

	cue := make(model.State, n)
	patterns.Noisy(7, n/10, key.Sub("cue", 7).Source(), cue, make([]int32, n))
	fmt.Printf("cue      m = %.3f\n", float64(patterns.Overlap(7, cue))/n)

	network, err := model.Hopfield{}.Store(context.Background(), patterns, key, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	replicas := network.Start([]model.State{cue}, nil)
	relaxation := model.Dynamics{Order: model.Random}.Relax(replicas, 1, n, key)
	for !relaxation.Done() {
		if err := relaxation.Sweep(context.Background(), nil); err != nil {
			fmt.Println(err)
			return
		}
	}
	end := relaxation.Progress(0)
	fmt.Printf("%s m = %.3f, E/N = %.4f\n", end.Stop, float64(patterns.Overlap(7, replicas.State(0)))/n, replicas.(model.Energetic).Energy(0))
	// Output:
	// cue      m = 0.800
	// fixed_point m = 1.000, E/N = -0.5002
}

// stored draws k patterns of n neurons and stores them by a rule.
func stored(rule model.Rule, n, k int, key model.Key) (*model.Patterns, model.Network) {
	patterns := model.NewPatterns(n, k)
	patterns.Draw(key, nil)
	network, err := rule.Store(context.Background(), patterns, key, nil)
	if err != nil {
		panic(err)
	}
	return patterns, network
}

// finish makes the sweeps of a relaxation that are left.
func finish(x *model.Relaxation) {
	for !x.Done() {
		if err := x.Sweep(context.Background(), nil); err != nil {
			panic(err) // the context has no end
		}
	}
}

// The overlap curve: from a stored pattern the Hopfield network stays near it up to a
// load of about 0.138, and loses it above.
func ExampleHopfield() {
	const n, cues = 2000, 5
	for _, alpha := range []*big.Rat{big.NewRat(5, 100), big.NewRat(10, 100), big.NewRat(13, 100), big.NewRat(20, 100)} {
		k := int(new(big.Rat).Mul(alpha, big.NewRat(n, 1)).Num().Int64())
		key := random.NewKey("overlap curve")
		patterns, network := stored(model.Hopfield{}, n, k, key)
		states := make([]model.State, cues)
		for mu := range states {
			states[mu] = make(model.State, n)
			patterns.Pattern(mu, states[mu])
		}
		finish(model.Dynamics{}.Relax(network.Start(states, nil), cues, n, key))
		sum := 0
		for mu, s := range states {
			sum += patterns.Overlap(mu, s)
		}
		fmt.Printf("α = %s  m = %.2f\n", alpha.FloatString(2), float64(sum)/(cues*n))
	}
	// Output:
	// α = 0.05  m = 1.00
	// α = 0.10  m = 1.00
	// α = 0.13  m = 0.98
	// α = 0.20  m = 0.36
}

// A dense memory of degree 3 holds patterns in proportion to N²: here 300 in 100 neurons.
func ExampleDense() {
	const n, k = 100, 300
	rule := model.Dense{Degree: 3}
	key := random.NewKey("dense")
	patterns, network := stored(rule, n, k, key)
	cue := make(model.State, n)
	patterns.Noisy(0, 10, key.Sub("cue", 0).Source(), cue, make([]int32, n))
	finish(model.Dynamics{}.Relax(network.Start([]model.State{cue}, nil), 1, n, key))
	fmt.Printf("α = K/N² = %.2f  m = %.2f\n", rule.Alpha(n, k), float64(patterns.Overlap(0, cue))/n)
	// Output:
	// α = K/N² = 0.03  m = 1.00
}

// At T = 0.5, in units of J, the network stays near a stored pattern, and its overlap
// fluctuates about the solution of m = tanh(m/T).
func ExampleRelaxation_Heat() {
	const n, k, sweeps = 2000, 4, 60
	key := random.NewKey("hot")
	rule := model.Hopfield{}
	patterns, network := stored(rule, n, k, key)
	s := make(model.State, n)
	patterns.Pattern(0, s)
	x := model.Dynamics{MaxSweeps: sweeps}.Relax(network.Start([]model.State{s}, nil), 1, n, key)
	x.Heat(thermal.NewDecision(thermal.HeatBath, rule.FieldUnit(n, k), big.NewRat(1, 2)), []model.Key{key.Sub("noise")})
	sum := 0
	for !x.Done() {
		if err := x.Sweep(context.Background(), nil); err != nil {
			panic(err)
		}
		sum += patterns.Overlap(0, s)
	}
	m := 1.0
	for range 100 {
		m = math.Tanh(m / 0.5)
	}
	fmt.Printf("m = %.3f, of one pattern alone %.3f\n", float64(sum)/(n*sweeps), m)
	// Output:
	// m = 0.958, of one pattern alone 0.958
}

// The minima of a small network are all found: here the three patterns, of s and −s one
// each, and a mixture of them.
func ExampleMinima() {
	const n, k = 16, 3
	patterns, network := stored(model.Hopfield{}, n, k, random.NewKey("minima"))
	err := model.Minima(context.Background(), network, n, func(s model.State, margin int64) {
		overlaps := make([]int, k)
		for mu := range overlaps {
			overlaps[mu] = patterns.Overlap(mu, s)
		}
		fmt.Println("overlaps", overlaps, "least field", margin)
	})
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// overlaps [-16 -2 2] least field 9
	// overlaps [2 16 4] least field 7
	// overlaps [-8 6 -6] least field 1
	// overlaps [2 -4 -16] least field 7
}

// A rule of one's own may write its couplings down: here Hebb's, clipped to their signs.
func ExampleNewCouplings() {
	const n, k = 500, 20
	key := random.NewKey("clipped")
	patterns := model.NewPatterns(n, k)
	patterns.Draw(key, nil)
	network, err := model.NewCouplings(context.Background(), patterns, big.NewRat(1, n), 1, func(i int, row []int32) {
		for j := range row {
			if c := patterns.Correlation(i, j); i != j && c != 0 {
				row[j] = int32(max(-1, min(c, 1)))
			}
		}
	}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	cue := make(model.State, n)
	patterns.Noisy(3, n/10, key.Sub("cue", 3).Source(), cue, make([]int32, n))
	finish(model.Dynamics{}.Relax(network.Start([]model.State{cue}, nil), 1, n, key))
	fmt.Printf("symmetric %v, m = %.3f\n", network.Symmetric(), float64(patterns.Overlap(3, cue))/n)
	// Output:
	// symmetric true, m = 1.000
}
