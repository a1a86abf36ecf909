package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// An arrow says what a package may import.
type arrow struct {
	pkg string
	may []string
}

// arrows lists every package of this module except this command, with the packages of this
// module that it may import. A package stands after all packages that it imports, so
// imports point upwards only. A package that is not in the list fails the test. The line
// of a package has only what the package needs.
//
// Only experiment and this command know both a model and a study. sweep can repeat anything,
// even the toss of a coin. plots reads tables from any source. This command may import all
// packages.
var arrows = []arrow{
	// The physics.
	{"model/internal/exact", nil},
	{"model/internal/permutation", nil},
	{"model/internal/kernel", nil},
	{"model/internal/bytedot", nil},
	{"model/internal/difference", []string{"model/internal/kernel"}},
	{"model/internal/product", []string{"model/internal/kernel"}},
	{"model/random", []string{"model/internal/permutation"}},
	{"model/thermal", []string{"model/random", "model/internal/exact", "model/internal/kernel"}},
	{"model", []string{"model/random", "model/thermal", "model/internal/bytedot", "model/internal/difference", "model/internal/exact",
		"model/internal/kernel", "model/internal/permutation", "model/internal/product"}},
	{"model/modeltest", []string{"model", "model/random", "model/thermal"}},
	{"model/theory", nil},

	// A study: its words, its config, its records, what they say, and what runs it.
	{"sweep/study", nil},
	{"sweep/disk", nil},
	{"sweep/npy", nil},
	{"sweep/summary", nil},
	{"sweep/scaling", nil},
	{"sweep/config", []string{"sweep/study"}},
	{"sweep/store", []string{"sweep/study", "sweep/config", "sweep/disk"}},
	{"sweep/sweeptest", []string{"sweep/study", "sweep/config", "sweep/store"}},
	{"sweep/estimate", []string{"sweep/study", "sweep/config", "sweep/disk", "sweep/store", "sweep/summary"}},
	{"sweep/fit", []string{"sweep/study", "sweep/config", "sweep/store", "sweep/scaling", "sweep/summary"}},
	{"sweep", []string{"sweep/study", "sweep/config", "sweep/scaling", "sweep/store"}},

	// What is repeated.
	{"experiment/memory", []string{"model", "model/random", "model/thermal", "sweep/study"}},
	{"experiment", []string{"experiment/memory", "model", "model/random", "model/thermal", "sweep/study"}},

	// What is shown.
	{"plots/canvas", nil},
	{"plots/label", []string{"plots/canvas"}},
	{"plots/figure", []string{"plots/canvas", "plots/label", "sweep/disk", "sweep/scaling", "sweep/study"}},
	{"plots/theory/tables", []string{"model/theory"}},
	{"plots/theory", []string{"model/theory", "plots/theory/tables"}},
	{"plots/theory/phasediagram", []string{"model/theory", "plots/figure", "plots/theory"}},
	{"plots", []string{"plots/figure", "plots/label", "plots/theory", "sweep/study", "sweep/summary"}},
	{"plots/transition", []string{"model/theory", "plots/figure", "plots/theory", "sweep/fit", "sweep/scaling", "sweep/summary"}},
}

func TestArrows(t *testing.T) {
	found := map[string][]string{}
	for _, top := range []string{"model", "sweep", "experiment", "plots"} {
		addImports(t, "../..", top, found)
	}
	for i, a := range arrows {
		for _, to := range a.may {
			if !slices.ContainsFunc(arrows[:i], func(b arrow) bool { return b.pkg == to }) {
				t.Errorf("the table lets %s import %s, which does not stand before it", a.pkg, to)
			}
		}
		if _, ok := found[a.pkg]; !ok {
			t.Errorf("the table has %s, which is no package", a.pkg)
		}
		for _, to := range found[a.pkg] {
			if !slices.Contains(a.may, to) {
				t.Errorf("%s imports %s, which the table does not allow", a.pkg, to)
			}
		}
		delete(found, a.pkg)
	}
	for pkg := range found {
		t.Errorf("%s is not in the table", pkg)
	}
}

// The map in CONTRIBUTING has every package of the repository, and no other.
func TestMap(t *testing.T) {
	text, err := os.ReadFile("../../CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(text), "The map has every package")
	shown, _, _ := strings.Cut(after, "`configs/`")
	var have []string
	for line := range strings.Lines(shown) {
		if strings.HasPrefix(line, "    ") {
			have = append(have, strings.Fields(line)[0])
		}
	}
	want := []string{"cmd/hopcap"}
	for _, a := range arrows {
		want = append(want, a.pkg)
	}
	slices.Sort(have)
	slices.Sort(want)
	if !slices.Equal(have, want) {
		t.Errorf("the map in CONTRIBUTING has %q, want %q", have, want)
	}
}

// addImports adds the packages at and below top. Each comes with the packages of this
// module that its files import. It reads the files for all systems, but no tests.
func addImports(t *testing.T, root, top string, found map[string][]string) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(root, top), func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "testdata":
			return filepath.SkipDir
		case !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go"):
			return nil
		}
		source, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		dir, err := filepath.Rel(root, filepath.Dir(file))
		if err != nil {
			return err
		}
		pkg := filepath.ToSlash(dir)
		if _, known := found[pkg]; !known {
			found[pkg] = nil
		}
		for _, spec := range source.Imports {
			if to, ours := strings.CutPrefix(strings.Trim(spec.Path.Value, `"`), "hopcap/"); ours && !slices.Contains(found[pkg], to) {
				found[pkg] = append(found[pkg], to)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
