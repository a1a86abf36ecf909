package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"hopcap/sweep/study"
)

// Coordinates are what begins each record of a point; in JSON an object with
// its keys in that order.
type Coordinates []study.Setting

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
		b.Write(append(AppendQuoted(nil, s.Name), ':'))
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// String is "N=500,K=60,alpha=0.12".
func (c Coordinates) String() string {
	parts := make([]string, len(c))
	for i, s := range c {
		parts[i] = s.Name + "=" + FormatValue(s.Value)
	}
	return strings.Join(parts, ",")
}

// Name tells people which point is meant: "N=500,K=60,alpha=0.12"; its whole
// meaning if it is known only from a store.
func (p *Point) Name() string {
	if p.Columns == nil {
		return p.ID
	}
	return Coordinates(p.Columns).String()
}

// FormatValue writes a value as it stands in exports.
func FormatValue(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return fmt.Sprint(v)
}

// AppendQuoted appends a text as JSON has it.
func AppendQuoted(line []byte, text string) []byte {
	quoted, _ := json.Marshal(text) // of a string, cannot fail
	return append(line, quoted...)
}
