package config

import (
	"strings"
	"testing"

	"hopcap/sweep/study"
)

// A file of [[notes]] tells all that is wrong with it, each with its line.
func TestReadSection(t *testing.T) {
	s := Section{Name: "notes", Check: func(tables []map[string]any) (faults []study.Fault) {
		for i, table := range tables {
			if table["author"] != "me" {
				faults = append(faults, study.Fault{Key: []string{"notes[1].author", "notes[2].author"}[i], Allowed: "must be me"})
			}
		}
		return faults
	}}
	tables, err := ReadSection("a.toml", []byte("[[notes]]\nauthor = \"me\"\n[[notes]]\nauthor = \"me\"\n"), s)
	if err != nil || len(tables) != 2 || tables[1]["author"] != "me" {
		t.Errorf("%v, %v", tables, err)
	}
	if tables, err := ReadSection("a.toml", nil, s); err != nil || tables != nil {
		t.Errorf("of an empty file: %v, %v", tables, err)
	}
	for src, want := range map[string]string{
		"[[notes]]\nauthor = \"me\"\n\n[[notes]]\nauthor = \"you\"\n[other]\n": `a.toml:5: notes[2].author = "you": must be me` + "\n" +
			"a.toml:6: other: has no place in a file of [[notes]] tables",
		"notes = 3\n":        "a.toml:1: notes: must be tables [[notes]]",
		"[[notes]\n":         "a.toml:2: not valid TOML",
		"[[notes]]\nauthor=": "a.toml:2: ",
	} {
		_, err := ReadSection("a.toml", []byte(src), s)
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", src, err, want)
		}
	}
}

// A section that nobody checks takes anything, and keeps it.
func TestSectionWithoutCheck(t *testing.T) {
	c, err := Parse("toy.toml", []byte(toyConfig+"[[figure]]\nanything = 3\n"), toyExperiment(), Section{Name: "figure"})
	if err != nil || len(c.Sections["figure"]) != 1 {
		t.Errorf("%v, %v", c, err)
	}
	tables, err := ReadSection("figures.toml", []byte("[[figure]]\nanything = 3\n"), Section{Name: "figure"})
	if err != nil || len(tables) != 1 {
		t.Errorf("%v, %v", tables, err)
	}
}
