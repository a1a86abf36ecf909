package theory

import (
	"fmt"
	"math"

	equations "hopcap/model/theory"
)

const (
	curvePoints = 200 // of a curve: no corner shows
	linePoints  = 61  // of one whose points are each the root of an integral equation
)

// sampled is a curve of f over lo … hi, without the points where f is undefined.
func sampled(lo, hi float64, f func(x float64) (float64, error)) (xs, ys []float64, ok bool) {
	for i := range curvePoints {
		x := lo + (hi-lo)*float64(i)/(curvePoints-1)
		if y, err := f(x); err == nil {
			xs, ys = append(xs, x), append(ys, y)
		}
	}
	return xs, ys, len(xs) > 1
}

// aboveZero is the lower end of a range of loads, not at zero.
func aboveZero(lo, hi float64) float64 { return math.Max(lo, hi/curvePoints/10) }

// thermalValues are the columns that theory knows of a retrieval state.
var (
	thermalColumns = []string{"overlap", "q", "energy"}
	thermalValues  = map[string]func(equations.AGSPoint) float64{
		"overlap": func(p equations.AGSPoint) float64 { return p.M },
		"q":       func(p equations.AGSPoint) float64 { return p.Q },
		"energy":  equations.AGSPoint.Energy,
	}
)

// thermalLimit is the retrieval state of an infinite network, a level line against
// 1/N down to 0.
func thermalLimit(y string, at Settings, _, hi float64) (xs, ys []float64, ok bool) {
	p, err := equations.AGS(at.number("alpha", 0), at.number("temperature", 0))
	if err != nil {
		return nil, nil, false
	}
	level := thermalValues[y](p)
	return []float64{0, hi}, []float64{level, level}, true
}

// thermalCurve is the retrieval state of Amit, Gutfreund and Sompolinsky against
// the temperature, up to T_M.
func thermalCurve(y string, at Settings, lo, hi float64) (xs, ys []float64, ok bool) {
	alpha := at.number("alpha", 0)
	end, err := equations.RetrievalTemperature(alpha)
	if err != nil {
		return nil, nil, false
	}
	lo, hi = math.Max(lo, 0), math.Min(hi, end)
	for i := range linePoints {
		// closer towards T_M, where the overlap falls as a square root
		left := 1 - float64(i)/(linePoints-1)
		temperature := hi - (hi-lo)*left*left
		if p, err := equations.AGS(alpha, temperature); err == nil {
			xs, ys = append(xs, temperature), append(ys, thermalValues[y](p))
		}
	}
	return xs, ys, len(xs) > 1
}

// phaseLine is a line of the phase diagram, a load for each temperature: the
// lines fall steeply where the temperature is low. It ends where there is none.
func phaseLine(label string, load func(temperature float64) (float64, error)) Theory {
	line := func(_ string, _ Settings, _, _ float64) (xs, ys []float64, ok bool) {
		for i := range linePoints {
			t := 2 * float64(i) / (linePoints - 1)
			if v, err := load(t); err == nil {
				xs, ys = append(xs, v), append(ys, t)
			}
		}
		return xs, ys, len(xs) > 1
	}
	return Theory{Label: label, holds: hebbian, x: []string{"alpha"}, y: []string{"temperature"}, curve: line}
}

func capacityAt(temperature float64) (float64, error) {
	alpha, _, err := equations.AGSCapacityAt(temperature)
	return alpha, err
}

// spinGlassLoad inverts T_g = 1 + √α.
func spinGlassLoad(temperature float64) (float64, error) {
	if temperature < 1 {
		return 0, fmt.Errorf("below T = 1 there is a spin glass at every load")
	}
	return (temperature - 1) * (temperature - 1), nil
}
