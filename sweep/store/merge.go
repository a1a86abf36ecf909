package store

import (
	"cmp"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hopcap/sweep/config"
	"hopcap/sweep/study"
)

// Merged says what a merge did.
type Merged struct {
	Path  string
	Files []string // that were read
	Units int
	Rows  int
}

// Merge writes the records of all .db files below the sources, and of dir itself, to dir. If
// two files have the same trial, its records must be equal. The old records of dir stay
// until the merge is complete.
func Merge(sources []string, dir string) (Merged, error) {
	path := Path(dir, Shard{})
	if err := (&merge{Merged: Merged{Path: path}}).find(sources); err != nil { // before anything is made
		return Merged{}, err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return Merged{}, err
	}
	l, err := lockFile(lockPath(dir, Shard{}))
	if err != nil {
		return Merged{}, err
	}
	m := merge{Merged: Merged{Path: path}}
	err = m.run(sources)
	return m.Merged, cmp.Or(err, l.release())
}

// A merge is a merge in progress.
type merge struct {
	Merged
	head   head
	ids    map[string]int64 // of points, by meaning
	place  map[string]int   // the same
	all    []*config.Point  // by id; known by their meaning only
	done   Done             // by id
	rounds Rounds
	db     *database
}

func (m *merge) run(sources []string) error {
	if err := m.find(sources); err != nil {
		return err
	}
	if err := m.collect(); err != nil {
		return err
	}
	return m.replace()
}

// find finds the stores, and checks that they mean the same.
func (m *merge) find(sources []string) (err error) {
	if exists(m.Path) {
		sources = append(slices.Clone(sources), m.Path)
	}
	if m.Files, err = databases(sources); err != nil {
		return err
	}
	return m.inspect()
}

