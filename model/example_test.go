package model_test

import (
	"context"
	"fmt"

	"hopcap/model"
)

// A Hopfield network of 1000 neurons stores 100 patterns and finds one of them
// again from a cue in which a tenth of the neurons are wrong.
func Example() {
	const n, k = 1000, 100
	key := model.NewKey("my study, sample 0")

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
