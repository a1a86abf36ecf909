package sweeptest

import (
	"database/sql"
	"testing"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// Count is the number of rows of a table in the database at path.
func Count(t testing.TB, path, table string) int {
	t.Helper()
	return len(Texts(t, path, `SELECT rowid FROM "`+table+`"`))
}

// Texts are the values of the first column that a query gives.
func Texts(t testing.TB, path, query string) (texts []string) {
	t.Helper()
	within(t, path, func(db *sql.DB) error {
		rows, err := db.Query(query)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var text string
			if err := rows.Scan(&text); err != nil {
				return err
			}
			texts = append(texts, text)
		}
		return rows.Err()
	})
	return texts
}

// Exec changes the database at path.
func Exec(t testing.TB, path, statement string, args ...any) {
	t.Helper()
	within(t, path, func(db *sql.DB) error {
		_, err := db.Exec(statement, args...)
		return err
	})
}

func within(t testing.TB, path string, f func(*sql.DB) error) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(60000)")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := f(db); err != nil {
		t.Fatal(err)
	}
}
