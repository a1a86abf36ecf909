package sweep

import (
	"context"
	"time"
)

// A Forecast is what a study will cost.
type Forecast struct {
	Points  int     `json:"points"`
	Units   int     `json:"units"`  // pattern sets
	Trials  int     `json:"trials"` // cues
	Left    int     `json:"left"`   // units that the directory does not have yet
	Bytes   int64   `json:"bytes"`  // of the largest unit
	Memory  int64   `json:"memory"` // that may be used; 0 if unknown
	Workers int     `json:"workers"`
	Fit     int     `json:"fit"`     // how many of the largest unit fit into memory, at most Workers
	Seconds float64 `json:"seconds"` // for what is left, on that many workers
	Total   float64 `json:"total"`   // for the whole
	Probes  []Probe `json:"probes"`
}

// A Probe is a measured point.
type Probe struct {
	Point   Coordinates   `json:"point"`
	Units   int           `json:"units"`
	PerUnit time.Duration `json:"per_unit"` // 0 if none was finished in time
}

// Plan runs units for a short while, keeps nothing, and extrapolates.
func Plan(ctx context.Context, cfg *Config, opt Options) (*Forecast, error) { return nil, nil }
