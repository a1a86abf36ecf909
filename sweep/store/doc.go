// Package store keeps the records of a study on disk: a SQLite file for each writer, with
// its lock, appended to by one goroutine in batches, so that whatever kills a run what was
// committed stays. It reads them back in canonical order, merges the files of shards, and
// holds what rounds have allocated.
//
// It knows configs and which of their units are done; not what a column means, nor how
// units are run. Records of another meaning, or of another version of the physics, are a
// Refusal; two that differ where they must be the same are an error that names them.
package store
