package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"hopcap/model/theory"
	"hopcap/plots/canvas"
	"hopcap/plots/figure"
	"hopcap/plots/theory/phasediagram"
	"hopcap/plots/theory/tables"
)

func theoryCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "theory CURVE",
		Short: "Compute curves of theory and print them as tables",
		Long: `theory solves the equations of one theory of associative memory and prints the curve
as a table. "hopcap theory CURVE --help" says what the curve means and gives its
source. Conventions: J_ij = (1/N) Σ_μ ξ_i^μ ξ_j^μ with J_ii = 0, the energy per neuron
is E/N = −(1/2N) Σ_ij J_ij s_i s_j, T is in units of J, and α = K/N.

A value may be a list or a range: --alpha 0.12, --alpha 0.1,0.12,
--alpha 0.1:0.13:0.005. --from, --to and --step give the range of the first variable
of a curve. Numbers are printed with 12 significant digits. Ten of them are correct,
but only eight at a fold, where two solutions merge, and with broken replica symmetry.
An empty value (null in JSON) means that the curve does not exist there.`,
		Example: `  hopcap theory ags --alpha 0.12
  hopcap theory ags --points
  hopcap theory phase-diagram --from 0.01 --to 0.14 --step 0.01 --format csv
  hopcap theory one-step --N 1000 --K 138
  hopcap theory dreaming --capacity`,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError{fmt.Errorf("unknown curve %q: there are %s", args[0], strings.Join(curveNames(c), ", "))}
			}
			return c.Help()
		},
	}
	for _, group := range tables.Groups {
		c.AddGroup(&cobra.Group{ID: group, Title: group + ":"})
	}
	for _, curve := range tables.All() {
		v := curveCommand{curve: curve, values: map[string]*valuesFlag{}}
		c.AddCommand(v.command())
	}
	return c
}

func curveNames(c *cobra.Command) []string {
	var names []string
	for _, curve := range c.Commands() {
		names = append(names, curve.Name())
	}
	return names
}

// drawings are the curves that can be drawn by themselves.
var drawings = map[string]func(name string) (*figure.Figure, error){"phase-diagram": phasediagram.Figure}

// A curveCommand is the command of one curve.
type curveCommand struct {
	curve  *tables.Curve
	values map[string]*valuesFlag // of the parameters that are lists of numbers
	format string
	from   float64
	to     float64
	step   float64
	figure string
}

