package main

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"hopcap/sweep/estimate"
)

func compareCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "compare DIR DIR",
		Short: "Two results point by point: differences in standard errors",
		Long: `compare takes the points that two results have in common and shows, for each
estimate, the difference a − b in standard errors z, the largest first. With n
comparisons, |z| above √(2 ln n) deserves a look.

Where both results have the same pattern sets (the same seed, ensemble, N and K), they
are compared set by set: a and b are means over the sets that both have, and the
standard error is that of the mean difference. "pairs" counts these sets. Elsewhere
"pairs" is "none": the results are independent, and the standard error combines both
errors.`,
		Example: "  hopcap compare results/capacity results/capacity-parallel",
		Args:    cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			a, err := openAndWarn(c.ErrOrStderr(), args[0])
			if err != nil {
				return err
			}
			b, err := openAndWarn(c.ErrOrStderr(), args[1])
			if err != nil {
				return err
			}
			result, err := estimate.Compare(a, b)
			if err != nil {
				return err
			}
			printComparison(c, result)
			return nil
		},
	}
}

func printComparison(c *cobra.Command, r *estimate.Comparison) {
	slices.SortStableFunc(r.Rows, func(x, y estimate.Difference) int {
		switch a, b := math.Abs(x.Z), math.Abs(y.Z); {
		case a > b:
			return -1
		case a < b:
			return 1
		}
		return 0
	})
	t := tabwriter.NewWriter(c.OutOrStdout(), 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "point\tquantity\ta\tb\ta − b\tstandard error\tz\tp\tpairs")
	for _, d := range r.Rows {
		pairs := "none"
		if d.Pairs > 0 {
			pairs = strconv.Itoa(d.Pairs)
		}
		fmt.Fprintf(t, "%s\t%s\t%.6g\t%.6g\t%+.3g\t%.2g\t%+.2f\t%.2g\t%s\n",
			coordinates(d.Point), d.Column, d.A, d.B, d.Diff, d.Stderr, d.Z, d.P, pairs)
	}
	_ = t.Flush()
	fmt.Fprintf(c.ErrOrStderr(), "%d comparisons; points in one result only: %d and %d\n", len(r.Rows), r.Unmatched[0], r.Unmatched[1])
}
