package config

import (
	"slices"

	"hopcap/sweep/study"
)

// A variant is how a key differs where another one has certain values.
type variant struct {
	decider int // slot
	values  []string
	key     study.Key
	preset  *value // nil if it has no default there
}

// depends reports whether a key applies only where another one has some value, and which.
func depends(k study.Key) (on string, ok bool) {
	switch {
	case k.DependsOn != "":
		return k.DependsOn, true
	case k.For != nil:
		return k.Table + ".kind", true
	}
	return "", false
}

// withDeciders leaves out the keys that depend on one which is not there.
func withDeciders(keys []study.Key) []study.Key {
	known := map[string]bool{}
	for _, k := range keys {
		known[settingName(k)], known[k.Table+"."+k.Name] = true, true
	}
	kept := slices.DeleteFunc(slices.Clone(keys), func(k study.Key) bool {
		on, ok := depends(k)
		return ok && !known[on]
	})
	if len(kept) < len(keys) {
		return withDeciders(kept)
	}
	return kept
}

// connect finds the slots of the keys that decide about a key.
func (s *schema) connect(k *schemaKey) {
	if on, ok := depends(k.Key); ok {
		k.decider = s.decider(k, on)
	}
	for _, v := range k.Variants {
		on := v.DependsOn
		if on == "" {
			on = k.Table + ".kind"
		}
		if _, known := s.slots[on]; known {
			k.variants = append(k.variants, s.variant(k, v, on))
		}
	}
}

// decider is the slot of a key that decides about another.
func (s *schema) decider(k *schemaKey, on string) int {
	slot, ok := s.slots[on]
	if !ok || s.keys[slot].Type != study.Text {
		panic("config: " + k.name + " depends on " + on + ", which is no key of text")
	}
	return slot
}

func (s *schema) variant(k *schemaKey, v study.Variant, on string) variant {
	out := variant{decider: s.decider(k, on), values: v.For, key: k.Key, preset: k.preset}
	if v.Default != "" {
		out.key.Default = v.Default
		out.preset = presetOf(out.key)
	}
	if v.Range != "" {
		out.key.Range = v.Range
	}
	if v.Check != nil {
		out.key.Check = v.Check
	}
	if v.Doc != "" {
		out.key.Doc = v.Doc
	}
	return out
}

// arrange adds a slot to the order, after the slots on which it depends. from are the slots
// visited on the way to it.
func (s *schema) arrange(slot int, from []int) {
	if slices.Contains(from, slot) {
		panic("config: " + s.keys[slot].name + " depends on itself")
	}
	if slices.Contains(s.order, slot) {
		return
	}
	k := &s.keys[slot]
	if k.decider >= 0 {
		k.deciders = append(k.deciders, k.decider)
	}
	for _, v := range k.variants {
		k.deciders = append(k.deciders, v.decider)
	}
	for _, d := range slices.Clone(k.deciders) {
		s.arrange(d, append(from, slot))
		k.deciders = append(k.deciders, s.keys[d].deciders...)
	}
	slices.Sort(k.deciders)
	k.deciders = slices.Compact(k.deciders)
	s.order = append(s.order, slot)
}

// applies reports whether a key applies beside the values of others. Where the value of
// a key that decides about it is missing the answer is unknown.
func (s *schema) applies(values []*value, slot int, unknown bool) bool {
	k := &s.keys[slot]
	switch {
	case k.decider < 0:
		return true
	case !s.applies(values, k.decider, unknown):
		return false
	case values[k.decider] == nil:
		return unknown
	}
	return k.For == nil || slices.Contains(k.For, values[k.decider].text)
}

// at is what a key is beside the values of others, and its default there.
func (s *schema) at(slot int, values []*value) (*study.Key, *value) {
	k := &s.keys[slot]
	for i := range k.variants {
		v := &k.variants[i]
		if decided := values[v.decider]; decided != nil && slices.Contains(v.values, decided.text) {
			return &v.key, v.preset
		}
	}
	return &k.Key, k.preset
}

// resolve returns a copy of values. Values of keys that do not apply are left out, and keys
// that are not given have their defaults.
func (s *schema) resolve(values []*value, given []bool) []*value {
	list := slices.Clone(values)
	for _, slot := range s.order {
		switch {
		case list[slot] != nil && !s.applies(list, slot, false):
			list[slot] = nil
		case !given[slot] && s.keys[slot].varies() && s.applies(list, slot, false):
			_, list[slot] = s.at(slot, list)
		}
	}
	return list
}

// varies reports whether the default of a key depends on others.
func (k *schemaKey) varies() bool {
	return slices.ContainsFunc(k.variants, func(v variant) bool { return v.preset != k.preset })
}

// unranged is the key without its range, if there are several: for values that are of
// the wrong type wherever they stand.
func (k *schemaKey) unranged() study.Key {
	key := k.Key
	if slices.ContainsFunc(k.variants, func(v variant) bool { return v.key.Range != k.Range }) {
		key.Range = ""
	}
	return key
}

// onlyFor says where a key applies.
func (s *schema) onlyFor(slot int) string {
	k := &s.keys[slot]
	on := s.keys[k.decider].qualified()
	if k.For == nil {
		return "applies only where " + on + " does"
	}
	return "applies only where " + on + " is " + study.OneOf(k.For)
}
