package sweep

import (
	"cmp"
	"database/sql/driver"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// A batch is committed once it is this old or this large. What a crash loses is
// at most one batch, and is done again.
var (
	commitEvery = time.Second / 2
	commitRows  = 1 << 15
)

// queueUnits is how many finished units may wait for the writer.
const queueUnits = 1 << 13

// A store is one open for writing, with its lock.
type store struct {
	*database
	lock     *lock
	ids      map[string]int64 // of points, by meaning
	standing *standing
	saved    map[unitKey]bool // the units that have a checkpoint
}

// A unitKey is a unit without its cues: place in the grid, sample.
type unitKey struct{ point, sample int }

// openStore opens the store that a run writes and finds what is done.
func openStore(cfg *Config, opt Options) (*store, error) {
	path := storePath(opt.Dir, opt.Shard)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	l, err := lockFile(lockPath(opt.Dir, opt.Shard))
	if err != nil {
		return nil, err
	}
	s := &store{lock: l, standing: newStanding(cfg), saved: map[unitKey]bool{}}
	if err := s.open(path, cfg, opt); err != nil {
		return nil, cmp.Or(err, s.close())
	}
	return s, nil
}

// open checks every store in the directory before it writes the first byte.
func (s *store) open(path string, cfg *Config, opt Options) error {
	now := headOf(cfg, opt)
	before, err := inspect(path)
	if err != nil {
		return err
	}
	if before != nil {
		if err := before.checkGrowth(path, now); err != nil {
			return err
		}
	}
	if err := s.countOthers(before, now, opt); err != nil {
		return err
	}
	if s.database, err = openDatabase(path, "rwc"); err != nil {
		return err
	}
	if err := s.begin(before == nil, now); err != nil {
		return err
	}
	return s.load()
}

// inspect reads what a store says of itself; nil if there is none, or one whose
// creation was cut short.
func inspect(path string) (h *head, err error) {
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		return nil, nil
	}
	err = withDatabase(path, func(db *database) error {
		found, err := db.exists("about")
		if err != nil || !found {
			return err
		}
		read, err := db.head()
		h = &read
		return err
	})
	return h, err
}

func (s *store) begin(fresh bool, now head) error {
	if fresh {
		return s.create(now)
	}
	return s.transaction(func() error { return s.writeHead(now) })
}

// countOthers counts what other stores in the directory have done. The whole
// looks at all of them. A shard looks at the whole, which it goes on from, and at
// the shards of another division; at its siblings only if its own store was made
// for another config, since otherwise their units are not its own.
func (s *store) countOthers(before *head, now head, opt Options) error {
	files, err := storeFiles(opt.Dir)
	if err != nil {
		return err
	}
	path := storePath(opt.Dir, opt.Shard)
	siblings, err := filepath.Glob(filepath.Join(filepath.Dir(escapeGlob(path)), fmt.Sprintf("*-of-%d.db", opt.Shard.Count)))
	if err != nil {
		return err
	}
	grown := before != nil && !slices.Equal(before.sessions[len(before.sessions)-1].Source, now.sessions[0].Source)
	for _, file := range files {
		if file == path || !opt.Shard.whole() && !grown && slices.Contains(siblings, file) {
			continue
		}
		if err := s.standing.count(file, now); err != nil {
			return err
		}
	}
	return nil
}

// load finds what the store itself has. It keeps the rounds that others have told, so
// that it can stand alone.
func (s *store) load() (err error) {
	if s.ids, err = s.pointIDs(); err != nil {
		return err
	}
	if err := s.standing.read(s.database); err != nil {
		return err
	}
	if err := s.standing.settle(); err != nil {
		return err
	}
	if told := s.standing.obeyed(); len(told) > 0 {
		if err := s.transaction(func() error { return s.writeRounds(told) }); err != nil {
			return err
		}
	}
	point := gridPlaces(s.ids, s.standing.place)
	return s.query(func(row []driver.Value) error {
		if p, ok := point[row[0].(int64)]; ok {
			s.saved[unitKey{p, int(row[1].(int64))}] = true
		}
		return nil
	}, "SELECT point, sample FROM checkpoints")
}

func (s *store) close() error {
	var err error
	if s.database != nil {
		err = s.database.close()
	}
	return cmp.Or(err, s.lock.release())
}

// A unit is the work on one sample at one point of the grid: its cues from first
// on.
type unit struct{ point, sample, first, cues int }

func (u unit) key() unitKey { return unitKey{u.point, u.sample} }

type finished struct {
	unit
	rows Rows
}

