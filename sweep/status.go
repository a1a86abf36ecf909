package sweep

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
)

// Status tells what is done of a study.
type Status struct {
	Dir      string        `json:"dir"`
	Complete bool          `json:"complete"`
	Done     int           `json:"done"` // units
	Wanted   int           `json:"wanted"`
	Sessions int           `json:"sessions"`
	Running  string        `json:"running,omitempty"` // who holds it now
	Points   []PointStatus `json:"points"`
}

// PointStatus tells it of one point.
type PointStatus struct {
	Point  Coordinates `json:"point"`
	Done   int         `json:"done"`
	Wanted int         `json:"wanted"`
}

// Coordinates are what begins each record of a point; in JSON an object with
// its keys in that order.
type Coordinates []Setting

// MarshalJSON writes an object.
func (c Coordinates) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, s := range c {
		if i > 0 {
			b.WriteByte(',')
		}
		value, err := json.Marshal(s.Value)
		if err != nil {
			return nil, err
		}
		b.Write(append(appendQuoted(nil, s.Name), ':'))
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// String is "N=500,K=60,alpha=0.12".
func (c Coordinates) String() string {
	parts := make([]string, len(c))
	for i, s := range c {
		parts[i] = s.Name + "=" + formatValue(s.Value)
	}
	return strings.Join(parts, ",")
}

// Status counts what is done, without reading a record.
func (r *Results) Status() (*Status, error) {
	t, err := r.tally()
	if err != nil {
		return nil, err
	}
	s := &Status{Dir: r.Dir, Sessions: len(r.Sessions), Running: r.running()}
	for i, p := range r.Config.Points {
		ps := PointStatus{Coordinates(p.Columns), t.done(i, p.Cues), p.Samples}
		s.Done, s.Wanted = s.Done+ps.Done, s.Wanted+ps.Wanted
		s.Points = append(s.Points, ps)
	}
	s.Complete = s.Done == s.Wanted
	return s, nil
}

// tally counts the units in all stores.
func (r *Results) tally() (tally, error) {
	t := newTally(r.Config.Points)
	place := places(r.Config.Points)
	for _, file := range r.files {
		if err := withDatabase(file, func(db *database) error { return db.tally(t, place) }); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// running tells who holds the locks of the directory.
func (r *Results) running() string {
	locks, _ := filepath.Glob(filepath.Join(escapeGlob(r.Dir), "shards", "*.lock"))
	var who []string
	for _, path := range append([]string{lockPath(r.Dir, Shard{})}, locks...) {
		if h := held(path); h != "" {
			who = append(who, h)
		}
	}
	return strings.Join(who, "; ")
}
