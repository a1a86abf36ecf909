package config

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// lines lists the nodes below n with their lines.
func lines(n *node, path string) []string {
	var list []string
	for _, key := range n.keys {
		f := n.fields[key]
		list = append(list, fmt.Sprintf("%s%s %d", path, key, f.line))
		list = append(list, lines(f, path+key+".")...)
	}
	for i, item := range n.items {
		list = append(list, fmt.Sprintf("%s%d %d", path, i, item.line))
		list = append(list, lines(item, fmt.Sprintf("%s%d.", path, i))...)
	}
	return list
}

func TestLines(t *testing.T) {
	for _, c := range []struct {
		src  string
		want []string
	}{
		{"a = 1\nb = 2", []string{"a 1", "b 2"}},
		{"\ufeffa = 1\r\n\r\n# c = 3\r\nb = 2\r\n", []string{"a 1", "b 4"}},
		{"a.b = 1\na.c = 2\n\"a\".\"d e\" = 3", []string{"a 1", "a.b 1", "a.c 2", "a.d e 3"}},
		{"'x' = 1\n\"\\u0079\" = 2\n\"q\\\"=\" = 3", []string{"x 1", "y 2", "q\"= 3"}},
		{"[a]\nx = 1\n[ b . c ] # [d]\ny = 2", []string{"a 1", "a.x 2", "b 3", "b.c 3", "b.c.y 4"}},
		{"[[a]]\nx = 1\n[[a]]\nx = 2\n[a.b]\ny = 3", []string{"a 1", "a.0 1", "a.0.x 2", "a.1 3", "a.1.x 4", "a.1.b 5", "a.1.b.y 6"}},
		{"[a.b]\n[a]\nx = 1", []string{"a 2", "a.b 1", "a.x 3"}},
		{"a = \"\"\"\nb = 2 # no\n\"\"\"\nc = 3", []string{"a 1", "c 4"}},
		{"a = '''\nb = 2\n''''\nc = 3", []string{"a 1", "c 4"}},
		{"a = \"\"\"x\\\"\"\"\"\"\nc = 3", []string{"a 1", "c 2"}},
		{"a = \"]#\\\"\"\nc = 3", []string{"a 1", "c 2"}},
		{"a = 'C:\\'\nc = 3", []string{"a 1", "c 2"}},
		{"a = [ 1, # one, ]\n 2,\n\n 3 ]\nb = 4", []string{"a 1", "a.0 1", "a.1 2", "a.2 4", "b 5"}},
		{"a = [\n [1], { x = 1, y.z = \"}\" }\n]\nb = 4", []string{"a 1", "a.0 2", "a.0.0 2", "a.1 2", "a.1.x 2", "a.1.y 2", "a.1.y.z 2", "b 4"}},
		{"a = { x = [1,\n2], y = 2 }\nb = 3", []string{"a 1", "a.x 1", "a.x.0 1", "a.x.1 2", "a.y 2", "b 3"}},
		{"a = []\nb = {}\nc = 1979-05-27 07:32:00 # x", []string{"a 1", "b 2", "c 3"}},
	} {
		root, faults := readTOML(c.src)
		if faults != nil {
			t.Errorf("%q: %v", c.src, faults)
			continue
		}
		if got := lines(root, ""); !slices.Equal(got, c.want) {
			t.Errorf("%q: got %q, want %q", c.src, got, c.want)
		}
	}
}

func TestWritten(t *testing.T) {
	src := "a = 0.10 # ten\nb = [ 1_000, \"x\" ]\nc = { d = 1e3 }\n"
	root, _ := readTOML(src)
	for path, want := range map[string]string{
		"a": "0.10", "b": `[ 1_000, "x" ]`, "b[1]": "1_000", "b[2]": `"x"`, "c": "{ d = 1e3 }", "c.d": "1e3",
	} {
		if n, whole := root.at(path); !whole || n.written != want {
			t.Errorf("%s: got %q, want %q", path, n.written, want)
		}
	}
}

func TestBrief(t *testing.T) {
	if got := brief("[\n  1,\n  2 ]"); got != "[ 1, 2 ]" {
		t.Errorf("got %q", got)
	}
	long := brief(fmt.Sprintf("%0200d", 1))
	if len([]rune(long)) != 60 {
		t.Errorf("got %d characters", len([]rune(long)))
	}
}

// A file that is too large is refused before anything is made of it.
func TestSize(t *testing.T) {
	if _, faults := readTOML(strings.Repeat("\n", maxBytes)); faults != nil {
		t.Error(faults)
	}
	_, faults := readTOML(strings.Repeat("\n", maxBytes+1))
	if len(faults) != 1 || faults[0].Allowed != "the file has 4194305 bytes, must have at most 4194304" {
		t.Error(faults)
	}
}

// A key that is given twice is told with both lines, whatever it was before.
func TestGivenTwice(t *testing.T) {
	for src, want := range map[string]string{
		"a = 1\na = 2":                  "2 a = 2: given twice, first on line 1",
		"a = 1\n\na.b = 2":              "3 a = 2: given twice, first on line 1",
		"a.b = 1\na = 2":                "2 a = 2: given twice, first on line 1",
		"a = 1\n[a.b]":                  "2 [a]: given twice, first on line 1",
		"[a]\nx = 1\n[a]\ny = 1":        "3 [a]: given twice, first on line 1",
		"a = [1]\na.5 = [2]":            "2 a = [2]: given twice, first on line 1",
		"a = { x = 1, x = 2 }\nb = 3":   "1 a.x = 2: given twice, first on line 1",
		"a = 1\na = \"\"\"\nx\"\"\"\nb": "2 a = \"\"\" x\"\"\": given twice, first on line 1",
	} {
		_, faults := readTOML(src)
		if len(faults) != 1 {
			t.Errorf("%q: %v", src, faults)
			continue
		}
		line := faults[0].Line
		faults[0].Line = 0
		if got := fmt.Sprint(line, " ", faults[0]); got != want {
			t.Errorf("%q: got %s, want %s", src, got, want)
		}
	}
}
