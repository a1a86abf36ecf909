package transition

import (
	"slices"

	"hopcap/plots/figure"
	"hopcap/sweep/fit"
)

// overlapBins divide −1 … 1.
const overlapBins = 100

// overlapPanel stacks the distributions of the final overlap at the threshold, the
// smallest size at the bottom.
func overlapPanel(r *fit.Result) figure.Panel {
	p := figure.Panel{
		X:     figure.Axis{Name: "overlap_final", Label: "final overlap $m$", Min: -0.1, Max: 1.02},
		Y:     figure.Axis{Name: "density", Min: -0.15},
		Marks: []figure.Mark{{At: r.RetrievedAt}},
	}
	for i, t := range r.Quoted().Thresholds {
		h := histogram(r.Overlaps(t.N, t.Half))
		h.Label, h.Style = sizeLabel(t.N), i
		h.Base, h.Ridge, h.Scale = float64(i), true, 1.3/slices.Max(h.Values)
		p.Histograms = append(p.Histograms, h)
		p.Y.Names = append(p.Y.Names, h.Label)
		p.Y.Max = float64(i) + 1.45
	}
	return p
}

// histogram is the density of overlaps.
func histogram(overlaps []float64) figure.Histogram {
	h := figure.Histogram{Values: make([]float64, overlapBins)}
	for i := range overlapBins + 1 {
		h.Edges = append(h.Edges, 2*float64(i)/overlapBins-1)
	}
	for _, m := range overlaps {
		h.Values[min(overlapBins-1, int((m+1)/2*overlapBins))]++
	}
	for i := range h.Values {
		h.Values[i] *= overlapBins / 2 / float64(len(overlaps))
	}
	return h
}
