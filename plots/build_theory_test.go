package plots

import (
	"slices"
	"testing"
)

func TestTheoryKnowsItsLimits(t *testing.T) {
	dense := collapse()
	dense.Fixed["model"] = "dense"
	if s := Defaults("dense", dense, studyColumns)[0]; slices.Contains(s.Theory, "ags") {
		t.Errorf("theory %q beside another model", s.Theory)
	}
	once := collapse()
	once.Fixed["order"], once.Fixed["max_sweeps"] = "parallel", int64(1)
	f := build(t, Spec{X: "alpha", Y: []string{"overlap_final"}, Theory: []string{"one_step"}}, once)
	if n := len(f.Panels[0].Lines); n != 4 || f.Panels[0].Lines[3].Style != 3 {
		t.Errorf("%d curves, want one for each N in its colour", n)
	}
}

// Theory beside points reaches both ends of the axis.
func TestTheoryReachesTheEnds(t *testing.T) {
	f := build(t, Spec{X: "alpha", Y: []string{"overlap_final"}, Theory: []string{"ags"}}, collapse())
	if lo, _ := f.Panels[0].Span(); f.Panels[0].Lines[0].X[0] > lo+1e-12 {
		t.Errorf("theory from %v on an axis from %v", f.Panels[0].Lines[0].X[0], lo)
	}
}
