package sweep

import (
	"hopcap/sweep/config"
	"hopcap/sweep/store"
	"hopcap/sweep/sweeptest"
	"testing"
)

// TestShardsShareEveryPoint: each unit is in one shard, and the shares of a point
// and of the whole differ by one at most.
func TestShardsShareEveryPoint(t *testing.T) {
	points := sweeptest.Study(t, "N = [2, 3, 5, 7, 11, 13]\nbias = [0.2, 0.8]\nsamples = 10").Points
	const shards = 7
	var whole [shards]int
	deals := make([]deal, shards)
	for i := range deals {
		deals[i] = newDeal(store.Shard{Index: i, Count: shards}, points)
	}
	for p := range points {
		var share [shards]int
		for s := range points[p].Samples {
			owners := 0
			for i, d := range deals {
				if d.has(p, s) {
					owners++
					share[i]++
					whole[i]++
				}
			}
			if owners != 1 {
				t.Errorf("point %d, sample %d is in %d shards", p, s, owners)
			}
		}
		even(t, share[:])
	}
	even(t, whole[:])
}

func even(t *testing.T, shares []int) {
	t.Helper()
	low, high := shares[0], shares[0]
	for _, n := range shares {
		low, high = min(low, n), max(high, n)
	}
	if high-low > 1 {
		t.Errorf("uneven shares: %v", shares)
	}
}

// TestShuffleIsFixed pins the order: shards of another release must not do other
// units.
func TestShuffleIsFixed(t *testing.T) {
	points := []*config.Point{{ID: "a"}, {ID: "b"}, {ID: "c"}, {ID: "d"}}
	got := shuffled(points) // by FNV-1a: af63dc…, af63df…, af63de…, af63d9…
	for i, want := range []int{3, 0, 2, 1} {
		if got[i] != want {
			t.Fatalf("order %v", got)
		}
	}
}

// TestGrownShardKeepsItsSiblings: with more samples the units are dealt anew, but
// none that a sibling has is done again.
func TestGrownShardKeepsItsSiblings(t *testing.T) {
	dir := t.TempDir()
	const small, big = "N = [2, 3]\nsamples = 5", "N = [2, 3]\nsamples = 8"
	for i := range 2 {
		mustRun(t, sweeptest.Study(t, small), Options{Dir: dir, Shard: store.Shard{Index: i, Count: 2}})
	}
	units := 0
	for i := range 2 {
		units += mustRun(t, sweeptest.Study(t, big), Options{Dir: dir, Shard: store.Shard{Index: i, Count: 2}}).Units
	}
	if units != 6 {
		t.Errorf("%d units done for 6 that were missing", units)
	}
	if units := mustRun(t, sweeptest.Study(t, big), Options{Dir: dir, Shard: store.Shard{Index: 2, Count: 3}}).Units; units != 0 {
		t.Errorf("%d units done again by another division", units)
	}
}
