package model

import "hopcap/model/internal/kernel"

// A Redrawer is a rule that can do without the patterns in memory: it draws them
// again from their key when it needs them.
type Redrawer interface {
	Rule
	// Redraws reports whether it does so with K patterns of N neurons. It then stores
	// RedrawnPatterns.
	Redraws(n, k int) bool
}

// BlockPatterns is how many patterns are drawn again at a time, a column of tiles of
// the pattern matrix.
const BlockPatterns = 64 * tileWords

// RedrawnPatterns returns the patterns that Draw draws with the same key, of which only
// the first BlockPatterns are in memory and may be asked for. They can be stored by a
// Redrawer.
func RedrawnPatterns(n, k int, key Key) *Patterns {
	p := drawBlock(n, k, 0, key)
	p.K, p.redrawn = k, &key
	return p
}

// drawBlock returns block b of k patterns of n neurons: patterns 4096b and following.
func drawBlock(n, k, b int, key Key) *Patterns {
	p := NewPatterns(n, min(BlockPatterns, k-b*BlockPatterns))
	for a := 0; a*tileRows < n; a++ {
		p.drawTile(kernel.Active(), key.Sub("tile", uint64(a), uint64(b)), a*tileRows, 0)
	}
	return p
}
