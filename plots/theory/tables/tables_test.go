package tables

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"hopcap/model/theory"
)

// solve returns a curve's result for parameters given as name, value.
func solve(t *testing.T, name string, values map[string][]float64, choices map[string]string) *Result {
	t.Helper()
	c, ok := Named(name)
	if !ok {
		t.Fatalf("no curve %q", name)
	}
	r, err := c.Solve(Request{values, choices})
	if err != nil {
		t.Fatalf("%s %v %v: %v", name, values, choices, err)
	}
	return r
}

// asking are values for the parameters that ask for a table and have no default.
var asking = map[string][]float64{
	"m": {0.9}, "m0": {0.5}, "kappa": {0.5}, "lambda": {1}, "error": {0.01}, "K": {20}, "connectivity": {0.05}, "T": {0.5},
}

// slow are tables that take seconds.
var slow = []string{"ags-1rsb points", "neurodynamics points", "complexity points", "phase-diagram points"}

// Every table has rows, and no number that is none. What needs a value gets one.
func TestEveryTableHasRows(t *testing.T) {
	for _, c := range All() {
		for _, table := range c.Tables {
			if slices.Contains(slow, c.Name+" "+table.When) {
				continue
			}
			values := map[string][]float64{}
			if table.When != "" {
				values[table.When] = append(asking[table.When], 1)[:1]
			}
			if table.When == "m0" {
				values["alpha"] = []float64{0.1}
			}
			if c.Name == "phase-diagram" && table.When == "" {
				values["alpha"] = []float64{0.05, 0.1} // a tenth of a second each
			}
			if c.Name == "dense" && table.When == "" {
				values["K"] = []float64{1000}
			}
			result := solve(t, c.Name, values, nil)
			if len(result.Rows) == 0 || len(result.Columns) != len(table.Columns) {
				t.Errorf("%s %s: %d rows, columns %v", c.Name, table.When, len(result.Rows), result.Columns)
			}
			for _, row := range result.Rows {
				for k, cell := range row {
					if v, ok := cell.(float64); ok && (math.IsNaN(v) || math.IsInf(v, 0)) {
						t.Errorf("%s %s: %s is %v", c.Name, table.When, result.Columns[k], v)
					}
				}
			}
		}
	}
}

// A declaration names only what there is.
func TestDeclarations(t *testing.T) {
	for _, c := range All() {
		if !slices.Contains(Groups, c.Group) || c.Short == "" || len(c.Doc) < 200 || c.Example == "" {
			t.Errorf("%s: group %q, or too little said", c.Name, c.Group)
		}
		for _, line := range strings.Split(c.Doc+"\n"+c.Example, "\n") {
			if len([]rune(line)) > 88 {
				t.Errorf("%s: a line of %d characters: %s", c.Name, len([]rune(line)), line)
			}
		}
		if p, ok := c.Parameter(c.Variable); !ok || p.Kind > Counts {
			t.Errorf("%s: variable %q", c.Name, c.Variable)
		}
		for _, name := range slices.Concat(c.Exclusive...) {
			if _, ok := c.Parameter(name); !ok {
				t.Errorf("%s: %q is exclusive", c.Name, name)
			}
		}
		for i, table := range c.Tables {
			if _, ok := c.Parameter(table.When); !ok && i < len(c.Tables)-1 || table.When != "" && i == len(c.Tables)-1 {
				t.Errorf("%s: table %d when %q", c.Name, i, table.When)
			}
			var names []string
			for _, column := range table.Columns {
				if column.Doc == "" || slices.Contains(names, column.Name) {
					t.Errorf("%s: column %s twice, or nothing said", c.Name, column.Name)
				}
				names = append(names, column.Name)
			}
		}
		for _, p := range c.Parameters {
			if p.Doc == "" || p.Kind == Choice && len(p.Choices) < 2 || p.Kind == Count && len(p.Default) != 1 {
				t.Errorf("%s: parameter %s", c.Name, p.Name)
			}
		}
	}
}

