package store

import (
	"database/sql/driver"
	"slices"

	"hopcap/sweep/config"
	"hopcap/sweep/study"
)

// Contents is what the stores of a study hold of its grid: which units are done, and
// the rounds that are allocated.
type Contents struct {
	Done Done
	*Allocation

	cfg   *config.Config
	place map[string]int // of points in the grid, by meaning
	files []string       // that it was read from
}

// newContents is the contents of a study that has no records yet.
func newContents(cfg *config.Config) *Contents {
	a := newAllocation(cfg)
	return &Contents{Done: NewDone(a.Samples), Allocation: a, cfg: cfg, place: places(cfg.Points)}
}

// ContentsOf reads what the directory of opt has of a study. If there is no directory, the
// contents are empty.
func ContentsOf(cfg *config.Config, opt Options) (*Contents, error) {
	c := newContents(cfg)
	files, err := storeFiles(opt.Dir)
	if err != nil {
		return nil, err
	}
	now := headOf(cfg, opt)
	for _, file := range files {
		if err := c.add(file, now); err != nil {
			return nil, err
		}
	}
	c.follow()
	return c, nil
}

// add adds the contents of the store at path. Its records must have the same meaning as the
// records of now.
func (c *Contents) add(path string, now head) error {
	h, err := inspect(path)
	if err != nil || h == nil {
		return err
	}
	if err := h.check(path, now); err != nil {
		return err
	}
	return withDatabase(path, c.read)
}

// read adds what a store has.
func (c *Contents) read(db *database) error {
	c.files = append(c.files, db.path)
	if err := db.readDone(c.Done, c.place); err != nil {
		return err
	}
	if c.cfg.Stop == nil {
		return nil
	}
	return c.stored.read(db)
}

// Records reads a table with all samples that the stores have. Samples beyond the present
// round are included, because a later round may need them.
func (c *Contents) Records(t study.Table) (*Records, error) {
	records := NewRecords(t, c.cfg.Points)
	cue := slices.Index(t.Index, "cue")
	want := func(point int, row []driver.Value) bool {
		return cue < 0 || row[2+cue].(int64) < int64(c.cfg.Points[point].Cues)
	}
	for _, file := range c.files {
		if err := records.readFile(file, c.place, everywhere, want); err != nil {
			return nil, err
		}
	}
	return records, records.sort()
}
