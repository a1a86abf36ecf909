package config

import (
	"reflect"
	"slices"
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
			"a.toml:6: other: must not be in a file of [[notes]] tables",
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

func TestSections(t *testing.T) {
	src := sound + `[notes]
length = 0.1
[[figure]]
x = "alpha"
[[figure]]
x = "beta"
y = [
  "heads",
  "tails"]
`
	var found, figures []map[string]any
	notes := Section{"notes", func(tables []map[string]any) []study.Fault { found = tables; return nil }}
	figure := Section{"figure", func(tables []map[string]any) []study.Fault { figures = tables; return nil }}
	c, err := Parse("x.toml", []byte(src), toyExperiment(), notes, figure)
	if err != nil {
		t.Fatal(err)
	}
	if want := []map[string]any{{"length": 0.1}}; !reflect.DeepEqual(found, want) || !reflect.DeepEqual(c.Sections["notes"], want) {
		t.Errorf("notes: got %v", found)
	}
	if len(figures) != 2 || figures[1]["x"] != "beta" || len(c.Sections["figure"]) != 2 {
		t.Errorf("figure: got %v", figures)
	}
}

func TestFaultsOfSections(t *testing.T) {
	src := sound + `[notes]
length = 0.1
[[figure]]
x = "alpha"
[[figure]]
x = "beta"
y = [
  "heads",
  "tails"]
`
	notes := Section{"notes", func([]map[string]any) []study.Fault {
		return []study.Fault{{Key: "notes.length", Allowed: "must be less"}, {Key: "notes[1].length", Value: "ten", Allowed: "must be more"}}
	}}
	figure := Section{"figure", func([]map[string]any) []study.Fault {
		return []study.Fault{{Key: "figure[2].x", Allowed: "must be an axis"}, {Key: "figure[2].y[2]", Allowed: "must be a column"}, {Key: "figure[1].y", Allowed: "must be given"}}
	}}
	want := []string{
		`x.toml:11: notes.length = 0.1: must be less`,
		`x.toml:11: notes[1].length = ten: must be more`,
		`x.toml:12: figure[1].y: must be given`,
		`x.toml:15: figure[2].x = "beta": must be an axis`,
		`x.toml:18: figure[2].y[2] = "tails": must be a column`,
	}
	if got := faultsOf(src, notes, figure); !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

// The only table of an array needs no index.
func TestFaultOfTheOnlyFigure(t *testing.T) {
	figure := Section{"figure", func([]map[string]any) []study.Fault {
		return []study.Fault{{Key: "figure.x", Allowed: "must be an axis"}}
	}}
	want := []string{`x.toml:11: figure.x = "beta": must be an axis`}
	if got := faultsOf(sound+"[[figure]]\nx = \"beta\"\n", figure); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
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
