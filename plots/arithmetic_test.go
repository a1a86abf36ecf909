package plots

import (
	"hopcap/sweep/summary"
	"math"
	"strings"
	"testing"
)

func TestExpressions(t *testing.T) {
	columns := map[string]float64{"a": 3, "b_2": 2, "exp": 7}
	for source, want := range map[string]float64{
		"a": 3, "1 + 2*a": 7, "2^3^2": 512, "-2^2": -4, "2^-1": 0.5, "(a - 1)/(b_2)": 1, "a-1-1": 1, "8/2/2": 2,
		"sqrt(a+1) * 2": 4, "ln(exp(2))": 2, "log10(1000)": 3, "abs(-a)": 3, "exp": 7, " .5 ": 0.5, "1e-3": 0.001, "2.5E+2*a": 750, "1e3": 1000, "--a": 3,
	} {
		e, err := parseExpr(source)
		if err != nil {
			t.Error(err)
			continue
		}
		if got := e.eval(func(name string) float64 { return columns[name] }); math.Abs(got-want) > 1e-12 {
			t.Errorf("%s = %v, want %v", source, got, want)
		}
	}
}

func TestFaultyExpressions(t *testing.T) {
	for source, want := range map[string]string{
		"":       "ends too early",
		"a +":    "ends too early",
		"a b":    `"b" is not understood`,
		"(a":     `a ")" is missing`,
		"a)":     `")" is not understood`,
		"a ** b": `'*' is not understood`,
		"1.2.3":  "invalid syntax",
		"2e":     `"e" is not understood`, "1e2.5": "invalid syntax",
		"a; b": "is not understood",
	} {
		if _, err := parseExpr(source); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", source, err, want)
		}
	}
}

func FuzzExpr(f *testing.F) {
	for _, s := range []string{"(alpha - 0.138) * N^0.5", "sqrt(", "1e5", "a--b", "((((", "^"} {
		f.Add(s)
	}
	f.Fuzz(func(_ *testing.T, source string) {
		if e, err := parseExpr(source); err == nil {
			e.eval(func(string) float64 { return 1 })
		}
	})
}

// The error bar of an expression is that of its column carried through it, the
// ends in order; of two columns, in quadrature.
func TestErrorBarsOfExpressions(t *testing.T) {
	table := Table{
		Columns:   []string{"N", "samples"},
		Estimated: []Estimated{{"m", summary.Mean}, {"e", summary.Mean}},
		Rows:      [][]any{{int64(100), int64(5), mean(2, 0.1), mean(1, 0.2)}},
	}
	for source, want := range map[string]reading{
		"m":               {2, 1.9, 2.1},
		"1 - m":           {-1, -1.1, -0.9},
		"m^2":             {4, 3.61, 4.41},
		"N * m":           {200, 190, 210},
		"0.5*m + 0.5*e":   {1.5, 1.5 - math.Hypot(0.05, 0.1), 1.5 + math.Hypot(0.05, 0.1)},
		"(m - 1) * N^0.5": {10, 9, 11},
		"m_mean/m_stderr": {20, math.NaN(), math.NaN()},
	} {
		m, err := table.measure(source, 1)
		if err != nil {
			t.Fatal(err)
		}
		got := m.read(table.Rows[0])
		for _, d := range [3][2]float64{{got.v, want.v}, {got.low, want.low}, {got.high, want.high}} {
			if text(d[0]) != text(d[1]) && !(math.Abs(d[0]-d[1]) < 1e-12) {
				t.Errorf("%s: got %v, want %v", source, got, want)
			}
		}
	}
}

// Values without a number are no points, and no error.
func TestUndefinedValues(t *testing.T) {
	table := Table{
		Columns: []string{"N", "samples"}, Estimated: []Estimated{{"m", summary.Mean}},
		Rows: [][]any{{int64(1), int64(1), mean(math.NaN(), math.NaN())}, {int64(2), int64(1), mean(0.5, math.NaN())}},
	}
	f, err := Build(Spec{X: "N", Y: []string{"m"}}, []Source{{Tables: map[string]Table{"estimates": table}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	pts := f.Panels[0].Series[0].Points
	if !math.IsNaN(pts[0].Y) || pts[1].Y != 0.5 || !math.IsNaN(pts[1].Low) {
		t.Errorf("got %v", pts)
	}
}
