// Package plots draws the figures of a study from its tables and from curves of theory. It
// simulates nothing. A config declares a figure as a Spec. Build makes the figure from the
// Spec and the tables. Draw also writes it to files: each format, the plotted numbers, and
// the caption.
//
// It uses these packages:
//
//	canvas   paths and outlines of text → PDF, EPS, SVG, PNG, PGF
//	label    a label with a little mathematics → outlines, LaTeX, characters
//	figure   panels, axes, series, lines, bands, maps, pictures → a page
//	theory   curves of theory, the settings for which they hold, and the columns that
//	         they can compute
//
// Package figure imports label and canvas, and label imports canvas. theory imports none
// of these.
//
// Grammar describes the tables [[figure]] of a config. "hopcap plot --help" prints it.
package plots
