package plots

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hopcap/plots/figure"
	"hopcap/sweep/summary"
)

func build(t *testing.T, spec Spec, sources ...Source) *figure.Figure {
	t.Helper()
	f, err := Build(spec, sources, studyColumns)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func seriesLabels(p figure.Panel) (labels []string) {
	for _, s := range p.Series {
		labels = append(labels, s.Label)
	}
	return labels
}

func TestCurvesOfTheCollapse(t *testing.T) {
	f := build(t, Spec{Name: "c", X: "alpha", Y: []string{"overlap_final", "retrieved"}, Theory: []string{"ags"}}, collapse())
	p, q := f.Panels[0], f.Panels[1]
	if got, want := seriesLabels(p), []string{"$N = 500$", "$N = 1000$", "$N = 2000$", "$N = 4000$"}; !slices.Equal(got, want) {
		t.Errorf("series %q, want %q", got, want)
	}
	if p.X.Label != `load $\alpha = K/N$` || p.Y.Label != "retrieval overlap $m$" {
		t.Errorf("axes %q, %q", p.X.Label, p.Y.Label)
	}
	if n := len(p.Series[0].Points); n != 17 {
		t.Errorf("%d points, want 17", n)
	}
	mean := p.Series[0].Points[16] // ± one standard error
	if math.Abs(mean.High-mean.Y-(mean.Y-mean.Low)) > 1e-12 || mean.High <= mean.Y {
		t.Errorf("error bar %v", mean)
	}
	rate := q.Series[3].Points[0] // all but all: the interval is not symmetric
	if rate.High < rate.Y || rate.High > 1 || rate.Low >= rate.Y-0.001 {
		t.Errorf("interval %v", rate)
	}
	if len(p.Lines) != 1 || len(q.Lines) != 0 || len(q.Marks) != 1 {
		t.Errorf("%d, %d lines and %d marks, want theory of the overlap only, and α_c everywhere", len(p.Lines), len(q.Lines), len(q.Marks))
	}
	if end := p.Lines[0].X[len(p.Lines[0].X)-1]; math.Abs(end-0.1379) > 1e-4 {
		t.Errorf("theory ends at %v, want α_c", end)
	}
}

// A series has one point at each x: what else differs tells series apart too,
// whether series are declared or not.
func TestSeriesAreUnambiguous(t *testing.T) {
	f := build(t, Spec{X: "temperature", Y: []string{"overlap_final"}}, heated())
	if n := len(f.Panels[0].Series); n != 15 {
		t.Errorf("%d series, want one for each of 15 loads", n)
	}
	f = build(t, Spec{X: "temperature", Y: []string{"overlap_final"}, Series: []string{"N"}}, heated())
	if n := len(f.Panels[0].Series); n != 15 {
		t.Errorf("%d series where N is declared, want one for each of 15 loads", n)
	}
}

func TestWhereTakesTheNearest(t *testing.T) {
	f := build(t, Spec{X: "N", Y: []string{"sweeps"}, Where: map[string]any{"alpha": 0.155}}, collapse())
	if len(f.Panels[0].Series) != 1 || len(f.Panels[0].Series[0].Points) != 4 {
		t.Errorf("got %v, want one series of four sizes, 78/500 among them", f.Panels[0].Series)
	}
	f = build(t, Spec{X: "alpha", Y: []string{"sweeps"}, Where: map[string]any{"alpha": 0.5}}, collapse())
	if n := len(f.Panels[0].Series); n != 0 {
		t.Errorf("%d series at a load that was not run", n)
	}
	f = build(t, Spec{X: "alpha", Y: []string{"sweeps"}, Where: map[string]any{"N": int64(1000)}}, collapse())
	if got := seriesLabels(f.Panels[0]); len(got) != 1 {
		t.Errorf("series %q, want one", got)
	}
	several := map[string]any{"N": []any{int64(4000), int64(1000), int64(7)}, "alpha": []any{0.12, 0.155}}
	f = build(t, Spec{X: "alpha", Y: []string{"sweeps"}, Where: several}, collapse())
	if got := f.Panels[0].Series; len(got) != 2 || len(got[0].Points) != 2 || len(got[1].Points) != 2 {
		t.Errorf("got %v, want two sizes at two loads", got)
	}
}

// A threshold is shown by its median and what the interval of the median is worth in
// standard errors; its mean only where that is asked for.
func TestThresholdsAreMedians(t *testing.T) {
	table := Table{
		Columns:   []string{"N", "samples"},
		Estimated: []Estimated{{"x", summary.Median}},
		Rows: [][]any{
			{int64(100), int64(50), summary.Summary{Kind: summary.Median, Mean: 0.5, Stderr: 0.01, Center: 0.4, Low: 0.4 - 0.0196, High: 0.4 + 0.0392}},
			{int64(200), int64(50), summary.Summary{Kind: summary.Median, Mean: 0.5, Stderr: 0.01, Center: math.NaN(), Low: 0.3, High: math.NaN()}},
		},
	}
	m, err := table.measure("2*x", 1)
	if err != nil || m.bars.kind != summary.Median {
		t.Fatalf("bars %+v, %v", m.bars, err)
	}
	r := m.read(table.Rows[0])
	for _, c := range [][2]float64{{r.v, 0.8}, {r.low, 0.78}, {r.high, 0.84}} {
		if math.Abs(c[0]-c[1]) > 1e-4 {
			t.Errorf("%+v, want 0.8 from 0.78 to 0.84", r)
		}
	}
	if r := m.read(table.Rows[1]); !math.IsNaN(r.v) {
		t.Errorf("an unknown median is %v", r.v)
	}
	if m, err := table.measure("x_mean", 1); err != nil || m.read(table.Rows[0]).v != 0.5 {
		t.Errorf("the mean: %v", err)
	}
}

// Several directories share a figure; the legend says which is which.
func TestSeveralSources(t *testing.T) {
	a, b := collapse(), collapse()
	b.Name = "parallel"
	f := build(t, Spec{X: "alpha", Y: []string{"retrieved"}}, a, b)
	got := seriesLabels(f.Panels[0])
	if len(got) != 8 || got[0] != "capacity, $N = 500$" || got[7] != "parallel, $N = 4000$" {
		t.Errorf("series %q", got)
	}
	if f.Panels[0].Series[7].Style != 7 {
		t.Error("two series have one symbol")
	}
}

func TestPanelsByValue(t *testing.T) {
	f := build(t, Spec{X: "alpha", Y: []string{"retrieved"}, Panels: "N"}, collapse())
	var notes []string
	for _, p := range f.Panels {
		notes = append(notes, p.Note)
	}
	if want := []string{"$N = 500$", "$N = 1000$", "$N = 2000$", "$N = 4000$"}; !slices.Equal(notes, want) {
		t.Errorf("panels %q, want %q", notes, want)
	}
}

func TestInsetKeepsSeries(t *testing.T) {
	f := build(t, Spec{X: "alpha", Y: []string{"retrieved"}, Inset: &Spec{X: "(alpha - 0.1) * N", Y: []string{"retrieved"}}}, collapse())
	in := f.Panels[0].Inset
	if len(in.Series) != 4 {
		t.Fatalf("%d series in the inset, want 4", len(in.Series))
	}
	last := in.Series[3].Points[16] // N = 4000, α = 0.18
	if math.Abs(last.X-320) > 1e-9 {
		t.Errorf("x = %v, want 0.08 · 4000", last.X)
	}
}

// An inset over another axis has the outer figure's series, or its own if it
// names them.
func TestInsetOverAnotherAxis(t *testing.T) {
	inset := Spec{X: "N", Y: []string{"sweeps"}, Where: map[string]any{"alpha": 0.15}}
	f := build(t, Spec{X: "alpha", Y: []string{"retrieved"}, Inset: &inset}, collapse())
	if n := len(f.Panels[0].Inset.Series); n != 4 {
		t.Errorf("%d series in the inset, want one for each N", n)
	}
	inset.Series = []string{"alpha"}
	f = build(t, Spec{X: "alpha", Y: []string{"retrieved"}, Inset: &inset}, collapse())
	if in := f.Panels[0].Inset.Series; len(in) != 1 || len(in[0].Points) != 4 {
		t.Errorf("series %v in the inset, want one over four N", in)
	}
}

func TestMapLeavesGaps(t *testing.T) {
	f := build(t, Spec{Kind: "map", X: "alpha", Y: []string{"temperature"}, Z: []string{"overlap_final"}}, heated())
	m := f.Panels[0].Map
	if len(m.X) != 15 || len(m.Y) != 19 || !math.IsNaN(m.Z[3][4]) || math.IsNaN(m.Z[4][3]) {
		t.Errorf("%d × %d cells, the missing one is %v", len(m.X), len(m.Y), m.Z[3][4])
	}
}

func TestErrorsNameWhatIsMissing(t *testing.T) {
	for want, spec := range map[string]Spec{
		`no column "beta"`:      {X: "beta", Y: []string{"retrieved"}},
		`no column "recall"`:    {X: "alpha", Y: []string{"recall"}},
		`no column "M"`:         {X: "alpha", Y: []string{"retrieved"}, Series: []string{"M"}},
		`has no table "minima"`: {X: "alpha", Y: []string{"retrieved"}, Table: "minima"},
		`no theory "ohm"`:       {X: "alpha", Y: []string{"retrieved"}, Theory: []string{"ohm"}},
		`no kind "pie"`:         {Kind: "pie"},
		"cannot be stacked":     {Kind: "areas", X: "alpha", Y: []string{"retrieved"}},
	} {
		_, err := Build(spec, []Source{collapse()}, studyColumns)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want an error with %s", err, want)
		}
	}
}