// command makes the command: the flags that every curve has, then its parameters.
func (v *curveCommand) command() *cobra.Command {
	c := &cobra.Command{
		Use:     v.curve.Name,
		GroupID: v.curve.Group,
		Short:   v.curve.Short,
		Long:    v.curve.Doc + "\n" + columnsHelp(v.curve),
		Example: v.curve.Example,
		Args:    asUsage(nil),
		RunE:    v.run,
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVar(&v.format, "format", "table", "table, csv or json")
	if name := v.curve.Variable; name != "" {
		f.Float64Var(&v.from, "from", 0, "first value of a range of "+name)
		f.Float64Var(&v.to, "to", 0, "last value of the range, included")
		f.Float64Var(&v.step, "step", 0, "step of the range")
	}
	if drawings[v.curve.Name] != nil {
		f.StringVar(&v.figure, "figure", "", "draw the lines to this file and print no table; its name ends in ."+strings.Join(canvas.Formats(), ", ."))
	}
	for _, p := range v.curve.Parameters {
		switch p.Kind {
		case tables.Numbers, tables.Counts:
			v.values[p.Name] = &valuesFlag{values: p.Default, whole: p.Kind == tables.Counts}
			f.Var(v.values[p.Name], p.Name, p.Doc)
		case tables.Count:
			f.Int(p.Name, int(p.Default[0]), p.Doc)
		case tables.Choice:
			f.String(p.Name, p.Choices[0], p.Doc)
		case tables.Switch:
			f.Bool(p.Name, false, p.Doc)
		}
	}
	return c
}

// columnsHelp says what the columns of each table mean.
func columnsHelp(curve *tables.Curve) string {
	var b strings.Builder
	for _, t := range slices.Backward(curve.Tables) {
		if t.When == "points" {
			continue
		}
		b.WriteString("\nColumns")
		if t.When != "" {
			b.WriteString(" with --" + t.When)
		}
		b.WriteString(":\n")
		for _, column := range t.Columns {
			fmt.Fprintf(&b, "  %-16s %s\n", column.Name, column.Doc)
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func (v *curveCommand) run(c *cobra.Command, _ []string) error {
	if err := v.check(c); err != nil {
		return usageError{err}
	}
	result, err := v.curve.Solve(v.request(c))
	if err != nil {
		return asTheoryError(err)
	}
	if v.figure != "" {
		return v.draw(c.OutOrStdout())
	}
	return result.Write(c.OutOrStdout(), v.format)
}

// draw draws the curve and names the files.
func (v *curveCommand) draw(w io.Writer) error {
	format := strings.TrimPrefix(filepath.Ext(v.figure), ".")
	if !slices.Contains(canvas.Formats(), format) {
		return usageError{fmt.Errorf("--figure %s: must end in one of .%s", v.figure, strings.Join(canvas.Formats(), ", ."))}
	}
	name := strings.TrimSuffix(filepath.Base(v.figure), filepath.Ext(v.figure))
	drawn, err := drawings[v.curve.Name](name)
	if err != nil {
		return err
	}
	files, err := drawn.Write(filepath.Dir(v.figure), []string{format})
	for _, f := range files {
		fmt.Fprintln(w, f)
	}
	return err
}

// check applies --from, --to and --step.
func (v *curveCommand) check(c *cobra.Command) error {
	if !slices.Contains(tables.Formats, v.format) {
		return fmt.Errorf("--format %s: must be table, csv or json", v.format)
	}
	if a, b, found := v.curve.Conflict(func(name string) bool { return v.flag(c, name) != "" }); found {
		return fmt.Errorf("--%s and --%s exclude each other", v.flag(c, a), v.flag(c, b))
	}
	name := v.curve.Variable
	switch given := changed(c, "from", "to", "step"); {
	case given == 0:
		return nil
	case given < 3:
		return errors.New("--from, --to and --step go together")
	case c.Flags().Changed(name):
		return fmt.Errorf("--%s and --from, --to, --step exclude each other", name)
	}
	values, err := tables.Range(v.from, v.to, v.step)
	if err != nil {
		return err
	}
	if err := v.values[name].take(values); err != nil {
		return fmt.Errorf("--from, --to, --step for %s: %w", name, err)
	}
	return nil
}

// flag returns the flag that gives a parameter, "" if none does.
func (v *curveCommand) flag(c *cobra.Command, parameter string) string {
	switch {
	case c.Flags().Changed(parameter):
		return parameter
	case parameter == v.curve.Variable && c.Flags().Changed("from"):
		return "from"
	}
	return ""
}

// changed counts the flags that were given.
func changed(c *cobra.Command, names ...string) (given int) {
	for _, name := range names {
		if c.Flags().Changed(name) {
			given++
		}
	}
	return given
}

// request is what the flags ask for.
func (v *curveCommand) request(c *cobra.Command) tables.Request {
	r := tables.Request{Values: map[string][]float64{}, Choices: map[string]string{}}
	for _, p := range v.curve.Parameters {
		if v.flag(c, p.Name) == "" {
			continue
		}
		switch p.Kind {
		case tables.Numbers, tables.Counts:
			r.Values[p.Name] = v.values[p.Name].values
		case tables.Count:
			n, _ := c.Flags().GetInt(p.Name)
			r.Values[p.Name] = []float64{float64(n)}
		case tables.Choice:
			r.Choices[p.Name], _ = c.Flags().GetString(p.Name)
		case tables.Switch:
			if on, _ := c.Flags().GetBool(p.Name); on {
				r.Values[p.Name] = []float64{1}
			}
		}
	}
	return r
}

// asTheoryError turns an argument for which a curve does not exist into a usage error.
func asTheoryError(err error) error {
	var domain *theory.DomainError
	var request *tables.RequestError
	if errors.As(err, &domain) || errors.As(err, &request) {
		return usageError{err}
	}
	return err
}
