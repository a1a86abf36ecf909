package figure

import (
	"math"
	"testing"
)

func TestBins(t *testing.T) {
	edges, got := binned([]float64{0, 0.1, 0.5, 1, math.NaN(), 2, -1}, 0, 1, 2)
	if edges[1] != 0.5 || got[0] != 2./6 || got[1] != 2./6 {
		t.Errorf("edges %v, fractions %v: want thirds, the end in the last bin, outliers counted in the whole", edges, got)
	}
}

// The bins of a histogram suit its values: few of them for few values, many for
// many or where most values are equal.
func TestBinsSuitTheValues(t *testing.T) {
	even := func(n int) (values []float64) {
		for i := range n {
			values = append(values, float64(i)/float64(n-1))
		}
		return values
	}
	for _, c := range []struct {
		values []float64
		series int
		want   int
	}{
		{nil, 1, fewBins}, {even(20), 1, fewBins}, {[]float64{0, 0, 0, 0, 1}, 1, manyBins},
		{even(125000), 1, 50}, {even(125000), 27, fewBins}, {append(even(125000), math.NaN()), 1, 50}, {even(1000000), 1, manyBins},
	} {
		if got := binsFor(c.values, c.series, 1); got != c.want {
			t.Errorf("%d values in %d series: %d bins, want %d", len(c.values), c.series, got, c.want)
		}
	}
}

// A ridgeline is read as fractions, whatever the height of its ridges.
func TestRidgesAreFractions(t *testing.T) {
	h := Distributions([][]float64{{0, 0.1, 0.2, 0.9}}, nil, 3)[0]
	h.Ridge, h.Base, h.Scale = true, 2, 1.7
	sum := 0.0
	h.numbers(func(_, _ string, _, y, _, _ float64) { sum += y })
	if math.Abs(sum-1) > 1e-9 {
		t.Errorf("the bins sum to %v", sum)
	}
}
