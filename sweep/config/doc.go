// Package config reads the TOML file of a study. It checks the file against the keys of an
// experiment and reports all faults at once, each with its line. Then it makes the grid.
// The result, a Config, never changes, so runs and readers may share it.
//
// The package uses the types of sweep/study. It knows no experiment by name and no records,
// and reads no files: it is given the bytes of the config. It passes tables that belong to
// other packages, such as [[figure]], to a function that checks them (Section).
package config
