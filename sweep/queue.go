package sweep

import (
	"cmp"
	"slices"
	"sync"

	"hopcap/sweep/config"
	"hopcap/sweep/store"
)

// A queue hands out the units that are left, the longest first, so that no long
// one is started when everything else is done. What it hands out fits into memory
// together; it waits for the head rather than let smaller units starve it.
type queue struct {
	points  []*config.Point
	samples []int // wanted of each
	done    store.Done
	deal    deal
	order   []int // places in the grid, by falling cost

	mu      sync.Mutex
	changed sync.Cond
	at      int // in order
	sample  int // of that point, the next to look at
	free    int64
	out     int // units handed out and not given back
}

// newQueue returns a queue of the units that are not done. done has room for all of them.
func newQueue(points []*config.Point, samples []int, done store.Done, d deal, memory int64) *queue {
	q := &queue{points: points, samples: samples, done: done, deal: d, order: make([]int, len(points)), free: memory}
	q.changed.L = &q.mu
	for i := range q.order {
		q.order[i] = i
	}
	slices.SortStableFunc(q.order, func(a, b int) int { return -cmp.Compare(points[a].Cost, points[b].Cost) })
	return q
}

// next waits for a unit that fits; false if there are no more.
func (q *queue) next() (store.Unit, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for {
		u, ok := q.head()
		if !ok {
			return store.Unit{}, false
		}
		if bytes := q.points[u.Point].Bytes; bytes <= q.free || q.out == 0 {
			q.sample++
			q.free -= bytes
			q.out++
			return u, true
		}
		q.changed.Wait()
	}
}

// head finds the next unit that is not done.
func (q *queue) head() (store.Unit, bool) {
	for ; q.at < len(q.order); q.at, q.sample = q.at+1, 0 {
		i := q.order[q.at]
		p := q.points[i]
		for ; q.sample < q.samples[i]; q.sample++ {
			first := int(q.done[i][q.sample])
			if first < p.Cues && q.deal.has(i, q.sample) {
				return store.Unit{Point: i, Sample: q.sample, First: first, Cues: p.Cues}, true
			}
		}
	}
	return store.Unit{}, false
}

// giveBack frees the memory of a unit.
func (q *queue) giveBack(u store.Unit) {
	q.mu.Lock()
	q.free += q.points[u.Point].Bytes
	q.out--
	q.mu.Unlock()
	q.changed.Broadcast()
}

// A workload is an amount of work.
type workload struct {
	units int
	cost  float64
}

// workloads sums what is wanted of the grid, and what of it is done already.
func (q *queue) workloads() (wanted, done workload) {
	for i, p := range q.points {
		for s := range q.samples[i] {
			if !q.deal.has(i, s) {
				continue
			}
			wanted.units++
			wanted.cost += p.Cost
			if have := int(q.done[i][s]); have >= p.Cues {
				done.units++
				done.cost += p.Cost
			} else {
				done.cost += p.Cost - cost(p, store.Unit{First: have, Cues: p.Cues})
			}
		}
	}
	return wanted, done
}

// cost is the expected work of a unit: its share of the cues.
func cost(p *config.Point, u store.Unit) float64 {
	return p.Cost * float64(u.Cues-u.First) / float64(p.Cues)
}
