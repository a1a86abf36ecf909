// Package plots draws the figures of a study from its tables and from curves
// given beside them. It knows how a figure for Physical Review looks; it
// simulates nothing. What columns mean is known in three places only: the
// theories (theory.go), the labels of settings (labels.go) and the figures of a
// study that declares none (default.go).
//
// The layers, each usable without those after it:
//
//	text     a label with a little mathematics → outlines of glyphs
//	canvas   paths → PDF, EPS, SVG, PNG, PGF
//	Figure   panels, axes, series, lines, bands, marks → a page
//	Build    a Spec, as declared in a config, and tables → a Figure
//	Draw     files: the figure in each format, its numbers, its caption
//
// # Labels
//
// A label is upright text with LaTeX mathematics between dollars, as in
// "load $\alpha = K/N$": italic letters, Greek, sub- and superscripts, \sqrt,
// \langle \rangle, \pm, \times, \le, \infty, \sum, \ln, \tanh, \mathrm{…}, \, and
// the like. What the font lacks is an error, not a box.
//
// # Figures in a config
//
// What a table [[figure]] may say is in Grammar, which "hopcap plot --help" prints.
package plots
