package store

import (
	"cmp"
	"database/sql/driver"
	"fmt"
	"math"
	"slices"

	"hopcap/sweep/config"
	"hopcap/sweep/study"
)

// Records are the rows of one table in canonical order: grid order, sample,
// index. They are kept by column.
type Records struct {
	Table   study.Table
	Points  []*config.Point // the whole grid
	Point   []int32         // of each row, its place in Points
	Sample  []int64
	Index   [][]int64 // by index column, then row
	Columns []Series
}

// A Series is one column of Records. The type of the column decides which of Ints, Floats
// and Texts is set. Bools are Ints 0 and 1.
type Series struct {
	study.Column
	Ints   []int64
	Floats []float64
	Texts  []string
	Null   []bool // where undefined; nil if nowhere

	texts map[string]string // one copy of each text
}

// NewRecords returns records without rows.
func NewRecords(t study.Table, points []*config.Point) *Records {
	r := &Records{Table: t, Points: points, Index: make([][]int64, len(t.Index)), Columns: make([]Series, len(t.Columns))}
	for i, c := range t.Columns {
		r.Columns[i] = Series{Column: c, texts: map[string]string{}}
	}
	return r
}

// Len is the number of rows.
func (r *Records) Len() int { return len(r.Point) }

// Column is the series of that name, or nil.
func (r *Records) Column(name string) *Series {
	for i := range r.Columns {
		if r.Columns[i].Name == name {
			return &r.Columns[i]
		}
	}
	return nil
}

// Append adds a row of a point, which is given by its place: sample, index, columns.
func (r *Records) Append(point int32, row []driver.Value) error {
	r.Point = append(r.Point, point)
	r.Sample = append(r.Sample, row[0].(int64))
	row = row[1:]
	for i := range r.Index {
		r.Index[i] = append(r.Index[i], row[i].(int64))
	}
	for i := range r.Columns {
		if err := r.Columns[i].add(row[len(r.Index)+i], r.Len()-1); err != nil {
			return err
		}
	}
	return nil
}

// add appends the value of a row.
func (s *Series) add(v driver.Value, row int) error {
	if v == nil && s.Null == nil {
		s.Null = make([]bool, row)
	}
	if s.Null != nil {
		s.Null = append(s.Null, v == nil)
	}
	ok := v == nil
	switch s.Type {
	case study.Decimal:
		x := math.NaN()
		if !ok {
			x, ok = v.(float64)
		}
		s.Floats = append(s.Floats, x)
	case study.Text:
		var x string
		if !ok {
			x, ok = v.(string)
		}
		s.Texts = append(s.Texts, s.intern(x))
	default:
		var x int64
		if !ok {
			x, ok = v.(int64)
		}
		s.Ints = append(s.Ints, x)
	}
	if !ok {
		return fmt.Errorf("column %s holds %v of type %T", s.Name, v, v)
	}
	return nil
}

func (s *Series) intern(x string) string {
	if known, ok := s.texts[x]; ok {
		return known
	}
	s.texts[x] = x
	return x
}

// Value is the value in a row as int64, float64, string, or nil where undefined.
func (s *Series) Value(row int) any {
	switch {
	case s.Null != nil && s.Null[row]:
		return nil
	case s.Type == study.Decimal:
		return s.Floats[row]
	case s.Type == study.Text:
		return s.Texts[row]
	}
	return s.Ints[row]
}

// Float is the value in a row as a number, NaN where undefined.
func (s *Series) Float(row int) float64 {
	switch v := s.Value(row).(type) {
	case int64:
		return float64(v)
	case float64:
		return v
	}
	return math.NaN()
}

// Row holds sample, index and columns of a row.
func (r *Records) Row(i int) []any {
	out := []any{r.Sample[i]}
	for _, index := range r.Index {
		out = append(out, index[i])
	}
	for c := range r.Columns {
		out = append(out, r.Columns[c].Value(i))
	}
	return out
}

// compare orders rows canonically.
func (r *Records) compare(a, b int) int {
	if c := cmp.Compare(r.Point[a], r.Point[b]); c != 0 {
		return c
	}
	if c := cmp.Compare(r.Sample[a], r.Sample[b]); c != 0 {
		return c
	}
	for _, index := range r.Index {
		if c := cmp.Compare(index[a], index[b]); c != 0 {
			return c
		}
	}
	return 0
}

// sort brings the rows into canonical order, each once. The same record may have
// been made twice, but it must be the same.
func (r *Records) sort() error {
	order := make([]int, r.Len())
	for i := range order {
		order[i] = i
	}
	sorted := slices.IsSortedFunc(order, r.compare)
	if !sorted {
		slices.SortFunc(order, r.compare)
	}
	once := order[:0]
	for _, i := range order {
		if len(once) > 0 && r.compare(once[len(once)-1], i) == 0 {
			if err := r.same(once[len(once)-1], i); err != nil {
				return err
			}
			continue
		}
		once = append(once, i)
	}
	if !sorted || len(once) < len(order) {
		r.pick(once)
	}
	return nil
}

// same tells where two rows of one record differ.
func (r *Records) same(a, b int) error {
	for c := range r.Columns {
		va, vb := r.Columns[c].Value(a), r.Columns[c].Value(b)
		if va != vb {
			return fmt.Errorf("%s, %s, table %s: two records that differ in %s: %s and %s",
				r.Points[r.Point[a]].Name(), r.place(a), r.Table.Name, r.Columns[c].Name,
				config.FormatValue(va), config.FormatValue(vb))
		}
	}
	return nil
}

// place names sample and index of a row: "sample 3, cue 0".
func (r *Records) place(row int) string {
	s := fmt.Sprintf("sample %d", r.Sample[row])
	for i, name := range r.Table.Index {
		s += fmt.Sprintf(", %s %d", name, r.Index[i][row])
	}
	return s
}

// Ordered are the rows of an order, which may leave some out and have others twice.
func (r *Records) Ordered(order []int) *Records {
	out := *r
	out.Index, out.Columns = slices.Clone(r.Index), slices.Clone(r.Columns)
	out.pick(order)
	return &out
}

// pick keeps the rows of an order.
func (r *Records) pick(order []int) {
	r.Point = pick(r.Point, order)
	r.Sample = pick(r.Sample, order)
	for i := range r.Index {
		r.Index[i] = pick(r.Index[i], order)
	}
	for i := range r.Columns {
		s := &r.Columns[i]
		s.Ints, s.Floats, s.Texts, s.Null = pick(s.Ints, order), pick(s.Floats, order), pick(s.Texts, order), pick(s.Null, order)
	}
}

// pick takes the elements of an order; nil stays nil.
func pick[T any](from []T, order []int) []T {
	if from == nil {
		return nil
	}
	out := make([]T, len(order))
	for i, j := range order {
		out[i] = from[j]
	}
	return out
}
