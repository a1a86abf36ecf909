package model

// First returns a copy of the first k patterns.
func (p *Patterns) First(k int) *Patterns {
	q := NewPatterns(p.N, k)
	q.Bias = p.Bias
	for i := range p.N {
		copy(q.Row(i), p.Row(i))
	}
	if k&63 != 0 {
		for i := range p.N {
			row := q.Row(i)
			row[stride(k)-1] &= 1<<(k&63) - 1
		}
	}
	return q
}
