// Package store keeps the records of a study on disk, in SQLite files. Each run or shard
// writes a file of its own and holds its lock. One goroutine appends the records in
// batches. A committed batch stays, however the run ends. The package reads records back in
// canonical order, merges the files of shards, and keeps the allocations of rounds.
//
// It knows configs, and which of their units are done. It does not know what a column
// means, or how units run. If records were made with other settings or with another version
// of the physics, the error is a Refusal. If two records of the same trial differ, the error
// names the trial.
package store
