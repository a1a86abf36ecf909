// Package tables has the curves of theory as tables of numbers: what package
// model/theory solves, with the parameters of each curve, their ranges, and the
// columns with what they mean. `hopcap theory CURVE` prints them; package
// plots/theory draws some of them beside measured points.
//
//	dreaming, _ := tables.Named("dreaming")
//	result, err := dreaming.Solve(tables.Request{Values: map[string][]float64{
//		"alpha": {0.2, 0.3}, "sleep": {1, 10},
//	}})
//
// A curve has one table or several, each the answer to one question: the retrieval
// state at a load, the capacity, a trajectory. Which one is given depends on the
// parameters that are asked for.
package tables
