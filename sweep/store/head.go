package store

import (
	"cmp"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hopcap/sweep/config"
	"hopcap/sweep/study"
)

// storeFormat is the version of the layout of a store:
//
//	about        key, value: format, physics, meaning, tables
//	sessions     one row a run: when, config, provenance
//	points       id, meaning: the whole meaning of a grid point as text
//	done         which samples of a point have how many cues, a row a batch
//	checkpoints  of unfinished units
//	rounds       basis, round, samples: what a study with a [stop] has allocated
//	trials, …    one row a record: point, sample, index, columns
//
// Rows are only ever appended, and have no key but their place: a key kept in
// order would make each batch touch pages all over the file, and an insertion take
// 5.0 µs instead of 3.1 µs (go test -bench Insert ./sweep/store). That no record is there
// twice is the writer's care, and every reader checks it.
const storeFormat = "1"

const storeSchema = `
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE sessions (started TEXT NOT NULL, file TEXT NOT NULL, config TEXT NOT NULL, provenance TEXT NOT NULL);
CREATE TABLE points (id INTEGER PRIMARY KEY, meaning TEXT NOT NULL);
CREATE TABLE done (point INTEGER NOT NULL, cues INTEGER NOT NULL, samples TEXT NOT NULL);
CREATE TABLE checkpoints (point INTEGER NOT NULL, sample INTEGER NOT NULL, first INTEGER NOT NULL,
	cues INTEGER NOT NULL, blob BLOB NOT NULL, PRIMARY KEY (point, sample));
`

// reserved are the names that no table of records can have.
var reserved = []string{"about", "sessions", "points", "done", "checkpoints", "rounds", "estimates"}

// Path is the file that a run writes.
func Path(dir string, s Shard) string {
	if s.Whole() {
		return filepath.Join(dir, "records.db")
	}
	return filepath.Join(dir, "shards", fmt.Sprintf("%d-of-%d.db", s.Index, s.Count))
}

// lockPath is the lock of that file.
func lockPath(dir string, s Shard) string {
	if s.Whole() {
		return filepath.Join(dir, "lock")
	}
	return strings.TrimSuffix(Path(dir, s), ".db") + ".lock"
}

