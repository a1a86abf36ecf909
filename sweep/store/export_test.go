package store

import "time"

// Lock takes the lock of a directory, and Holder tells who has it.
func Lock(dir string) error {
	_, err := lockFile(lockPath(dir, Shard{}))
	return err
}

func Holder(dir string) string { return held(lockPath(dir, Shard{})) }

// SetBatches sets how much is written and read at once, and returns what sets it back.
func SetBatches(every time.Duration, commit, scan int) (reset func()) {
	e, c, s := commitEvery, commitRows, scanRows
	commitEvery, commitRows, scanRows = every, commit, scan
	return func() { commitEvery, commitRows, scanRows = e, c, s }
}

// SetParts sets how many rows of a table are in memory at once.
func SetParts(rows int) (reset func()) {
	p := partRows
	partRows = rows
	return func() { partRows = p }
}

var ParseSamples = parseSamples

// Basis is what the rounds of the first curve follow from.
func (a *Allocation) Basis() string { return a.Curves[0].basis }

var NewAllocation = newAllocation
