package config

import (
	"fmt"
	"hopcap/sweep/study"
	"slices"
	"strconv"
	"strings"
)

// A Section is a table of the config, [name] or [[name]], that belongs to another package.
// That package checks it. The keys of its faults are paths such as "notes.author", or
// "figure[1].x", where figures count from 1.
type Section struct {
	Name  string
	Check func(tables []map[string]any) []study.Fault // nil takes anything
}

// Parse reads a config and makes its grid. If the config has faults, the error has type
// Faults and lists all of them.
func Parse(file string, src []byte, e study.Experiment, sections ...Section) (*Config, error) {
	c := &Config{File: file, Source: src, Experiment: e, Sections: map[string][]map[string]any{}}
	r := &reader{config: c, schema: newSchema(e), faults: newFaultList()}
	root, faults := readTOML(string(src))
	for _, f := range faults {
		r.faults.add(f.Line, f.Key, f.Value, f.Allowed)
	}
	if root != nil {
		r.read(root, sections)
	}
	if !r.faults.empty() {
		return nil, r.faults.faults(file)
	}
	c.schema, c.root = r.schema, root
	return c, nil
}

// A reader turns the tree of a file into a config.
type reader struct {
	config *Config
	schema *schema
	root   *node
	tables []*axis // by slot: what is given outside [sweep], one value each
	blocks []*block
	axes   []int // the slots of Config.Axes
	faults *faultList
}

func (r *reader) read(root *node, sections []Section) {
	r.root = root
	r.tables = make([]*axis, len(r.schema.keys))
	r.readTop(sections)
	for _, table := range r.schema.tables {
		r.readTable(table)
	}
	r.readBlocks()
	r.listAxes()
	for _, b := range r.blocks {
		r.complete(b)
	}
	r.checkTables()
	r.layOut()
	r.fix()
	r.readStop()
	for _, s := range sections {
		r.readSection(s)
	}
}

// readTop reads what stands before the tables, and knows what tables there are.
func (r *reader) readTop(sections []Section) {
	known := append(append([]string{"sweep"}, r.schema.tables...), stopTable)
	for _, s := range sections {
		known = append(known, s.Name)
	}
	for _, key := range r.root.keys {
		n := r.root.fields[key]
		switch {
		case key == "title":
			r.readTitle(n)
		case key == "seed":
			r.readSeed(n)
		case slices.Contains(known, key):
			r.mustBeTable(key, n)
		case n.table || n.array && len(n.items) > 0 && n.items[0].table:
			r.faults.add(n.line, "["+shown(key)+"]", "", unknownTable(key, known))
		default:
			r.faults.add(n.line, shown(key), brief(n.written), r.schema.unknown("", key))
		}
	}
	if r.root.fields["seed"] == nil {
		r.faults.add(0, "seed", "", "must be given, an integer of 0 or more: the whole study is drawn from it")
	}
}

func unknownTable(key string, known []string) string {
	if near := study.Closest(key, known); near != "" {
		return fmt.Sprintf("unknown table; did you mean [%s]?", near)
	}
	return "unknown table; there are [" + strings.Join(known, "], [") + "]"
}

func (r *reader) readTitle(n *node) {
	v, allowed := readValue(study.Key{Name: "title", Type: study.Text}, n)
	if v == nil {
		r.faults.add(n.line, "title", brief(n.written), allowed)
		return
	}
	r.config.Title = v.text
}

func (r *reader) readSeed(n *node) {
	v, _ := readValue(study.Key{Name: "seed", Type: study.Int}, n)
	if v == nil || v.int < 0 {
		r.faults.add(n.line, "seed", brief(n.written), "must be an integer of 0 or more")
		return
	}
	r.config.Seed = v.int
	r.tables[seedSlot] = &axis{slot: seedSlot, node: n, values: []*value{v}}
}

func (r *reader) mustBeTable(key string, n *node) {
	if _, ok := n.tables(); !ok {
		r.faults.add(n.line, key, brief(n.written), "must be a table, ["+key+"]")
	}
}

// readTable reads one table of keys.
func (r *reader) readTable(table string) {
	n := r.root.fields[table]
	if n == nil || n.scalar() {
		return
	}
	if n.array {
		r.faults.add(n.line, "[["+table+"]]", "", "must be one table, ["+table+"]; only [[sweep]] may come several times")
		return
	}
	for _, key := range n.keys {
		slot := r.schema.find(table, key)
		if slot < 0 {
			r.faults.add(n.fields[key].line, table+"."+shown(key), brief(n.fields[key].written), r.schema.unknown(table, key))
			continue
		}
		r.readFixed(slot, n.fields[key])
	}
}

// readFixed reads the one value of a key outside [sweep].
func (r *reader) readFixed(slot int, n *node) {
	a := &axis{slot: slot, node: n}
	r.tables[slot] = a
	k := r.schema.keys[slot]
	if n.scalar() {
		r.readItem(a, n)
		return
	}
	allowed := k.Must()
	if !k.Single {
		allowed += "; an axis belongs in [sweep]"
		if k.name != k.Name {
			allowed += ", as " + k.name + ` = ["…"]`
		}
	}
	r.faults.add(n.line, r.name(a), brief(n.written), allowed)
}

