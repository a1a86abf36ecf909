package sweep

import "testing"

func TestParseShard(t *testing.T) {
	if s, err := ParseShard("2/5"); err != nil || s != (Shard{2, 5}) {
		t.Errorf("%v, %v", s, err)
	}
	for _, text := range []string{"", "1", "5/5", "-1/5", "0/0", "1/x", "a/2", "1/2/3"} {
		if s, err := ParseShard(text); err == nil {
			t.Errorf("%q is %v", text, s)
		}
	}
}

// TestShardsShareEveryPoint: each unit is in one shard, and the shares of a point
// and of the whole differ by one at most.
func TestShardsShareEveryPoint(t *testing.T) {
	points := coins(t, "N = [2, 3, 5, 7, 11, 13]\nbias = [0.2, 0.8]\nsamples = 10").Points
	const shards = 7
	var whole [shards]int
	deals := make([]deal, shards)
	for i := range deals {
		deals[i] = newDeal(Shard{i, shards}, points)
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
	points := []*Point{{ID: "a"}, {ID: "b"}, {ID: "c"}, {ID: "d"}}
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
		mustRun(t, coins(t, small), Options{Dir: dir, Shard: Shard{i, 2}})
	}
	units := 0
	for i := range 2 {
		units += mustRun(t, coins(t, big), Options{Dir: dir, Shard: Shard{i, 2}}).Units
	}
	if units != 6 {
		t.Errorf("%d units done for 6 that were missing", units)
	}
	if units := mustRun(t, coins(t, big), Options{Dir: dir, Shard: Shard{2, 3}}).Units; units != 0 {
		t.Errorf("%d units done again by another division", units)
	}
}
