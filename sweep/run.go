package sweep

import (
	"context"
	"errors"
	"time"
)

// ErrStopped says that a run ended early with everything finished saved.
var ErrStopped = errors.New("stopped early, everything finished is saved: run it again to go on")

// A Refusal is the answer to something that must not be done as it was asked:
// records that would not mean the same, a point that does not fit into memory.
// Nothing was run and nothing was written.
type Refusal struct{ Reason string }

func (r *Refusal) Error() string { return r.Reason }

// Options say how to run a config. None of them can change a record.
type Options struct {
	Dir        string            // where the records are kept
	Version    string            // of the physics: records of another are refused
	Provenance map[string]string // kept beside the records: program, CPU, kernel, …
	Workers    int               // 0: as many as Go may use
	Memory     int64             // bytes that all units at work may take together; 0: what the machine can spare
	Shard      Shard             // the zero value is the whole
	Deadline   time.Time         // stop then, if not zero
	Progress   func(Progress)    // called at most ten times a second, never twice at once
}

// Progress tells how far a run is.
type Progress struct {
	Units, UnitsTotal int     // done, earlier runs included, and wanted
	Cost, CostTotal   float64 // the same in expected work, parts of running units included
	Rate              float64 // units a second in this run
	Elapsed           time.Duration
	Left              time.Duration // negative if unknown
	Running           []TrialProgress
}

// TrialProgress is how far one trial at work is that says so.
type TrialProgress struct {
	Point  *Point
	Sample int
	Done   float64 // 0 … 1
}

// A Report is what a run did.
type Report struct {
	Path       string // of the store
	Units      int    // done now
	UnitsDone  int    // done altogether
	UnitsTotal int    // wanted
	Rows       int    // stored now
	Workers    int
	Elapsed    time.Duration
}

// A TrialError is a trial that failed or panicked.
type TrialError struct {
	Point  *Point
	Sample int
	Err    error
	Stack  []byte // of a panic
}

// Run does what is missing of a study. It returns ErrStopped if ctx or the
// deadline ended it early, with everything finished saved.
func Run(ctx context.Context, cfg *Config, opt Options) (Report, error) {
	return Report{}, errors.New("sweep: not there yet")
}

func (e *TrialError) Error() string { return e.Err.Error() }
func (e *TrialError) Unwrap() error { return e.Err }
