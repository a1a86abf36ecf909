package plots

import (
	"strings"
	"testing"
)

// grid is that of a study over sizes and loads.
func grid(fixed map[string]any) Grid {
	g := Grid{Tables: []string{"trials", "estimates", "trace"}, Fixed: fixed, Points: Table{Columns: []string{"N", "K", "alpha"}}}
	for _, n := range []int64{500, 1000} {
		for k := range int64(5) {
			g.Points.Rows = append(g.Points.Rows, []any{n, n / 10 * k, float64(n/10*k) / float64(n)})
		}
	}
	return g
}

// What only the grid shows to be wrong is said before the run, by its key, with what
// would be right.
func TestFaultsInViewOfTheGrid(t *testing.T) {
	hopfield := map[string]any{"model": "hopfield", "temperature": 0.0, "order": "random"}
	good := Spec{X: "alpha", Y: []string{"overlap_final", "retrieved"}, Theory: []string{"ags"}, Fit: "linear", Where: map[string]any{"N": int64(500), "sample": int64(3)}}
	for _, c := range []struct {
		change func(s *Spec)
		fixed  map[string]any
		want   string
	}{
		{func(*Spec) {}, hopfield, ""},
		{func(s *Spec) { s.Table = "trial" }, hopfield, `figure.table = "trial": is no table of this experiment; did you mean "trials"?`},
		{func(s *Spec) { s.Theory = []string{"okada"} }, hopfield, `figure.theory = "okada": says nothing about overlap_final, retrieved against alpha: it knows overlap_critical against alpha`},
		{func(s *Spec) { s.Theory = []string{"ags_limit"} }, hopfield, "it knows overlap, q, energy against 1/N"},
		{func(s *Spec) { s.Theory = []string{"one_step"} }, hopfield, "holds at no point that is shown: it is for ensemble = unbiased or file, max_sweeps = 1, model = hopfield, order = parallel"},
		{func(*Spec) {}, map[string]any{"model": "dense"}, "holds at no point that is shown: it is for ensemble = unbiased or file, model = hopfield"},
		{func(s *Spec) { s.X, s.Theory, s.Where = "N^-0.5", nil, nil }, hopfield, `figure.fit = "linear": needs three values of x at least: the grid has 2`},
		{func(s *Spec) { s.X, s.Theory = "overlap_initial", nil }, hopfield, ""},
		{func(s *Spec) { s.Where = map[string]any{"N": int64(7)} }, hopfield, "figure.where: no point of the grid is as it says"},
		{func(s *Spec) { s.Inset = &Spec{X: "N", Y: []string{"sweeps"}, Fit: "power"} }, hopfield, "figure.inset.fit"},
		{func(s *Spec) { s.Y = []string{"1 - overlap_final"} }, hopfield, ""},
	} {
		s := good
		c.change(&s)
		var texts []string
		for _, f := range CheckGrid([]Spec{s}, grid(c.fixed)) {
			texts = append(texts, f.String())
		}
		if got := strings.Join(texts, "; "); c.want == "" && got != "" || len(texts) > 1 || !strings.Contains(got, c.want) {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
	if faults := CheckGrid([]Spec{good, {Table: "none"}}, grid(hopfield)); len(faults) != 1 || faults[0].Key != "figure[2].table" {
		t.Errorf("%v", faults)
	}
}
