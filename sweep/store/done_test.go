package store

import (
	"slices"
	"testing"
)

func TestSamplesAsText(t *testing.T) {
	for want, samples := range map[string][]int{
		"0":             {0},
		"0-1":           {1, 0},
		"0-4,7":         {0, 7, 1, 2, 3, 4},
		"3,5,7-9,11-12": {12, 3, 5, 7, 8, 9, 11},
	} {
		got := formatSamples(slices.Clone(samples))
		if got != want {
			t.Errorf("%v: %q, want %q", samples, got, want)
		}
		var back []int
		if err := parseSamples(got, func(s int) { back = append(back, s) }); err != nil {
			t.Error(err)
		}
		slices.Sort(samples)
		if !slices.Equal(back, samples) {
			t.Errorf("%q read back as %v", got, back)
		}
	}
	for _, text := range []string{"", "a", "1-", "1-b"} {
		if err := parseSamples(text, func(int) {}); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}
