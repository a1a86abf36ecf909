package config

import "fmt"

// A Meaning is what all records of a study have in common: the values of the keys that are
// not axes. A study can continue only with the same meaning.
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

// Diff returns the changes because of which a study of meaning now cannot continue records
// of meaning m, and nil if it can. A key may be fixed in one and an axis in the other: this
// only extends the grid, because each point has its own full meaning. A key that m does not
// know is newer than the records; in the records it had its default.
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
