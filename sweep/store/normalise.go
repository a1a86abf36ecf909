package store

import (
	"errors"
	"fmt"

	"hopcap/sweep/study"
)

// Normalise brings the rows of a unit into the form that the store keeps: bools become 0
// and 1. Each worker calls it for its own units, because all workers share one writer.
func Normalise(rows study.Rows, tables []study.Table) error {
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

func normaliseRow(t *study.Table, row []any) error {
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

func normaliseValue(c *study.Column, v any) (any, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case int64:
		if c.Type == study.Int || c.Type == study.Bool && (v == 0 || v == 1) {
			return v, nil
		}
	case bool:
		if c.Type == study.Bool {
			if v {
				return one, nil
			}
			return zero, nil
		}
	case float64:
		if c.Type == study.Decimal { // SQLite takes NaN for NULL
			return v, nil
		}
	case string:
		if c.Type == study.Text {
			return v, nil
		}
	}
	return nil, fmt.Errorf("column %s: %v of type %T does not fit its kind", c.Name, v, v)
}