func TestDefaultFigure(t *testing.T) {
	specs := Defaults("capacity", collapse(), studyColumns)
	if len(specs) != 1 {
		t.Fatalf("%d figures, want 1", len(specs))
	}
	s := specs[0]
	if s.Name != "capacity" || s.X != "alpha" || !slices.Equal(s.Y, []string{"overlap_final", "retrieved", "spurious"}) ||
		!slices.Equal(s.Theory, []string{"ags"}) {
		t.Errorf("got %+v", s)
	}
	if s := Defaults("heat", heated(), studyColumns)[0]; s.X != "temperature" || !slices.Equal(s.Y, []string{"overlap_final"}) {
		t.Errorf("got %+v", s)
	}
	unled := slices.Clone(studyColumns)
	for i := range unled {
		unled[i].Lead = unled[i].Name == "sweeps"
	}
	if s := Defaults("capacity", collapse(), unled)[0]; !slices.Equal(s.Y, []string{"sweeps"}) {
		t.Errorf("%q, want what leads", s.Y)
	}
	unled[len(unled)-1].Lead = false
	if s := Defaults("capacity", collapse(), unled)[0]; !slices.Equal(s.Y, []string{"overlap_final", "retrieved", "spurious"}) {
		t.Errorf("%q, want the first three where nothing leads", s.Y)
	}
	if specs := Defaults("empty", Source{Name: "empty"}, studyColumns); specs != nil {
		t.Errorf("figures of nothing: %v", specs)
	}
}

