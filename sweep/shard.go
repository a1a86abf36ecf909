package sweep

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
)

// A Shard is one of Count parts of a study, which share its directory and
// nothing else. The zero value is the whole.
type Shard struct{ Index, Count int }

// ParseShard reads "I/N", with I from 0 to N−1.
func ParseShard(text string) (Shard, error) {
	i, n, _ := strings.Cut(text, "/")
	index, err1 := strconv.Atoi(i)
	count, err2 := strconv.Atoi(n)
	if err1 != nil || err2 != nil || count < 1 || index < 0 || index >= count {
		return Shard{}, fmt.Errorf("shard %q: must be I/N with I from 0 to N−1, such as 0/4", text)
	}
	return Shard{index, count}, nil
}

func (s Shard) String() string { return fmt.Sprintf("%d/%d", s.Index, s.Count) }

func (s Shard) whole() bool { return s.Count == 0 }

// A deal says which units a shard does: every Count-th of a fixed order, in which
// the points are shuffled and each point's samples follow one another. Every
// shard so has its share of every point, to within one sample. Later rounds go on from
// there: only the samples of the config count.
type deal struct {
	shard Shard
	first []int // by place in the grid: what stands before its sample 0
}

func newDeal(s Shard, points []*Point) deal {
	d := deal{s, make([]int, len(points))}
	at := 0
	for _, i := range shuffled(points) {
		d.first[i] = at
		at += points[i].base
	}
	return d
}

// has tells whether a unit is the shard's.
func (d deal) has(point, sample int) bool {
	return d.shard.whole() || (d.first[point]+sample)%d.shard.Count == d.shard.Index
}

// shuffled orders the points by a hash of their meaning, so that the order
// depends on nothing else.
func shuffled(points []*Point) []int {
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