// storeFiles lists the stores in a directory: its own store and the stores of its shards.
func storeFiles(dir string) ([]string, error) {
	var files []string
	main, shards := Path(dir, Shard{}), filepath.Join(dir, "shards")
	if _, err := os.Stat(main); err == nil {
		files = append(files, main)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	entries, err := os.ReadDir(shards)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, e := range entries {
		if filepath.Ext(e.Name()) == ".db" {
			files = append(files, filepath.Join(shards, e.Name()))
		}
	}
	return files, nil
}

func escapeGlob(path string) string {
	return strings.NewReplacer(`*`, `\*`, `?`, `\?`, `[`, `\[`, `\`, `\\`).Replace(path)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// A head is what a store says of itself.
type head struct {
	version  string
	meaning  config.Meaning
	tables   []study.Table
	sessions []Session
}

// headOf is what a store that cfg writes says of itself.
func headOf(cfg *config.Config, opt Options) head {
	return head{opt.Version, cfg.Meaning(), cfg.Experiment.Tables, []Session{newSession(cfg, opt)}}
}

func newSession(cfg *config.Config, opt Options) Session {
	return Session{
		Started:    time.Now().UTC().Format(time.RFC3339Nano),
		File:       cfg.File,
		Source:     cfg.Source,
		Provenance: opt.Provenance,
	}
}

// create makes an empty store.
func (d *database) create(h head) error {
	return d.transaction(func() error {
		if err := d.exec(storeSchema); err != nil {
			return err
		}
		return d.writeHead(h)
	})
}

// createTable makes a table if it is not there: a store may be older than it.
func (d *database) createTable(t study.Table) error {
	if slices.Contains(reserved, t.Name) {
		return fmt.Errorf("%s: a table of records cannot be called %s", d.path, t.Name)
	}
	return d.exec(tableSchema(t))
}

func tableSchema(t study.Table) string {
	columns := []string{"point INTEGER NOT NULL", "sample INTEGER NOT NULL"}
	for _, name := range t.Index {
		columns = append(columns, quote(name)+" INTEGER NOT NULL")
	}
	for _, c := range t.Columns {
		columns = append(columns, quote(c.Name)+" "+sqlType(c.Type))
	}
	return fmt.Sprintf("CREATE TABLE IF NOT EXISTS %s (%s)", quote(t.Name), strings.Join(columns, ", "))
}

func sqlType(k study.Type) string {
	switch k {
	case study.Decimal:
		return "REAL"
	case study.Text:
		return "TEXT"
	}
	return "INTEGER"
}

// writeHead replaces what the store says of itself and appends the sessions.
func (d *database) writeHead(h head) error {
	if err := d.exec(roundsSchema); err != nil { // a store may be older than they
		return err
	}
	for _, t := range h.tables {
		if err := d.createTable(t); err != nil {
			return err
		}
	}
	meaning, err := json.Marshal(h.meaning)
	if err != nil {
		return err
	}
	tables, err := json.Marshal(h.tables)
	if err != nil {
		return err
	}
	about := [][2]string{
		{"format", storeFormat}, {"physics", h.version}, {"meaning", string(meaning)}, {"tables", string(tables)},
	}
	for _, kv := range about {
		if err := d.exec("INSERT OR REPLACE INTO about VALUES (?, ?)", kv[0], kv[1]); err != nil {
			return err
		}
	}
	for _, s := range h.sessions {
		if err := d.writeSession(s); err != nil {
			return err
		}
	}
	return nil
}

func (d *database) writeSession(s Session) error {
	provenance, err := json.Marshal(s.Provenance)
	if err != nil {
		return err
	}
	return d.exec("INSERT INTO sessions VALUES (?, ?, ?, ?)", s.Started, s.File, string(s.Source), string(provenance))
}

// head reads what the store says of itself.
func (d *database) head() (h head, err error) {
	about := map[string]string{}
	err = d.query(func(row []driver.Value) error {
		about[text(row[0])] = text(row[1])
		return nil
	}, "SELECT key, value FROM about")
	if err != nil {
		return h, err
	}
	if about["format"] != storeFormat {
		return h, &Refusal{fmt.Sprintf("%s: the file has format %q, this program reads format %q",
			d.path, about["format"], storeFormat)}
	}
	h.version = about["physics"]
	err = cmp.Or(
		json.Unmarshal([]byte(about["meaning"]), &h.meaning),
		json.Unmarshal([]byte(about["tables"]), &h.tables),
	)
	if err != nil {
		return h, d.named(err)
	}
	h.sessions, err = d.sessions()
	return h, err
}

func (d *database) sessions() (out []Session, err error) {
	err = d.query(func(row []driver.Value) error {
		s := Session{Started: text(row[0]), File: text(row[1]), Source: []byte(text(row[2]))}
		out = append(out, s)
		return json.Unmarshal([]byte(text(row[3])), &out[len(out)-1].Provenance)
	}, "SELECT started, file, config, provenance FROM sessions ORDER BY rowid")
	return out, err
}

// text is a value of a TEXT column; SQLite gives NULL as nil.
func text(v driver.Value) string {
	s, _ := v.(string)
	return s
}

// check returns why records with head h cannot be used together with records of now, and
// nil if they can. They may lack columns and tables that later versions have added.
func (h head) check(path string, now head) error {
	if h.version != now.version {
		return &Refusal{fmt.Sprintf("%s: its records were made with version %q of the physics; this program has version %q "+
			"and would measure other numbers; use another directory", path, h.version, now.version)}
	}
	if changes := h.meaning.Diff(now.meaning); len(changes) > 0 {
		lines := make([]string, len(changes))
		for i, c := range changes {
			lines[i] = c.String()
		}
		return &Refusal{fmt.Sprintf("%s: its records were made with other settings: %s; use another directory",
			path, strings.Join(lines, "; "))}
	}
	for _, t := range h.tables {
		if unknown := without(t.Names(), namesOf(now.tables, t.Name)); len(unknown) > 0 {
			return &Refusal{fmt.Sprintf("%s: its table %s has columns that this program does not know: %s",
				path, t.Name, strings.Join(unknown, ", "))}
		}
	}
	return nil
}

// checkGrowth returns why a run of now cannot add records to a store with head h, and nil
// if it can. If the run has new columns, they would be undefined in the old records.
func (h head) checkGrowth(path string, now head) error {
	for _, t := range h.tables {
		if missing := without(namesOf(now.tables, t.Name), t.Names()); len(missing) > 0 {
			return &Refusal{fmt.Sprintf("%s: its table %s lacks columns that this program measures: %s; use another directory",
				path, t.Name, strings.Join(missing, ", "))}
		}
	}
	return h.check(path, now)
}

// namesOf are the columns of the table of that name.
func namesOf(tables []study.Table, name string) []string {
	for _, t := range tables {
		if t.Name == name {
			return t.Names()
		}
	}
	return nil
}

// without are the names that are not among others.
func without(names, others []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(n string) bool { return slices.Contains(others, n) })
}

// pointIDs reads the points of a store: their id by their meaning.
func (d *database) pointIDs() (map[string]int64, error) {
	ids := map[string]int64{}
	err := d.query(integers("points", func(row []driver.Value) error {
		ids[text(row[1])] = row[0].(int64)
		return nil
	}, 0), "SELECT id, meaning FROM points")
	return ids, err
}

// readDone adds what a store has done, for the points that place knows.
func (d *database) readDone(done Done, place map[string]int) error {
	ids, err := d.pointIDs()
	if err != nil {
		return err
	}
	point := gridPlaces(ids, place)
	return d.query(integers("done", func(row []driver.Value) error {
		p, ok := point[row[0].(int64)]
		if !ok {
			return nil
		}
		cues := int(row[1].(int64))
		return parseSamples(text(row[2]), func(s int) { done.Add(p, s, cues) })
	}, 0, 1), "SELECT point, cues, samples FROM done")
}

// gridPlaces maps the ids of a store to places in a grid.
func gridPlaces(ids map[string]int64, place map[string]int) map[int64]int {
	out := make(map[int64]int, len(ids))
	for meaning, id := range ids {
		if p, ok := place[meaning]; ok {
			out[id] = p
		}
	}
	return out
}

// places maps the meaning of each point to its place in the grid.
func places(points []*config.Point) map[string]int {
	m := make(map[string]int, len(points))
	for i, p := range points {
		m[p.ID] = i
	}
	return m
}

// A Refusal is the answer to something that must not be done as it was asked:
// records that would not mean the same, a point that does not fit into memory.
// Nothing was run and nothing was written.
type Refusal struct{ Reason string }

func (r *Refusal) Error() string { return r.Reason }
