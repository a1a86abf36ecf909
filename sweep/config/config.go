package config

import "hopcap/sweep/study"

// A Config is a study as its file describes it. It never changes.
type Config struct {
	File       string // as given
	Source     []byte
	Title      string
	Seed       int64
	Experiment study.Experiment
	// Fixed are the meaning keys that are no axis, resolved with defaults, in
	// schema order: seed first.
	Fixed []study.Setting
	// Axes are the names of the axes in the order of the first block that has
	// them; the identity (N, K) is not among them.
	Axes   []string
	Points []*Point // the grid, in canonical order, each once
	// Stop says when it has measured enough; nil if it has just the samples given.
	Stop *Stop
	// Sections are the tables that the caller checks itself: "figure".
	Sections map[string][]map[string]any

	schema *schema
	root   *node
}

// A Point is one point of the grid.
type Point struct {
	*study.Task
	Settings study.Settings
	// ID is the point's whole meaning as canonical text, identity and every
	// meaning key; equal points have equal IDs in any config.
	ID string
	// Columns begin each of its records: identity, derived, then Config.Axes.
	Columns []study.Setting
	Samples int // where the study has a Stop, those of the first round
	Cues    int
}