// A writer is the one goroutine that touches the store while units run, so that
// no worker ever waits for the disk.
type writer struct {
	*store
	points   []*Point
	inserts  []*statement // by table
	tables   []Table
	finished chan finished
	asked    chan question
	earlier  map[unitKey]bool // the units that had a checkpoint before; only read
	quit     chan struct{}    // closed when the last unit is in
	gone     chan struct{}    // closed when everything is committed
	failed   func(error)      // told of the first error
	err      error            // after gone
	began    time.Time        // of the open batch; zero if there is none
	pending  int              // rows in it
	batch    map[unitCues][]int
	rows     int // committed
}

// unitCues is a row of the table done without its samples.
type unitCues struct{ point, cues int }

type question struct {
	f     func() error
	reply chan error
}

func newWriter(s *store, cfg *Config, failed func(error)) (*writer, error) {
	w := &writer{
		store: s, points: cfg.Points, tables: cfg.Experiment.Tables,
		finished: make(chan finished, queueUnits),
		asked:    make(chan question),
		earlier:  maps.Clone(s.saved),
		quit:     make(chan struct{}),
		gone:     make(chan struct{}),
		failed:   failed,
		batch:    map[unitCues][]int{},
	}
	for _, t := range w.tables {
		insert, err := s.insert(t.Name, 2+len(t.Index)+len(t.Columns))
		if err != nil {
			return nil, err
		}
		w.inserts = append(w.inserts, insert)
	}
	go w.write()
	return w, nil
}

// put hands over a finished unit.
func (w *writer) put(f finished) {
	select {
	case w.finished <- f:
	case <-w.gone:
	}
}

// ask has the writer do something between two units.
func (w *writer) ask(f func() error) error {
	q := question{f, make(chan error, 1)}
	select {
	case w.asked <- q:
		return <-q.reply
	case <-w.gone:
		return errors.New("sweep: the store is closed")
	}
}

// finish waits until everything is committed.
func (w *writer) finish() error {
	close(w.quit)
	<-w.gone
	for _, insert := range w.inserts {
		w.err = cmp.Or(w.err, insert.close())
	}
	return w.err
}

func (w *writer) write() {
	defer close(w.gone)
	tick := time.NewTicker(commitEvery / 4)
	defer tick.Stop()
	for {
		select {
		case f := <-w.finished:
			w.try(func() error { return w.add(f) })
		case q := <-w.asked:
			q.reply <- w.answer(q)
		case <-tick.C:
			w.try(w.commitIfOld)
		case <-w.quit:
			w.drain()
			return
		}
	}
}

func (w *writer) drain() {
	for {
		select {
		case f := <-w.finished:
			w.try(func() error { return w.add(f) })
		default:
			w.try(w.commit)
			return
		}
	}
}

// try does nothing after the first error: what was committed stays, the rest is
// for the next run.
func (w *writer) try(f func() error) {
	if w.err != nil {
		return
	}
	if w.err = f(); w.err != nil {
		w.failed(w.err)
	}
}

// keep stores rounds at once.
func (w *writer) keep(r rounds) error {
	return w.ask(func() error {
		if err := w.open(); err != nil {
			return err
		}
		if err := w.writeRounds(r); err != nil {
			return err
		}
		return w.commit()
	})
}

func (w *writer) answer(q question) error {
	w.try(q.f)
	return w.err
}

func (w *writer) open() error {
	if !w.began.IsZero() {
		return nil
	}
	w.began = time.Now()
	return w.exec("BEGIN IMMEDIATE")
}

// add appends the rows of a unit to the batch.
func (w *writer) add(f finished) error {
	if err := w.open(); err != nil {
		return err
	}
	id, err := w.id(f.point)
	if err != nil {
		return err
	}
	key := []any{id, int64(f.sample)}
	for i, t := range w.tables {
		for _, row := range f.rows[t.Name] {
			if err := w.inserts[i].exec(key, row); err != nil {
				return err
			}
		}
		w.pending += len(f.rows[t.Name])
	}
	uc := unitCues{f.point, f.cues}
	w.batch[uc] = append(w.batch[uc], f.sample)
	if err := w.forget(f.unit, id); err != nil {
		return err
	}
	if w.pending >= commitRows {
		return w.commit()
	}
	return w.commitIfOld()
}

// id is that of a point in the store, which it enters with its first record.
func (w *writer) id(point int) (int64, error) {
	meaning := w.points[point].ID
	if id, ok := w.ids[meaning]; ok {
		return id, nil
	}
	id := int64(len(w.ids))
	w.ids[meaning] = id
	return id, w.exec("INSERT INTO points VALUES (?, ?)", id, meaning)
}

