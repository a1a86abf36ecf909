package store

import (
	"cmp"
	"database/sql/driver"
	"fmt"
	"slices"
	"strings"

	"hopcap/sweep/config"
	"hopcap/sweep/study"
)

// Results are the records of a study on disk, including the records of its shards. Records
// of points that the latest config does not have are left out.
type Results struct {
	Dir      string
	Config   *config.Config // of the latest run
	Version  string         // of the physics
	Sessions []Session
	Samples  []int // that each point needs, by place in the grid
	files    []string
	indices  map[string]*index // by table; nil for a small one
}

// A Session is one run that added to the records.
type Session struct {
	Started    string // RFC 3339, UTC
	File       string // the config, as given
	Source     []byte
	Provenance map[string]string
}

// Open opens the records in dir. Their config is stored with them; parse reads it.
func Open(dir string, parse func(file string, source []byte) (*config.Config, error)) (*Results, error) {
	files, err := storeFiles(dir)
	if err != nil {
		return nil, err
	}
	r := &Results{Dir: dir}
	var heads []head
	for _, file := range files {
		h, err := inspect(file)
		if err != nil {
			return nil, err
		}
		if h != nil {
			heads, r.files = append(heads, *h), append(r.files, file)
			r.Sessions = append(r.Sessions, h.sessions...)
		}
	}
	if len(heads) == 0 {
		return nil, fmt.Errorf("%s: has no records", dir)
	}
	return r, r.understand(heads, parse)
}

// understand reads the latest config and checks every store against it.
func (r *Results) understand(heads []head, parse func(string, []byte) (*config.Config, error)) (err error) {
	r.Sessions = sortedSessions(r.Sessions)
	latest := r.Sessions[len(r.Sessions)-1]
	if r.Config, err = parse(latest.File, latest.Source); err != nil {
		return fmt.Errorf("%s: the config stored with the records: %w", r.Dir, err)
	}
	r.Version = heads[0].version
	now := head{r.Version, r.Config.Meaning(), r.Config.Experiment.Tables, nil}
	for i, h := range heads {
		if err := h.check(r.files[i], now); err != nil {
			return err
		}
	}
	return r.allocate()
}

// allocate finds the samples that the rounds of the study have come to.
func (r *Results) allocate() error {
	a := newAllocation(r.Config)
	r.Samples = a.Samples
	if r.Config.Stop == nil {
		return nil
	}
	for _, file := range r.files {
		if err := withDatabase(file, a.stored.read); err != nil {
			return err
		}
	}
	a.follow()
	return nil
}

// Contents is what the stores hold now.
func (r *Results) Contents() (*Contents, error) {
	c := newContents(r.Config)
	for _, file := range r.files {
		if err := withDatabase(file, c.read); err != nil {
			return nil, err
		}
	}
	c.follow()
	return c, nil
}

// table finds a table of the experiment.
func (r *Results) table(name string) (study.Table, error) {
	for _, t := range r.Config.Experiment.Tables {
		if t.Name == name {
			return t, nil
		}
	}
	return study.Table{}, fmt.Errorf("%s: no table %q", r.Dir, name)
}

// Records reads a table, whole.
func (r *Results) Records(table string) (*Records, error) { return r.RecordsOf(table, r.whole()) }

