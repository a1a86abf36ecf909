package experiment

import (
	"context"
	"math"
	"testing"
)

func storagePoint(s settings) settings {
	s["experiment.kind"], s["order"] = "storage", "parallel"
	for key, v := range map[string]any{"bit_error": "0.005", "probes": 256} {
		if !s.Has(key) {
			s[key] = v
		}
	}
	return s
}

// The number of patterns at which the exact error after one step is 1 %: at
// N = 100 and n = 2 that is K = 19.5 between the binomial tails of 19 and 20, at
// n = 3 and N = 16 what the convolution says.
func TestStorageReachesTheExactError(t *testing.T) {
	for _, c := range []struct {
		s     settings
		exact func(k int) float64
	}{
		{point(settings{"N": 100, "K": 60, "bit_error": "0.01"}), func(k int) float64 { return binomialTail((k-1)*99, 99) }},
		{densePoint(3, settings{"N": 16, "K": 150, "bit_error": "0.02"}), func(k int) float64 { return denseOneStep(16, k, 3) }},
	} {
		const samples = 60
		trial, faults := Storage.Compile(storagePoint(c.s), 1)
		if faults != nil {
			t.Fatal(faults)
		}
		var sum, sum2 float64
		for sample := range samples {
			rows, err := trial.Run(context.Background(), sample, 0, 1, &alone{})
			if err != nil {
				t.Fatal(err)
			}
			k := float64(rows["trials"][0][1].(int64))
			sum += k / samples
			sum2 += k * k / samples
		}
		limit, _ := c.s.Rat("bit_error").Float64()
		k := 2
		for c.exact(k) < limit {
			k++
		}
		want := float64(k-1) + (limit-c.exact(k-1))/(c.exact(k)-c.exact(k-1))
		spread := math.Sqrt((sum2 - sum*sum) / (samples - 1))
		bias := 0.5 + (sum2-sum*sum)/want // a whole k below, and the square of the relative spread
		t.Logf("K_max %.2f ± %.2f, exactly %.2f", sum, spread, want)
		if math.Abs(sum-want) > 4*spread+bias {
			t.Errorf("K_max is %.2f ± %.2f, exactly %.2f", sum, spread, want)
		}
	}
}

// A set that is too small says so.
func TestStorageIsBounded(t *testing.T) {
	trial, _ := Storage.Compile(storagePoint(point(settings{"N": 200, "K": 5})), 1)
	rows, err := trial.Run(context.Background(), 0, 0, 1, &alone{})
	if err != nil {
		t.Fatal(err)
	}
	if row := rows["trials"][0]; row[1] != int64(5) || row[4] != int64(1) {
		t.Errorf("%v, want all 5 stored, and bounded", row)
	}
}
