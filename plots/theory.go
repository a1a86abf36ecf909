package plots

import (
	"fmt"
	"math"

	"hopcap/model/theory"
)

// A Theory is a curve that may stand beside measured points.
type Theory struct {
	Label string
	// Uses are the settings that the curve depends on besides x. Where they
	// differ between series each has a curve of its own.
	Uses []string
	// Curve returns the column y as a function of the column x between lo and
	// hi, at the given settings, and false where the theory does not say it.
	Curve func(x, y string, at map[string]any, lo, hi float64) (xs, ys []float64, ok bool)
	// Marks are the values of x worth a line across every panel; nil for none.
	Marks func(x string, at map[string]any) []Mark
}

// along is the curve of y, a column or arithmetic on one that the theory knows,
// on x and on settings.
func (t Theory) along(x, y string, at map[string]any, lo, hi float64) (xs, ys []float64, ok bool) {
	e, err := parseExpr(y)
	if xs, ys, ok = t.Curve(x, y, at, lo, hi); ok || err != nil || e.isName(y) {
		return xs, ys, ok
	}
	for _, name := range e.names {
		xs, of, ok := t.Curve(x, name, at, lo, hi)
		if !ok {
			continue
		}
		ys := make([]float64, len(xs))
		for i := range xs {
			ys[i] = e.eval(func(other string) float64 {
				switch other {
				case name:
					return of[i]
				case x:
					return xs[i]
				}
				return settingOr(at, other, math.NaN())
			})
		}
		return xs, ys, true
	}
	return nil, nil, false
}

// Theories are those that a figure can ask for, by name.
var Theories = map[string]Theory{
	"ags": {
		Label: "replica-symmetric theory",
		Uses:  []string{"model", "temperature"},
		Curve: agsCurve,
		Marks: agsMarks,
	},
	"retrieval_temperature":   phaseLine("$T_M$", capacityAt),
	"coexistence_temperature": phaseLine("$T_c$", theory.AGSGroundLoad),
	"spin_glass_temperature":  phaseLine("$T_g$", spinGlassLoad),
	"one_step": {
		Label: "one step, exact",
		Uses:  []string{"model", "order", "max_sweeps", "N", "overlap"},
		Curve: oneStepCurve,
	},
	"two_step":            {Label: "two steps, $N \\to \\infty$", Uses: []string{"model", "order", "max_sweeps", "alpha", "overlap"}, Curve: twoStepCurve},
	"energy":              {Label: "replica-symmetric theory", Uses: []string{"model", "temperature"}, Curve: energyCurve},
	"ground_state":        {Label: "replica-symmetric ground state", Uses: []string{"model", "temperature"}, Curve: groundStateCurve},
	"ags_thermal":         {Label: "replica-symmetric theory", Uses: []string{"model", "alpha"}, Curve: thermalCurve},
	"ags_limit":           {Label: "replica-symmetric theory", Uses: []string{"model", "alpha", "temperature"}, Curve: thermalLimit},
	"complexity":          {Label: "Gardner, annealed", Uses: []string{"model"}, Curve: complexityCurve},
	"amari_maginu":        {Label: "Amari–Maginu", Uses: []string{"model"}, Curve: basinCurve(theory.FirstOrder)},
	"okada":               {Label: "Okada", Uses: []string{"model"}, Curve: basinCurve(theory.AllOrders)},
	"okada_trajectory":    trajectory("Okada", neurodynamicsSteps(theory.AllOrders)),
	"two_step_trajectory": trajectory("two steps, exact", twoSteps),
	"stable_bits":         {Label: "exact", Uses: []string{"model", "N"}, Curve: stableBitsCurve},
	"dense":               {Label: "replica-symmetric theory", Uses: []string{"model", "degree", "form", "temperature"}, Curve: denseCurve, Marks: denseMarks},
	"signal_noise":        {Label: "signal to noise, one step", Uses: []string{"model", "degree", "form"}, Curve: signalToNoiseCurve},
	"dense_capacity": {
		Label: "exact", Uses: []string{"model", "degree", "form", "bit_error"}, Curve: denseCapacityCurve,
	},
	"exponential_capacity": {
		Label: "exact", Uses: []string{"model", "lambda", "bit_error"}, Curve: exponentialCapacityCurve,
	},
	"exponential": {Label: "all, typical patterns ($N \\to \\infty$)", Uses: []string{"model", "overlap", "experiment_overlap", "lambda"}, Curve: noCurve, Marks: exponentialMarks},
	"mceliece":    {Label: "McEliece et al.", Curve: noCurve, Marks: mcElieceMarks},
}