// Numbers to eight digits, each in the column that it belongs to.
func TestKnownValues(t *testing.T) {
	type numbers = map[string][]float64
	type words = map[string]string
	capacity := []float64{1}
	for _, c := range []struct {
		curve   string
		values  numbers
		choices words
		column  string
		want    float64
	}{
		{"gardner", numbers{"alpha": {1}}, nil, "kappa_max", 0.47065535},
		{"gardner", numbers{"alpha": {1}}, nil, "kappa_mean", 0.67765815},
		{"gardner", numbers{"kappa": {1}}, nil, "alpha_c", 0.51957223},
		{"separable", numbers{"N": {101}, "K": {200}}, nil, "probability", 0.5},
		{"pseudo-inverse", numbers{"points": {1}}, nil, "value", 0.36338023},
		{"pseudo-inverse", numbers{"alpha": {0.5}}, nil, "m1", 0.81757756},
		{"pseudo-inverse", numbers{"alpha": {0.5}}, nil, "m1_diagonal", 0.87145845},
		{"dreaming", numbers{"capacity": capacity, "sleep": {1}}, nil, "alpha_c", 0.38659596},
		{"dreaming", numbers{"capacity": capacity, "sleep": {1}}, nil, "m_c", 0.97914221},
		{"dreaming", numbers{"capacity": capacity, "sleep": {1000}}, nil, "alpha_c", 1.06814048},
		{"clipped", numbers{"capacity": capacity}, nil, "alpha_c", 0.10183873},
		{"clipped", numbers{"capacity": capacity, "K": {2}}, words{"zero": "random"}, "alpha_c", 0.08654195},
		{"clipped", numbers{"capacity": capacity, "theta": {1}}, words{"function": "deletion"}, "alpha_c", 0.11883577},
		{"marginalist", numbers{"capacity": capacity, "rate": {4}}, nil, "u_max", 0.04888907},
		{"diluted", numbers{"capacity": capacity, "connectivity": {0.5}}, nil, "alpha_c", 0.08654195},
		{"diluted", numbers{"capacity": capacity, "connectivity": {0.5}}, nil, "alpha_couplings", 0.17308390},
		{"extreme-dilution", numbers{"capacity": capacity, "T": {0}}, nil, "alpha_c", 2 / math.Pi},
		{"extreme-dilution", numbers{"alpha": {0.3}, "m0": {0.2}, "steps": {0}}, nil, "sigma", math.Sqrt(0.3)},
		{"diluted-one-step", numbers{"K": {5}}, nil, "m1", 0.98168390},
		{"biased", numbers{"capacity": capacity, "bias": {0.5}}, nil, "alpha_c", 0.02994176},
		{"biased", numbers{"optimal": {1}, "bias": {0.5}}, nil, "threshold", -0.44731141},
		{"sparse", numbers{"optimal": {1}, "activity": {0.01}}, nil, "alpha_c", 4.36770321},
		{"sparse", numbers{"optimal": {1}, "activity": {0.01}}, nil, "asymptote", 10.85736205},
		{"sparse", numbers{"optimal": {1}, "activity": {0.01}}, nil, "bits", 0.35288044},
		{"random-features", numbers{"capacity": capacity, "feature-load": {0.05}}, nil, "alpha_pattern", 0.02084845},
		{"random-features", numbers{"capacity": capacity, "feature-load": {0.05}}, nil, "alpha_feature", 0.79792551},
		{"sequence", numbers{"capacity": capacity, "T": {0}}, nil, "alpha_c", 0.26906163},
		{"sequence", numbers{"basin": {1}, "alpha": {0.2}}, nil, "m0_c", 0.38529539},
		{"graded", numbers{"capacity": capacity, "gain": {10}}, nil, "alpha_c", 0.13640795},
		{"graded", numbers{"capacity": capacity, "gain": {10}}, nil, "cosine_c", 0.97024334},
		{"softmax", numbers{"lambda": {1}}, nil, "alpha_1_gaussian", 0.5},
		{"softmax", numbers{"lambda": {1}}, nil, "alpha_c_gaussian", math.Ln2 / 4},
		{"softmax", numbers{"lambda": {1}}, nil, "alpha_c_spherical", 0.62257192},
		{"softmax-bounds", numbers{"dimension": {20}}, nil, "C", 3.15461077},
	} {
		result := solve(t, c.curve, c.values, c.choices)
		got, ok := result.Numbers(c.column)
		if !ok || len(got) != 1 || math.Abs(got[0]-c.want) > 6e-9*math.Max(1, math.Abs(c.want)) {
			t.Errorf("%s %v %v: %s is %.10v, want %.8f", c.curve, c.values, c.choices, c.column, got, c.want)
		}
	}
}

// The limits in which one curve is another.
func TestCurvesMeet(t *testing.T) {
	alphaC, mC := theory.AGSCapacity()
	for _, c := range []struct {
		curve   string
		values  map[string][]float64
		choices map[string]string
	}{
		{"dreaming", map[string][]float64{"capacity": {1}, "sleep": {0}}, nil},
		{"diluted", map[string][]float64{"capacity": {1}, "connectivity": {1}}, nil},
		{"clipped", map[string][]float64{"capacity": {1}, "K": {1}}, nil},
		{"biased", map[string][]float64{"capacity": {1}, "bias": {0}}, nil},
		{"sparse", map[string][]float64{"optimal": {1}, "activity": {0.5}}, map[string]string{"fields": "exact"}},
		{"graded", map[string][]float64{"capacity": {1}, "gain": {1000}}, nil},
	} {
		result := solve(t, c.curve, c.values, c.choices)
		alpha, _ := result.Numbers("alpha_c")
		m, _ := result.Numbers("m_c")
		if len(alpha) != 1 || len(m) != 1 || math.Abs(alpha[0]-alphaC) > 1e-9 || math.Abs(m[0]-mC) > 1e-9 {
			t.Errorf("%s: alpha_c = %v, m_c = %v, want those of ags", c.curve, alpha, m)
		}
	}
}

