package config

import (
	"fmt"
	"sort"
	"strings"

	"github.com/BurntSushi/toml"

	"hopcap/sweep/study"
)

// A scanner finds keys and values in TOML. It trusts the library to refuse what is
// no TOML, and stops where it understands nothing.
type scanner struct {
	src     string
	pos     int
	newline []int // offsets
	root    *node
	stopped bool
	depth   int // of arrays and inline tables around the present place
	deep    int // the line where something is nested too deep; 0 for none
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

// tooDeep stops where something is nested too deep.
func (s *scanner) tooDeep(depth int) bool {
	if depth > maxDepth {
		s.stopped, s.deep = true, s.line(s.pos)
	}
	return depth > maxDepth
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
	if s.stopped {
		return s.root
	}
	last := len(path) - 1
	t, blocked := s.descend(s.root, path[:last], line)
	switch {
	case blocked == nil && array:
		return s.appendTable(t, path[last], line)
	case blocked == nil:
		t, blocked = s.descend(t, path[last:], line)
	}
	if blocked != nil {
		s.again("["+blocked.path+"]", "", line, blocked.line)
		return newTable(line)
	}
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

// descend returns the table at a path below t, which it makes where there is none. The
// way through [[a]] goes by its last table. Where a value is in the way it returns that.
func (s *scanner) descend(t *node, path []string, line int) (table, blocked *node) {
	for _, key := range path {
		t.set(key, newTable(line))
		field := t.fields[key]
		t = field
		if t.array && len(t.items) > 0 {
			t = t.items[len(t.items)-1]
		}
		if !t.table {
			return nil, field
		}
	}
	return t, nil
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
	v := s.value(t.under(path...))
	v.line = line
	if s.stopped {
		return
	}
	last := len(path) - 1
	parent, first := s.descend(t, path[:last], line)
	if parent != nil && !parent.set(path[last], v) {
		first = parent.fields[path[last]]
	}
	if first != nil {
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

// key reads a key with its dots and the space around it.
func (s *scanner) key() []string {
	var path []string
	for {
		s.space()
		path = append(path, s.simpleKey())
		s.space()
		if s.stopped || s.tooDeep(len(path)) || !s.accept(".") {
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

// value reads a value; path is where it is to stand.
func (s *scanner) value(path string) *node {
	start := s.pos
	n := &node{line: s.line(start), from: start, path: path}
	s.depth++
	defer func() { s.depth-- }()
	switch {
	case s.tooDeep(s.depth):
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
		n.items = append(n.items, s.value(n.path))
		s.blank()
		if !s.accept(",") && !s.peek("]") {
			s.stopped = true
		}
	}
}

func (s *scanner) inline(n *node) {
	path, from := n.path, n.from
	*n = *newTable(n.line)
	n.path, n.from = path, from
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