// phaseLine is a line of the phase diagram, a load for each temperature: the
// lines fall steeply where the temperature is low. It ends where there is none.
func phaseLine(label string, load func(temperature float64) (float64, error)) Theory {
	return Theory{
		Label: label,
		Uses:  []string{"model"},
		Curve: func(x, y string, at map[string]any, _, _ float64) (xs, ys []float64, ok bool) {
			if x != "alpha" || y != "temperature" || !hebbian(at) {
				return nil, nil, false
			}
			for i := range linePoints {
				t := 2 * float64(i) / (linePoints - 1)
				if v, err := load(t); err == nil {
					xs, ys = append(xs, v), append(ys, t)
				}
			}
			return xs, ys, len(xs) > 1
		},
	}
}

// linePoints is fewer than of curves, since each is the root of an integral
// equation.
const linePoints = 61

func capacityAt(temperature float64) (float64, error) {
	alpha, _, err := theory.AGSCapacityAt(temperature)
	return alpha, err
}

// spinGlassLoad inverts T_g = 1 + √α.
func spinGlassLoad(temperature float64) (float64, error) {
	if temperature < 1 {
		return 0, fmt.Errorf("there is a spin glass at any load below T = 1")
	}
	return (temperature - 1) * (temperature - 1), nil
}

// curvePoints is the number of points of a theory's line: no corner shows.
const curvePoints = 200

// agsCurve is the overlap of the retrieval state of Amit, Gutfreund and
// Sompolinsky, up to the load at which it vanishes.
func agsCurve(x, y string, at map[string]any, lo, hi float64) (xs, ys []float64, ok bool) {
	temperature := settingOr(at, "temperature", 0)
	end, ok := agsEnd(temperature)
	if x != "alpha" || y != "overlap_final" || !hebbian(at) || !ok {
		return nil, nil, false
	}
	lo, hi = math.Max(lo, hi/curvePoints/10), math.Min(hi, end)
	for i := range curvePoints {
		alpha := lo + (hi-lo)*float64(i)/(curvePoints-1)
		p, err := theory.AGS(alpha, temperature)
		if err != nil {
			continue
		}
		xs, ys = append(xs, alpha), append(ys, p.M)
	}
	return xs, ys, len(xs) > 1
}

func agsEnd(temperature float64) (float64, bool) {
	if temperature == 0 {
		end, _ := theory.AGSCapacity()
		return end, true
	}
	end, _, err := theory.AGSCapacityAt(temperature)
	return end, err == nil
}

func agsMarks(x string, at map[string]any) []Mark {
	end, ok := agsEnd(settingOr(at, "temperature", 0))
	if x != "alpha" || !hebbian(at) || !ok {
		return nil
	}
	return []Mark{{At: end, Label: fmt.Sprintf(`$\alpha_c = %.3f$`, end)}}
}

// oneStepCurve is the mean overlap after one parallel step, exact at finite N.
func oneStepCurve(x, y string, at map[string]any, lo, hi float64) (xs, ys []float64, ok bool) {
	n := int(settingOr(at, "N", 0))
	once := at["order"] == "parallel" && settingOr(at, "max_sweeps", 0) == 1
	if x != "alpha" || y != "overlap_final" || !hebbian(at) || !once || n < 2 {
		return nil, nil, false
	}
	overlap := settingOr(at, "overlap", 1)
	last := 0
	for i := range curvePoints {
		alpha := lo + (hi-lo)*float64(i)/(curvePoints-1)
		k := int(math.Round(alpha * float64(n)))
		if k < 1 || k == last {
			continue
		}
		last = k
		e, err := theory.OneStepError(n, k, overlap)
		if err != nil {
			return nil, nil, false
		}
		xs, ys = append(xs, float64(k)/float64(n)), append(ys, 1-2*e)
	}
	return xs, ys, len(xs) > 1
}

// twoStepCurve is the overlap after two parallel steps in the limit N → ∞: a level
// to which finite networks tend.
func twoStepCurve(x, y string, at map[string]any, lo, hi float64) (xs, ys []float64, ok bool) {
	twice := at["order"] == "parallel" && settingOr(at, "max_sweeps", 0) == 2
	if (x != "N" && x != "1/N") || y != "overlap_final" || !hebbian(at) || !twice {
		return nil, nil, false
	}
	p, err := theory.NewTwoStep(settingOr(at, "alpha", math.NaN()), settingOr(at, "overlap", 1))
	if err != nil {
		return nil, nil, false
	}
	return []float64{math.Max(lo, 0), hi}, []float64{p.M2, p.M2}, true
}

// settingOr is a setting as a number, or what it is where nothing is said.
func settingOr(at map[string]any, name string, otherwise float64) float64 {
	v, ok := at[name]
	if !ok {
		return otherwise
	}
	return toNumber(v)
}

// hebbian tells whether the settings are those of Hopfield's own network.
func hebbian(at map[string]any) bool {
	model, said := at["model"]
	return !said || model == "hopfield"
}
