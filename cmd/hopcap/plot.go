package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"hopcap/plots"
	"hopcap/plots/canvas"
	"hopcap/plots/figure"
	"hopcap/plots/theory"
	"hopcap/sweep/config"
	"hopcap/sweep/estimate"
	"hopcap/sweep/study"
)

// paperFormats are the formats of figures without --format.
var paperFormats = []string{"pdf", "svg", "png"}

// A drawing says where figures go and which they are.
type drawing struct {
	dir     string
	formats []string
	figures string // a file with [[figure]] tables; if empty, the config's tables are drawn
}

func plotCommand() *cobra.Command {
	var d drawing
	c := &cobra.Command{
		Use:   "plot DIR...",
		Short: "Draw the figures of results again from their records",
		Long: `plot draws the figures that the config declares. --figures names another file whose
figures are drawn instead. Results of several directories are drawn in one figure, in
which each series is named after its config. plot also writes a CSV file with the
plotted numbers and a text file with a caption for each figure. It runs no trials.

` + plots.Grammar + "\n" + theoriesHelp(),
		Example: `  hopcap plot results/capacity --format pdf,eps
  hopcap plot results/capacity results/partial --figures both.toml --out figures`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			for _, f := range d.formats {
				if !slices.Contains(canvas.Formats(), f) {
					return usageError{fmt.Errorf("--format %s: must be among %s", f, strings.Join(canvas.Formats(), ", "))}
				}
			}
			if d.dir == "" {
				d.dir = args[0]
			}
			var all []*estimate.Results
			for _, dir := range args {
				r, err := openAndWarn(c.ErrOrStderr(), dir)
				if err != nil {
					return err
				}
				all = append(all, r)
			}
			files, err := drawFigures(c.Context(), c.ErrOrStderr(), all, d)
			for _, f := range files {
				fmt.Fprintln(c.OutOrStdout(), f)
			}
			return err
		},
	}
	c.Flags().StringSliceVar(&d.formats, "format", paperFormats, "formats, separated by commas, among "+strings.Join(canvas.Formats(), ", "))
	c.Flags().StringVar(&d.figures, "figures", "", "draw the [[figure]] tables of this TOML file instead of the config's")
	c.Flags().StringVar(&d.dir, "out", "", "directory for the figures (default: the first DIR)")
	return c
}

// theoriesHelp lists the theories that a figure can show.
func theoriesHelp() string {
	text := "Theories:"
	width := len(text)
	for _, name := range theory.Names() {
		if width += len(name) + 1; width > 86 {
			text, width = text+"\n ", len(name)+2
		}
		text += " " + name
	}
	return text
}

// drawFigures draws the figures of some results and returns the files.
func drawFigures(ctx context.Context, wErr io.Writer, all []*estimate.Results, d drawing) ([]string, error) {
	if d.formats == nil {
		d.formats = paperFormats
	}
	specs, sources, err := figuresOf(ctx, all, d.figures)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(d.dir, 0o755); err != nil {
		return nil, err
	}
	return draw(wErr, specs, all, sources, d)
}

// showFigure draws the first panel of the first figure with characters, if w is
// a terminal: a look at a result, never a reason to fail.
func showFigure(ctx context.Context, w io.Writer, r *estimate.Results) {
	width, ok := terminalWidth(w)
	if !ok {
		return
	}
	all := []*estimate.Results{r}
	specs, sources, err := figuresOf(ctx, all, "")
	if err != nil || len(specs) == 0 || addTable(sources, all, specs[0].Table) != nil {
		return
	}
	f, err := plots.Build(specs[0], sources, columnsOf(r, specs[0].Table))
	if err != nil || len(f.Panels) == 0 {
		return
	}
	text := figure.Text
	if !hasUnicode(os.Getenv) {
		text = figure.PlainText
	}
	_ = text(w, f.Panels[0], width)
}

// hasUnicode reports whether a terminal shows more than ASCII, as far as the
// environment says: a locale that is none of UTF-8 does not.
func hasUnicode(env func(string) string) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := strings.ToLower(env(name)); locale != "" {
			return strings.Contains(locale, "utf-8") || strings.Contains(locale, "utf8")
		}
	}
	return env("TERM") != "dumb"
}

