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
//	[[figure]]
//	name     = "collapse"              # of the files
//	kind     = "curves"                # areas | map | histogram | ridgeline | trajectories | states
//	table    = "estimates"             # or a table of records; histograms take "trials"
//	x        = "alpha"                 # a column, or arithmetic: "(alpha - 0.138) * N^0.5"
//	y        = ["overlap_final", "retrieved"]   # a panel each; areas stack them
//	z        = "overlap_final"         # of a map, over x and y
//	series   = "N"                     # by default the columns that must tell series apart
//	panels   = "temperature"           # a panel for each value
//	where    = { overlap = 0.8 }       # only these rows
//	theory   = ["ags"]                 # see Theories
//	x_scale  = "linear"                # or "log"; y_scale too
//	x_limits = [0.1, 0.18]             # y_limits, z_limits too
//	x_label  = "load $\\alpha$"        # y_label: as many as y
//	labels   = ["retrieved", "rest"]   # of areas
//	width    = 17.8                    # cm; 8.6 is one column
//	columns  = 3                       # panels side by side
//	join     = false                   # points joined by thin lines
//	confidence = 0.95              # of error bars; without it they are one standard error
//	fit      = "power"                 # or "linear": straight lines with their slopes
//	bins     = 50                      # of histograms
//	row      = 16                      # neurons in a row of a state picture
//	caption  = "…"                     # what it shows; samples and error bars are added
//	inset    = { x = "N", y = "sweeps", x_scale = "log", y_scale = "log", fit = "power" }
package plots
