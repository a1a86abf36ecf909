package store

import (
	"cmp"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"hopcap/sweep/config"
)

// A Store is the file that a run writes, with its lock. Each shard has a file of its own.
type Store struct {
	Path     string
	Contents *Contents // of all stores in the directory; the run continues from them

	*database
	lock  *lock
	ids   map[string]int64 // of points, by meaning
	saved map[unitKey]bool // the units that have a checkpoint
}

// Options say where records are kept, and what is stored with them.
type Options struct {
	Dir        string
	Shard      Shard             // the zero value is the whole study
	Version    string            // of the physics; records of another version are refused
	Provenance map[string]string // program, CPU, kernel, …
}

// A Unit is the work on one sample at one point of the grid: its cues First … Cues−1.
type Unit struct{ Point, Sample, First, Cues int }

// A unitKey is a unit without its cues: place in the grid, sample.
type unitKey struct{ point, sample int }

func (u Unit) key() unitKey { return unitKey{u.Point, u.Sample} }

// Create opens the store that a run writes, and reads which units are done. It returns a
// HeldError if another run works on it, and a Refusal if its records were made with other
// settings.
func Create(cfg *config.Config, opt Options) (*Store, error) {
	path := Path(opt.Dir, opt.Shard)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return nil, err
	}
	l, err := lockFile(lockPath(opt.Dir, opt.Shard))
	if err != nil {
		return nil, err
	}
	s := &Store{Path: path, Contents: newContents(cfg), lock: l, saved: map[unitKey]bool{}}
	if err := s.open(path, cfg, opt); err != nil {
		return nil, cmp.Or(err, s.Close())
	}
	return s, nil
}

// open checks every store in the directory before it writes the first byte.
func (s *Store) open(path string, cfg *config.Config, opt Options) error {
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
	return s.readOwn()
}

// inspect reads what a store says of itself; nil if there is none, or one whose
// creation was cut short.
func inspect(path string) (h *head, err error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0 {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if wal, err := hasLog(path); wal || err != nil {
		return nil, cmp.Or(err, foreign(path))
	}
	err = withDatabase(path, func(db *database) error {
		found, err := db.exists("about")
		if err != nil {
			return err
		}
		if !found {
			return db.mustBeEmpty()
		}
		read, err := db.head()
		h = &read
		return err
	})
	return h, err
}

// mustBeEmpty refuses a database of somebody else.
func (d *database) mustBeEmpty() error {
	err := error(nil)
	return cmp.Or(d.query(func([]driver.Value) error { err = foreign(d.path); return nil }, "SELECT 1 FROM sqlite_master LIMIT 1"), err)
}

// hasLog reports whether a database writes ahead to a log, which no store does. It must be
// known before SQLite opens the file, for that ends the log.
func hasLog(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	start := make([]byte, 20)
	n, err := io.ReadFull(f, start)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return n == len(start) && string(start[:15]) == "SQLite format 3" && start[18] == 2, cmp.Or(err, f.Close())
}

// A foreignError says that a database is not a store of hopcap.
type foreignError struct{ *Refusal }

func (e foreignError) Unwrap() error { return e.Refusal }

func foreign(path string) error {
	return foreignError{&Refusal{fmt.Sprintf("%s: is a database of another program; use another directory", path)}}
}

func (s *Store) begin(fresh bool, now head) error {
	if fresh {
		return s.create(now)
	}
	return s.transaction(func() error { return s.writeHead(now) })
}

// countOthers counts what other stores in the directory have done. The whole
// looks at all of them. A shard looks at the whole, which it goes on from, and at
// the shards of another division; at its siblings only if its own store was made
// for another config, since otherwise their units are not its own.
func (s *Store) countOthers(before *head, now head, opt Options) error {
	files, err := storeFiles(opt.Dir)
	if err != nil {
		return err
	}
	path := Path(opt.Dir, opt.Shard)
	siblings, err := filepath.Glob(filepath.Join(filepath.Dir(escapeGlob(path)), fmt.Sprintf("*-of-%d.db", opt.Shard.Count)))
	if err != nil {
		return err
	}
	grown := before != nil && !slices.Equal(before.sessions[len(before.sessions)-1].Source, now.sessions[0].Source)
	for _, file := range files {
		if file == path || !opt.Shard.Whole() && !grown && slices.Contains(siblings, file) {
			continue
		}
		if err := s.Contents.add(file, now); err != nil {
			return err
		}
	}
	return nil
}

// readOwn finds what the store itself has. It keeps the rounds that others have told, so
// that it can stand alone.
func (s *Store) readOwn() (err error) {
	if s.ids, err = s.pointIDs(); err != nil {
		return err
	}
	if err := s.Contents.read(s.database); err != nil {
		return err
	}
	s.Contents.follow()
	if told := s.Contents.followed(); len(told) > 0 {
		if err := s.transaction(func() error { return s.writeRounds(told) }); err != nil {
			return err
		}
	}
	point := gridPlaces(s.ids, s.Contents.place)
	return s.query(integers("checkpoints", func(row []driver.Value) error {
		if p, ok := point[row[0].(int64)]; ok {
			s.saved[unitKey{p, int(row[1].(int64))}] = true
		}
		return nil
	}, 0, 1), "SELECT point, sample FROM checkpoints")
}

// Close releases the lock.
func (s *Store) Close() error {
	var err error
	if s.database != nil {
		err = s.database.close()
	}
	return cmp.Or(err, s.lock.release())
}