// readFile adds the rows of one store, as far as they are somewhere, that belong to a point
// of the grid and that want says yes to.
func (r *Records) readFile(path string, place map[string]int, where somewhere, want func(point int, row []driver.Value) bool) error {
	return withDatabase(path, func(db *database) error {
		ids, err := db.pointIDs()
		if err != nil {
			return err
		}
		grid := gridPlaces(ids, place)
		condition, args := where.condition(grid)
		for _, s := range where.spans {
			err := db.scan(r.Table, s, condition, args, func(row []driver.Value) error {
				point, ok := grid[row[0].(int64)]
				if ok && want(point, row) {
					return r.Append(int32(point), row[1:])
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// wanted reports whether a row, which begins with the id of its point, is among the
// samples and cues that are wanted.
func (r *Results) wanted(t study.Table) func(point int, row []driver.Value) bool {
	cue := slices.Index(t.Index, "cue")
	return func(point int, row []driver.Value) bool {
		return row[1].(int64) < int64(r.Samples[point]) &&
			(cue < 0 || row[2+cue].(int64) < int64(r.Config.Points[point].Cues))
	}
}

// scanRows is how many rows are read at once. A reader holds up the commits of a
// run that is still going on only for that long; since rows are only appended, it
// still sees them all.
var scanRows = 1 << 16

// scan calls each for every row in a span of a table that a condition allows: the id of the
// point, sample, index, columns.
func (d *database) scan(t study.Table, s span, condition string, args []any, each func(row []driver.Value) error) error {
	list, err := d.selection(t)
	if err != nil || list == "" {
		return err
	}
	sql := fmt.Sprintf("SELECT rowid, %s FROM %s WHERE rowid > ? AND rowid <= ?%s ORDER BY rowid LIMIT %d", list, quote(t.Name), condition, scanRows)
	for last, full := s.after, true; full; {
		n := 0
		err := d.query(func(row []driver.Value) error {
			n, last = n+1, row[0].(int64)
			if err := cmp.Or(mustCount(row[1], t.Name, last), mustCount(row[2], t.Name, last)); err != nil { // point, sample
				return err
			}
			for i, name := range t.Index {
				if err := mustIndex(name, row[3+i], t.Name, last); err != nil {
					return err
				}
			}
			if err := each(row[1:]); err != nil {
				return fmt.Errorf("table %s, row %d: %w", t.Name, last, err)
			}
			return nil
		}, sql, append([]any{last, s.upTo}, args...)...)
		if err != nil {
			return err
		}
		full = n == scanRows
	}
	return nil
}

// selection lists the columns of a table for SELECT. A column that an older store lacks is
// NULL. The list is empty if the store does not have the table.
func (d *database) selection(t study.Table) (string, error) {
	var stored []string
	err := d.query(func(row []driver.Value) error {
		stored = append(stored, text(row[0]))
		return nil
	}, "SELECT name FROM pragma_table_info(?)", t.Name)
	if err != nil || stored == nil {
		return "", err
	}
	list := []string{"point", "sample"}
	for _, name := range t.Names() {
		if !slices.Contains(stored, name) {
			list = append(list, "NULL")
		} else {
			list = append(list, quote(name))
		}
	}
	return strings.Join(list, ", "), nil
}

// Unit reads the rows of one table for one sample of a point of the grid: index and
// columns, as int64, float64, string or nil.
func (r *Results) Unit(table string, p *config.Point, sample int) ([][]any, error) {
	t, err := r.table(table)
	if err != nil {
		return nil, err
	}
	one := NewRecords(t, []*config.Point{p})
	wanted, place := r.wanted(t), slices.Index(r.Config.Points, p)
	for _, file := range r.files {
		want := func(row []driver.Value) bool { return wanted(place, row) }
		if err := one.readUnit(file, p, sample, want); err != nil {
			return nil, err
		}
	}
	if err := one.sort(); err != nil {
		return nil, fmt.Errorf("%s: %w", r.Dir, err)
	}
	rows := make([][]any, one.Len())
	for i := range rows {
		rows[i] = one.Row(i)[1:]
	}
	return rows, nil
}

func (r *Records) readUnit(path string, p *config.Point, sample int, want func(row []driver.Value) bool) error {
	return withDatabase(path, func(db *database) error {
		list, err := db.selection(r.Table)
		if err != nil || list == "" {
			return err
		}
		sql := fmt.Sprintf("SELECT %s FROM %s WHERE sample = ? AND point = (SELECT id FROM points WHERE meaning = ?)",
			list, quote(r.Table.Name))
		number := int64(0)
		return db.query(func(row []driver.Value) error {
			number++
			for i, name := range r.Table.Index {
				if err := mustIndex(name, row[2+i], r.Table.Name, number); err != nil {
					return err
				}
			}
			if !want(row) {
				return nil
			}
			return r.Append(0, row[1:])
		}, sql, int64(sample), p.ID)
	})
}
