package estimate

import (
	"io"
	"math"
	"strconv"
	"strings"

	"hopcap/sweep/config"
	"hopcap/sweep/study"
)

// textBlock is how much text is written at once.
const textBlock = 1 << 16

// writeText writes a line a row between a head and a tail.
func (t *Table) writeText(w io.Writer, head []byte, line func(text []byte, row int, values []any) []byte, tail string) error {
	text, row := head, 0
	err := t.each(func(values []any) (err error) {
		text = line(text, row, values)
		row++
		if len(text) >= textBlock {
			_, err = w.Write(text)
			text = text[:0]
		}
		return err
	})
	if err != nil {
		return err
	}
	_, err = w.Write(append(text, tail...))
	return err
}

// writeCSV writes a header and a line a row.
func (t *Table) writeCSV(w io.Writer) error {
	names := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	line := func(text []byte, _ int, values []any) []byte { return appendCSV(text, values) }
	return t.writeText(w, appendCSV(nil, names), line, "")
}

func appendCSV(line []byte, values []any) []byte {
	for i, v := range values {
		if i > 0 {
			line = append(line, ',')
		}
		switch v := v.(type) {
		case string:
			line = appendField(line, study.Cell(v))
		default:
			line = appendNumber(line, v)
		}
	}
	return append(line, '\n')
}

// appendField quotes a text where RFC 4180 wants it.
func appendField(line []byte, text string) []byte {
	if !strings.ContainsAny(text, "\",\r\n") {
		return append(line, text...)
	}
	return append(append(append(line, '"'), strings.ReplaceAll(text, `"`, `""`)...), '"')
}

// appendNumber appends a number or a bool; nothing for nil.
func appendNumber(line []byte, v any) []byte {
	switch v := v.(type) {
	case int64:
		return strconv.AppendInt(line, v, 10)
	case float64:
		return strconv.AppendFloat(line, v, 'g', -1, 64)
	case bool:
		return strconv.AppendBool(line, v)
	}
	return line
}

// writeJSON writes an array with one object a line.
func (t *Table) writeJSON(w io.Writer) error {
	keys := make([][]byte, len(t.Columns))
	for i, c := range t.Columns {
		keys[i] = append(config.AppendQuoted(nil, c.Name), ':')
	}
	line := func(text []byte, row int, values []any) []byte {
		if row > 0 {
			text = append(text, ',')
		}
		return appendObject(append(text, '\n'), keys, values)
	}
	return t.writeText(w, []byte{'['}, line, "\n]\n")
}

func appendObject(line []byte, keys [][]byte, values []any) []byte {
	line = append(line, '{')
	for i, v := range values {
		if i > 0 {
			line = append(line, ',')
		}
		line = append(line, keys[i]...)
		line = appendJSON(line, v)
	}
	return append(line, '}')
}

// appendJSON appends a value; what JSON has no number for is null.
func appendJSON(line []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(line, "null"...)
	case string:
		return config.AppendQuoted(line, v)
	case float64:
		if math.IsInf(v, 0) || math.IsNaN(v) {
			return append(line, "null"...)
		}
	}
	return appendNumber(line, v)
}
