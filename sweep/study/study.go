// Package study declares the types that packages experiment, sweep and plots share: keys
// and settings of a config, columns and tables of records, and the trial of one grid
// point. It has no behaviour of its own.
package study

import (
	"context"
	"math/big"
	"slices"
)

// A Type is the type of a config value, or of a column.
type Type int

// The types of a value.
const (
	Int Type = iota + 1
	Decimal
	Bool
	Text
)

// Settings are the values of one grid point by key. They have N, alpha or K as the config
// gives them, "seed", and every key that applies, with its default if it is not given. The
// key "kind" of a table is asked for by the name of the table or in full: Text("model") or
// Text("model.kind"). Decimals are exact: 0.1 is one tenth. Asking for a key that is not
// there is a bug and panics. Has reports whether a key is there.
type Settings interface {
	Has(key string) bool
	Int(key string) int64
	Rat(key string) *big.Rat  // a decimal, or an integer
	Float(key string) float64 // the nearest to Rat
	Bool(key string) bool
	Text(key string) string
}

// A Key describes one key of a config.
type Key struct {
	Table   string // "model", "patterns", "dynamics", "experiment"; "" for the axes that live in [sweep] only
	Name    string
	Type    Type
	Default string   // as written in TOML; "" if the key must be given
	Allowed []string // the values of a Text key, nil for any
	Range   string   // what is allowed, for people: "−1 … 1"
	Check   func(s Settings) bool
	Doc     string
	// For lists the values of the key DependsOn for which this key applies; nil is all
	// values. A key that does not apply is not in Settings and must not be given.
	For []string
	// DependsOn names the Text key that decides whether this key applies, with its name in
	// Settings: "ensemble", "experiment.kind". "" is the kind of the key's own table. If the
	// key DependsOn does not apply, this key does not apply either. For example, an
	// experiment without "model.kind" has no key that depends on "model.kind".
	DependsOn string
	// Variants change default, range or doc if another key has certain values. Only the
	// first variant that holds is used.
	Variants []Variant
	// Or names a key that may be given instead: exactly one of the two must be given. Each
	// names the other. If only one of them applies, it must be given.
	Or string
	// Single keys have one value in a whole study. They cannot be axes.
	Single bool
	// Free keys do not change records, such as the title. They cannot be axes.
	Free bool
	// Later keys were added after results had been stored. A later key with its default is
	// left out of the ID of a point, so that old results keep their IDs. Its default must
	// never change.
	Later bool
	// Caption returns what the caption of a figure says about the key, "" if it says
	// nothing. setting gives the settings of the study. It returns Several for a key with
	// several values, and nil for a key that does not apply. Caption is called only if the
	// key itself has one value. It may be nil.
	Caption func(setting func(key string) any) string
}

// Several stands for the value of a key that has several values in a study.
var Several any = several{}

type several struct{}

// A Variant changes a key if the key DependsOn (see Key) has one of the values For. An
// example is another default of max_sweeps for one kind of experiment. Fields that are zero
// change nothing. The name, the type, and the conditions under which a key applies never
// change.
type Variant struct {
	DependsOn string
	For       []string
	Default   string
	Range     string
	Check     func(s Settings) bool
	Doc       string
}

// A Fault is one mistake in a config. A function that checks settings or sections fills in
// the key, and the value if it differs from the value as written. Package config adds file
// and line.
type Fault struct {
	File    string
	Line    int    // 0 if it cannot be known
	Key     string // "alpha", "experiment.cue"
	Value   string // as written
	Allowed string // a whole phrase: "must be …"
}

// A Role says how a column is reduced to an estimate.
type Role int

// The ways of reducing a column.
const (
	Label    Role = iota // not reduced
	Quantity             // X_mean, X_stderr
	Rate                 // 0 or 1: X_fraction, X_low, X_high
	Category             // text; X=v for the values v in Column.Report: v_fraction
	// Threshold is a Quantity at which an effect begins. It is undefined if the effect
	// never begins; in the median it then counts as larger than all others. At the median
	// the effect has begun in half of the samples: X_mean, X_stderr, X_median,
	// X_median_low, X_median_high.
	Threshold
)

// A Column is one measured column of a table.
type Column struct {
	Name   string
	Type   Type
	Role   Role
	Report []string
	Axis   string // label in figures, in the math notation of figures: "overlap $m$"
	// Lead columns are shown in the default figure of a study, in the order of the table.
	Lead bool
	Doc  string
}

// A Table is one kind of record. A row begins with its index (such as the cue),
// which together with point and sample identifies it, then the columns.
type Table struct {
	Name    string
	Index   []string
	Columns []Column
	// By is the last column of the index if each of its values has an estimate of its own.
	// Rows of a sample are averaged over the other columns of the index, or over all of
	// them if By is "".
	By string
	// Lasts says that rows may end at some value of By. The last row then holds for all
	// higher values too.
	Lasts bool
}

// Rows are records by table: each row has the index and the columns of its
// table, as int64, float64, bool, string, or nil where undefined.
type Rows map[string][][]any

// An Env is what a trial may use of the machine it runs on. Small trials ignore
// it.
type Env interface {
	// Do calls f(0) … f(n−1) and returns when all are done, on this worker and
	// on any others that are idle.
	Do(n int, f func(part int))
	// Workers is the most that Do will use.
	Workers() int
	// Progress reports how much of the trial is done, 0 … 1.
	Progress(done float64)
	// Load returns the checkpoint that an earlier, interrupted run of this very
	// trial saved, or nil.
	Load() ([]byte, error)
	// Save replaces the checkpoint. It is deleted when the trial's records are stored.
	Save(blob []byte) error
}

// A Task is one grid point, ready to run. Its unit of work is one sample: one pattern set
// with all its cues.
type Task struct {
	// Identity is N and K, in this order, as computed from N and alpha or K. Two points that
	// agree in all settings, and in N and K, are one point.
	Identity []Setting
	// Derived columns stand after the identity in every record: alpha = K/N.
	Derived []Setting
	// Note is a warning for readers of the results, or empty. It is the first of the
	// warnings of an estimate.
	Note  string
	Bytes int64 // the memory that one running unit takes
	// Cost is the expected work of one unit. All points have the same unit of work. It is
	// computed from the settings, never measured, because a Stop allocates samples by it.
	Cost float64
	// Run measures cues first … cues−1 of one sample. It honours ctx within
	// 100 ms and then returns ctx.Err().
	Run func(ctx context.Context, sample, first, cues int, env Env) (Rows, error)
}

// A Setting is a value with its name: int64, float64, bool or string.
type Setting struct {
	Name  string
	Value any
}

// An Experiment is what a sweep repeats.
type Experiment struct {
	Keys   []Key
	Load   Load
	Tables []Table // the first is "trials"
	// Compile prepares a point, or returns all faults of its settings.
	Compile func(s Settings, cues int) (*Task, []Fault)
}

// A Load names the setting in which the points of one curve differ, and the column of
// records that has it as a number. The points of a curve agree in all other settings. An
// experiment may have no load.
type Load struct{ Setting, Column string } // "K", "alpha"

// Names are the names of all columns of a table, with the index first.
func (t Table) Names() []string {
	names := slices.Clone(t.Index)
	for _, c := range t.Columns {
		names = append(names, c.Name)
	}
	return names
}
