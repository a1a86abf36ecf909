package store

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"

	"hopcap/sweep/study"
)

// A Part says which rows of a table are read: those of the points First … Last−1 of the
// grid, and of them the samples From … To−1.
type Part struct{ First, Last, From, To int }

// partRows is about how many rows of a table are in memory at once.
var partRows = 1 << 18

// EachOf calls f for the parts of a table, in canonical order, which together are all of it.
// A part has a bounded number of rows, unless it is one point. With split, the samples of
// a point with many rows are in several parts. So a table takes the memory of one part.
func (r *Results) EachOf(table string, split bool, f func(Part, *Records) error) error {
	index, err := r.index(table)
	if err != nil {
		return err
	}
	parts := []Part{r.whole()}
	if index != nil {
		parts = r.parts(index.rows, split)
	}
	for _, part := range parts {
		records, err := r.RecordsOf(table, part)
		if err != nil {
			return err
		}
		if err := f(part, records); err != nil {
			return err
		}
	}
	return nil
}

// RecordsOf reads a part of a table.
func (r *Results) RecordsOf(table string, part Part) (*Records, error) {
	t, err := r.table(table)
	if err != nil {
		return nil, err
	}
	index, err := r.index(table)
	if err != nil {
		return nil, err
	}
	out, wanted, place := NewRecords(t, r.Config.Points), r.wanted(t), places(r.Config.Points)
	for i, file := range r.files {
		where := everywhere
		if part != r.whole() {
			where.part = &part
			if index != nil {
				where.spans = index.files[i].spans(part)
			}
		}
		if err := out.readFile(file, place, where, wanted); err != nil {
			return nil, err
		}
	}
	if err := out.sort(); err != nil {
		return nil, fmt.Errorf("%s: %w", r.Dir, err)
	}
	return out, nil
}

// whole is the part that is everything.
func (r *Results) whole() Part {
	return Part{0, len(r.Config.Points), 0, slices.Max(append([]int{0}, r.Samples...))}
}

// parts divides points with so many rows each.
func (r *Results) parts(rows []int, split bool) (parts []Part) {
	for first := 0; first < len(rows); {
		last, n := first+1, rows[first]
		for last < len(rows) && n+rows[last] <= partRows {
			n, last = n+rows[last], last+1
		}
		samples, pieces := slices.Max(r.Samples[first:last]), 1
		if split {
			pieces = max(1, min((n+partRows-1)/partRows, samples))
		}
		for i := range pieces {
			parts = append(parts, Part{first, last, samples * i / pieces, samples * (i + 1) / pieces})
		}
		first = last
	}
	return parts
}

// An index tells where the rows of a table are: how many each point has, and which points
// and samples each block of rows of each file holds.
type index struct {
	rows  []int // by point
	files []blocks
}

type blocks []block

// A block is a span with what it holds.
type block struct {
	span
	holds []Part // one a point
}

// A span is the rows of a table after one and up to another.
type span struct{ after, upTo int64 }

// spans are the blocks that hold rows of a part, neighbours joined.
func (b blocks) spans(part Part) []span {
	spans := []span{}
	for _, block := range b {
		if !slices.ContainsFunc(block.holds, part.meets) {
			continue
		}
		if n := len(spans); n > 0 && spans[n-1].upTo == block.after {
			spans[n-1].upTo = block.upTo
		} else {
			spans = append(spans, block.span)
		}
	}
	return spans
}

// meets tells whether two parts have samples in common.
func (p Part) meets(q Part) bool {
	return p.First < q.Last && q.First < p.Last && p.From < q.To && q.From < p.To
}

// index finds where the rows of a table are; nil if all are few enough for one part. It
// is made once: rows that are stored later are not in it.
func (r *Results) index(table string) (*index, error) {
	if known, ok := r.indices[table]; ok {
		return known, nil
	}
	t, err := r.table(table)
	if err != nil {
		return nil, err
	}
	made := &index{rows: make([]int, len(r.Config.Points)), files: make([]blocks, len(r.files))}
	last, total := make([]int64, len(r.files)), int64(0)
	for i, file := range r.files {
		err := withDatabase(file, func(db *database) (err error) {
			last[i], err = db.lastRow(table)
			return err
		})
		if err != nil {
			return nil, err
		}
		total += last[i]
	}
	if total <= int64(partRows) {
		made = nil
	} else if err := made.fill(r, t, last); err != nil {
		return nil, err
	}
	if r.indices == nil {
		r.indices = map[string]*index{}
	}
	r.indices[table] = made
	return made, nil
}

func (x *index) fill(r *Results, t study.Table, last []int64) error {
	place := places(r.Config.Points)
	for i, file := range r.files {
		err := withDatabase(file, func(db *database) error {
			ids, err := db.pointIDs()
			if err != nil {
				return err
			}
			grid := gridPlaces(ids, place)
			for after := int64(0); after < last[i]; after += int64(scanRows) {
				b := block{span: span{after, after + int64(scanRows)}}
				if err := x.count(db, t, grid, &b); err != nil {
					return err
				}
				x.files[i] = append(x.files[i], b)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// count finds what a block holds. Damaged rows are for a scan to find and to name.
func (x *index) count(db *database, t study.Table, grid map[int64]int, b *block) error {
	damaged := false
	sql := fmt.Sprintf(`SELECT point, count(*), min(sample), max(sample), sum(typeof(sample) <> 'integer') FROM %s
		WHERE rowid > ? AND rowid <= ? GROUP BY point`, quote(t.Name))
	err := db.query(func(row []driver.Value) error {
		id, isInteger := row[0].(int64)
		from, _ := row[2].(int64)
		if !isInteger || id < 0 || from < 0 || row[4].(int64) > 0 {
			damaged = true
			return nil
		}
		if p, ok := grid[id]; ok {
			x.rows[p] += int(row[1].(int64))
			b.holds = append(b.holds, Part{p, p + 1, int(from), int(row[3].(int64)) + 1})
		}
		return nil
	}, sql, b.after, b.upTo)
	if err == nil && damaged {
		err = db.scan(t, b.span, "", nil, func([]driver.Value) error { return nil })
	}
	return err
}

// lastRow is the number of the last row of a table; 0 if there is none.
func (d *database) lastRow(table string) (last int64, err error) {
	if found, err := d.exists(table); err != nil || !found {
		return 0, err
	}
	err = d.query(func(row []driver.Value) error { last, _ = row[0].(int64); return nil }, "SELECT max(rowid) FROM "+quote(table))
	return last, err
}

// somewhere says which rows of a file are read: those in spans, of a part, or of all if it
// is nil.
type somewhere struct {
	spans []span
	part  *Part
}

var everywhere = somewhere{spans: []span{{0, math.MaxInt64}}}

// condition is the part in SQL, for a store whose points are at these places of the grid; it
// begins with AND. SQLite does not hand out other rows, which is most of the time.
func (s somewhere) condition(grid map[int64]int) (sql string, args []any) {
	if s.part == nil {
		return "", nil
	}
	ids := []int64{}
	for _, id := range slices.Sorted(maps.Keys(grid)) {
		if p := grid[id]; s.part.First <= p && p < s.part.Last {
			ids = append(ids, id)
		}
	}
	list, err := json.Marshal(ids)
	if err != nil {
		panic(err) // integers have JSON
	}
	return " AND sample >= ? AND sample < ? AND point IN (SELECT value FROM json_each(?))",
		[]any{int64(s.part.From), int64(s.part.To), string(list)}
}
