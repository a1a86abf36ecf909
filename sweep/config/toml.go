package config

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"hopcap/sweep/study"
)

// A node is a value of a TOML file with its place. What it means was decoded by the
// library. The library does not tell on which line a key stands, nor how a number is
// written, which the exact value of a decimal is taken from; nor does it go on after a
// key that is given twice. These were found by a scanner of ours, which trusts the
// library with all else. FuzzTOML holds the two against each other.
type node struct {
	line    int
	from    int // the offset of what is written
	written string
	path    string // with dots; the tables of an array have the path of the array
	value   any    // as the library decoded it

	table  bool
	keys   []string // of a table, in the order written
	fields map[string]*node

	array bool
	items []*node

	header bool // the table has a [header] of its own
}

func newTable(line int) *node {
	return &node{line: line, table: true, fields: map[string]*node{}}
}

func (n *node) scalar() bool { return !n.table && !n.array }

// tables returns the tables of [[name]], or the one of [name]; false if n is
// something else.
func (n *node) tables() ([]*node, bool) {
	if n.table {
		return []*node{n}, true
	}
	for _, item := range n.items {
		if !item.table {
			return nil, false
		}
	}
	return n.items, len(n.items) > 0
}

// under is the path of a key below n.
func (n *node) under(keys ...string) string {
	path := n.path
	for _, key := range keys {
		path += "." + shown(key)
	}
	return strings.TrimPrefix(path, ".")
}

// set adds a field to a table, and tells whether it is new.
func (n *node) set(key string, v *node) bool {
	if _, ok := n.fields[key]; ok {
		return false
	}
	v.path = n.under(key)
	n.fields[key] = v
	n.keys = append(n.keys, key)
	return true
}

// Limits to what is read: what is larger, or nested deeper, was not meant as a config.
const (
	maxBytes = 4 << 20
	maxDepth = 100
)

// withoutMark passes over a byte order mark before the text, as the library does.
func withoutMark(src string) string {
	for _, mark := range []string{"\ufeff", "\xff\xfe", "\xfe\xff"} {
		if rest, ok := strings.CutPrefix(src, mark); ok {
			return rest
		}
	}
	return src
}

// readTOML reads a file to a tree. Of a file that is no TOML it tells the first fault.
// Keys that are given twice it tells all, and goes on with their first values.
func readTOML(src string) (*node, []study.Fault) {
	if len(src) > maxBytes {
		return nil, []study.Fault{{Allowed: fmt.Sprintf("the file has %d bytes, must have at most %d", len(src), maxBytes)}}
	}
	src = withoutMark(src)
	if i := invalidUTF8(src); i >= 0 {
		return nil, []study.Fault{{Line: 1 + strings.Count(src[:i], "\n"), Allowed: "not valid TOML: a TOML file is UTF-8 text"}}
	}
	s := scan(src)
	if s.deep > 0 {
		return nil, []study.Fault{{Line: s.deep, Allowed: fmt.Sprintf("nested more than %d deep", maxDepth)}}
	}
	decoded := map[string]any{}
	_, err := toml.Decode(s.once(), &decoded)
	understood := err == nil && s.root.annotate(decoded)
	switch {
	case !understood && len(s.twice) > 0:
		return nil, s.twice
	case err != nil:
		return nil, []study.Fault{syntaxFault(err, src)}
	case !understood:
		return nil, []study.Fault{{Allowed: "valid TOML, but hopcap cannot find the lines of its keys; please write it in a simpler way"}}
	}
	return s.root, s.twice
}

func invalidUTF8(s string) int {
	for i, r := range s {
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], "\ufffd") {
			return i
		}
	}
	return -1
}

func syntaxFault(err error, src string) study.Fault {
	f := study.Fault{Allowed: "not valid TOML: " + oneLine(err.Error())}
	var pe toml.ParseError
	if errors.As(err, &pe) {
		f.Line = min(max(pe.Position.Line, 1), 1+strings.Count(src, "\n"))
		f.Allowed = "not valid TOML: " + oneLine(pe.Message)
	}
	return f
}

// annotate gives each node of the tree its value, and tells whether the library
// saw the same tree.
func (n *node) annotate(v any) bool {
	n.value = v
	switch v := v.(type) {
	case map[string]any:
		return n.annotateTable(v)
	case []map[string]any:
		items := make([]any, len(v))
		for i := range v {
			items[i] = v[i]
		}
		return n.annotateArray(items)
	case []any:
		return n.annotateArray(v)
	}
	return n.scalar()
}

func (n *node) annotateTable(m map[string]any) bool {
	if !n.table || len(n.fields) != len(m) {
		return false
	}
	for key, v := range m {
		if f := n.fields[key]; f == nil || !f.annotate(v) {
			return false
		}
	}
	return true
}

func (n *node) annotateArray(items []any) bool {
	if !n.array || len(n.items) != len(items) {
		return false
	}
	for i, v := range items {
		if !n.items[i].annotate(v) {
			return false
		}
	}
	return true
}
