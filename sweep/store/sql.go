package store

import (
	"cmp"
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"modernc.org/sqlite"
)

// A database is one open SQLite file. It is used by one goroutine at a time, and
// goes to the driver directly, because database/sql would take as long again for
// each row.
type database struct {
	path string
	conn driver.Conn
}

// openDatabase opens a file in a mode of SQLite: rw, or rwc to create it. Even a
// reader opens it for writing, since it may have to roll back what a killed
// writer left behind. There is no WAL, for that needs memory shared between all
// who use the file, which a network file system does not give.
func openDatabase(path, mode string) (*database, error) {
	query := url.Values{"mode": {mode}, "_pragma": {
		"busy_timeout(60000)", "journal_mode(DELETE)", "synchronous(FULL)", "cache_spill(0)",
	}}
	name := "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + query.Encode()
	conn, err := new(sqlite.Driver).Open(name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &database{path, conn}, nil
}

// withDatabase opens a file that is there, for as long as f runs.
func withDatabase(path string, f func(*database) error) error {
	db, err := openDatabase(path, "rw")
	if err != nil {
		return err
	}
	return cmp.Or(f(db), db.close())
}

func (d *database) close() error { return d.named(d.conn.Close()) }

// named gives an error the name of the file.
func (d *database) named(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", d.path, err)
}

func (d *database) exec(sql string, args ...any) error {
	_, err := d.conn.(driver.ExecerContext).ExecContext(context.Background(), sql, named(args))
	return d.named(err)
}

// query calls each for every row, whose slice is used again for the next.
func (d *database) query(each func(row []driver.Value) error, sql string, args ...any) error {
	rows, err := d.conn.(driver.QueryerContext).QueryContext(context.Background(), sql, named(args))
	if err != nil {
		return d.named(err)
	}
	err = forEach(rows, each)
	if closing := rows.Close(); err == nil {
		err = closing
	}
	return d.named(err)
}

func forEach(rows driver.Rows, each func(row []driver.Value) error) error {
	row := make([]driver.Value, len(rows.Columns()))
	for {
		if err := rows.Next(row); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if err := each(row); err != nil {
			return err
		}
	}
}

// integers hands the rows of a table on to each if these of their columns are integers
// of 0 or more. SQLite stores anything anywhere.
func integers(table string, each func(row []driver.Value) error, columns ...int) func(row []driver.Value) error {
	number := int64(0)
	return func(row []driver.Value) error {
		number++
		for _, c := range columns {
			if err := mustCount(row[c], table, number); err != nil {
				return err
			}
		}
		return each(row)
	}
}

// mustCount is the error of a value that counts points, samples or rounds.
func mustCount(v driver.Value, table string, row int64) error {
	if n, ok := v.(int64); ok && n >= 0 {
		return nil
	}
	return damaged(v, "an integer of 0 or more", table, row)
}

// mustIndex is the error of a value that tells the rows of a sample apart. A cue counts;
// others may be negative: sweep −1 of a cue is the pattern itself.
func mustIndex(name string, v driver.Value, table string, row int64) error {
	if name == "cue" {
		return mustCount(v, table, row)
	}
	if _, ok := v.(int64); ok {
		return nil
	}
	return damaged(v, "an integer", table, row)
}

func damaged(v driver.Value, must, table string, row int64) error {
	if v == nil {
		v = "NULL"
	}
	return fmt.Errorf("table %s, row %d: holds %v, must be %s; the file is damaged", table, row, v, must)
}

// exists reports whether the file has a table.
func (d *database) exists(table string) (found bool, err error) {
	err = d.query(func([]driver.Value) error { found = true; return nil },
		"SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", table)
	return found, err
}

// transaction runs f between BEGIN and COMMIT. After an error the file is only to
// be closed, which takes back what was not committed.
func (d *database) transaction(f func() error) error {
	if err := d.exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	if err := f(); err != nil {
		return err
	}
	return d.exec("COMMIT")
}

// A statement is one prepared for many executions.
type statement struct {
	db   *database
	stmt driver.Stmt
	args []driver.NamedValue
}

func (d *database) prepare(sql string) (*statement, error) {
	stmt, err := d.conn.Prepare(sql)
	return &statement{db: d, stmt: stmt}, d.named(err)
}

// insert prepares the insertion of whole rows. One at a time is fastest: the driver
// looks for each argument among all of them.
func (d *database) insert(table string, columns int) (*statement, error) {
	marks := strings.Repeat(", ?", columns)[2:]
	return d.prepare(fmt.Sprintf("INSERT INTO %s VALUES (%s)", quote(table), marks))
}

// exec takes the arguments in several parts, to spare the caller a copy.
func (s *statement) exec(parts ...[]any) error {
	s.args = s.args[:0]
	for _, part := range parts {
		for _, v := range part {
			s.args = append(s.args, driver.NamedValue{Ordinal: len(s.args) + 1, Value: v})
		}
	}
	_, err := s.stmt.(driver.StmtExecContext).ExecContext(context.Background(), s.args)
	return s.db.named(err)
}

func (s *statement) close() error { return s.db.named(s.stmt.Close()) }

func named(args []any) []driver.NamedValue {
	out := make([]driver.NamedValue, len(args))
	for i, v := range args {
		out[i] = driver.NamedValue{Ordinal: i + 1, Value: v}
	}
	return out
}

// quote makes a name an SQL identifier.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
