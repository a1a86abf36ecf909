package experiment

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"hopcap/sweep/study"
)

var update = flag.Bool("update", false, "write the golden rows anew")

// goldenRows is a file of rows by the names of their columns.
const goldenRows = "testdata/rows.txt"

// rowPoints are points of every experiment. Between them the columns of each table
// differ in some row.
var rowPoints = []struct {
	e       Experiment
	s       settings
	samples int
	cues    int
}{
	{Retrieval, point(settings{"N": 60, "K": 9, "overlap": "0.6", "trace": true, "states": 1, "retrieved_at": "0.9"}), 1, 4},
	{Retrieval, point(settings{"N": 60, "K": 9, "overlap": "0.2", "order": "parallel"}), 1, 6},
	{Retrieval, point(settings{"N": 60, "K": 9, "overlap": "0.2", "max_sweeps": 1}), 1, 2},
	{Retrieval, point(settings{"N": 60, "K": 3, "temperature": "0.4", "rule": "heat_bath", "max_sweeps": 9}), 1, 3},
	{Stability, point(settings{"N": 60, "K": 3, "order": "parallel"}), 1, 1},
	{Stability, point(settings{"N": 60, "K": 12, "order": "parallel"}), 1, 1},
	{Spurious, landscape(settings{"N": 30, "K": 6, "threshold_step": "0.05", "mixture_at": "0.8", "retrieved_at": "0.8"}), 1, 12},
	{Spurious, landscape(settings{"N": 40, "K": 4, "order": "parallel", "max_sweeps": 3}), 1, 8},
	{Spurious, landscape(settings{"N": 40, "K": 6, "start": "mixture", "overlap": "0.8", "threshold_step": "0.15", "mixture_at": "0.7"}), 1, 6},
	{Enumerate, landscape(settings{"N": 13, "K": 4, "threshold_step": "0.15", "mixture_at": "0.7", "retrieved_at": "0.7"}), 4, 1},
	{Basin, point(settings{"N": 40, "K": 4}), 1, 4},
	{Basin, point(settings{"N": 40, "K": 6, "cue": "partial"}), 1, 4},
	{Basin, point(settings{"N": 40, "K": 8, "temperature": "0.3", "rule": "heat_bath", "max_sweeps": 4}), 1, 8},
	{Storage, storagePoint(point(settings{"N": 40, "K": 20})), 1, 1},
	{Storage, storagePoint(densePoint(3, settings{"N": 20, "K": 40})), 1, 1},
	{Storage, storagePoint(densePoint(3, settings{"N": 20, "K": 4})), 1, 1},
	{Thermal, hotPoint(settings{"N": 40, "K": 6, "temperature": "0.7"}), 1, 3},
	{Thermal, hotPoint(settings{"N": 40, "K": 3, "start": "random"}), 1, 2},
	{Annealing, coolPoint(settings{"N": 30, "K": 6, "cooling_sweeps": 4, "threshold_step": "0.15", "mixture_at": "0.7", "retrieved_at": "0.7"}), 2, 10},
	{Tempering, temperPoint(settings{"N": 24, "K": 7, "rungs": 3, "max_sweeps": 2, "threshold_step": "0.1", "mixture_at": "0.7", "retrieved_at": "0.8"}), 2, 8},
}

// named shows the rows of an experiment, each value with the name of its column.
func named(e Experiment, rows study.Rows) (lines []string) {
	for _, t := range e.Tables {
		for _, row := range rows[t.Name] {
			line := e.Kind + " " + t.Name
			for i, name := range t.Names() {
				line += fmt.Sprintf(" %s=%v", name, row[i])
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// measured runs all rowPoints.
func measured(t *testing.T) (all []study.Rows) {
	t.Helper()
	for _, c := range rowPoints {
		trial := mustCompile(t, c.e, c.s, c.cues)
		for sample := range c.samples {
			rows, err := trial.Run(context.Background(), sample, 0, c.cues, &alone{})
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, rows)
		}
	}
	return all
}

// Every value of a row stands under its own name: the rows of all experiments, by
// name, are those of the file.
func TestRowsByName(t *testing.T) {
	var lines []string
	rows := measured(t)
	for _, c := range rowPoints {
		for range c.samples {
			lines = append(lines, named(c.e, rows[0])...)
			rows = rows[1:]
		}
	}
	got := strings.Join(lines, "\n") + "\n"
	if *update {
		if err := os.WriteFile(goldenRows, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(goldenRows)
	if err != nil {
		t.Fatalf("%v: go test ./experiment -update writes it", err)
	}
	wanted := strings.Split(strings.TrimSuffix(string(want), "\n"), "\n")
	if len(wanted) != len(lines) {
		t.Fatalf("%d rows, want %d", len(lines), len(wanted))
	}
	for i, line := range lines {
		if line != wanted[i] {
			t.Errorf("row %d:\n%s\nwant\n%s", i+1, line, wanted[i])
		}
	}
}

// Two columns of a table that were taken for each other would show in the file: no
// two of the same type are equal in all its rows.
func TestGoldenRowsTellColumnsApart(t *testing.T) {
	rows := measured(t)
	for _, e := range Kinds {
		for _, table := range e.Tables {
			var all [][]any
			at := 0
			for _, c := range rowPoints {
				for range c.samples {
					if c.e.Kind == e.Kind {
						all = append(all, rows[at][table.Name]...)
					}
					at++
				}
			}
			if len(all) == 0 {
				t.Errorf("%s: no row of table %s", e.Kind, table.Name)
			}
			for i, a := range table.Columns {
				for j, b := range table.Columns[:i] {
					same := func(row []any) bool { return row[len(table.Index)+i] == row[len(table.Index)+j] }
					if a.Type == b.Type && !slices.ContainsFunc(all, func(row []any) bool { return !same(row) }) {
						t.Errorf("%s: columns %s and %s of table %s are equal in all %d rows", e.Kind, a.Name, b.Name, table.Name, len(all))
					}
				}
			}
		}
	}
}

// Every column says what it is; one that is reduced to an estimate has the label of an
// axis, or the values that are counted.
func TestColumnsAreDescribed(t *testing.T) {
	for _, e := range Kinds {
		for _, table := range e.Tables {
			seen := map[string]bool{}
			for _, name := range table.Names() {
				if seen[name] {
					t.Errorf("%s: two columns of table %s are called %s", e.Kind, table.Name, name)
				}
				seen[name] = true
			}
			for _, c := range table.Columns {
				switch {
				case c.Name == "" || c.Doc == "" || c.Type == 0:
					t.Errorf("%s: column %+v of table %s lacks name, type or doc", e.Kind, c, table.Name)
				case c.Role == study.Category && len(c.Report) == 0:
					t.Errorf("%s: category %s of table %s reports no value", e.Kind, c.Name, table.Name)
				case c.Role != study.Label && c.Role != study.Category && c.Axis == "":
					t.Errorf("%s: column %s of table %s has no axis label", e.Kind, c.Name, table.Name)
				}
			}
		}
	}
}
