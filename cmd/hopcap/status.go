package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"hopcap/sweep"
	"hopcap/sweep/config"
)

func statusCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "status DIR",
		Short: "Show how much of a study is done; exit code 0 if complete, 75 if not",
		Long: `status shows, for each grid point, how many pattern sets are done and how many are
needed. If the config has a [stop] table, it also shows the error of each curve beside
its goal. It runs nothing. The exit code is 0 if the study is complete and 75 if not.`,
		Example: "  hopcap status results/capacity --json",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			results, err := openAndWarn(c.ErrOrStderr(), args[0])
			if err != nil {
				return err
			}
			status, err := sweep.StatusOf(results.Results)
			if err != nil {
				return err
			}
			if asJSON {
				err = printJSON(c.OutOrStdout(), status)
			} else {
				printStatus(c.OutOrStdout(), status, results.Config.Stop)
				showFigure(c.Context(), c.OutOrStdout(), results)
			}
			if err == nil && !status.Complete {
				return fmt.Errorf("%s: %w", progressText(status), errIncomplete)
			}
			return err
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return c
}

func printStatus(w io.Writer, s *sweep.Status, goal *config.Stop) {
	for _, p := range s.Points {
		mark := " "
		if p.Done >= p.Wanted {
			mark = "✓"
		}
		fmt.Fprintf(w, "%s %6d / %-6d %s\n", mark, p.Done, p.Wanted, coordinates(p.Point))
	}
	fmt.Fprintf(w, "%d of %d pattern sets in %s\n", s.Done, s.Wanted, s.Dir)
	printCurves(w, s.Curves, goal)
	if s.Running != "" {
		fmt.Fprintf(w, "in use by %s\n", s.Running)
	}
}

// progressText says how much is done.
func progressText(s *sweep.Status) string {
	text := fmt.Sprintf("%d of %d pattern sets are done", s.Done, s.Wanted)
	for _, k := range s.Curves {
		if k.State == sweep.GoingOn {
			return text + " and the goal is not reached"
		}
	}
	return text
}

// printCurves prints the error of each curve of a study with a [stop], beside its goal.
func printCurves(w io.Writer, curves []sweep.CurveStatus, stop *config.Stop) {
	for _, k := range curves {
		text := fmt.Sprintf("%s  round %d, %d pattern sets", coordinates(k.Curve), k.Round, k.Done)
		if stop.ThresholdError > 0 {
			text += ", α_½ " + errorText(k.ThresholdError, stop.ThresholdError)
		}
		if stop.Stderr > 0 {
			text += fmt.Sprintf(", %s %s", stop.Quantity, errorText(&k.Stderr, stop.Stderr))
		}
		fmt.Fprintf(w, "%s: %s\n", text, k.State)
	}
}

// errorText is "± 0.00031 (goal 0.0002)".
func errorText(have *float64, want float64) string {
	if have == nil {
		return fmt.Sprintf("unknown (goal ± %.2g)", want)
	}
	return fmt.Sprintf("± %.2g (goal %.2g)", *have, want)
}

// printJSON writes v, indented, with a newline.
func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
