package sweep

import (
	"cmp"
	"hash/fnv"
	"slices"

	"hopcap/sweep/config"
	"hopcap/sweep/store"
)

// A deal says which units a shard does: every Count-th of a fixed order, in which
// the points are shuffled and each point's samples follow one another. Every
// shard so has its share of every point, to within one sample. Later rounds go on from
// there: only the samples of the config count.
type deal struct {
	shard store.Shard
	first []int // by place in the grid: what stands before its sample 0
}

func newDeal(s store.Shard, points []*config.Point) deal {
	d := deal{s, make([]int, len(points))}
	at := 0
	for _, i := range shuffled(points) {
		d.first[i] = at
		at += points[i].Samples
	}
	return d
}

// has reports whether a unit is the shard's.
func (d deal) has(point, sample int) bool {
	return d.shard.Whole() || (d.first[point]+sample)%d.shard.Count == d.shard.Index
}

// shuffled orders the points by a hash of their meaning, so that the order
// depends on nothing else.
func shuffled(points []*config.Point) []int {
	keys := make([]uint64, len(points))
	order := make([]int, len(points))
	for i, p := range points {
		h := fnv.New64a()
		h.Write([]byte(p.ID))
		keys[i], order[i] = h.Sum64(), i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(keys[a], keys[b]), cmp.Compare(points[a].ID, points[b].ID))
	})
	return order
}
