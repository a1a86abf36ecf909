package model

import "testing"

// The first patterns are those, and no bit is set past them.
func TestFirst(t *testing.T) {
	p := draw(9, 200, "first")
	for _, k := range []int{1, 63, 64, 65, 128, 199, 200} {
		q := p.First(k)
		for i := range p.N {
			for mu := range k {
				if q.At(i, mu) != p.At(i, mu) {
					t.Fatalf("the first %d: pattern %d differs", k, mu)
				}
			}
			if row := q.Row(i); k&63 != 0 && row[k>>6]>>(k&63) != 0 {
				t.Fatalf("the first %d: bits past them", k)
			}
		}
	}
}
