package store

import (
	"cmp"
	"database/sql/driver"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"hopcap/sweep/config"
	"hopcap/sweep/study"
)

// A batch is committed once it is this old or this large. What a crash loses is
// at most one batch, and is done again.
var (
	commitEvery = time.Second / 2
	commitRows  = 1 << 15
)

// queueUnits is how many finished units may wait for the writer.
const queueUnits = 1 << 13

// A Writer is the one goroutine that touches the store while units run, so that
// no worker ever waits for the disk.
type Writer struct {
	*Store
	points   []*config.Point
	inserts  []*statement // by table
	tables   []study.Table
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

type finished struct {
	Unit
	rows study.Rows
}

// Write begins to write what units give. The first error is told to failed.
func (s *Store) Write(failed func(error)) (*Writer, error) {
	cfg := s.Contents.cfg
	w := &Writer{
		Store: s, points: cfg.Points, tables: cfg.Experiment.Tables,
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

// Put hands over the rows of a finished unit, in the form that Normalise gives them.
func (w *Writer) Put(u Unit, rows study.Rows) {
	select {
	case w.finished <- finished{u, rows}:
	case <-w.gone:
	}
}

// ask has the writer do something between two units.
func (w *Writer) ask(f func() error) error {
	q := question{f, make(chan error, 1)}
	select {
	case w.asked <- q:
		return <-q.reply
	case <-w.gone:
		return errors.New("store: the store is closed")
	}
}

// Finish waits until everything is committed.
func (w *Writer) Finish() error {
	close(w.quit)
	<-w.gone
	for _, insert := range w.inserts {
		w.err = cmp.Or(w.err, insert.close())
	}
	return w.err
}

// Rows is the number of committed rows. Call it after Finish.
func (w *Writer) Rows() int { return w.rows }

func (w *Writer) write() {
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

func (w *Writer) drain() {
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
func (w *Writer) try(f func() error) {
	if w.err != nil {
		return
	}
	defer func() {
		if v := recover(); v != nil {
			w.err = fmt.Errorf("%s: panic: %v", w.Path, v)
		}
		if w.err != nil {
			w.failed(w.err)
		}
	}()
	w.err = f()
}

// Keep stores rounds at once.
func (w *Writer) Keep(r Rounds) error {
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

func (w *Writer) answer(q question) error {
	w.try(q.f)
	return w.err
}

func (w *Writer) open() error {
	if !w.began.IsZero() {
		return nil
	}
	w.began = time.Now()
	return w.exec("BEGIN IMMEDIATE")
}

// add appends the rows of a unit to the batch.
func (w *Writer) add(f finished) error {
	if err := w.open(); err != nil {
		return err
	}
	id, err := w.id(f.Point)
	if err != nil {
		return err
	}
	key := []any{id, int64(f.Sample)}
	for i, t := range w.tables {
		for _, row := range f.rows[t.Name] {
			if err := w.inserts[i].exec(key, row); err != nil {
				return err
			}
		}
		w.pending += len(f.rows[t.Name])
	}
	uc := unitCues{f.Point, f.Cues}
	w.batch[uc] = append(w.batch[uc], f.Sample)
	if err := w.forget(f.Unit, id); err != nil {
		return err
	}
	if w.pending >= commitRows {
		return w.commit()
	}
	return w.commitIfOld()
}

// id is the number of a point in the store. The point is added with its first record.
func (w *Writer) id(point int) (int64, error) {
	meaning := w.points[point].ID
	if id, ok := w.ids[meaning]; ok {
		return id, nil
	}
	id := int64(len(w.ids))
	w.ids[meaning] = id
	return id, w.exec("INSERT INTO points VALUES (?, ?)", id, meaning)
}

// forget removes the checkpoint of a finished unit.
func (w *Writer) forget(u Unit, id int64) error {
	if !w.saved[u.key()] {
		return nil
	}
	delete(w.saved, u.key())
	return w.exec("DELETE FROM checkpoints WHERE point = ? AND sample = ?", id, int64(u.Sample))
}

func (w *Writer) commitIfOld() error {
	if time.Since(w.began) < commitEvery {
		return nil
	}
	return w.commit()
}

func (w *Writer) commit() error {
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

func (w *Writer) writeDone() error {
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

// SaveCheckpoint keeps a checkpoint at once.
func (w *Writer) SaveCheckpoint(u Unit, blob []byte) error {
	return w.ask(func() error {
		if err := w.open(); err != nil {
			return err
		}
		id, err := w.id(u.Point)
		if err != nil {
			return err
		}
		w.saved[u.key()] = true
		err = w.exec("INSERT OR REPLACE INTO checkpoints VALUES (?, ?, ?, ?, ?)",
			id, int64(u.Sample), int64(u.First), int64(u.Cues), blob)
		if err != nil {
			return err
		}
		return w.commit()
	})
}

// Checkpoint reads the checkpoint that an earlier run made of a unit, nil if there is
// none of the same cues. Most trials have none, and do not wait for the writer to
// say so.
func (w *Writer) Checkpoint(u Unit) (blob []byte, err error) {
	if !w.earlier[u.key()] {
		return nil, nil
	}
	err = w.ask(func() error {
		return w.query(func(row []driver.Value) error {
			blob, _ = row[0].([]byte)
			return nil
		}, "SELECT blob FROM checkpoints WHERE point = ? AND sample = ? AND first = ? AND cues = ?",
			w.ids[w.points[u.Point].ID], int64(u.Sample), int64(u.First), int64(u.Cues))
	})
	return blob, err
}
