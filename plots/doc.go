// Package plots draws the figures of a study from its tables and from curves
// given beside them. It knows how a figure for Physical Review looks; it
// simulates nothing, and nothing in it depends on what the columns mean.
//
// The layers, each usable without those after it:
//
//	text     a label with a little mathematics → outlines of glyphs
//	canvas   paths → PDF, EPS, SVG, PNG, PGF
//	Figure   panels, axes, series, lines, bands, marks → a page
//	Build    a Spec, as declared in a config, and tables → a Figure
//	Draw     files: the figure in each format, its numbers, its caption
package plots
