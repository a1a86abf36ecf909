package plots

import (
	"strings"
	"testing"
)

// Panels of one figure may differ in their rows, scales and limits; series of one label
// look alike in all of them.
func TestPanelsThatDiffer(t *testing.T) {
	f := build(t, Spec{X: "alpha", Y: []string{"retrieved", "sweeps"}, Series: []string{"N"}, Fit: "linear", Each: []PanelSpec{
		{YLimits: []float64{0, 1}},
		{Where: map[string]any{"N": []any{int64(4000), int64(1000)}}, YScale: "log", XLimits: []float64{0.1, 0.2}},
	}}, collapse())
	p, q := f.Panels[0], f.Panels[1]
	if len(p.Series) != 4 || len(q.Series) != 2 || p.Y.Max != 1 || p.Y.Log || !q.Y.Log || q.X.Max != 0.2 || p.X.Max != 0 {
		t.Fatalf("%+v and %+v", p.Y, q.Y)
	}
	for i, s := range q.Series {
		if k := []int{1, 3}[i]; s.Label != p.Series[k].Label || s.Style != p.Series[k].Style || q.Lines[i].Style != s.Style {
			t.Errorf("%s has style %d, its fit %d, where the other panel has %d", s.Label, s.Style, q.Lines[i].Style, p.Series[k].Style)
		}
	}
	f = build(t, Spec{X: "N", Y: []string{"retrieved", "retrieved"}, Each: []PanelSpec{
		{Where: map[string]any{"alpha": 0.13}}, {Where: map[string]any{"alpha": 0.155}}}}, collapse())
	if f.Panels[0].Note != `$\alpha = 0.13$` || f.Panels[1].Note != `$\alpha = 0.155$` || strings.Contains(f.Caption, "Load") {
		t.Errorf("notes %q, %q, caption %s", f.Panels[0].Note, f.Panels[1].Note, f.Caption)
	}
	f = build(t, Spec{X: "alpha", Y: []string{"retrieved", "sweeps"}, Each: []PanelSpec{{}, {Where: map[string]any{"N": int64(2000)}}}}, collapse())
	if s := f.Panels[1].Series[0]; s.Style != 2 || f.Panels[1].Note != "$N = 2000$" {
		t.Errorf("the third size has style %d beside %q", s.Style, f.Panels[1].Note)
	}
}
