// Package experiment is one trial: what is stored, what the cue is, how the
// network relaxes, and what is measured. An experiment is one file here, and so
// is a kind of memory. It knows no file and no grid: settings come in, rows go
// out.
package experiment

import (
	"context"
	"math/big"
)

// A Type is the type of a config value.
type Type int

// The types of a config value.
const (
	Int Type = iota + 1
	Decimal
	Bool
	Text
)

// Settings are the values of one grid point by key; decimals are exact.
type Settings interface {
	Has(key string) bool
	Int(key string) int64
	Rat(key string) *big.Rat
	Float(key string) float64
	Bool(key string) bool
	Text(key string) string
	// Patterns returns the patterns of a file that the config names.
	Patterns(path string) (*PatternFile, error)
}

// A Key describes one key of a config: the table it stands in, its type, what
// it is when not given, and what is allowed.
type Key struct {
	Table   string
	Name    string
	Type    Type
	Default string   // as written in TOML; "" if it must be given
	Allowed []string // values of a Text key
	Range   string   // what is allowed, for people
	Check   func(Settings) bool
	Doc     string
	For     []string // the kinds of its table that have it; nil for all
	Free    bool     // no part of what a result means
	Later   bool     // newer than some results, which have its default
	Or      string   // the key that may be given in its place, exactly one of the two
}

// A Fault is one thing wrong with a point.
type Fault struct{ Key, Value, Allowed string }

// A Role says how a column is reduced over samples.
type Role int

// The ways of reducing a column.
const (
	Label     Role = iota // not at all
	Quantity              // mean and standard error
	Rate                  // 0 or 1: fraction with its interval
	Category              // the fraction of some of its values
	Threshold             // mean with standard error, and median with its interval; undefined is beyond all values
)

// A Column is one measured column; Axis is its label in figures.
type Column struct {
	Name   string
	Type   Type
	Role   Role
	Report []string // the values of a Category whose fractions are estimates
	Axis   string
	Doc    string
}

// A Table is one kind of record, whose rows begin with Index.
type Table struct {
	Name    string
	Index   []string
	Columns []Column
	By      string // the last of Index, if there is an estimate for each of its values
	Lasts   bool   // what ends at some value of By stays as it is for all that are higher
}

// Rows are records by table.
type Rows = map[string][][]any

// An Env is what a large trial may use of the machine and a small one ignores.
type Env interface {
	Do(n int, f func(part int))
	Workers() int
	Progress(done float64)
	Load() ([]byte, error)
	Save(blob []byte) error
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
	Run func(ctx context.Context, sample, first, cues int, env Env) (Rows, error)
	// Replay runs one cue of one sample again and shows all of it.
	Replay func(ctx context.Context, sample, cue int, env Env) (*Replay, error)
}

// An Experiment is one kind of measurement.
type Experiment struct {
	Kind   string
	Keys   []Key   // of [experiment]
	Tables []Table // the first is "trials"
	// Compile makes a point ready, or says all that is wrong with it.
	Compile func(s Settings, cues int) (*Trial, []Fault)
}

// Kinds are the experiments there are.
var Kinds = []Experiment{Retrieval, Stability, Spurious, Enumerate, Basin, Storage, Thermal, Annealing, Tempering}