func TestDrawWritesFiles(t *testing.T) {
	dir := t.TempDir()
	spec := Spec{Name: "collapse", X: "alpha", Y: []string{"overlap_final"}, Theory: []string{"ags"}}
	files, _, err := Draw(spec, []Source{collapse()}, studyColumns, dir, []string{"svg", "pdf"})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		names = append(names, filepath.Base(f))
	}
	if want := []string{"collapse.csv", "collapse.txt", "collapse.svg", "collapse.pdf"}; !slices.Equal(names, want) {
		t.Errorf("wrote %q, want %q", names, want)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 4 {
		t.Errorf("%v, %v: want four files and nothing half-written", left, err)
	}
}

func TestDrawIntoNoDirectory(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "absent")
	_, _, err := Draw(Spec{Name: "c", X: "alpha", Y: []string{"retrieved"}}, []Source{collapse()}, studyColumns, dir, nil)
	if err == nil || !strings.Contains(err.Error(), dir) {
		t.Errorf("got %v, want an error with the path", err)
	}
}

func text(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// The plotted numbers are those of the table, to the last bit.
func TestNumbersReadBack(t *testing.T) {
	f := build(t, Spec{X: "alpha", Y: []string{"retrieved", "overlap_final"}, Theory: []string{"ags"},
		Inset: &Spec{X: "alpha", Y: []string{"sweeps"}}}, collapse())
	b, err := f.Numbers()
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(b))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, r := range rows[1:] {
		kinds[r[0]+" "+r[1]]++
	}
	want := map[string]int{"a point": 68, "a mark": 1, "a inset point": 68, "b point": 68, "b line": 200, "b mark": 1}
	for k, n := range want {
		if kinds[k] != n {
			t.Errorf("%d rows of %q, want %d; all: %v", kinds[k], k, n, kinds)
		}
	}
	p := f.Panels[0].Series[0].Points[0]
	i := slices.IndexFunc(rows, func(r []string) bool { return r[0] == "a" && r[1] == "point" })
	if got, want := strings.Join(rows[i], "|"), "a|point|$N = 500$|alpha|"+text(p.X)+"|retrieved|"+text(p.Y)+"|"+text(p.Low)+"|"+text(p.High)+"|Wilson 1 s.e."; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Error bars are one standard error, of fractions as of means, unless a confidence
// is asked for; a fit weighs points by standard errors in either case.
func TestErrorBars(t *testing.T) {
	spec := Spec{X: "alpha", Y: []string{"retrieved", "overlap_final"}, Where: map[string]any{"N": int64(1000)}, Fit: "linear"}
	one := build(t, spec, collapse())
	spec.Confidence = 0.95
	two := build(t, spec, collapse())
	table := collapse().Tables["estimates"]
	for i, row := range slices.DeleteFunc(table.Rows, func(r []any) bool { return r[0] != int64(1000) }) {
		retrieved, overlap := estimateIn(table, row, "retrieved"), estimateIn(table, row, "overlap_final")
		n, p := 200.0, retrieved.Center
		bar := func(f *figure.Figure, panel int) float64 {
			q := f.Panels[panel].Series[0].Points[i]
			return (q.High - q.Low) / 2
		}
		if want := math.Sqrt(p*(1-p)/n+1/(4*n*n)) / (1 + 1/n); math.Abs(bar(one, 0)-want) > 1e-9 {
			t.Errorf("retrieved %v: bar %v, want %v", p, bar(one, 0), want)
		}
		if want := (retrieved.High - retrieved.Low) / 2; math.Abs(bar(two, 0)-want) > 1e-9 {
			t.Errorf("retrieved %v at 95%%: bar %v, not that of the table, %v", p, bar(two, 0), want)
		}
		if e := overlap.Stderr; math.Abs(bar(one, 1)-e) > 1e-12 || math.Abs(bar(two, 1)-1.95996*e) > 1e-5*e {
			t.Errorf("overlap ± %v: bars %v and %v", e, bar(one, 1), bar(two, 1))
		}
	}
	if a, b := one.Panels[1].Lines[0].Label, two.Panels[1].Lines[0].Label; a != b {
		t.Errorf("the slope is %s with one length of bars, %s with another", a, b)
	}
	if want := "1.96 standard errors (95%) of means"; !strings.Contains(two.Caption, want) {
		t.Errorf("the caption lacks %q: %s", want, two.Caption)
	}
}

func TestLabelsOfColumns(t *testing.T) {
	for name, want := range map[string]string{
		"N": "$N$", "beta": `$\beta$`, "alpha": `load $\alpha$`, "overlap_best": "overlap best", "a^b": "a b",
	} {
		if got := columnLabel(name); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}

// Along N a load is one series, although K = αN is rounded to other fractions.
func TestRoundedLoadsAreOneSeries(t *testing.T) {
	f := build(t, Spec{X: "N", Y: []string{"sweeps"}}, collapse())
	labels := seriesLabels(f.Panels[0])
	if len(labels) != 17 || labels[0] != `$\alpha = 0.100$` || labels[1] != `$\alpha = 0.105$` {
		t.Errorf("series %q, want seventeen loads from 0.100", labels)
	}
	for _, s := range f.Panels[0].Series {
		if len(s.Points) != 4 {
			t.Errorf("%s has %d points, want one for each N", s.Label, len(s.Points))
		}
	}
	if exact := nominalValue([][]any{{1, 0.1}, {1, 0.2}, {2, 0.14}, {2, 0.2}}, 1); exact([]any{1, 0.1}) != 0.1 {
		t.Error("values that are no roundings of each other were joined")
	}
}

// Trajectories of several kinds have symbols, for those who see no colours, and one
// key for each kind.
func TestTrajectoriesOfSeveralKinds(t *testing.T) {
	f := build(t, Spec{Kind: "trajectories", X: "time", Y: []string{"overlap_now"}, Series: []string{"N"}}, collapse())
	named := 0
	for _, l := range f.Panels[0].Lines {
		if !l.Symbols || !l.Faint {
			t.Fatalf("%+v", l)
		}
		if l.Label != "" {
			named++
		}
	}
	if named != 2 {
		t.Errorf("%d keys, want 2", named)
	}
}