// databases lists every .db file under the sources, each once.
func databases(sources []string) ([]string, error) {
	var files []string
	for _, source := range sources {
		err := filepath.WalkDir(source, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) != ".db" {
				return err
			}
			files = append(files, path)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return distinct(files)
}

// distinct leaves out a file that is there under another name already.
func distinct(files []string) ([]string, error) {
	var kept []string
	var infos []fs.FileInfo
	for _, path := range files {
		info, err := os.Stat(path)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(infos, func(other fs.FileInfo) bool { return os.SameFile(info, other) }) {
			kept, infos = append(kept, path), append(infos, info)
		}
	}
	return kept, nil
}

// sameFile reports whether two paths are of one file.
func sameFile(a, b string) bool {
	ia, err := os.Stat(a)
	if err != nil {
		return false
	}
	ib, err := os.Stat(b)
	return err == nil && os.SameFile(ia, ib)
}

// inspect checks that all the files mean the same, as the latest of them.
func (m *merge) inspect() error {
	var heads []head
	var stores []string
	for _, path := range m.Files {
		h, err := inspect(path)
		if errors.As(err, new(foreignError)) && !sameFile(path, m.Path) {
			continue // it may lie there
		}
		if err != nil {
			return err
		}
		if h != nil {
			heads, stores = append(heads, *h), append(stores, path)
		}
	}
	if m.Files = stores; len(stores) == 0 {
		return errors.New("no records under the sources")
	}
	m.head = slices.MaxFunc(heads, func(a, b head) int { return strings.Compare(a.latest().Started, b.latest().Started) })
	m.head.sessions = nil
	for i, h := range heads {
		if err := h.check(stores[i], m.head); err != nil {
			return err
		}
		m.head.sessions = append(m.head.sessions, h.sessions...)
	}
	m.head.sessions = sortedSessions(m.head.sessions)
	return nil
}

func (h head) latest() Session { return h.sessions[len(h.sessions)-1] }

// sortedSessions orders sessions by time, each once.
func sortedSessions(all []Session) []Session {
	slices.SortStableFunc(all, func(a, b Session) int { return strings.Compare(a.Started, b.Started) })
	return slices.CompactFunc(all, func(a, b Session) bool { return a.Started == b.Started && string(a.Source) == string(b.Source) })
}

// collect finds which points and units the files have.
func (m *merge) collect() error {
	m.ids, m.place, m.rounds = map[string]int64{}, map[string]int{}, Rounds{}
	for _, path := range m.Files {
		if err := withDatabase(path, m.collectFrom); err != nil {
			return err
		}
	}
	for id := range m.done {
		m.Units += m.done.Count(id, len(m.done[id]), 1)
	}
	return nil
}

func (m *merge) collectFrom(db *database) error {
	if err := m.rounds.read(db); err != nil {
		return err
	}
	ids, err := db.pointIDs()
	if err != nil {
		return err
	}
	for meaning := range ids {
		m.enter(meaning)
	}
	point := gridPlaces(ids, m.place)
	return db.query(integers("done", func(row []driver.Value) error {
		p, cues := point[row[0].(int64)], int(row[1].(int64))
		return parseSamples(text(row[2]), func(s int) {
			m.done.Add(p, s, cues)
		})
	}, 0, 1), "SELECT point, cues, samples FROM done")
}

// enter gives a point an id.
func (m *merge) enter(meaning string) {
	if _, known := m.place[meaning]; known {
		return
	}
	m.place[meaning], m.ids[meaning] = len(m.all), int64(len(m.all))
	m.all, m.done = append(m.all, &config.Point{ID: meaning}), append(m.done, nil)
}

// replace writes everything to a new file, which then takes the place of the old.
func (m *merge) replace() (err error) {
	temporary := m.Path + ".merging"
	for _, leftover := range []string{temporary, temporary + "-journal"} {
		if err := os.Remove(leftover); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if m.db, err = openDatabase(temporary, "rwc"); err != nil {
		return err
	}
	if err := cmp.Or(m.write(), m.db.close()); err != nil {
		return cmp.Or(err, os.Remove(temporary))
	}
	return cmp.Or(os.Rename(temporary, m.Path), syncDir(filepath.Dir(m.Path)))
}

// syncDir makes a rename last.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return cmp.Or(d.Sync(), d.Close())
}

func (m *merge) write() error {
	if err := m.db.create(m.head); err != nil {
		return err
	}
	return m.db.transaction(func() error {
		for _, p := range m.all {
			if err := m.db.exec("INSERT INTO points VALUES (?, ?)", m.ids[p.ID], p.ID); err != nil {
				return err
			}
		}
		for _, t := range m.head.tables {
			if err := m.writeTable(t); err != nil {
				return err
			}
		}
		return cmp.Or(m.writeDone(), m.writeCheckpoints(), m.db.writeRounds(m.rounds))
	})
}

// writeTable gathers the rows of one table.
func (m *merge) writeTable(t study.Table) error {
	records := NewRecords(t, m.all)
	for _, path := range m.Files {
		every := func(int, []driver.Value) bool { return true }
		if err := records.readFile(path, m.place, everywhere, every); err != nil {
			return err
		}
	}
	if err := records.sort(); err != nil {
		return fmt.Errorf("%s: %w", strings.Join(m.Files, ", "), err)
	}
	insert, err := m.db.insert(t.Name, 2+len(t.Index)+len(t.Columns))
	if err != nil {
		return err
	}
	m.Rows += records.Len()
	return cmp.Or(insertAll(insert, records), insert.close())
}

func insertAll(insert *statement, r *Records) error {
	for i := range r.Len() {
		if err := insert.exec([]any{int64(r.Point[i])}, r.Row(i)); err != nil {
			return err
		}
	}
	return nil
}

func (m *merge) writeDone() error {
	batch := map[unitCues][]int{}
	for id, samples := range m.done {
		for s, cues := range samples {
			if cues > 0 {
				key := unitCues{id, int(cues)}
				batch[key] = append(batch[key], s)
			}
		}
	}
	for _, key := range sortedKeys(batch) {
		err := m.db.exec("INSERT INTO done VALUES (?, ?, ?)", int64(key.point), int64(key.cues), formatSamples(batch[key]))
		if err != nil {
			return err
		}
	}
	return nil
}

// writeCheckpoints keeps the checkpoints of units that no file has finished.
func (m *merge) writeCheckpoints() error {
	for _, path := range m.Files {
		if err := withDatabase(path, m.copyCheckpoints); err != nil {
			return err
		}
	}
	return nil
}

func (m *merge) copyCheckpoints(db *database) error {
	return db.query(integers("checkpoints", func(row []driver.Value) error {
		p, sample, cues := m.place[text(row[0])], row[1].(int64), row[3].(int64)
		m.done.Grow(p, int(sample)+1)
		if int64(m.done[p][sample]) >= cues {
			return nil
		}
		return m.db.exec("INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?, ?, ?)", int64(p), sample, row[2], cues, row[4])
	}, 1, 2, 3), "SELECT meaning, sample, first, cues, blob FROM checkpoints JOIN points ON points.id = checkpoints.point")
}
