package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"hopcap/experiment"
	"hopcap/plots"
	"hopcap/sweep/config"
	"hopcap/sweep/disk"
	"hopcap/sweep/estimate"
	"hopcap/sweep/study"
)

// maxConfig is how large a config may be, in bytes. Those that are here have 4 kB.
const maxConfig = 4 << 20

// stdinName is what a config from the standard input is called.
const stdinName = "stdin"

// readConfig reads the config in a file, or from the standard input if it is "-", and
// gives some of its keys other values.
func readConfig(c *cobra.Command, file string, settings []string) (*config.Config, error) {
	var source []byte
	var err error
	if file == "-" {
		file = stdinName
		source, err = disk.Read(c.Context(), file, c.InOrStdin(), maxConfig)
	} else {
		source, err = disk.ReadFile(c.Context(), file, maxConfig)
	}
	if err != nil {
		return nil, usageError{err}
	}
	for _, s := range settings {
		if source, err = config.Override(source, s, experiment.Keys()); err != nil {
			return nil, usageError{fmt.Errorf("--set %w", err)}
		}
	}
	cfg, err := parseConfig(file, source)
	if err != nil {
		return nil, err
	}
	if faults := append(checkNames(file, cfg.Sections["figure"]), figureFaults(cfg)...); len(faults) > 0 {
		return nil, usageError{cfg.Locate(faults)}
	}
	return cfg, nil
}

// figureFaults are the faults of a config's figures that depend on its grid. A run refuses
// them before its first trial. Commands that read stored results do not ask for them.
func figureFaults(cfg *config.Config) []study.Fault {
	columns, axes := figureColumns(cfg.Experiment)
	specs, faults := plots.Specs(cfg.Sections["figure"], columns, axes...)
	if len(faults) > 0 {
		return faults
	}
	grid := plots.Grid{Fixed: fixed(cfg), Points: pointsTable(cfg.Points)}
	for i, t := range cfg.Experiment.Tables {
		estimates := t.Name + "_estimates"
		if i == 0 {
			estimates = "estimates"
		}
		grid.Tables = append(grid.Tables, t.Name, estimates)
	}
	return plots.CheckGrid(specs, grid)
}

// pointsTable has the settings of each point of a grid.
func pointsTable(points []*config.Point) (t plots.Table) {
	for _, p := range points {
		for _, s := range p.Columns {
			if !slices.Contains(t.Columns, s.Name) {
				t.Columns = append(t.Columns, s.Name)
			}
		}
	}
	for _, p := range points {
		row := make([]any, len(t.Columns))
		for _, s := range p.Columns {
			row[slices.Index(t.Columns, s.Name)] = s.Value
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func parseConfig(file string, source []byte) (*config.Config, error) {
	e := repeated(experimentOf(source), filepath.Dir(file))
	cfg, err := config.Parse(file, source, e, figureSection(e))
	if err != nil {
		return nil, usageError{err}
	}
	return cfg, nil
}

// figureColumns are the columns that a figure may show: the measured columns of every
// table, and the names of settings and indices.
func figureColumns(e study.Experiment) (columns []study.Column, axes []string) {
	for _, t := range e.Tables {
		columns = append(columns, t.Columns...)
		axes = append(axes, t.Index...)
	}
	for _, k := range e.Keys {
		name := k.Name
		if name == "kind" {
			name = k.Table
		}
		axes = append(axes, name)
		if k.Table != "" { // what the axis is called where a column has its name
			axes = append(axes, k.Table+"_"+name)
		}
	}
	return columns, append(axes, "bits_per_neuron", "bits_per_number")
}

// readFigures reads the [[figure]] tables of a file that has nothing else.
func readFigures(ctx context.Context, file string, e study.Experiment) ([]map[string]any, error) {
	source, err := disk.ReadFile(ctx, file, maxConfig)
	if err != nil {
		return nil, usageError{err}
	}
	section := figureSection(e)
	check := section.Check
	section.Check = func(tables []map[string]any) []study.Fault { return append(check(tables), checkNames(file, tables)...) }
	tables, err := config.ReadSection(file, source, section)
	if err != nil {
		return nil, usageError{err}
	}
	return tables, nil
}

// figureSection are the tables [[figure]] of a config.
func figureSection(e study.Experiment) config.Section {
	columns, axes := figureColumns(e)
	return config.Section{
		Name:  "figure",
		Check: func(tables []map[string]any) []study.Fault { return plots.Check(tables, columns, axes...) },
	}
}

// experimentOf returns the experiment that a config names. If the config names none, it
// returns any experiment, and the parser reports the fault.
func experimentOf(source []byte) experiment.Experiment {
	kind := config.TextOf(source, "experiment.kind")
	for _, e := range experiment.Kinds {
		if e.Kind == kind {
			return e
		}
	}
	return experiment.Kinds[0]
}

// openResults reads the records in dir.
func openResults(dir string) (*estimate.Results, error) {
	return estimate.Open(dir, parseConfig)
}

// openAndWarn reads the records in dir. It warns if they were made with another version of
// the physics.
func openAndWarn(wErr io.Writer, dir string) (*estimate.Results, error) {
	r, err := openResults(dir)
	if err == nil && r.Version != physics {
		fmt.Fprintf(wErr, "warning: %s: its records were made with version %s of the physics; this program has version %s and would measure other numbers\n",
			dir, r.Version, physics)
	}
	return r, err
}

// defaultDir is where the results of a config go.
func defaultDir(config string) string {
	if config == "-" {
		config = stdinName
	}
	name := filepath.Base(config)
	return filepath.Join("results", strings.TrimSuffix(name, filepath.Ext(name)))
}
