//go:build race

package model

// underRace reports whether the race detector runs, under which a sync.Pool forgets
// at random.
const underRace = true
