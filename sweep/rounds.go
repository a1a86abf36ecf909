package sweep

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
)

// roundsSchema is the table of stored rounds: how many samples the points of a curve
// have in all, by rising load. The first round is that of the config and is not
// stored; one that repeats the one before is the end.
const roundsSchema = `
CREATE TABLE IF NOT EXISTS rounds (basis TEXT NOT NULL, round INTEGER NOT NULL, samples TEXT NOT NULL,
	PRIMARY KEY (basis, round));
`

// A roundKey names a stored round.
type roundKey struct {
	basis  string
	number int
}

// rounds are the allocations that stores hold.
type rounds map[roundKey][]int

// read adds those of a store, which may be older than the table. Once stored, a
// round is obeyed, so no two stores may differ in one.
func (r rounds) read(db *database) error {
	found, err := db.exists("rounds")
	if err != nil || !found {
		return err
	}
	return db.query(func(row []driver.Value) error {
		key := roundKey{text(row[0]), int(row[1].(int64))}
		var samples []int
		if err := json.Unmarshal([]byte(text(row[2])), &samples); err != nil {
			return err
		}
		if other, ok := r[key]; ok && !slices.Equal(other, samples) {
			return fmt.Errorf("round %d of %s has samples %v here, and %v in another store", key.number, key.basis, samples, other)
		}
		r[key] = samples
		return nil
	}, "SELECT basis, round, samples FROM rounds")
}

// writeRounds adds rounds to a store.
func (d *database) writeRounds(r rounds) error {
	for key, samples := range r {
		text, err := json.Marshal(samples)
		if err != nil {
			return err
		}
		if err := d.exec("INSERT OR IGNORE INTO rounds VALUES (?, ?, ?)", key.basis, int64(key.number), string(text)); err != nil {
			return err
		}
	}
	return nil
}

// A standing is how far a study is: which units are done and, if it has a Stop, the
// rounds of its curves.
type standing struct {
	cfg    *Config
	place  map[string]int // of points in the grid, by meaning
	files  []string       // that it was read from
	tally  tally
	curves []*curve // none without a Stop
	rounds rounds
	*outcomes
}

// newStanding is that of a study of which nothing is done.
func newStanding(cfg *Config) *standing {
	s := &standing{cfg: cfg, place: places(cfg.Points), rounds: rounds{}}
	if cfg.Stop != nil {
		for _, p := range cfg.Points {
			p.Samples = p.base
		}
		s.curves, s.outcomes = cfg.curves(), newOutcomes(cfg)
	}
	s.tally = newTally(cfg.Points)
	return s
}

// count adds what the store at path has, if its records can stand beside those of
// now.
func (s *standing) count(path string, now head) error {
	h, err := inspect(path)
	if err != nil || h == nil {
		return err
	}
	if err := h.check(path, now); err != nil {
		return err
	}
	return withDatabase(path, s.read)
}

// read adds what a store has.
func (s *standing) read(db *database) error {
	s.files = append(s.files, db.path)
	if err := db.tally(s.tally, s.place); err != nil {
		return err
	}
	if s.cfg.Stop == nil {
		return nil
	}
	return s.rounds.read(db)
}

// settle follows the stored rounds, once all stores were read.
func (s *standing) settle() error {
	if s.cfg.Stop == nil {
		return nil
	}
	s.obey()
	return s.outcomes.read(s.files, s.cfg.Points)
}

// obey takes the curves along the stored rounds.
func (s *standing) obey() {
	for _, k := range s.curves {
		for !k.closed {
			samples, ok := s.rounds[roundKey{k.basis, k.round + 1}]
			if !ok || len(samples) != len(k.points) {
				break
			}
			k.obey(s.cfg.Points, samples)
		}
	}
}

// obeyed are the rounds that were stored on the present basis.
func (s *standing) obeyed() rounds {
	out := rounds{}
	for _, k := range s.curves {
		for n := 2; n <= k.round+1; n++ {
			if samples, ok := s.rounds[roundKey{k.basis, n}]; ok {
				out[roundKey{k.basis, n}] = samples
			}
		}
	}
	return out
}

// advance begins the next round of every curve of which the present one is done, and
// returns these rounds. Of the others it tells how many units are missing.
func (s *standing) advance() (begun rounds, missing int) {
	begun = rounds{}
	for _, k := range s.curves {
		if k.closed {
			continue
		}
		if n := k.missing(s.cfg.Points, s.tally); n > 0 {
			missing += n
			continue
		}
		next := k.next(s.cfg, s.outcomes)
		begun[roundKey{k.basis, k.round + 1}] = next
		k.obey(s.cfg.Points, next)
	}
	return begun, missing
}

// finished notes a unit. It may be called for several at a time.
func (s *standing) finished(u unit, rows Rows) {
	s.tally.add(u.point, u.sample, u.cues)
	if s.outcomes != nil {
		s.addUnit(u, rows)
	}
}

// makeRoom is needed before units are noted.
func (s *standing) makeRoom() {
	for i, p := range s.cfg.Points {
		s.tally.grow(i, p.Samples)
		if s.outcomes != nil {
			s.grow(i, p.Samples)
		}
	}
}

// round is the latest of any curve, 0 without a Stop.
func (s *standing) round() int {
	latest := 0
	for _, k := range s.curves {
		latest = max(latest, k.round)
	}
	return latest
}

// open tells whether some curve may need more.
func (s *standing) open() bool {
	return slices.ContainsFunc(s.curves, func(k *curve) bool { return !k.closed })
}
