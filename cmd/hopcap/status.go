package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"hopcap/sweep"
)

func statusCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "status DIR",
		Short:   "What is done of a study; exit 0 if complete, 75 if not yet",
		Example: "  hopcap status results/capacity --json",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			results, err := openResults(args[0])
			if err != nil {
				return err
			}
			status, err := results.Status()
			if err != nil {
				return err
			}
			if asJSON {
				err = printJSON(c.OutOrStdout(), status)
			} else {
				printStatus(c.OutOrStdout(), status)
				showFigure(c.OutOrStdout(), results)
			}
			if err == nil && !status.Complete {
				return fmt.Errorf("%d of %d pattern sets are done: %w", status.Done, status.Wanted, errIncomplete)
			}
			return err
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "for machines")
	return c
}

func printStatus(w io.Writer, s *sweep.Status) {
	for _, p := range s.Points {
		mark := " "
		if p.Done >= p.Wanted {
			mark = "✓"
		}
		fmt.Fprintf(w, "%s %6d / %-6d %s\n", mark, p.Done, p.Wanted, coordinates(p.Point))
	}
	fmt.Fprintf(w, "%d of %d pattern sets in %s\n", s.Done, s.Wanted, s.Dir)
	if s.Running != "" {
		fmt.Fprintf(w, "held by %s\n", s.Running)
	}
}

// printJSON writes v, indented, with a newline.
func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