// figuresOf returns the figures of some results, and the results as sources of figures.
func figuresOf(ctx context.Context, all []*estimate.Results, file string) ([]plots.Spec, []plots.Source, error) {
	sources := make([]plots.Source, len(all))
	for i, r := range all {
		estimates, err := tableNamed(r, "estimates")
		if err != nil {
			return nil, nil, err
		}
		sources[i] = plots.Source{
			Name:   studyName(r),
			Tables: map[string]plots.Table{"estimates": estimates},
			Fixed:  fixed(r.Config),
			Setup:  plots.Setup(r.Config.Experiment.Keys, fixed(r.Config), r.Config.Axes),
		}
	}
	specs, err := declared(ctx, all[0], file, sources[0])
	return specs, sources, err
}

func draw(wErr io.Writer, specs []plots.Spec, all []*estimate.Results, sources []plots.Source, d drawing) ([]string, error) {
	var files []string
	for i, spec := range specs {
		if spec.Name == "" {
			spec.Name = numbered(figureName(all[0]), i)
		}
		if isOwnName(spec.Name) { // in the config of records that an earlier version made
			spec.Name += ownNameEnd
		}
		if err := addTable(sources, all, spec.Table); err != nil {
			return files, err
		}
		made, warnings, err := plots.Draw(spec, sources, columnsOf(all[0], spec.Table), d.dir, d.formats)
		files = append(files, made...)
		for _, w := range warnings {
			fmt.Fprintf(wErr, "figure %s: %s\n", spec.Name, w)
		}
		if err != nil {
			return files, err
		}
	}
	if len(specs) == 0 {
		fmt.Fprintln(wErr, "no figure: nothing varies in this study, and it declares none")
	}
	return files, nil
}

// declared returns the figures that a file declares. Without a file it returns the figures
// that the config declares, and without these the default figures.
func declared(ctx context.Context, r *estimate.Results, file string, source plots.Source) ([]plots.Spec, error) {
	columns, axes := figureColumns(r.Config.Experiment)
	tables := r.Config.Sections["figure"]
	if file != "" {
		var err error
		if tables, err = readFigures(ctx, file, r.Config.Experiment); err != nil {
			return nil, err
		}
	}
	if len(tables) == 0 {
		return plots.Defaults(figureName(r), source, columnsOf(r, "")), nil
	}
	specs, faults := plots.Specs(tables, columns, axes...)
	if len(faults) > 0 {
		return nil, usageError{fmt.Errorf("figure: %v", faults)}
	}
	return specs, nil
}

func studyName(r *estimate.Results) string {
	name := filepath.Base(r.Config.File)
	return strings.TrimSuffix(name, filepath.Ext(name))
}

func fixed(c *config.Config) map[string]any {
	m := map[string]any{}
	for _, s := range c.Fixed {
		m[s.Name] = s.Value
	}
	return m
}

// columnsOf returns the measured columns of a table. For a table of estimates it returns
// the columns that are estimated. By default the table is the first one.
func columnsOf(r *estimate.Results, table string) []study.Column {
	for _, t := range r.Config.Experiment.Tables {
		if t.Name == strings.TrimSuffix(table, "_estimates") {
			return t.Columns
		}
	}
	return r.Config.Experiment.Tables[0].Columns
}

// addTable loads a table of records into the sources that do not have it.
func addTable(sources []plots.Source, all []*estimate.Results, name string) error {
	for i, r := range all {
		if _, has := sources[i].Tables[name]; has || name == "" {
			continue
		}
		t, err := tableNamed(r, name)
		if err != nil {
			return err
		}
		sources[i].Tables[name] = t
	}
	return nil
}

// tableNamed returns a table of records, or the estimates of one.
func tableNamed(r *estimate.Results, name string) (plots.Table, error) {
	t, err := r.Table(name)
	if err != nil {
		return plots.Table{}, err
	}
	rows, err := t.Rows()
	if err != nil {
		return plots.Table{}, err
	}
	out := plots.Table{Rows: rows}
	for _, c := range t.Columns {
		if c.Kind == 0 {
			out.Columns = append(out.Columns, c.Name)
		} else {
			out.Estimated = append(out.Estimated, plots.Estimated{Name: c.Name, Kind: c.Kind})
		}
	}
	return out, nil
}
