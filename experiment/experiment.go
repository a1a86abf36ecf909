// Package experiment is one trial: what is stored, what the cue is, how the network
// relaxes, and what is measured. An experiment is one file here, a kind of memory one
// in package memory. It knows no file and no grid: settings come in, rows go out.
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

// A Price is what a point stores, or takes to store it, as a column of records.
type Price struct {
	Name  string
	Value float64
}

// A Trial is an experiment made ready for one grid point.
type Trial struct {
	N, K  int
	Alpha float64 // the load, in the memory's own scale
	// Price is further columns of every record, of memories that have a price to
	// tell.
	Price []Price
	Bytes int64   // memory of one sample at work
	Cost  float64 // expected work of one sample, in units of one bit of one row
	Note  string  // what a reader of the results must know of them; "" for nothing
	// Run measures cues first … cues−1 of one sample, that is of one pattern set.
	Run func(ctx context.Context, sample, first, cues int, env study.Env) (study.Rows, error)
	// Replay runs one cue of one sample again and shows all of it.
	Replay func(ctx context.Context, sample, cue int, env study.Env) (*Replay, error)
}

// An Experiment is one kind of measurement.
type Experiment struct {
	Kind string
	// Keys are its own keys, beside the shared keys. It may declare a shared key, or a key of
	// another experiment, again with another default, range or doc.
	Keys []study.Key
	// Lacks names the shared keys that mean nothing to it: "K" and "alpha" of an
	// experiment that stores no patterns, "model.kind" of one without a memory, and so on.
	// The fields of its Trial that they would fill are zero.
	Lacks  []string
	Tables []study.Table // the first is "trials"
	// Compile makes a point ready, or says all that is wrong with it.
	Compile func(s study.Settings, cues int) (*Trial, []study.Fault)
}

// Kinds are the experiments there are.
var Kinds = []Experiment{Retrieval, Stability, Spurious, Enumerate, Basin, Storage, Thermal, Annealing, Tempering}

// Has tells whether a shared key means something to the experiment.
func (e Experiment) Has(key string) bool { return !slices.Contains(e.Lacks, key) }
