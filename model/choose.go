package model

import (
	"fmt"

	"hopcap/model/random"
)

// Choose fills p with patterns of from, a uniform random choice in random order,
// none of them twice.
func (p *Patterns) Choose(from *Patterns, r *random.Source) {
	if p.N != from.N || p.K > from.K {
		panic(fmt.Sprintf("model: %d patterns of %d neurons from %d of %d", p.K, p.N, from.K, from.N))
	}
	which := make([]int32, from.K)
	for mu := range which {
		which[mu] = int32(mu)
	}
	r.Choose(which, p.K)
	for i := range p.N {
		for mu := range p.K {
			p.Set(i, mu, from.At(i, int(which[mu])))
		}
	}
}
