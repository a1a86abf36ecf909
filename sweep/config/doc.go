// Package config reads the TOML file of a study: it checks all of it against the keys of
// an experiment, tells everything that is wrong at once, each with its line, and lays out
// the grid. What comes out, a Config, never changes: runs and readers may share it.
//
// It knows the words of a study, sweep/study, and what an experiment declares with them;
// no experiment by name, no records, and no file but the bytes that it is given. The tables
// of others, such as [[figure]], it hands to who can check them.
package config
