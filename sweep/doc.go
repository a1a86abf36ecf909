// Package sweep runs a study: the trials of a grid on many workers, in rounds where the
// study says when it knows enough, with progress, a forecast, and the status of what is
// done. It knows neither models nor experiments: what a point means, and what a trial
// does, a study.Experiment says. Its tests toss a coin (sweep/sweeptest).
//
// A config (sweep/config) becomes units of work, each one sample at one point of the grid.
// The longest go first, as many at once as fit into memory; what they give goes to the
// store (sweep/store). Nothing that a run is told, be it workers, memory, shards or a
// deadline, can change a record.
package sweep
