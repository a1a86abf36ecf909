package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"hopcap/sweep/study"
)

// Override returns a config in which one key has another value. The setting is
// "table.key=value", or "key=value" if only one table has the key or can have it. The
// value is TOML; a value that is not TOML is taken as a text. If the table does not have the
// key, the key is added. Parse later checks whether the value is allowed.
func Override(src []byte, setting string, keys []study.Key) ([]byte, error) {
	path, value, ok := strings.Cut(setting, "=")
	path, value = strings.TrimSpace(path), strings.TrimSpace(value)
	if !ok || path == "" || value == "" || strings.ContainsAny(setting, "\r\n") {
		return nil, fmt.Errorf("%q: must be table.key=value", setting)
	}
	text := withoutMark(string(src))
	s := scan(text)
	if !strings.Contains(path, ".") {
		tables := s.root.tablesWith(path)
		if len(tables) == 0 {
			tables = tablesFor(path, keys)
		}
		if len(tables) != 1 {
			return nil, fmt.Errorf("%q: %s", setting, whichTable(path, tables))
		}
		path = strings.TrimPrefix(tables[0]+"."+path, ".")
	}
	edit, err := s.edit(path, tomlOf(value))
	if err != nil {
		return nil, fmt.Errorf("%q: %w", setting, err)
	}
	return []byte(edit), nil
}

// tomlOf is a value as TOML has it.
func tomlOf(value string) string {
	var m map[string]any
	if _, err := toml.Decode("v = "+value, &m); err == nil {
		return value
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + `"`
}

// tablesWith lists the tables that have a key, "" for the top.
func (n *node) tablesWith(key string) (tables []string) {
	if f := n.fields[key]; f != nil && !f.header {
		tables = append(tables, "")
	}
	for _, name := range n.keys {
		for i, t := range n.fields[name].blocks() {
			switch {
			case t.fields[key] == nil:
			case len(n.fields[name].items) > 1:
				tables = append(tables, fmt.Sprintf("%s[%d]", name, i+1))
			default:
				tables = append(tables, name)
			}
		}
	}
	return tables
}

// blocks are the tables of [name] or [[name]], none for a value.
func (n *node) blocks() []*node {
	if tables, ok := n.tables(); ok {
		return tables
	}
	return nil
}

// tablesFor lists the tables in which a key has a place.
func tablesFor(key string, keys []study.Key) (tables []string) {
	if key == "seed" || key == "title" {
		return []string{""}
	}
	if key == "samples" || key == "cues" {
		return []string{"sweep"}
	}
	for _, k := range keys {
		table := k.Table
		if table == "" {
			table = "sweep"
		}
		if k.Name == key && !slices.Contains(tables, table) {
			tables = append(tables, table)
		}
	}
	return tables
}

// whichTable says why a key alone does not tell where it belongs.
func whichTable(key string, tables []string) string {
	if len(tables) == 0 {
		return "no table has a key of that name"
	}
	for i, table := range tables {
		tables[i] = strings.TrimPrefix(table+"."+key, ".")
	}
	return "which of " + strings.Join(tables, ", ") + "?"
}

// edit is the source with another value at a path.
func (s *scanner) edit(path, value string) (string, error) {
	n, whole := s.root.at(path)
	if whole && n.header || whole && n.array && len(n.items) > 0 && n.items[0].header {
		return "", fmt.Errorf("is a table, must be a key")
	}
	if whole {
		return s.src[:n.from] + value + s.src[n.from+len(n.written):], nil
	}
	dot := strings.LastIndex(path, ".")
	line := path[dot+1:] + " = " + value + "\n"
	if dot < 0 {
		return line + s.src, nil
	}
	table, whole := s.root.at(path[:dot])
	if whole && table.array && len(table.items) == 1 {
		table = table.items[0]
	}
	switch {
	case whole && table.header:
		at := len(s.src)
		if table.line <= len(s.newline) {
			at = s.newline[table.line-1] + 1
		} else {
			line = "\n" + line
		}
		return s.src[:at] + line + s.src[at:], nil
	case table == s.root:
		return s.src + "\n[" + path[:dot] + "]\n" + line, nil
	}
	return "", fmt.Errorf("[%s] is not one table with a line of its own here", path[:dot])
}
