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
)

func theoryCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "theory CURVE",
		Short: "What theory says: curves beside the measurements",
		Long: `theory solves one of the curves of the theory of associative memory from its
equations and prints it as a table; "hopcap theory CURVE --help" says what it
means and where it comes from. The conventions: E = −½ Σ J s s per neuron with
J_ij = (1/N) Σ ξ_i ξ_j and J_ii = 0, T in units of J, α = K/N.

A value may be a list or a range: --alpha 0.12, --alpha 0.1,0.12,
--alpha 0.1:0.13:0.005. --from, --to and --step give the range of a curve's first
variable. Numbers have 12 significant digits, of which ten are right (eight at a
fold, where two solutions merge, and with broken replica symmetry). An empty
value (null in JSON) means that a line does not exist there.`,
		Example: `  hopcap theory ags --alpha 0.12
  hopcap theory ags --points
  hopcap theory phase-diagram --from 0.01 --to 0.14 --step 0.01 --format csv
  hopcap theory one-step --N 1000 --K 138`,
		Args: cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError{fmt.Errorf("unknown curve %q: there are %s", args[0], strings.Join(curveNames(c), ", "))}
			}
			return c.Help()
		},
	}
	c.AddCommand(
		agsCurveCommand(), phaseDiagramCommand(), brokenSymmetryCommand(), oneStepCommand(), twoStepCommand(),
		neurodynamicsCommand(), mixturesCommand(), complexityCommand(), denseCommand(), exponentialCommand(),
	)
	for _, curve := range c.Commands() {
		curve.Args = asUsage(curve.Args)
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

// A curve is what the commands of theory have in common.
type curve struct {
	rows   func() (*theoryTable, error)
	points func() (*theoryTable, error) // nil for none

	variable   *valuesFlag // what --from, --to and --step set
	exclusive  [][]string  // flags of which only one may be given
	wantPoints bool
	format     string
	span       span

	draw   func(file string) ([]string, error) // nil for none
	figure string
}

// command completes a command with the flags that every curve has.
func (v *curve) command(c *cobra.Command) *cobra.Command {
	c.RunE = func(c *cobra.Command, _ []string) error {
		if err := v.check(c); err != nil {
			return usageError{err}
		}
		solve := v.rows
		if v.wantPoints {
			solve = v.points
		}
		table, err := solve()
		if err != nil {
			return asTheoryError(err)
		}
		if v.figure != "" {
			return v.drawn(c.OutOrStdout())
		}
		return table.print(c.OutOrStdout(), v.format)
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVar(&v.format, "format", "table", "table, csv or json")
	if v.variable != nil {
		f.Float64Var(&v.span.from, "from", 0, "start of a range of "+v.variable.name)
		f.Float64Var(&v.span.to, "to", 0, "its end, included")
		f.Float64Var(&v.span.step, "step", 0, "its step")
	}
	if v.draw != nil {
		f.StringVar(&v.figure, "figure", "", "draw the lines to this file instead: "+strings.Join(canvas.Formats(), ", "))
	}
	if v.points != nil {
		f.BoolVar(&v.wantPoints, "points", false, "the special points, as name and value")
	}
	return c
}

// drawn draws the curve and names the files.
func (v *curve) drawn(w io.Writer) error {
	format := strings.TrimPrefix(filepath.Ext(v.figure), ".")
	if !slices.Contains(canvas.Formats(), format) {
		return usageError{fmt.Errorf("--figure %s: must end in one of .%s", v.figure, strings.Join(canvas.Formats(), ", ."))}
	}
	files, err := v.draw(v.figure)
	for _, f := range files {
		fmt.Fprintln(w, f)
	}
	return err
}

// check applies --from, --to and --step.
func (v *curve) check(c *cobra.Command) error {
	if !slices.Contains([]string{"table", "csv", "json"}, v.format) {
		return fmt.Errorf("--format %s: must be table, csv or json", v.format)
	}
	for _, group := range v.exclusive {
		if given := changed(c, group); len(given) > 1 {
			return fmt.Errorf("--%s and --%s exclude each other", given[0], given[1])
		}
	}
	switch given := changed(c, []string{"from", "to", "step"}); {
	case len(given) == 0:
		return nil
	case len(given) < 3:
		return errors.New("--from, --to and --step go together")
	case c.Flags().Changed(v.variable.name):
		return fmt.Errorf("--%s and --from, --to, --step exclude each other", v.variable.name)
	}
	values, err := v.span.values()
	if err != nil {
		return err
	}
	if err := v.variable.take(values); err != nil {
		return fmt.Errorf("--from, --to, --step for %s: %w", v.variable.name, err)
	}
	return nil
}

// changed returns the flags that were given.
func changed(c *cobra.Command, names []string) []string {
	var given []string
	for _, name := range names {
		if c.Flags().Changed(name) {
			given = append(given, name)
		}
	}
	return given
}

// asTheoryError makes an argument for which a curve does not exist a mistake of
// the command line.
func asTheoryError(err error) error {
	var domain *theory.DomainError
	if errors.As(err, &domain) {
		return usageError{err}
	}
	return err
}

// orEmpty returns the cell of a line that need not exist.
func orEmpty(value float64, err error) (any, error) {
	var domain *theory.DomainError
	if errors.As(err, &domain) {
		return nil, nil
	}
	return value, err
}
