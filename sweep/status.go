package sweep

// Status tells what is done of a study.
type Status struct {
	Dir      string        `json:"dir"`
	Complete bool          `json:"complete"`
	Done     int           `json:"done"` // units
	Wanted   int           `json:"wanted"`
	Sessions int           `json:"sessions"`
	Running  string        `json:"running,omitempty"` // who holds the directory
	Points   []PointStatus `json:"points"`
}

// PointStatus tells it of one point.
type PointStatus struct {
	Point  Coordinates `json:"point"`
	Done   int         `json:"done"`
	Wanted int         `json:"wanted"`
}

// Coordinates are what begins each record of a point; in JSON an object with
// its keys in that order.
type Coordinates []Setting

// Status counts what is done, without reading a record.
func (r *Results) Status() (*Status, error) { return nil, nil }