// checkTables reports keys that no point of the grid takes up.
func (r *reader) checkTables() {
	for slot, a := range r.tables {
		if a == nil || len(a.values) == 0 {
			continue
		}
		idle := func(b *block) bool { return !b.applies(r.schema, slot) }
		if len(r.blocks) > 0 && !slices.ContainsFunc(r.blocks, func(b *block) bool { return !idle(b) }) {
			r.faults.add(a.node.line, r.name(a), brief(a.node.written), r.schema.onlyFor(slot))
		}
	}
}

// listAxes names the axes in the order of writing.
func (r *reader) listAxes() {
	for _, b := range r.blocks {
		for _, slot := range b.written {
			if !r.schema.keys[slot].gridOnly() && !slices.Contains(r.axes, slot) {
				r.axes = append(r.axes, slot)
				r.config.Axes = append(r.config.Axes, r.schema.keys[slot].column)
			}
		}
	}
}

// fix lists the keys that are no axis, with their values. A key that applies to none of
// the points is none of them, nor one whose default differs among them.
func (r *reader) fix() {
	for slot, k := range r.schema.keys {
		if v := r.fixed(slot); v != nil && k.means() && !slices.Contains(r.axes, slot) {
			r.config.Fixed = append(r.config.Fixed, study.Setting{Name: k.name, Value: v.record})
		}
	}
}

// fixed returns the value that a key has wherever it applies, outside [sweep]; nil if
// there is none, or several.
func (r *reader) fixed(slot int) *value {
	var found *value
	for _, b := range r.blocks {
		for _, values := range b.cases(r.schema, slot) {
			if !r.schema.applies(values, slot, true) {
				continue
			}
			v := r.outside(slot, values)
			if found != nil && v != nil && v.text != found.text {
				return nil
			}
			found = v
		}
	}
	return found
}

// outside returns the value that a key has outside [sweep] where others have these
// values, nil if none.
func (r *reader) outside(slot int, values []*value) *value {
	a := r.tables[slot]
	switch {
	case a == nil:
		_, preset := r.schema.at(slot, values)
		return preset
	case len(a.values) == 0:
		return nil
	}
	return a.values[0]
}

// readSection keeps a section and places what its user finds wrong with it.
func (r *reader) readSection(s Section) {
	tables, ok := r.root.section(s.Name)
	if !ok || tables == nil {
		return // told by readTop
	}
	r.config.Sections[s.Name] = tables
	for _, f := range s.faults(tables) {
		f = located(r.root, f)
		r.faults.add(f.Line, f.Key, f.Value, f.Allowed)
	}
}

// Locate adds file, line and value as written to faults that were found after the
// config was read. Their keys are paths: "sweep.N", "model.kind", "figure[1].x".
func (c *Config) Locate(faults []study.Fault) Faults {
	l := newFaultList()
	for _, f := range faults {
		f = located(c.root, f)
		l.add(f.Line, f.Key, f.Value, f.Allowed)
	}
	return l.faults(c.File)
}

// located finds the place of a fault by its key, or by as much of it as exists.
func located(root *node, f study.Fault) study.Fault {
	n, whole := root.at(f.Key)
	if f.Line == 0 && n != root {
		f.Line = n.line
	}
	if f.Value == "" && whole {
		f.Value = brief(n.written)
	}
	return f
}

// at follows a path such as "figure[1].x" as far as it goes, and tells whether
// that is all the way.
func (n *node) at(path string) (*node, bool) {
	for _, step := range strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
		next := n.step(step)
		if next == nil {
			return n, false
		}
		n = next
	}
	return n, true
}

// step goes one step down, to a field or to an element, counted from 1. One table
// is its own element 1, and an array of one table passes for the table.
func (n *node) step(step string) *node {
	i, err := strconv.Atoi(step)
	switch {
	case n.fields[step] != nil:
		return n.fields[step]
	case err == nil && n.array && 1 <= i && i <= len(n.items):
		return n.items[i-1]
	case err == nil && n.table && i == 1:
		return n
	case n.array && len(n.items) == 1:
		return n.items[0].fields[step]
	}
	return nil
}

// Meaning is the part of the config that must not change while records of it are
// kept.
func (c *Config) Meaning() Meaning {
	m := Meaning{Fixed: []FixedKey{}, Axes: []string{}}
	for _, column := range c.Axes {
		m.Axes = append(m.Axes, c.key(column).name)
	}
	for _, f := range c.Fixed {
		fixed := FixedKey{Name: f.Name, Value: settingText(f.Value)}
		if k := c.key(f.Name); k.preset != nil && k.decider < 0 && !k.varies() {
			fixed.Default = settingText(k.preset.record)
		}
		m.Fixed = append(m.Fixed, fixed)
	}
	return m
}

// key returns what is known of a key, which is but its name in a config that was
// not parsed.
func (c *Config) key(name string) schemaKey {
	if c.schema == nil {
		return schemaKey{name: name, decider: -1}
	}
	return c.schema.keys[c.schema.slots[name]]
}
