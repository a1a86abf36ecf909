package store_test

import (
	"hopcap/sweep/store"
	"hopcap/sweep/sweeptest"
	"strings"
	"testing"
)

// TestBasisNamesWhatRoundsFollowFrom: any change of it has them computed anew.
func TestBasisNamesWhatRoundsFollowFrom(t *testing.T) {
	basis := func(grid string) string { return store.NewAllocation(sweeptest.Study(t, grid)).Basis() }
	seen := map[string]string{basis(sweeptest.Adaptive): "as it is"}
	for _, change := range [][2]string{
		{"0.02", "0.021"}, {"samples = 10", "samples = 11"}, {"cues = 2", "cues = 3"}, {"0.35, ", ""}, {"0.35", "0.36"},
		{sweeptest.Stop, sweeptest.Stop + "max_samples = 999\n"}, {sweeptest.Stop, sweeptest.Stop + "stderr = 0.1\n"},
	} {
		b := basis(strings.Replace(sweeptest.Adaptive, change[0], change[1], 1))
		if other, ok := seen[b]; ok {
			t.Errorf("%v and %v have the same basis", change, other)
		}
		seen[b] = change[0]
	}
	for _, change := range [][2]string{{"[2, 3]", "[2, 7]"}, {"0.2, 0.35", "0.35, 0.2"}, {"0.02", "2e-2"}} {
		if basis(strings.Replace(sweeptest.Adaptive, change[0], change[1], 1)) != basis(sweeptest.Adaptive) {
			t.Errorf("%v changes the basis", change)
		}
	}
}
