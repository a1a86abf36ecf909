package plots

import (
	"math"

	"hopcap/model/theory"
)

// thermalValues are the columns that theory knows of a retrieval state.
var thermalValues = map[string]func(theory.AGSPoint) float64{
	"overlap": func(p theory.AGSPoint) float64 { return p.M },
	"q":       func(p theory.AGSPoint) float64 { return p.Q },
	"energy":  theory.AGSPoint.Energy,
}

// thermalLimit is the retrieval state of an infinite network, a level line against
// 1/N down to 0.
func thermalLimit(x, y string, at map[string]any, _, hi float64) (xs, ys []float64, ok bool) {
	value, ok := thermalValues[y]
	p, err := theory.AGS(settingOr(at, "alpha", 0), settingOr(at, "temperature", 0))
	if x != "1/N" || !hebbian(at) || !ok || err != nil {
		return nil, nil, false
	}
	return []float64{0, hi}, []float64{value(p), value(p)}, true
}

// thermalCurve is the retrieval state of Amit, Gutfreund and Sompolinsky against
// the temperature, up to T_M.
func thermalCurve(x, y string, at map[string]any, lo, hi float64) (xs, ys []float64, ok bool) {
	alpha := settingOr(at, "alpha", 0)
	end, err := theory.RetrievalTemperature(alpha)
	if x != "temperature" || !hebbian(at) || err != nil {
		return nil, nil, false
	}
	value, ok := thermalValues[y]
	if !ok {
		return nil, nil, false
	}
	lo, hi = math.Max(lo, 0), math.Min(hi, end)
	for i := range linePoints {
		// closer towards T_M, where the overlap falls as a square root
		left := 1 - float64(i)/(linePoints-1)
		temperature := hi - (hi-lo)*left*left
		if p, err := theory.AGS(alpha, temperature); err == nil {
			xs, ys = append(xs, temperature), append(ys, value(p))
		}
	}
	return xs, ys, len(xs) > 1
}
