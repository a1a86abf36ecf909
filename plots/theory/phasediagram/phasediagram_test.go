package phasediagram

import (
	"math"
	"testing"

	"hopcap/model/theory"
)

// The lines meet where theory says: T_M, T_c and T_g at T = 1 as α → 0, T_R at the end
// of T_M, and the fold at low temperature passes through the largest capacity.
func TestFigure(t *testing.T) {
	f, err := Figure("phase-diagram")
	if err != nil {
		t.Fatal(err)
	}
	panel := f.Panels[0]
	if f.Name != "phase-diagram" || len(panel.Lines) != 4 || panel.Inset == nil || len(panel.Inset.Lines) != 2 {
		t.Fatalf("%s: %d lines", f.Name, len(panel.Lines))
	}
	for _, line := range panel.Lines[:3] {
		nearest := math.Inf(1)
		for i := range line.X {
			nearest = min(nearest, math.Hypot(line.X[i], line.Y[i]-1))
		}
		if nearest > 0.05 {
			t.Errorf("%s does not start at T = 1: %g away", line.Label, nearest)
		}
	}
	end, err := theory.AlmeidaThoulessEnd()
	broken := panel.Lines[3]
	if last := len(broken.X) - 1; err != nil || broken.X[last] != end.Alpha || broken.Y[last] != end.T {
		t.Errorf("T_R ends at %v, %v", broken.X[last], broken.Y[last])
	}
	top, err := theory.AGSLargestCapacity()
	largest := 0.0
	for _, alpha := range panel.Inset.Lines[0].X {
		largest = max(largest, alpha)
	}
	if err != nil || math.Abs(largest-top.Alpha) > 1e-6 {
		t.Errorf("the fold reaches %v, want %v", largest, top.Alpha)
	}
}
