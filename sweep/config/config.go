package config

import "hopcap/sweep/study"

// A Config is a study as its file describes it. It never changes.
type Config struct {
	File       string // as given
	Source     []byte
	Title      string
	Seed       int64
	Experiment study.Experiment
	// Fixed are the keys that are not axes and on which records depend, with their values
	// or defaults. Seed comes first; the rest is in the order of the schema.
	Fixed []study.Setting
	// Axes are the names of the axes, without N and K. They are in the order in which the
	// blocks of [[sweep]] first have them.
	Axes   []string
	Points []*Point // the grid, in canonical order, each point once
	// Stop says when the study has measured enough; nil if it takes the samples given.
	Stop *Stop
	// Sections are the tables that the caller checks itself, such as "figure".
	Sections map[string][]map[string]any

	schema *schema
	root   *node
}

// A Point is one point of the grid.
type Point struct {
	*study.Task
	Settings study.Settings
	// ID is everything that the point's records depend on, as canonical text. Equal points
	// have equal IDs in all configs.
	ID string
	// Columns are the first columns of each record: N and K, then derived columns such as
	// alpha, then Config.Axes.
	Columns []study.Setting
	Samples int // in a study with a Stop: the samples of the first round
	Cues    int
}
