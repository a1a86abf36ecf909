package model

import "hopcap/model/internal/kernel"

// A Redrawer is a rule that does not need the patterns in memory. It draws them again from
// their key when it needs them.
type Redrawer interface {
	Rule
	// Redraws reports whether K patterns of N neurons are drawn again. Store then takes
	// RedrawnPatterns.
	Redraws(n, k int) bool
}

// BlockPatterns is how many patterns are drawn again at a time, a column of tiles of
// the pattern matrix.
const BlockPatterns = 64 * tileWords

// RedrawnPatterns returns the patterns that Draw draws with the same key. Only the first
// BlockPatterns of them are in memory and may be read. A Redrawer can store them.
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
