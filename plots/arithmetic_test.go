package plots

import (
	"math"
	"strings"
	"testing"
)

func TestExpressions(t *testing.T) {
	columns := map[string]float64{"a": 3, "b_2": 2, "exp": 7}
	for source, want := range map[string]float64{
		"a": 3, "1 + 2*a": 7, "2^3^2": 512, "-2^2": -4, "2^-1": 0.5, "(a - 1)/(b_2)": 1, "a-1-1": 1, "8/2/2": 2,
		"sqrt(a+1) * 2": 4, "ln(exp(2))": 2, "log10(1000)": 3, "abs(-a)": 3, "exp": 7, " .5 ": 0.5, "--a": 3,
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
		"a; b":   "is not understood",
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
		Columns: []string{"N", "samples", "m_mean", "m_stderr", "e_mean", "e_stderr"},
		Rows:    [][]any{{int64(100), int64(5), 2.0, 0.1, 1.0, 0.2}},
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
			if plain(d[0]) != plain(d[1]) && !(math.Abs(d[0]-d[1]) < 1e-12) {
				t.Errorf("%s: got %v, want %v", source, got, want)
			}
		}
	}
}

// Values without a number are no points, and no error.
func TestUndefinedValues(t *testing.T) {
	table := Table{Columns: []string{"N", "samples", "m_mean", "m_stderr"}, Rows: [][]any{{int64(1), int64(1), nil, nil}, {int64(2), int64(1), 0.5, nil}}}
	f, err := Build(Spec{X: "N", Y: []string{"m"}}, []Source{{Tables: map[string]Table{"estimates": table}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	pts := f.Panels[0].Series[0].Points
	if !math.IsNaN(pts[0].Y) || pts[1].Y != 0.5 || !math.IsNaN(pts[1].Low) {
		t.Errorf("got %v", pts)
	}
}

// The line through exact points is exact; the errors of the slope are those of
// Numerical Recipes (15.2.9) for weighted points.
func TestFit(t *testing.T) {
	var line, power, weighted []Point
	for _, x := range []float64{1, 2, 4, 8} {
		line = append(line, Exact(x, 3-2*x))
		power = append(power, Exact(x, 5*math.Pow(x, -0.5)))
		weighted = append(weighted, Point{x, 3 - 2*x, 3 - 2*x - 0.1, 3 - 2*x + 0.1})
	}
	f, ok := fitLine(line, false, 1)
	if !ok || math.Abs(f.b+2) > 1e-12 || math.Abs(f.a-3) > 1e-12 || f.stderr > 1e-7 {
		t.Errorf("line: %+v", f)
	}
	f, ok = fitLine(power, true, 1)
	if !ok || math.Abs(f.b+0.5) > 1e-12 || math.Abs(math.Exp(f.a)-5) > 1e-12 {
		t.Errorf("power: %+v", f)
	}
	f, ok = fitLine(weighted, false, 1)
	if want := 0.1 / math.Sqrt(85-15.*15/4); !ok || math.Abs(f.stderr-want) > 1e-12 { // σ/√(Σx² − (Σx)²/n)
		t.Errorf("weighted: error of the slope %v, want %v", f.stderr, want)
	}
	if _, ok := fitLine(line[:2], false, 1); ok {
		t.Error("two points are no fit")
	}
	if _, ok := fitLine([]Point{Exact(1, -1), Exact(2, 0), Exact(math.NaN(), 1)}, true, 1); ok {
		t.Error("a power law through nothing positive")
	}
}

func TestUncertain(t *testing.T) {
	for _, c := range []struct {
		v, e float64
		want string
	}{
		{-0.5637, 0.021, "-0.56(2)"}, {0.5637, 0.0131, "0.564(13)"}, {0.5637, 0.0197, "0.56(2)"},
		{12.3, 3, "12(3)"}, {-0.04, 0.3, "0.0(3)"}, {0.5, 0, "0.5"}, {1, math.NaN(), "1"},
	} {
		if got := uncertain(c.v, c.e); got != c.want {
			t.Errorf("%v ± %v: got %s, want %s", c.v, c.e, got, c.want)
		}
	}
}

func TestBins(t *testing.T) {
	edges, got := binned([]float64{0, 0.1, 0.5, 1, math.NaN(), 2, -1}, 0, 1, 2)
	if edges[1] != 0.5 || got[0] != 2./6 || got[1] != 2./6 {
		t.Errorf("edges %v, fractions %v: want thirds, the end in the last bin, outliers counted in the whole", edges, got)
	}
}
