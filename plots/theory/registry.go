package theory

import equations "hopcap/model/theory"

// The networks that theories are about, by the settings of a study. A study that
// says nothing of its model passes for Hopfield's.
var (
	hebbian     = independent.and("model", nil, "hopfield")
	atZero      = hebbian.and("temperature", nil, 0)
	parallel    = hebbian.and("order", "parallel")
	dense       = of("dense").and("form", nil, "full", "rectified", "distinct")
	exponential = of("exponential")
)

// independent patterns are those that most theories are about. What a file holds is
// taken for such.
var independent = conditions{"ensemble": {nil, "unbiased", "file"}}

// of are the conditions of a kind of memory with independent patterns.
func of(model string) conditions { return independent.and("model", model) }

const replicaSymmetric = "replica-symmetric theory"

// theories are the theories that a figure can ask for, by name.
var theories = map[string]Theory{
	"ags": retrieval("ags", hebbian, "temperature"),
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

	"clipped":         retrieval("clipped", of("clipped")),
	"diluted":         retrieval("diluted", of("diluted").and("symmetric", true), "connectivity"),
	"dreaming":        retrieval("dreaming", of("dreaming"), "sleep"),
	"biased":          retrieval("biased", of("covariance").and("ensemble", "biased"), "bias", "threshold"),
	"random_features": retrieval("random-features", hebbian.and("ensemble", "random_features"), "feature_load"),

	"pseudo_inverse_step":          projectionStep("m1", false),
	"pseudo_inverse_step_diagonal": projectionStep("m1_diagonal", true),

	"sequence_trajectory": sequenceTrajectory,
}
