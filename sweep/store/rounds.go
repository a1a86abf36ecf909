package store

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
)

// roundsSchema is the table of stored rounds: how many samples the points of a curve have
// in all, by rising load. The first round has the samples of the config and is not stored.
// A round equal to the round before it ends the curve.
const roundsSchema = `
CREATE TABLE IF NOT EXISTS rounds (basis TEXT NOT NULL, round INTEGER NOT NULL, samples TEXT NOT NULL,
	PRIMARY KEY (basis, round));
`

// A roundKey names a stored round.
type roundKey struct {
	basis  string
	number int
}

// Rounds are the stored rounds of all curves.
type Rounds map[roundKey][]int

// read adds the rounds of a store. A store made by an early version has no such table. A
// stored round is binding, so two stores must not differ in one.
func (r Rounds) read(db *database) error {
	found, err := db.exists("rounds")
	if err != nil || !found {
		return err
	}
	return db.query(integers("rounds", func(row []driver.Value) error {
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
	}, 1), "SELECT basis, round, samples FROM rounds")
}

// writeRounds adds rounds to a store.
func (d *database) writeRounds(r Rounds) error {
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
