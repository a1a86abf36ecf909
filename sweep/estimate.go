package sweep

// Estimates are what the trials say about each point of the grid.
type Estimates struct {
	Names  []string // of the estimated columns: overlap_final_mean, …
	Points []Estimate
}

// An Estimate is one point's. Values go with Estimates.Names, NaN where
// undefined.
type Estimate struct {
	Point    *Point
	Samples  int // pattern sets with records
	Cues     int // the most that any of them has
	Values   []float64
	Warnings []string
}

// Estimates reduces the trials.
func (r *Results) Estimates() (*Estimates, error) { return nil, nil }

// Estimate reduces records to estimates, one a point of the grid.
func (r *Records) Estimate() *Estimates { return nil }

// Column holds the values of one name by point, or nil.
func (e *Estimates) Column(name string) []float64 { return nil }
