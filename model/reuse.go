package model

import (
	"fmt"
	"runtime/debug"
	"sync"
)

// BorrowPatterns is NewPatterns in memory that Release gave back, where there is
// some: a study draws patterns of one size thousands of times a second. Their
// signs are anyone's until they are drawn.
func BorrowPatterns(n, k int) *Patterns {
	if n < 1 || k < 1 {
		panic(fmt.Sprintf("model: %d patterns of %d neurons", k, n))
	}
	m, _ := idle.Get().(*memory)
	if m == nil {
		m = new(memory)
	}
	p := &Patterns{N: n, K: k, stride: stride(k), memory: m}
	words := n * p.stride
	if cap(m.rows) < words+overread {
		m.rows = nil
		m.rows = make([]uint64, words+overread)
		preferHuge(m.rows)
		m.n, m.k = n, k
	}
	p.rows = m.rows[:words]
	if m.n != n || m.k != k {
		m.n, m.k = n, k
		for last := p.stride - 1; last < words; last += p.stride {
			p.rows[last] = 0 // its bits past K
		}
	}
	return p
}

// Release gives back the memory of borrowed patterns, and the memory of the
// networks loaded with them. Neither may be used again.
func (p *Patterns) Release() {
	m := p.memory
	if m == nil {
		return
	}
	p.memory, p.rows = nil, nil
	for r := range m.replicas {
		m.replicas[r].leave()
	}
	m.products.leave()
	m.taken = false
	if 8*cap(m.rows) > keepBytes {
		m.rows = nil
		debug.FreeOSMemory() // or the next would be had beside it
	}
	idle.Put(m)
}

// keepBytes is from where patterns are given back to the system.
const keepBytes = 1 << 30

// idle holds memory that nobody uses.
var idle sync.Pool

// A memory is what a trial needs room for.
type memory struct {
	n, k     int // of the patterns that were in rows last
	rows     []uint64
	replicas []hopfieldReplica
	products productReplicas
	taken    bool // the replicas are in use
}

// roomFor returns n replicas with whatever room earlier ones had.
func (m *memory) roomFor(n int) []hopfieldReplica {
	if m == nil || m.taken {
		return make([]hopfieldReplica, n)
	}
	m.taken = true
	m.replicas = grown(m.replicas, n)
	return m.replicas
}

// productsFor returns n replicas with whatever room earlier ones had.
func (m *memory) productsFor(n int) *productReplicas {
	if m == nil || m.taken {
		return &productReplicas{replicas: make([]productReplica, n)}
	}
	m.taken = true
	m.products.replicas = grown(m.products.replicas, n)
	return &m.products
}

// grown returns s with n elements. The elements that s had keep their places.
func grown[T any](s []T, n int) []T {
	return append(s[:cap(s)], make([]T, max(0, n-cap(s)))...)[:n]
}

// resized returns s with n elements of whatever value, in its room if that is
// enough.
func resized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}
