package sweep

import (
	"bufio"
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// writeCSV writes a header and a line a row. The writer keeps its first error for
// Flush.
func (s *sheet) writeCSV(w *bufio.Writer) {
	names := make([]any, len(s.columns))
	for i, c := range s.columns {
		names[i] = c.name
	}
	line := appendCSV(nil, names)
	w.Write(line)
	values := make([]any, len(s.columns))
	for row := range s.rows {
		s.fill(row, values)
		line = appendCSV(line[:0], values)
		w.Write(line)
	}
}

func appendCSV(line []byte, values []any) []byte {
	for i, v := range values {
		if i > 0 {
			line = append(line, ',')
		}
		switch v := v.(type) {
		case string:
			line = appendField(line, v)
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
func (s *sheet) writeJSON(w *bufio.Writer) {
	keys := make([][]byte, len(s.columns))
	for i, c := range s.columns {
		keys[i] = append(appendQuoted(nil, c.name), ':')
	}
	values := make([]any, len(s.columns))
	var line []byte
	w.WriteByte('[')
	for row := range s.rows {
		s.fill(row, values)
		if row > 0 {
			w.WriteByte(',')
		}
		line = appendObject(append(line[:0], '\n'), keys, values)
		w.Write(line)
	}
	w.WriteString("\n]\n")
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
		return appendQuoted(line, v)
	case float64:
		if math.IsInf(v, 0) || math.IsNaN(v) {
			return append(line, "null"...)
		}
	}
	return appendNumber(line, v)
}

func appendQuoted(line []byte, text string) []byte {
	quoted, _ := json.Marshal(text) // of a string, cannot fail
	return append(line, quoted...)
}
