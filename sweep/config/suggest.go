package config

import (
	"fmt"
	"hopcap/sweep/study"
	"slices"
)

// blockKeys are the keys of [sweep] that are no axes.
var blockKeys = []string{"samples", "cues"}

// topKeys are the keys before any table.
var topKeys = []string{"title", "seed"}

// unknown says what may have been meant by a key that its table does not have. The
// table is "" at the top and "sweep" in a block.
func (s *schema) unknown(table, key string) string {
	if table == "sweep" && s.fixedInSweep(key) != "" {
		return s.fixedInSweep(key)
	}
	if home, ok := s.home(key); ok && home != table {
		return "belongs " + into(home)
	}
	names := s.names(table)
	if near := study.Closest(key, names); near != "" {
		return fmt.Sprintf("unknown key; did you mean %q?", near)
	}
	for _, home := range s.places() {
		if near := study.Closest(key, s.names(home)); home != table && near != "" {
			return fmt.Sprintf("unknown key; did you mean %q, which belongs %s?", near, into(home))
		}
	}
	return "unknown key; the keys here are " + study.Enumerate(names, "and")
}

// fixedInSweep says why a known key cannot be an axis.
func (s *schema) fixedInSweep(key string) string {
	if key == "kind" {
		return `not an axis by this name: the kind of a table goes by the table's, as in model = ["…"]`
	}
	for _, k := range s.keys[1:] {
		if k.Single && (k.name == key || k.Name == key) {
			return fmt.Sprintf("cannot be an axis: %s has one value in a whole study, and belongs in [%s]", k.qualified(), k.Table)
		}
	}
	return ""
}

func into(table string) string {
	if table == "" {
		return "at the top, before any table"
	}
	return "in [" + table + "]"
}

// places are where keys may stand: the top, the tables, the blocks.
func (s *schema) places() []string {
	return append(append([]string{""}, s.tables...), "sweep", stopTable)
}

// home is the place a key belongs to; false if there is none, or several.
func (s *schema) home(key string) (string, bool) {
	var homes []string
	for _, table := range s.places() {
		if table != "sweep" && slices.Contains(s.names(table), key) {
			homes = append(homes, table)
		}
	}
	if slot, ok := s.slots[key]; slices.Contains(blockKeys, key) || ok && s.keys[slot].gridOnly() {
		homes = append(homes, "sweep")
	}
	if len(homes) != 1 {
		return "", false
	}
	return homes[0], true
}

// names are the keys of a place.
func (s *schema) names(table string) []string {
	var names []string
	for _, k := range s.keys[1:] {
		switch {
		case table == "sweep" && !k.Single:
			names = append(names, k.name)
		case table != "" && k.Table == table:
			names = append(names, k.Name)
		}
	}
	switch table {
	case "":
		names = topKeys
	case "sweep":
		names = append(names, blockKeys...)
	case stopTable:
		for _, k := range stopKeys(nil) {
			names = append(names, k.Name)
		}
	}
	return names
}
