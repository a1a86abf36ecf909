package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"hopcap/sweep/store"
)

func mergeCommand() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "merge SOURCE...",
		Short: "Merge the records of shards or of several machines into one directory",
		Long: `merge reads all .db files below the sources and writes their records to the directory
given by --out. This directory may be one of the sources. If two files have the same
trial, the two records must be equal. If they differ, merge fails and names the trial.`,
		Example: "  hopcap merge results/capacity --out results/capacity\n  hopcap merge node1 node2 --out results/capacity",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if out == "" {
				return usageError{errors.New("--out DIR must be given")}
			}
			merged, err := store.Merge(args, out)
			if err != nil {
				return asUsageError(err)
			}
			fmt.Fprintf(c.ErrOrStderr(), "%s: %d pattern sets, %d records from %d files\n",
				merged.Path, merged.Units, merged.Rows, len(merged.Files))
			return finish(c.Context(), c.OutOrStdout(), c.ErrOrStderr(), out)
		},
	}
	c.Flags().StringVar(&out, "out", "", "directory for the merged records (required)")
	return c
}
