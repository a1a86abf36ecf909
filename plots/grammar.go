package plots

// Grammar is what a [[figure]] of a config, or of a file of figures, may say.
const Grammar = `A figure is a table [[figure]] in the config, or in a file of its own. Only what it
shows must be said; several [[figure]] are several figures.

  [[figure]]
  name     = "collapse"          # of the files; by default the name of the config
  kind     = "curves"            # see below
  x        = "alpha"             # a column, or arithmetic: "(alpha - 0.138) * N^0.5"
  y        = ["overlap_final", "retrieved"]     # a panel for each
  series   = "N"                 # columns that tell series apart; by default all that are needed
  panels   = "temperature"       # a panel for each value of a column
  where    = { overlap = 0.8 }   # only these rows, of a list any; a decimal takes the nearest within 2 %
  theory   = ["ags"]             # curves beside the points, see below
  x_scale  = "log"               # y_scale too
  x_limits = [0.1, 0.18]         # y_limits too; z_limits of a map's colours
                                 # where, scales and limits may be lists, one for each y:
                                 # y_scale = ["linear", "log"]; "", [] and {} say nothing
  x_label  = "load $\\alpha$"    # y_label: as many as y. $…$ is LaTeX mathematics
  confidence = 0.95              # of error bars; without it they are one standard error
  fit      = "power"             # straight lines: "linear", or "power" on two log scales
  join     = true                # points joined by thin lines
  inset    = { x = "N", y = "sweeps", x_scale = "log", y_scale = "log" }
  width    = 17.8                # cm: 8.6 is one column of Physical Review, 17.8 are two
  columns  = 3                   # panels side by side
  table    = "estimates"         # or a table of records, as "trials"
  caption  = "…"                 # what it shows; sizes, samples and error bars are added

Kinds:
  curves        y against x with error bars
  areas         shares stacked: y = ["pattern", "mixture"], labels = ["patterns", "mixtures"]
  map           z = "overlap" in colours over x and y, theory as lines
  histogram     distribution of x over the records, a line for each series; bins = 50
  ridgeline     the same, one above the other
  trajectories  y against x for every run, of the table "trace" (trace = true in [experiment])
  states        states of single trials as grids of squares, with overlap and energy, of the
                table "states" (states = 1 in [experiment]); row = 16 neurons in a row,
                columns = 6 states side by side, where = { K = 9, sample = 0 } to choose

A column is an estimate, without its ending _mean or _fraction; it comes with its error
bars. Or it is any other column of a table (see hopcap export DIR --table estimates).
Arithmetic has + - * / ^, brackets, and sqrt, ln, log10, exp, abs.
`
