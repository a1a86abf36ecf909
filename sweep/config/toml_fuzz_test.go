package config

import (
	"hopcap/sweep/study"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// FuzzTOML holds the reader against the library: whatever the library accepts is
// understood, with the same values, every key on a line where it is written, and every
// decimal in the text that it was read from. But for two things: what is nested deeper
// than a config has use for is refused; and where the library lets a key replace an
// earlier one and forgets that, the second is told.
func FuzzTOML(f *testing.F) {
	paths, err := filepath.Glob("testdata/toml/*.toml")
	if err != nil || len(paths) == 0 {
		f.Fatal("no files to begin with")
	}
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(src))
	}
	f.Fuzz(func(t *testing.T, src string) {
		if strings.Count(src, "[")+strings.Count(src, ".")+strings.Count(src, "{") > maxDepth {
			return
		}
		want := map[string]any{}
		if _, err := toml.Decode(src, &want); err != nil {
			return
		}
		root, faults := readTOML(src)
		if faults != nil {
			if root != nil && leaves(want) >= leaves(plainValue(root))+len(faults) {
				t.Fatalf("%v, and the library has lost nothing", faults)
			}
			checkTwice(t, faults)
			return
		}
		if got := plainValue(root); !sameValue(got, want) {
			t.Fatalf("got  %#v\nwant %#v", got, want)
		}
		checkNodes(t, root, 1+strings.Count(src, "\n"))
	})
}

// checkTwice expects that all faults are keys that were given before.
func checkTwice(t *testing.T, faults []study.Fault) {
	t.Helper()
	for _, f := range faults {
		if !strings.HasPrefix(f.Allowed, "given twice") || f.Line == 0 {
			t.Fatalf("%v", f)
		}
	}
}

// leaves counts the values that are no tables.
func leaves(v any) int {
	n := 0
	switch v := v.(type) {
	case map[string]any:
		for _, w := range v {
			n += leaves(w)
		}
	case []map[string]any:
		for _, w := range v {
			n += leaves(w)
		}
	case []any:
		for _, w := range v {
			n += leaves(w)
		}
		n = max(n, 1)
	default:
		n = 1
	}
	return n
}

// plainValue is what the tree says, without places.
func plainValue(n *node) any {
	switch {
	case n.table:
		m := map[string]any{}
		for _, key := range n.keys {
			m[key] = plainValue(n.fields[key])
		}
		return m
	case n.array:
		list := []any{}
		for _, item := range n.items {
			list = append(list, plainValue(item))
		}
		return list
	}
	return n.value
}

// sameValue compares values, all kinds of arrays being alike.
func sameValue(a, b any) bool {
	switch b := b.(type) {
	case map[string]any:
		m, ok := a.(map[string]any)
		if !ok || len(m) != len(b) {
			return false
		}
		for key, v := range b {
			if w, there := m[key]; !there || !sameValue(w, v) {
				return false
			}
		}
		return true
	case []any, []map[string]any:
		x, y := reflect.ValueOf(a), reflect.ValueOf(b)
		if x.Kind() != reflect.Slice || x.Len() != y.Len() {
			return false
		}
		for i := range y.Len() {
			if !sameValue(x.Index(i).Interface(), y.Index(i).Interface()) {
				return false
			}
		}
		return true
	case float64:
		x, ok := a.(float64)
		return ok && (x == b || math.IsNaN(x) && math.IsNaN(b))
	}
	return reflect.DeepEqual(a, b)
}

// checkNodes checks lines and texts of the tree below n.
func checkNodes(t *testing.T, n *node, lines int) {
	t.Helper()
	if n.line < 1 || n.line > lines {
		t.Fatalf("%s is on line %d of %d", n.path, n.line, lines)
	}
	if x, ok := n.value.(float64); ok && x != 0 && !math.IsNaN(x) && !math.IsInf(x, 0) {
		r, ok := parseDecimal(n.written)
		if !ok {
			t.Fatalf("%s = %q is %v", n.path, n.written, x)
		}
		if f, _ := r.Float64(); f != x {
			t.Fatalf("%s = %q is %v, not %v", n.path, n.written, x, f)
		}
	}
	for _, f := range n.fields {
		checkNodes(t, f, lines)
	}
	for _, item := range n.items {
		checkNodes(t, item, lines)
	}
}
