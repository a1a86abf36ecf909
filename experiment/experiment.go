// Package experiment is one trial: what is stored, what the cue is, how the
// network relaxes, and what is measured. An experiment is one file.
package experiment
