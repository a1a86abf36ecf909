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
		Short: "Gather the records of shards or of several machines in one directory",
		Long: `merge reads every .db file under the sources and gathers their records in the
directory given by --out, which may be one of the sources. The same trial from two
files must be the same; if it is not, that is an error which names it.`,
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
	c.Flags().StringVar(&out, "out", "", "directory that receives the records")
	return c
}