// forget removes the checkpoint of a finished unit.
func (w *writer) forget(u unit, id int64) error {
	if !w.saved[u.key()] {
		return nil
	}
	delete(w.saved, u.key())
	return w.exec("DELETE FROM checkpoints WHERE point = ? AND sample = ?", id, int64(u.sample))
}

func (w *writer) commitIfOld() error {
	if time.Since(w.began) < commitEvery {
		return nil
	}
	return w.commit()
}

func (w *writer) commit() error {
	if w.began.IsZero() {
		return nil
	}
	if err := w.writeDone(); err != nil {
		return err
	}
	if err := w.exec("COMMIT"); err != nil {
		return err
	}
	w.rows += w.pending
	w.pending, w.began = 0, time.Time{}
	return nil
}

func (w *writer) writeDone() error {
	for _, uc := range sortedKeys(w.batch) {
		samples := formatSamples(w.batch[uc])
		id := w.ids[w.points[uc.point].ID]
		if err := w.exec("INSERT INTO done VALUES (?, ?, ?)", id, int64(uc.cues), samples); err != nil {
			return err
		}
	}
	clear(w.batch)
	return nil
}

func sortedKeys(batch map[unitCues][]int) []unitCues {
	keys := make([]unitCues, 0, len(batch))
	for k := range batch {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b unitCues) int {
		return cmp.Or(cmp.Compare(a.point, b.point), cmp.Compare(a.cues, b.cues))
	})
	return keys
}

// save keeps a checkpoint at once.
func (w *writer) save(u unit, blob []byte) error {
	return w.ask(func() error {
		if err := w.open(); err != nil {
			return err
		}
		id, err := w.id(u.point)
		if err != nil {
			return err
		}
		w.saved[u.key()] = true
		err = w.exec("INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?, ?, ?)",
			id, int64(u.sample), int64(u.first), int64(u.cues), blob)
		if err != nil {
			return err
		}
		return w.commit()
	})
}

// load reads the checkpoint that an earlier run made of a unit, nil if there is
// none of the same cues. Most trials have none, and do not wait for the writer to
// say so.
func (w *writer) load(u unit) (blob []byte, err error) {
	if !w.earlier[u.key()] {
		return nil, nil
	}
	err = w.ask(func() error {
		return w.query(func(row []driver.Value) error {
			blob, _ = row[0].([]byte)
			return nil
		}, "SELECT blob FROM checkpoints WHERE point = ? AND sample = ? AND first = ? AND cues = ?",
			w.ids[w.points[u.point].ID], int64(u.sample), int64(u.first), int64(u.cues))
	})
	return blob, err
}

// normalise makes the rows of a unit what the store keeps: bools are 0 and 1. It
// is the worker that does this, the writer being one for all.
func normalise(rows Rows, tables []Table) error {
	known := 0
	for _, t := range tables {
		if _, ok := rows[t.Name]; ok {
			known++
		}
		for _, row := range rows[t.Name] {
			if err := normaliseRow(&t, row); err != nil {
				return err
			}
		}
	}
	if known < len(rows) {
		return errors.New("rows of a table that the experiment does not have")
	}
	return nil
}

func normaliseRow(t *Table, row []any) error {
	if len(row) != len(t.Index)+len(t.Columns) {
		return fmt.Errorf("table %s: a row of %d values for %d columns", t.Name, len(row), len(t.Index)+len(t.Columns))
	}
	for i := range t.Index {
		if _, ok := row[i].(int64); !ok {
			return fmt.Errorf("table %s: index %s is %T, must be int64", t.Name, t.Index[i], row[i])
		}
	}
	for i, c := range t.Columns {
		v, err := normaliseValue(&c, row[len(t.Index)+i])
		if err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
		row[len(t.Index)+i] = v
	}
	return nil
}

// Boxed once, not for every record.
var zero, one any = int64(0), int64(1)

func normaliseValue(c *Column, v any) (any, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case int64:
		if c.Type == Int || c.Type == Bool && (v == 0 || v == 1) {
			return v, nil
		}
	case bool:
		if c.Type == Bool {
			if v {
				return one, nil
			}
			return zero, nil
		}
	case float64:
		if c.Type == Decimal { // SQLite takes NaN for NULL
			return v, nil
		}
	case string:
		if c.Type == Text {
			return v, nil
		}
	}
	return nil, fmt.Errorf("column %s: %v of type %T does not fit its kind", c.Name, v, v)
}
