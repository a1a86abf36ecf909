package experiment

import (
	"slices"
	"testing"
)

// The fraction of bits that one parallel step leaves unchanged is the exact one,
// for any number of patterns in a pass; all patterns are counted.
func TestStabilityIsBinomial(t *testing.T) {
	const n, k, samples = 60, 300, 30
	trial := mustCompile(t, Stability, point(settings{"N": n, "K": k, "order": "parallel"}), 1)
	var overlaps []float64
	for sample := range samples {
		overlaps = append(overlaps, 2*values(t, Stability, trial, sample, 1, "bits_stable")[0]-1)
	}
	againstExact(t, overlaps, 1, binomialTail((k-1)*(n-1), n-1))
}

// Against explicit couplings: which patterns one step leaves unchanged.
func TestStabilityAgainstCouplings(t *testing.T) {
	const n, k = 80, 9
	s := point(settings{"N": n, "K": k, "order": "parallel"})
	trial := mustCompile(t, Stability, s, 1)
	base, _ := newSetup(s)
	for sample := range 4 {
		p, _ := base.draw(sample, nil)
		bits, patterns := 0, 0
		for mu := range k {
			stable := 0
			for i := range n {
				field := 0
				for j := range n {
					for nu := 0; nu < k && j != i; nu++ {
						field += int(p.At(i, nu)) * int(p.At(j, nu)) * int(p.At(j, mu))
					}
				}
				if field*int(p.At(i, mu)) >= 0 {
					stable++
				}
			}
			bits += stable
			if stable == n {
				patterns++
			}
		}
		want := []any{int64(0), float64(bits) / (n * k), float64(patterns) / k, indicator(patterns == k)}
		got := mustRun(t, trial, sample, 0, 1)["trials"][0]
		if !slices.Equal(got, want) {
			t.Errorf("sample %d: %v, want %v", sample, got, want)
		}
	}
}
