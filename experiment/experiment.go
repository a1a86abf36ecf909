// Package experiment runs one trial: it stores patterns, starts the network from cues, lets
// it relax, and measures. Each experiment is one file of this package, and each kind of
// memory is one file of package memory. The package reads no files and knows no grid. It is
// given the settings of one point, and returns rows of records.
package experiment

import (
	"context"
	"slices"

	"hopcap/sweep/study"
)

// Files are settings of a config that can name files.
type Files interface {
	// Patterns returns the patterns of a file that the config names.
	Patterns(path string) (*PatternFile, error)
}

// A Price is a number that tells what the memory costs, such as stored bits per coupling.
// It is a column of the records.
type Price struct {
	Name  string
	Value float64
}

// A Trial is an experiment made ready for one grid point.
type Trial struct {
	N, K  int
	Alpha float64 // the load, in the memory's own scale
	// Price has further columns of every record. It is empty if the memory has no price.
	Price []Price
	Bytes int64   // memory that one running sample takes
	Cost  float64 // expected work of one sample, in units of one bit of one row
	Note  string  // a warning for readers of the results; may be empty
	// Run measures cues first … cues−1 of one sample, that is of one pattern set.
	Run func(ctx context.Context, sample, first, cues int, env study.Env) (study.Rows, error)
	// Replay runs one cue of one sample again and shows all of it.
	Replay func(ctx context.Context, sample, cue int, env study.Env) (*Replay, error)
}

// An Experiment is one kind of measurement.
type Experiment struct {
	Kind string
	// Keys are the experiment's own keys, in addition to the shared keys. A shared key, or a
	// key of another experiment, may be declared here again, with another default, range or
	// doc.
	Keys []study.Key
	// Lacks names the shared keys that have no meaning here: "K" and "alpha" if the
	// experiment stores no patterns, "model.kind" if it has no memory, and so on. The
	// fields of a Trial that these keys would fill are zero.
	Lacks  []string
	Tables []study.Table // the first is "trials"
	// Compile prepares the trial of one point, or returns all faults of its settings.
	Compile func(s study.Settings, cues int) (*Trial, []study.Fault)
}

// Kinds are all experiments.
var Kinds = []Experiment{Retrieval, Stability, Spurious, Enumerate, Basin, Storage, Thermal, Annealing, Tempering}

// Has reports whether a shared key has a meaning for the experiment.
func (e Experiment) Has(key string) bool { return !slices.Contains(e.Lacks, key) }