// The load of a diluted network is K/N; the other column is K/(cN).
func TestDilutedLoads(t *testing.T) {
	result := solve(t, "diluted", map[string][]float64{"alpha": {0.05}, "connectivity": {0.5}}, nil)
	perNeuron, _ := result.Numbers("alpha")
	perCoupling, _ := result.Numbers("alpha_couplings")
	m, _ := result.Numbers("m")
	want, _ := theory.Diluted(0.1, 0.5)
	if perNeuron[0] != 0.05 || perCoupling[0] != 0.1 || m[0] != want.M {
		t.Errorf("loads %v and %v, m = %v, want %v", perNeuron, perCoupling, m, want.M)
	}
}

// Defaults reach up to the fold, at which there is still a state.
func TestLoadsReachTheFold(t *testing.T) {
	for _, name := range []string{"ags", "dreaming", "clipped", "diluted", "biased", "sparse", "random-features", "sequence"} {
		c, _ := Named(name)
		end, err := c.End("alpha", Request{})
		if err != nil {
			t.Fatal(err)
		}
		alpha, _ := solve(t, name, nil, nil).Numbers("alpha")
		if len(alpha) != 10 || math.Abs(alpha[9]/end-1) > 1e-12 {
			t.Errorf("%s: loads %v up to %v", name, alpha, end)
		}
		var domain *theory.DomainError
		if _, err := c.Solve(Request{Values: map[string][]float64{"alpha": {1.001 * end}}}); !errors.As(err, &domain) {
			t.Errorf("%s beyond the fold: %v", name, err)
		}
	}
	features, _ := Named("random-features")
	if end, err := features.End("alpha", Request{Choices: map[string]string{"state": "feature"}}); err != nil || !math.IsInf(end, 1) {
		t.Errorf("features are retrieved up to %v, %v", end, err)
	}
}

// Rows are in the order of the axes, the first the outermost, and of the values.
func TestRowOrder(t *testing.T) {
	result := solve(t, "ags", map[string][]float64{"T": {0.2, 0}, "alpha": {0.05, 0.01}}, nil)
	temperature, _ := result.Numbers("T")
	alpha, _ := result.Numbers("alpha")
	if !slices.Equal(temperature, []float64{0.2, 0.2, 0, 0}) || !slices.Equal(alpha, []float64{0.05, 0.01, 0.05, 0.01}) {
		t.Errorf("T = %v, alpha = %v", temperature, alpha)
	}
}

// An error names the parameter that has another symbol in the formulas.
func TestErrorsNameParameters(t *testing.T) {
	c, _ := Named("dreaming")
	_, err := c.Solve(Request{Values: map[string][]float64{"sleep": {-1}}})
	if err == nil || !strings.HasPrefix(err.Error(), "--sleep: t = -1") {
		t.Errorf("%v", err)
	}
}

// A request that makes no sense is a RequestError.
func TestRequests(t *testing.T) {
	type numbers = map[string][]float64
	type words = map[string]string
	for _, c := range []struct {
		curve string
		Request
	}{
		{"ags", Request{Values: numbers{"sleep": {1}}}},
		{"ags", Request{Choices: words{"sleep": "long"}}},
		{"dense", Request{}},
		{"dense", Request{Values: numbers{"K": {5}}, Choices: words{"form": "cubic"}}},
		{"gardner", Request{Values: numbers{"alpha": {1}, "kappa": {1}}}},
		{"clipped", Request{Values: numbers{"theta": {1}}}},
		{"clipped", Request{Values: numbers{"K": {4}}, Choices: words{"function": "clamp"}}},
		{"clipped", Request{Choices: words{"zero": "random"}}},
		{"diluted-one-step", Request{Values: numbers{"N": {100}}}},
		{"dense-sequence", Request{Values: numbers{"degree": {2}}, Choices: words{"interaction": "exponential"}}},
		{"sequence", Request{Values: numbers{"m0": {0.5}}}},
		{"sequence", Request{Values: numbers{"m0": {0.5}, "alpha": {0.1}, "T": {0, 0.1}}}},
	} {
		curve, _ := Named(c.curve)
		var request *RequestError
		if _, err := curve.Solve(c.Request); !errors.As(err, &request) {
			t.Errorf("%s %v: %v", c.curve, c.Request, err)
		}
	}
}
