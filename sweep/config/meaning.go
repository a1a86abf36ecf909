package config

import "fmt"

// A Meaning is what the records of a study have in common: the keys that no axis
// varies, with their values. A study that is resumed must mean the same.
type Meaning struct {
	Fixed []FixedKey `json:"fixed"`
	Axes  []string   `json:"axes"`
}

// A FixedKey is a key with one value in the whole study, as canonical text.
type FixedKey struct {
	Name    string `json:"name"`
	Value   string `json:"value"`
	Default string `json:"default,omitempty"` // "" if there is none, or if it or whether the key applies depends on others
}

// A Change is a difference in meaning.
type Change struct{ Key, Old, New string }

// String shows the change on one line: "overlap: 1 → 0.8".
func (c Change) String() string { return fmt.Sprintf("%s: %s → %s", c.Key, c.Old, c.New) }

// Diff tells what keeps a study that means now from going on with records that
// mean m; nil if nothing does. A key that is fixed in one and an axis in the
// other extends the grid, for each point carries its own whole meaning. A key that
// m does not know, because it is newer, had its default.
func (m Meaning) Diff(now Meaning) []Change {
	var changes []Change
	for _, key := range now.Fixed {
		if old, ok := m.value(key); ok && old != key.Value {
			changes = append(changes, Change{key.Name, old, key.Value})
		}
	}
	return changes
}

// value is what m says of a key that is fixed now; false if it leaves it open.
func (m Meaning) value(key FixedKey) (string, bool) {
	for _, f := range m.Fixed {
		if f.Name == key.Name {
			return f.Value, true
		}
	}
	for _, a := range m.Axes {
		if a == key.Name {
			return "", false
		}
	}
	return key.Default, key.Default != ""
}
