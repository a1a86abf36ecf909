package config

import (
	"errors"
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"hopcap/sweep/study"
)

// A node is a value of a TOML file with its place. What it means was decoded by
// the library; where it stands, how it is written, and in which order, was found
// by a scanner of ours.
type node struct {
	line    int
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

// set adds a field to a table, and tells whether it is new.
func (n *node) set(key string, v *node) bool {
	if _, ok := n.fields[key]; ok {
		return false
	}
	v.path = strings.TrimPrefix(n.path+"."+shown(key), ".")
	n.fields[key] = v
	n.keys = append(n.keys, key)
	return true
}

// readTOML decodes a file to a tree, and into m. Of a file that is no TOML it
// tells the first fault. Keys that are given twice it tells all, and goes on
// with their first values.
func readTOML(src string, m map[string]any) (*node, []study.Fault) {
	if i := invalidUTF8(src); i >= 0 {
		return nil, []study.Fault{{Line: 1 + strings.Count(src[:i], "\n"), Allowed: "not valid TOML: a TOML file is UTF-8 text"}}
	}
	src = strings.TrimPrefix(src, "\ufeff")
	s := scan(src)
	if s.tooDeep > 0 {
		return nil, []study.Fault{{Line: s.tooDeep, Allowed: fmt.Sprintf("nested more than %d deep", maxDepth)}}
	}
	_, err := toml.Decode(s.once(), &m)
	switch {
	case err != nil && len(s.twice) > 0:
		return nil, s.twice
	case err != nil:
		return nil, []study.Fault{syntaxFault(err, src)}
	case !s.root.annotate(m):
		return nil, []study.Fault{{Allowed: "not understood, though it is valid TOML; please write it more plainly"}}
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

// A scanner finds keys and values in TOML. It trusts the library to refuse what is
// no TOML, and stops where it understands nothing.
type scanner struct {
	src     string
	pos     int
	newline []int // offsets
	root    *node
	stopped bool
	depth   int // of the value that is read
	tooDeep int // the line where something is nested too deep, 0 if nowhere
	twice   []study.Fault
	spare   [][2]int // the offsets of pairs whose key was there before
}

func scan(src string) *scanner {
	s := &scanner{src: src, root: newTable(1)}
	for i := range len(src) {
		if src[i] == '\n' {
			s.newline = append(s.newline, i)
		}
	}
	s.document()
	return s
}

func (s *scanner) line(pos int) int { return 1 + sort.SearchInts(s.newline, pos) }

func (s *scanner) peek(token string) bool { return strings.HasPrefix(s.src[s.pos:], token) }

// accept passes over a token if it comes next.
func (s *scanner) accept(token string) bool {
	ok := s.peek(token)
	if ok {
		s.pos += len(token)
	}
	return ok
}

// expect passes over a token that must come next.
func (s *scanner) expect(token string) {
	if !s.accept(token) {
		s.stopped = true
	}
}

// passUntil passes over everything before any of the characters.
func (s *scanner) passUntil(chars string) {
	if i := strings.IndexAny(s.src[s.pos:], chars); i >= 0 {
		s.pos += i
		return
	}
	s.pos = len(s.src)
}

func (s *scanner) space() {
	s.pos += len(s.src[s.pos:]) - len(strings.TrimLeft(s.src[s.pos:], " \t"))
}

// blank passes over space, line ends and comments.
func (s *scanner) blank() {
	for s.pos < len(s.src) {
		switch s.src[s.pos] {
		case ' ', '\t', '\r', '\n':
			s.pos++
		case '#':
			s.passUntil("\n")
		default:
			return
		}
	}
}

func (s *scanner) document() {
	current := s.root
	for s.blank(); s.pos < len(s.src) && !s.stopped; s.blank() {
		switch {
		case s.accept("[["):
			current = s.header(true, "]]")
		case s.accept("["):
			current = s.header(false, "]")
		default:
			s.pair(current)
		}
	}
}

// header reads the rest of [a.b] or [[a.b]] and returns the table that it opens.
func (s *scanner) header(array bool, end string) *node {
	line := s.line(s.pos)
	path := s.key()
	s.expect(end)
	parent := s.descend(s.root, path[:len(path)-1], line)
	if s.stopped {
		return s.root
	}
	last := path[len(path)-1]
	if array {
		return s.appendTable(parent, last, line)
	}
	t := s.descend(parent, []string{last}, line)
	if t.header {
		s.again("["+t.path+"]", "", line, t.line)
	}
	if !t.header {
		t.header, t.line = true, line
	}
	return t
}

func (s *scanner) appendTable(parent *node, key string, line int) *node {
	list := &node{line: line, array: true}
	if !parent.set(key, list) {
		list = parent.fields[key]
	}
	t := newTable(line)
	t.header, t.path = true, list.path
	list.items = append(list.items, t)
	return t
}

// descend returns the table at a path below t, which it makes where there is none.
// The way through [[a]] goes by its last table.
func (s *scanner) descend(t *node, path []string, line int) *node {
	for _, key := range path {
		t.set(key, newTable(line))
		t = t.fields[key]
		if t.array && len(t.items) > 0 {
			t = t.items[len(t.items)-1]
		}
		if !t.table {
			s.stopped = true
			return newTable(line)
		}
	}
	return t
}

// pair reads "key = value" into t.
func (s *scanner) pair(t *node) {
	start, line := s.pos, s.line(s.pos)
	path := s.key()
	s.expect("=")
	s.space()
	if s.stopped {
		return
	}
	v := s.value()
	v.line = line
	parent := s.descend(t, path[:len(path)-1], line)
	last := path[len(path)-1]
	if !s.stopped && !parent.set(last, v) {
		first := parent.fields[last]
		s.again(first.path, v.written, line, first.line)
		s.spare = append(s.spare, [2]int{start, s.pos})
	}
}

// again notes that something is given once more.
func (s *scanner) again(key, written string, line, first int) {
	s.twice = append(s.twice, study.Fault{
		Line: line, Key: key, Value: brief(written),
		Allowed: fmt.Sprintf("given twice, first on line %d", first),
	})
}

// once returns the source with blanks for the pairs whose key was there before.
func (s *scanner) once() string {
	src := []byte(s.src)
	for _, span := range s.spare {
		for i := span[0]; i < span[1]; i++ {
			if src[i] != '\n' && src[i] != '\r' {
				src[i] = ' '
			}
		}
	}
	return string(src)
}

// maxDepth is how deep values may be nested, and how many dots a key may have. The
// library and this package go down by recursion.
const maxDepth = 100

// deeper stops the scanner where depth is too much.
func (s *scanner) deeper(depth int) {
	if depth > maxDepth && s.tooDeep == 0 {
		s.stopped, s.tooDeep = true, s.line(s.pos)
	}
}

// key reads a key with its dots and the space around it.
func (s *scanner) key() []string {
	var path []string
	for {
		s.deeper(len(path))
		s.space()
		path = append(path, s.simpleKey())
		s.space()
		if s.stopped || !s.accept(".") {
			return path
		}
	}
}

func (s *scanner) simpleKey() string {
	start := s.pos
	if s.peek(`"`) || s.peek(`'`) {
		s.text()
		return unquote(s.src[start:s.pos])
	}
	for s.pos < len(s.src) && bare(s.src[s.pos]) {
		s.pos++
	}
	if s.pos == start {
		s.stopped = true
	}
	return s.src[start:s.pos]
}

func bare(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '-'
}

// unquote leaves the escapes to the library.
func unquote(written string) string {
	var m struct{ Key string }
	if _, err := toml.Decode("Key = "+written, &m); err != nil {
		return written
	}
	return m.Key
}

func (s *scanner) value() *node {
	start := s.pos
	n := &node{line: s.line(start)}
	s.depth++
	defer func() { s.depth-- }()
	s.deeper(s.depth)
	switch {
	case s.stopped:
	case s.peek(`"`) || s.peek(`'`):
		s.text()
	case s.accept("["):
		s.array(n)
	case s.accept("{"):
		s.inline(n)
	default:
		s.passUntil(",]}#\r\n")
	}
	n.written = strings.TrimRight(s.src[start:s.pos], " \t")
	if n.written == "" {
		s.stopped = true
	}
	return n
}

func (s *scanner) array(n *node) {
	n.array = true
	for s.blank(); !s.stopped && !s.accept("]"); s.blank() {
		n.items = append(n.items, s.value())
		s.blank()
		if !s.accept(",") && !s.peek("]") {
			s.stopped = true
		}
	}
}

func (s *scanner) inline(n *node) {
	*n = *newTable(n.line)
	for s.blank(); !s.stopped && !s.accept("}"); s.blank() {
		s.pair(n)
		s.blank()
		if !s.accept(",") && !s.peek("}") {
			s.stopped = true
		}
	}
}

// text passes over a string of any of the four kinds.
func (s *scanner) text() {
	for _, quote := range []string{`"""`, `'''`, `"`, `'`} {
		if s.accept(quote) {
			s.textUntil(quote)
			return
		}
	}
}

func (s *scanner) textUntil(quote string) {
	for s.pos < len(s.src) {
		switch {
		case quote[0] == '"' && s.accept(`\`):
			s.pos = min(s.pos+1, len(s.src))
		case s.accept(quote):
			// Up to two quotes more belong to a long string: """a quote: """".
			if len(quote) == 3 && s.accept(quote[:1]) {
				s.accept(quote[:1])
			}
			return
		default:
			s.pos++
		}
	}
	s.stopped = true
}
