package experiment

import (
	"fmt"

	"hopcap/model"
	"hopcap/sweep/study"
)

// redraws reports whether the patterns of the point are too many to be kept and drawn
// again and again.
func (t *setup) redraws() bool {
	r, ok := t.rule.(model.Redrawer)
	return ok && r.Redraws(t.n, t.k)
}

// redrawFaults says what a point cannot do that does not keep its patterns.
func (t *setup) redrawFaults() (faults []study.Fault) {
	if !t.redraws() {
		return nil
	}
	size := fmt.Sprintf("K = %d patterns at N = %d are drawn anew for each state: ", t.k, t.n)
	switch s := t.settings; {
	case s.Text("experiment.kind") != "retrieval":
		faults = append(faults, study.Fault{Key: "experiment.kind", Value: s.Text("experiment.kind"), Allowed: size + `must be "retrieval"`})
	case s.Bool("trace"):
		faults = append(faults, study.Fault{Key: "trace", Value: "true", Allowed: size + "must be false"})
	case s.Int("states") > 0:
		faults = append(faults, study.Fault{Key: "states", Value: fmt.Sprint(s.Int("states")), Allowed: size + "must be 0"})
	}
	if t.ensemble.name != unbiased.name {
		faults = append(faults, study.Fault{Key: "ensemble", Value: t.ensemble.name, Allowed: size + `must be "unbiased"`})
	}
	return faults
}

// atHand is the number of patterns that are in memory: the cued ones must be among
// them.
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
