// Package sweep runs a study: it runs the trials of a grid on many workers. If the config
// says when the study knows enough, it runs in rounds. The package also forecasts the cost
// of a study (Plan) and reports how much is done (StatusOf). It knows neither models nor
// experiments: a study.Experiment says what a point means and runs its trials. In the tests
// a trial is the toss of a coin (sweep/sweeptest).
//
// A config (sweep/config) becomes units of work. Each unit is one sample at one point of
// the grid. The longest units run first, as many at a time as fit into memory. Their
// records go to the store (sweep/store). Workers, memory, shards and deadlines change no
// record.
package sweep
