package theory

import equations "hopcap/model/theory"

// The networks that theories are about, by the settings of a study. A study that
// says nothing of its model passes for Hopfield's.
var (
	hebbian     = conditions{"model": {nil, "hopfield"}}
	atZero      = hebbian.and("temperature", nil, 0)
	parallel    = hebbian.and("order", "parallel")
	dense       = conditions{"model": {"dense"}, "form": {nil, "full", "rectified", "distinct"}}
	exponential = conditions{"model": {"exponential"}}
)

const replicaSymmetric = "replica-symmetric theory"

// theories are the theories that a figure can ask for, by name.
var theories = map[string]Theory{
	"ags": {
		Label: replicaSymmetric, holds: hebbian, uses: []string{"temperature"},
		x: []string{"alpha"}, y: []string{"overlap_final"}, curve: agsCurve, marks: agsMarks,
	},
	"ags_thermal": {
		Label: replicaSymmetric, holds: hebbian, uses: []string{"alpha"},
		x: []string{"temperature"}, y: thermalColumns, curve: thermalCurve,
	},
	"ags_limit": {
		Label: replicaSymmetric, holds: hebbian, uses: []string{"alpha", "temperature"},
		x: []string{"1/N"}, y: thermalColumns, curve: thermalLimit,
	},

	"retrieval_temperature":   phaseLine("$T_M$", capacityAt),
	"coexistence_temperature": phaseLine("$T_c$", equations.AGSGroundLoad),
	"spin_glass_temperature":  phaseLine("$T_g$", spinGlassLoad),

	"one_step": {
		Label: "one step, exact", holds: parallel.and("max_sweeps", 1), uses: []string{"N", "overlap"},
		x: []string{"alpha"}, y: []string{"overlap_final"}, curve: oneStepCurve,
	},
	"two_step": {
		Label: "two steps, $N \\to \\infty$", holds: parallel.and("max_sweeps", 2), uses: []string{"alpha", "overlap"},
		x: []string{"N", "1/N"}, y: []string{"overlap_final"}, curve: twoStepCurve,
	},
	"two_step_trajectory": trajectory("two steps, exact", twoSteps),
	"okada_trajectory":    trajectory("Okada", neurodynamicsSteps(equations.AllOrders)),
	"stable_bits": {
		Label: "exact", holds: hebbian, uses: []string{"N"},
		x: []string{"alpha"}, y: []string{"bits_stable"}, curve: stableBitsCurve,
	},
	"mceliece": {
		Label: "McEliece et al.", holds: hebbian,
		x: []string{"K*ln(N)/N"}, marks: mcElieceMarks,
	},

	"amari_maginu": basin("Amari–Maginu", equations.FirstOrder),
	"okada":        slow(basin("Okada", equations.AllOrders)),

	"energy": {
		Label: replicaSymmetric, holds: atZero,
		x: []string{"alpha"}, y: []string{"energy_stored", "energy_mixture", "energy_spin_glass"}, curve: energyCurve,
	},
	"ground_state": {
		Label: "replica-symmetric ground state", holds: atZero,
		x: []string{"alpha"}, y: []string{"energy"}, curve: groundStateCurve,
	},
	"complexity": {
		Label: "Gardner, annealed", holds: hebbian,
		x: []string{"alpha"}, y: []string{"ln(2*strict)/N", "ln(strict)/N"}, curve: complexityCurve,
	},

	"dense": {
		Label: replicaSymmetric, holds: dense.and("temperature", nil, 0), uses: []string{"degree"},
		x: []string{"alpha"}, y: []string{"overlap_final"}, curve: denseCurve, marks: denseMarks,
	},
	"signal_noise": {
		Label: "signal to noise, one step", holds: dense, uses: []string{"degree"},
		x: []string{"alpha"}, y: []string{"overlap_final"}, curve: signalToNoiseCurve,
	},
	"dense_capacity": {
		Label: "exact", holds: dense, uses: []string{"degree", "bit_error"},
		x: []string{"N"}, y: []string{"patterns_max"}, curve: denseCapacityCurve,
	},
	"exponential_capacity": {
		Label: "exact", holds: exponential, uses: []string{"lambda", "bit_error"},
		x: []string{"N"}, y: []string{"patterns_max"}, curve: exponentialCapacityCurve,
	},
	"exponential": {
		Label: "all, typical patterns ($N \\to \\infty$)", holds: exponential.and("lambda", nil, 1),
		uses: []string{"overlap", "experiment_overlap"},
		x:    []string{"alpha"}, marks: exponentialMarks,
	},
}
