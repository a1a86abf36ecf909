// Package plots draws the figures of a study from its tables and from curves of
// theory. It knows how a figure for Physical Review looks; it simulates nothing.
// Build makes a figure of a Spec, as a config declares it, and of tables; Draw
// writes it to files in each format, with its numbers and its caption.
//
// The packages below, each usable without those above it:
//
//	canvas   paths and outlines of text → PDF, EPS, SVG, PNG, PGF
//	label    a label with a little mathematics → outlines, LaTeX, characters
//	figure   panels, axes, series, lines, bands, maps, pictures → a page
//	theory   curves of theory, the settings under which they hold, the columns
//	         that they know
//
// Figure draws on label and canvas, and label on canvas; theory needs none of them.
//
// What a table [[figure]] of a config may say is in Grammar, which
// "hopcap plot --help" prints.
package plots
