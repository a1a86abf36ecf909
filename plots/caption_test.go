package plots

import (
	"strings"
	"testing"
)

func TestCaption(t *testing.T) {
	f := build(t, Spec{X: "alpha", Y: []string{"overlap_final", "retrieved"}, Theory: []string{"ags"}}, collapse())
	for _, want := range []string{
		"(a) retrieval overlap $m$, (b) retrieved fraction against load $\\alpha = K/N$.",
		`$N = 500,\ 1000,\ 2000,\ 4000$.`, "200 independent samples", "Line: replica-symmetric theory. Error",
		"one standard error", "Wilson",
	} {
		if !strings.Contains(f.Caption, want) {
			t.Errorf("the caption lacks %q: %s", want, f.Caption)
		}
	}
	f = build(t, Spec{X: "alpha", Y: []string{"retrieved"}, Caption: "Own words."}, collapse())
	if !strings.HasPrefix(f.Caption, "Own words. ") || strings.Contains(f.Caption, "standard error") {
		t.Errorf("caption %q", f.Caption)
	}
}

// A caption names the values of axes that neither the axes nor the legend show, but none
// that follow from those that are shown, and what all sources agree in.
func TestCaptionOfUnseenValues(t *testing.T) {
	where := map[string]any{"alpha": 0.155}
	a, b := collapse(), collapse()
	a.Setup, b.Setup = []string{"parallel updates", "$T = 0$"}, []string{"$T = 0$"}
	for _, c := range []struct {
		spec    Spec
		sources []Source
		has     string
		lacks   string
	}{
		{Spec{X: "N", Y: []string{"sweeps"}, Where: where}, []Source{a}, `Load $\alpha = 0.155$.`, ""},
		{Spec{X: "N", Y: []string{"sweeps"}, Where: where}, []Source{a}, "Parallel updates; $T = 0$.", ""},
		{Spec{X: "N", Y: []string{"sweeps"}, Where: where}, []Source{a, b}, " $T = 0$.", "arallel updates"},
		{Spec{X: "alpha", Y: []string{"sweeps"}}, []Source{a}, "", "Load"},
		{Spec{X: "K", Y: []string{"sweeps"}}, []Source{a}, "", "Load"},
		{Spec{Kind: "histogram", X: "overlap_final", Series: []string{"N"}}, []Source{a}, `Load $\alpha = 0.155$.`, ""},
		{Spec{X: "alpha", Y: []string{"overlap_final"}}, []Source{heated()}, "", "emperature $T ="},
	} {
		f := build(t, c.spec, c.sources...)
		if !strings.Contains(f.Caption, c.has) || c.lacks != "" && strings.Contains(f.Caption, c.lacks) {
			t.Errorf("%+v: %q, want %q and not %q", c.spec, f.Caption, c.has, c.lacks)
		}
	}
}

// Of several panels the caption says where the slopes are.
func TestSlopesInTheCaption(t *testing.T) {
	spec := Spec{X: "N", Y: []string{"sweeps"}, Where: map[string]any{"alpha": 0.15}, XScale: "log", YScale: "log", Fit: "power"}
	if f := build(t, spec, collapse()); !strings.HasPrefix(f.Panels[0].Lines[0].Label, `$\sim N^{`) || !strings.Contains(f.Caption, "in brackets is the standard error") {
		t.Errorf("slope %s, caption %s", f.Panels[0].Lines[0].Label, f.Caption)
	}
	spec.Y = []string{"sweeps", "overlap_final"}
	if f := build(t, spec, collapse()); !strings.Contains(f.Caption, "slopes stand among the plotted numbers") {
		t.Errorf("caption %s", f.Caption)
	}
}

// What was asked for and cannot be shown is said.
func TestWarnings(t *testing.T) {
	for _, c := range []struct {
		spec Spec
		want string
	}{
		{Spec{X: "alpha", Y: []string{"overlap_final"}, Theory: []string{"ags"}}, ""},
		{Spec{X: "alpha", Y: []string{"retrieved"}, Theory: []string{"okada"}}, `theory "okada" has no curve or value for this figure`},
		{Spec{X: "alpha", Y: []string{"retrieved"}, Where: map[string]any{"N": int64(7)}}, "rows of estimates has the values that where asks for"},
		{Spec{X: "alpha", Y: []string{"overlap_final - 0.5"}, YScale: "log"}, "of 68 points are not positive and cannot be shown on a log axis"},
		{Spec{X: "alpha", Y: []string{"retrieved", "overlap_final"}, XLimits: []float64{5, 6}}, "none of 68 points in panel (b) lies within the limits"},
	} {
		f := build(t, c.spec, collapse())
		if text := strings.Join(f.Warnings, "; "); c.want == "" && text != "" || !strings.Contains(text, c.want) {
			t.Errorf("%+v: got %q, want %q", c.spec, text, c.want)
		}
	}
}

// A width that is no column's is told.
func TestOtherWidths(t *testing.T) {
	for width, want := range map[float64]int{0: 0, 8.6: 0, 17.8: 0, 12: 1} {
		if f := build(t, Spec{X: "alpha", Y: []string{"retrieved"}, Width: width}, collapse()); len(f.Warnings) != want {
			t.Errorf("%v cm: %q", width, f.Warnings)
		}
	}
}
