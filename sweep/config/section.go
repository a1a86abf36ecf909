package config

import (
	"maps"
	"slices"

	"hopcap/sweep/study"
)

// ReadSection reads a file that has the tables of one section and nothing else. If
// anything is wrong the error is of type Faults and lists all of it.
func ReadSection(file string, src []byte, s Section) ([]map[string]any, error) {
	list := newFaultList()
	root, faults := readTOML(string(src))
	var tables []map[string]any
	if root != nil {
		for _, key := range slices.Sorted(maps.Keys(root.fields)) {
			if key != s.Name {
				faults = append(faults, study.Fault{Line: root.fields[key].line, Key: key, Allowed: "must not be in a file of [[" + s.Name + "]] tables"})
			}
		}
		var ok bool
		if tables, ok = root.section(s.Name); !ok {
			faults = append(faults, study.Fault{Line: root.fields[s.Name].line, Key: s.Name, Allowed: "must be tables [[" + s.Name + "]]"})
		}
		for _, f := range s.faults(tables) {
			faults = append(faults, located(root, f))
		}
	}
	for _, f := range faults {
		list.add(f.Line, f.Key, f.Value, f.Allowed)
	}
	if !list.empty() {
		return nil, list.faults(file)
	}
	return tables, nil
}

// faults are what is wrong with the tables of the section.
func (s Section) faults(tables []map[string]any) []study.Fault {
	if s.Check == nil {
		return nil
	}
	return s.Check(tables)
}

// section returns the tables of a section, none if there is none; false if what
// goes by its name is no table.
func (n *node) section(name string) ([]map[string]any, bool) {
	if n.fields[name] == nil {
		return nil, true
	}
	nodes, ok := n.fields[name].tables()
	var tables []map[string]any
	for _, n := range nodes {
		if ok {
			tables = append(tables, n.value.(map[string]any))
		}
	}
	return tables, ok
}
