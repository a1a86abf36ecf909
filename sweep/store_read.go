package sweep

// Results are the records of a study on disk, those of its shards included, as
// far as they belong to its latest config.
type Results struct {
	Dir      string
	Config   *Config // of the latest run
	Version  string  // of the physics
	Sessions []Session
}

// A Session is one run that added to the records.
type Session struct {
	Started    string // RFC 3339
	File       string // the config, as given
	Source     []byte
	Provenance map[string]string
}

// Open finds the records in dir. The config that they were made with is kept
// beside them; parse reads it again.
func Open(dir string, parse func(file string, source []byte) (*Config, error)) (*Results, error) {
	return nil, nil
}

// Records are the rows of one table in canonical order: grid order, sample,
// index. They are kept by column.
type Records struct {
	Table   Table
	Points  []*Point // the whole grid
	Point   []int32  // of each row, its place in Points
	Sample  []int64
	Index   [][]int64 // by index column, then row
	Columns []Series
}

// A Series is one column of Records. One of the slices is set, by the column's
// kind: Bools are Ints 0 and 1.
type Series struct {
	Column
	Ints   []int64
	Floats []float64
	Texts  []string
	Null   []bool // where undefined; nil if nowhere
}

// Records reads a table.
func (r *Results) Records(table string) (*Records, error) { return nil, nil }

// Unit reads the rows of one table for one sample of a point: index and columns,
// as int64, float64, string or nil.
func (r *Results) Unit(table string, p *Point, sample int) ([][]any, error) { return nil, nil }

// Len is the number of rows.
func (r *Records) Len() int { return len(r.Point) }

// Column is the series of that name, or nil.
func (r *Records) Column(name string) *Series { return nil }

// Float is the value in a row as a number, NaN where undefined.
func (s *Series) Float(row int) float64 { return 0 }
