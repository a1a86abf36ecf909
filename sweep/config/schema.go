package config

import (
	"slices"
	"strings"

	"hopcap/sweep/study"
)

// A schema is the keys of an experiment, ready to read a config by. A slot is a
// key's place in it.
type schema struct {
	keys   []schemaKey
	slots  map[string]int // by name, "table.name", and column
	tables []string
	or     []int // the slot of a key's alternative, or its own
	order  []int // all slots; the keys on which a key depends come before it
}

// A schemaKey is a key with its names.
type schemaKey struct {
	study.Key
	name     string // in Settings, in [sweep] and in IDs
	column   string // in records
	preset   *value // nil if it has no default
	decider  int    // the slot of the key that this one depends on, or −1
	variants []variant
	deciders []int // all slots that decide whether the key applies and what it is, directly or not
}

// seedSlot is where every schema has the seed.
const seedSlot = 0

// newSchema reads an experiment's keys. It panics where the experiment's keys make no sense.
func newSchema(e study.Experiment) *schema {
	s := &schema{slots: map[string]int{}}
	s.add(study.Key{Name: "seed", Type: study.Int, Single: true}, nil)
	taken := recordColumns(e)
	for _, k := range withDeciders(e.Keys) {
		s.add(k, taken)
	}
	for i := range s.keys {
		s.or = append(s.or, s.alternative(i))
		s.connect(&s.keys[i])
	}
	for i := range s.keys {
		s.arrange(i, nil)
	}
	return s
}

func (s *schema) add(k study.Key, taken map[string]bool) {
	key := schemaKey{Key: k, name: settingName(k), preset: presetOf(k), decider: -1}
	key.Single = k.Single || k.Free || k.Table == "experiment" && k.Name == "kind"
	key.column = key.name
	if taken[strings.ToLower(key.column)] {
		key.column = k.Table + "_" + k.Name
	}
	for _, other := range s.keys {
		if strings.EqualFold(other.name, key.name) || strings.EqualFold(other.column, key.column) {
			panic("config: two keys are called " + key.name)
		}
	}
	if slices.Contains(blockKeys, key.name) || key.name == "title" {
		panic("config: every config has a key called " + key.name)
	}
	for _, name := range []string{key.name, key.qualified(), key.column} {
		s.slots[name] = len(s.keys)
	}
	s.keys = append(s.keys, key)
	if k.Table != "" && !slices.Contains(s.tables, k.Table) {
		s.tables = append(s.tables, k.Table)
	}
}

// settingName is what Settings and [sweep] know a key by.
func settingName(k study.Key) string {
	if k.Name == "kind" {
		return k.Table
	}
	return k.Name
}

// recordColumns are the names, in lower case, that no axis can have in records.
func recordColumns(e study.Experiment) map[string]bool {
	taken := map[string]bool{"sample": true}
	for _, t := range e.Tables {
		for _, name := range t.Index {
			taken[strings.ToLower(name)] = true
		}
		for _, c := range t.Columns {
			taken[strings.ToLower(c.Name)] = true
		}
	}
	return taken
}

func presetOf(k study.Key) *value {
	if k.Default == "" {
		return nil
	}
	root, faults := readTOML("Default = " + k.Default)
	if faults != nil {
		panic("config: default of " + k.Name + ": " + faults[0].Allowed)
	}
	v, allowed := readValue(k, root.fields["Default"])
	if v == nil {
		panic("config: default of " + k.Name + ": " + allowed)
	}
	return v.at(0, k.Default)
}

func (s *schema) alternative(slot int) int {
	k := s.keys[slot]
	if k.Or == "" {
		return slot
	}
	other, ok := s.slots[k.Or]
	if !ok || s.keys[other].Or != k.Name {
		panic("config: " + k.Name + " and " + k.Or + " do not name each other")
	}
	return other
}

// find returns the slot of a key of a table, or −1.
func (s *schema) find(table, name string) int {
	return slices.IndexFunc(s.keys, func(k schemaKey) bool { return k.Table == table && k.Name == name })
}

// sweepable returns the slot of a key that may stand in [sweep], or −1.
func (s *schema) sweepable(name string) int {
	slot, ok := s.slots[name]
	if !ok || s.keys[slot].name != name || s.keys[slot].Single {
		return -1
	}
	return slot
}

func (k schemaKey) qualified() string {
	if k.Table == "" {
		return k.Name
	}
	return k.Table + "." + k.Name
}

// gridOnly reports whether the key lives in [sweep] and nowhere else.
func (k schemaKey) gridOnly() bool { return k.Table == "" && k.Name != "seed" }

// means reports whether the key is part of what a record means by itself; N, alpha
// and K are so through the identity they resolve to.
func (k schemaKey) means() bool { return !k.Free && !k.gridOnly() }
