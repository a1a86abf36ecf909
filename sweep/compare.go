package sweep

// A Comparison holds two results beside each other.
type Comparison struct {
	Axes      []string // what tells points apart, common to both
	Rows      []Difference
	Unmatched [2]int // points that only one of them has
}

// A Difference is that of one estimate at one point. Z is it in combined
// standard errors, P the two-sided chance of one as large.
type Difference struct {
	Point        Coordinates `json:"point"`
	Column       string      `json:"column"`
	A, B         float64
	Diff, Stderr float64
	Z, P         float64
}

// Compare compares two results point by point.
func Compare(a, b *Results) (*Comparison, error) { return nil, nil }
